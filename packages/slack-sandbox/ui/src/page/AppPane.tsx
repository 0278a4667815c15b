import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { messageOf } from '../live/control';
import { personById, useSandbox } from '../live/sandbox';
import { Avatar } from './Avatar';
import { BlockSurface } from './BlockSurface';
import { ConversationPane } from './ConversationPane';

type AppTab = 'home' | 'messages';

interface AppPaneProps {
  readonly tab: AppTab;
  readonly onTab: (tab: AppTab) => void;
  readonly onOpenThread: (ts: string) => void;
}

const TAB_NAMES: Readonly<Record<AppTab, string>> = { home: 'Home', messages: 'Messages' };

/** The app's Home tab and its messages. Opening a tab sends app_home_opened to the app, as in Slack. */
export function AppPane({ tab, onTab, onOpenThread }: AppPaneProps) {
  const { workspace, view } = useSandbox();
  const { app } = workspace;
  const tabs: readonly AppTab[] = [
    ...(app.homeTab ? (['home'] as const) : []),
    ...(app.messagesTab ? (['messages'] as const) : []),
  ];
  const unread =
    view.conversations.find(({ kind, withUserId }) => kind === 'im' && withUserId === app.botUserId)
      ?.unread ?? 0;
  const move = (event: KeyboardEvent) => {
    if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
    const other = tabs.find((name) => name !== tab);
    if (other === undefined) return;
    onTab(other);
    document.getElementById(`tab-${other}`)?.focus();
  };
  return (
    <section className="app-pane" aria-label={app.name}>
      <header className="pane-head app-head">
        <h1>
          <Avatar person={personById(workspace, app.botUserId)} size="small" />
          {app.name}
        </h1>
        <div role="tablist" aria-label={`${app.name} tabs`} className="tabs" onKeyDown={move}>
          {tabs.map((name) => (
            <button
              key={name}
              id={`tab-${name}`}
              type="button"
              role="tab"
              aria-selected={name === tab}
              aria-controls="app-panel"
              tabIndex={name === tab ? 0 : -1}
              onClick={() => onTab(name)}
            >
              {TAB_NAMES[name]}
              {name === 'messages' && unread > 0 && <span className="badge">{unread}</span>}
            </button>
          ))}
        </div>
      </header>
      <div id="app-panel" role="tabpanel" aria-labelledby={`tab-${tab}`} className="app-panel">
        {tab === 'home' ? <HomeTab /> : <MessagesTab onOpenThread={onOpenThread} />}
      </div>
    </section>
  );
}

/** Works once for each person when a tab opens. @returns the message of a failure, or null */
function useOnOpen(work: () => Promise<void>): string | null {
  const { view } = useSandbox();
  const [failure, setFailure] = useState<string | null>(null);
  const openedFor = useRef<string | null>(null);
  // Only another person is a reason to open again, so `work` is no dependency.
  useEffect(() => {
    if (openedFor.current === view.me.id) return;
    openedFor.current = view.me.id;
    setFailure(null);
    work().catch((error: unknown) => setFailure(messageOf(error)));
  }, [view.me.id]);
  return failure;
}

function HomeTab() {
  const { workspace, view, act } = useSandbox();
  const { home } = view;
  const failure = useOnOpen(async () => {
    await act({ type: 'open_home' });
  });
  return (
    <div className="home">
      {failure !== null && (
        <p className="surface-failure" role="alert">
          {failure}
        </p>
      )}
      {home === null ? (
        <p className="empty">{workspace.app.name} has not published a Home tab for you yet.</p>
      ) : (
        <BlockSurface
          key={home.id}
          kind="home"
          id={home.id}
          version={home.hash}
          blocks={home.view.blocks}
          target={{ in: 'home' }}
          stored={{ viewId: home.id, state: home.state }}
        />
      )}
    </div>
  );
}

function MessagesTab({ onOpenThread }: { readonly onOpenThread: (ts: string) => void }) {
  const { workspace, view, act } = useSandbox();
  const { botUserId } = workspace.app;
  const failure = useOnOpen(async () => {
    await act({ type: 'open_dm', userId: botUserId });
    await act({ type: 'open_messages_tab' });
  });
  const conversation = view.conversations.find(
    ({ kind, withUserId }) => kind === 'im' && withUserId === botUserId,
  );
  if (conversation === undefined)
    return (
      <p className="empty" role={failure === null ? undefined : 'alert'}>
        {failure ?? 'Opening…'}
      </p>
    );
  return <ConversationPane conversation={conversation} onOpenThread={onOpenThread} withHead={false} />;
}
