/**
 * The moments around each commit, each ack and each view at which a death differs from one a moment earlier. Built
 * around the parts from outside, and only when a test asks for it: the parts know nothing of it. Those of the
 * reconciler stand in its own list.
 */
import type { WebClientOptions } from '@slack/web-api';
import type { Store } from '../../store/store';

type SlackFetch = NonNullable<WebClientOptions['fetch']>;

export const CRASH_POINTS = [
  'commit.before',
  /** Events are written, and the transaction is not committed. */
  'commit.written',
  'commit.after',
  'ack.before',
  'ack.after',
  'view.before_call',
  'view.after_call',
] as const;
export type CrashPoint = (typeof CRASH_POINTS)[number];

/** Told of each moment; does not return when the process is to die there. */
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

/** For `onQuery`: a statement was run, inside the transaction if it is one of a commit. */
export const atStatement =
  (at: AtCrashPoint) =>
  ({ sql }: { readonly sql: string }): void => {
    if (/^insert into "?events"?/iu.test(sql)) at('commit.written');
  };

/** Slack's client, as far as it sends. */
export const withFetchPoints =
  (at: AtCrashPoint, fetch: SlackFetch): SlackFetch =>
  async (url, init) => {
    const isView = String(url).includes('views.');
    if (isView) at('view.before_call');
    const response = await fetch(url, init);
    if (isView) at('view.after_call');
    return response;
  };
