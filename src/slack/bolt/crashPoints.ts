/**
 * Named moments around each commit, ack and view at which a test kills the process. Each is wrapped around a part from
 * outside, and only when a test asks for it; the part itself knows nothing of it. The reconciler has its own list.
 */
import type { WebClientOptions } from '@slack/web-api';
import type { Store } from '../../store/store';

type SlackFetch = NonNullable<WebClientOptions['fetch']>;

export const CRASH_POINTS = [
  'commit.before',
  /** The events are written, and the transaction is not committed yet. */
  'commit.written',
  'commit.after',
  'ack.before',
  'ack.after',
  'view.before_call',
  'view.after_call',
] as const;
export type CrashPoint = (typeof CRASH_POINTS)[number];

/** Called at each moment. Does not return where the process should die. */
export type AtCrashPoint = (point: CrashPoint) => void;

export function withCrashPoints(store: Store, at: AtCrashPoint): Store {
  return {
    ...store,
    deals: {
      ...store.deals,
      async commit(asked) {
        at('commit.before');
        const result = await store.deals.commit(asked);
        if (result === 'committed') at('commit.after');
        return result;
      },
    },
  };
}

/** For `onQuery`, which is called for each statement; those of a commit run inside its transaction. */
export const atStatement =
  (at: AtCrashPoint) =>
  ({ sql }: { readonly sql: string }): void => {
    if (/^insert into "?events"?/iu.test(sql)) at('commit.written');
  };

/** Wraps the `fetch` that makes our calls to Slack. */
export const withFetchPoints =
  (at: AtCrashPoint, fetch: SlackFetch): SlackFetch =>
  async (url, init) => {
    const isView = String(url).includes('views.');
    if (isView) at('view.before_call');
    const response = await fetch(url, init);
    if (isView) at('view.after_call');
    return response;
  };
