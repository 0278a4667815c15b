import { useCallback, useEffect, useState } from 'react';
import type { Conversation } from '../../src/protocol';
import { type Act, control, messageOf } from './live/control';
import { type Sandbox, SandboxContext } from './live/sandbox';
import { useNow } from './live/useNow';
import { type Place, useActingAs, usePlace } from './live/usePlace';
import { useSandboxData } from './live/useSandboxData';
import { useTheme } from './live/useTheme';
import { ConfirmProvider } from './modal/confirm';
import { ModalStack } from './modal/ModalStack';
import { AppPane } from './page/AppPane';
import { ConversationPane } from './page/ConversationPane';
import { Header } from './page/Header';
import { Inspector } from './page/Inspector';
import { Sidebar } from './page/Sidebar';
import { ThreadPane } from './page/ThreadPane';
import { TimeMachine } from './page/TimeMachine';
import { Toasts, useToasts } from './page/Toasts';

export function App() {
  const [as, actAs] = useActingAs();
  const live = useSandboxData(as);
  const [place, goTo] = usePlace();
  const [theme, toggleTheme] = useTheme();
  const [toasts, showToast, dismiss] = useToasts();
  const [sidebarOpen, setSidebarOpen] = useState(false);
  const [inspectorOpen, setInspectorOpen] = useState(false);
  const { workspace, view, waiting, refresh } = live;
  const now = useNow(workspace?.clock ?? null);
  const myId = view?.me.id;

  const act = useCallback(
    async (what: Act) => {
      if (myId === undefined) throw new Error('Nobody acts yet.');
      try {
        return await control.act(myId, what);
      } finally {
        await refresh();
      }
    },
    [myId, refresh],
  );

  const go = useCallback(
    (next: Place) => {
      setSidebarOpen(false);
      goTo(next);
    },
    [goTo],
  );
  const goToConversation = useCallback((channel: string) => go({ at: 'conversation', channel }), [go]);

  useEffect(() => {
    if (workspace !== null && view !== null)
      document.title = `${view.me.realName} · ${workspace.teamName} · Slack sandbox`;
  }, [workspace, view]);

  if (workspace === null || view === null) {
    return (
      <main className="starting" role="status">
        {live.failure ?? 'Opening the sandbox…'}
      </main>
    );
  }

  const sandbox: Sandbox = { workspace, view, waiting, now, theme, act, showToast };
  const openDm = (userId: string) => {
    act({ type: 'open_dm', userId })
      .then((result) => result.channel !== undefined && goToConversation(result.channel))
      .catch((error: unknown) => showToast(messageOf(error)));
  };
  const { conversation, thread } = shownAt(place, view.conversations, workspace.app.botUserId);
  const inApp = place.at === 'home' || place.at === 'messages';
  const openThread = (ts: string) => {
    if (place.at === 'messages') go({ at: 'messages', thread: ts });
    else if (conversation !== undefined) go({ at: 'conversation', channel: conversation.id, thread: ts });
  };
  const closeThread = () => {
    if (place.at === 'messages') go({ at: 'messages' });
    else if (conversation !== undefined) go({ at: 'conversation', channel: conversation.id });
  };
  const withThread = thread !== undefined && conversation !== undefined;

  return (
    <SandboxContext value={sandbox}>
      <ConfirmProvider>
        <div
          className={[
            'page',
            sidebarOpen ? 'with-sidebar' : '',
            withThread ? 'with-thread' : '',
            inspectorOpen ? 'with-inspector' : '',
          ].join(' ')}
        >
          <Header
            onActAs={actAs}
            onToggleTheme={toggleTheme}
            onToggleSidebar={() => setSidebarOpen((open) => !open)}
            sidebarOpen={sidebarOpen}
            onToggleInspector={() => setInspectorOpen((open) => !open)}
            inspectorOpen={inspectorOpen}
          />
          {workspace.clock.movable && <TimeMachine />}
          {(live.connection === 'lost' || live.failure !== null) && (
            <p className="connection-lost" role="alert">
              Connection to the sandbox lost. Trying again…
            </p>
          )}
          <div className="panes">
            <Sidebar place={inApp ? place : placeIn(conversation)} onGo={go} onOpenDm={openDm} />
            {sidebarOpen && (
              <button
                type="button"
                className="sidebar-shade"
                aria-label="Hide conversations"
                onClick={() => setSidebarOpen(false)}
              />
            )}
            <main className="middle">
              {inApp ? (
                <AppPane
                  key={view.me.id}
                  tab={place.at}
                  onTab={(tab) => go({ at: tab })}
                  onOpenThread={openThread}
                />
              ) : conversation === undefined ? (
                <p className="empty">This conversation is not there for {view.me.realName}.</p>
              ) : (
                <ConversationPane
                  key={`${view.me.id} ${conversation.id}`}
                  conversation={conversation}
                  onOpenThread={openThread}
                  withHead
                />
              )}
            </main>
            {withThread && (
              <ThreadPane
                key={`${view.me.id} ${thread}`}
                conversation={conversation}
                ts={thread}
                onClose={closeThread}
              />
            )}
            {inspectorOpen && (
              <Inspector changeCount={live.changeCount} onClose={() => setInspectorOpen(false)} />
            )}
          </div>
          <ModalStack />
          <Toasts toasts={toasts} onDismiss={dismiss} />
        </div>
      </ConfirmProvider>
    </SandboxContext>
  );
}

const placeIn = (conversation: Conversation | undefined): Place =>
  conversation === undefined ? { at: 'start' } : { at: 'conversation', channel: conversation.id };

interface Shown {
  readonly conversation: Conversation | undefined;
  readonly thread: string | undefined;
}

/** The conversation and thread of a place. At the start it is the person's first channel. */
function shownAt(place: Place, conversations: readonly Conversation[], botUserId: string): Shown {
  switch (place.at) {
    case 'start':
      return {
        conversation: conversations.find(({ kind }) => kind !== 'im') ?? conversations[0],
        thread: undefined,
      };
    case 'home':
      return { conversation: undefined, thread: undefined };
    case 'messages':
      return {
        conversation: conversations.find(({ kind, withUserId }) => kind === 'im' && withUserId === botUserId),
        thread: place.thread,
      };
    case 'conversation':
      return { conversation: conversations.find(({ id }) => id === place.channel), thread: place.thread };
  }
}
