import type { Notice, SeenMessage } from '../../../src/protocol';
import { dayKey, tsToMs } from '../text/dates';

/** One line of a conversation on the page. */
export type Line =
  | { readonly kind: 'day'; readonly key: string; readonly at: number }
  | { readonly kind: 'new'; readonly key: string }
  | { readonly kind: 'notice'; readonly key: string; readonly notice: Notice }
  | {
      readonly kind: 'message';
      readonly key: string;
      readonly message: SeenMessage;
      readonly compact: boolean;
    };

/** A notice of Slack, and the ts of the message before it. Empty before the first message. */
export interface PlacedNotice {
  readonly notice: Notice;
  readonly afterTs: string;
}

/** A message so soon after one of the same author has no head. */
const COMPACT_WITHIN_MS = 5 * 60_000;

/** The messages, with a line for each day, one above the first unread message, and Slack's notices. */
export function timeline(
  messages: readonly SeenMessage[],
  notices: readonly PlacedNotice[],
  firstUnreadTs: string | null,
  tz: string,
): readonly Line[] {
  const lines: Line[] = [];
  let before: SeenMessage | null = null;
  const addNotices = (afterTs: string) => {
    for (const { notice } of notices.filter((placed) => placed.afterTs === afterTs)) {
      lines.push({ kind: 'notice', key: `notice-${notice.seq}`, notice });
      before = null;
    }
  };
  addNotices('');
  for (const message of messages) {
    const at = tsToMs(message.ts);
    const newDay: boolean = before === null || dayKey(tsToMs(before.ts), tz) !== dayKey(at, tz);
    if (newDay && !lines.some((line) => line.kind === 'day' && dayKey(line.at, tz) === dayKey(at, tz))) {
      lines.push({ kind: 'day', key: `day-${message.ts}`, at });
    }
    if (message.ts === firstUnreadTs) lines.push({ kind: 'new', key: 'new' });
    const compact: boolean =
      before !== null && !newDay && message.ts !== firstUnreadTs && continues(before, message);
    lines.push({ kind: 'message', key: message.ts, message, compact });
    before = message;
    addNotices(message.ts);
  }
  return lines;
}

function continues(before: SeenMessage, message: SeenMessage): boolean {
  return (
    before.userId === message.userId &&
    !before.ephemeral &&
    !message.ephemeral &&
    before.replyCount === 0 &&
    tsToMs(message.ts) - tsToMs(before.ts) < COMPACT_WITHIN_MS
  );
}
