/**
 * A page that shows modals as Slack does, without a workspace: for a page of another tool that frames it. The page around
 * it posts a {@link Show} and gets `{ type: 'ready' }` at first, then an {@link Acted} for everything a person does.
 */
import 'slack-blocks-to-jsx/dist/style.css';
import './styles/lato/lato.css';
import './styles/tokens.css';
import './styles/layout.css';
import './styles/messages.css';
import './styles/blocks.css';
import './styles/modal.css';
import './styles/screen.css';
import type { ModalView } from '@slack/types';
import { StrictMode, useEffect, useLayoutEffect, useRef, useState, useSyncExternalStore } from 'react';
import { createRoot } from 'react-dom/client';
import type { Person, SeenView, StateValues } from '../../src/protocol';
import type { Act } from './live/control';
import { type Sandbox, SandboxContext } from './live/sandbox';
import type { Theme } from './live/useTheme';
import { ConfirmProvider } from './modal/confirm';
import { ModalStack } from './modal/ModalStack';

interface Show {
  readonly type: 'show';
  /** Bottom first. Another `id` is another view; another `hash` is another screen of it. */
  readonly modals: readonly { readonly id: string; readonly hash: string; readonly view: ModalView }[];
  readonly people: readonly { readonly id: string; readonly realName: string }[];
  /** The person who looks at it, one of `people`. */
  readonly me: string;
  /** IANA zone. */
  readonly tz: string;
  /** Epoch ms: dates say "today". */
  readonly now: number;
  readonly appName: string;
}

interface Acted {
  readonly type: 'act';
  readonly act: Act;
}

const darkQuery = window.matchMedia('(prefers-color-scheme: dark)');

function subscribe(listener: () => void): () => void {
  darkQuery.addEventListener('change', listener);
  return () => darkQuery.removeEventListener('change', listener);
}

const tell = (message: Acted | { readonly type: 'ready' }) =>
  window.parent.postMessage(message, window.location.origin);

function Screen() {
  const theme: Theme = useSyncExternalStore(subscribe, () => (darkQuery.matches ? 'dark' : 'light'));
  const [shown, setShown] = useState<Show | null>(null);
  const outside = useRef<Element | null>(null);
  useEffect(() => {
    document.documentElement.dataset.theme = theme;
  }, [theme]);
  useEffect(() => {
    const listen = ({ data, origin }: MessageEvent<Show>) => {
      if (origin !== window.location.origin || data.type !== 'show') return;
      outside.current = document.hasFocus() ? null : window.parent.document.activeElement;
      setShown(data);
    };
    window.addEventListener('message', listen);
    tell({ type: 'ready' });
    return () => window.removeEventListener('message', listen);
  }, []);
  // A modal takes the focus when it opens. Somebody at the keyboard of the page around it stays where they are.
  useLayoutEffect(() => {
    if (shown === null || outside.current === null || !document.hasFocus()) return;
    (window.frameElement as HTMLElement | null)?.blur();
    (outside.current as HTMLElement).focus();
  }, [shown]);
  if (shown === null) return null;
  return (
    <SandboxContext value={sandboxOf(shown, theme)}>
      <ConfirmProvider>
        <ModalStack />
      </ConfirmProvider>
    </SandboxContext>
  );
}

const NOTHING: StateValues = {};

/** What the parts of the sandbox's own page read of its workspace. */
function sandboxOf(shown: Show, theme: Theme): Sandbox {
  const people = shown.people.map(
    ({ id, realName }): Person => ({
      id,
      realName,
      name: realName,
      title: '',
      tz: shown.tz,
      isAdmin: false,
      isBot: false,
      deleted: false,
      isStranger: false,
      color: '#655f6b',
    }),
  );
  const me = people.find(({ id }) => id === shown.me);
  if (me === undefined) throw new Error('nobody looks at the screen');
  const modals = shown.modals.map((it): SeenView => ({ ...it, state: NOTHING, errors: {} }));
  return {
    workspace: {
      teamId: '',
      teamName: '',
      people,
      app: {
        appId: '',
        name: shown.appName,
        botUserId: '',
        commands: [],
        shortcuts: [],
        homeTab: false,
        messagesTab: false,
        connected: true,
        connections: [],
      },
      clock: { now: shown.now, movable: false },
    },
    view: { me, conversations: [], messages: {}, modals, home: null, notices: [], seq: 0 },
    waiting: {},
    now: shown.now,
    theme,
    act: (act) => {
      tell({ type: 'act', act });
      return Promise.resolve({ ok: true, delivery: 'none' });
    },
    showToast: () => undefined,
  };
}

const root = document.getElementById('root');
if (root === null) throw new Error('screen.html has no #root');
createRoot(root).render(
  <StrictMode>
    <Screen />
  </StrictMode>,
);
