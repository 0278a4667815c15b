/** A reply beneath a message of a deal, with its words. It lives in a row of its own: events and state only have its id. */
import type { UserId } from './deal';
import type { DealEvent } from './events';
import { clip } from './typed';

export interface KeptRemark {
  /** Sequence number of its event. */
  readonly id: number;
  readonly by: UserId;
  readonly at: number;
  readonly channel: string;
  readonly ts: string;
  /** Null: deleted, and the words are gone. */
  readonly text: string | null;
  /** The words went on; the rest is only in Slack. */
  readonly isCut: boolean;
  /** When its words last changed; null: never. */
  readonly editedAt: number | null;
  /** Slack's `ts` of the edit that made these words; null: not edited, or not known. */
  readonly editedTs: string | null;
  readonly edits: number;
}

export type Words = Pick<KeptRemark, 'text' | 'isCut'> & { readonly text: string };

/** Characters; a form takes no more (`TEXT_MAX` of `slack/views/fields.ts`). */
export const LONGEST_WORDS = 3_000;

const EMOJI =
  /\p{Extended_Pictographic}|\p{Emoji_Modifier}|\p{Regional_Indicator}|[\u200d\ufe0f\u20e3]|:[\p{L}\d_+-]+:/gu;
const MENTION = /@[\p{L}\d._-]+(?: \p{Lu}[\p{L}'-]*)*/gu;
const THANKS = new Set(['thanks', 'thank', 'thankyou', 'thx', 'ty', 'cheers']);
/** Words that stand beside a thank-you and decide nothing. */
const BESIDE_THANKS = new Set([
  'a',
  'again',
  'all',
  'and',
  'everybody',
  'everyone',
  'for',
  'great',
  'guys',
  'it',
  'lot',
  'many',
  'much',
  'nice',
  'ok',
  'okay',
  'perfect',
  'so',
  'team',
  'that',
  'this',
  'very',
  'you',
]);

/** True for a thank-you or emoji alone. Any other word makes it an answer: "no thanks" is one. */
export function isCourtesy(text: string): boolean {
  const words =
    text
      .replace(EMOJI, ' ')
      .replace(MENTION, ' ')
      .toLowerCase()
      .match(/[\p{L}\d$€£%']+/gu) ?? [];
  if (words.length === 0) return true;
  return words.some((it) => THANKS.has(it)) && words.every((it) => THANKS.has(it) || BESIDE_THANKS.has(it));
}

/** Cuts words at what a form allows. Drops NUL, which PostgreSQL's text cannot hold. */
export function wordsOf(typed: string): Words {
  const text = typed.replaceAll('\u0000', '');
  if (text.length <= LONGEST_WORDS) return { text, isCut: false };
  return { text: clip(text, LONGEST_WORDS), isCut: true };
}

/**
 * The row after these events of one command.
 *
 * @param typed the words of the command; null: it has none
 * @returns null when no event is about a reply
 */
export function remarkAfter(
  known: KeptRemark | null,
  events: readonly DealEvent[],
  typed: string | null,
): KeptRemark | null {
  const words = typed === null ? null : wordsOf(typed);
  return events.reduce<KeptRemark | null>((before, event) => {
    switch (event.type) {
      case 'remarked': {
        const { seq, by, at, channel, ts, editedTs = null } = event;
        const { text = null, isCut = false } = words ?? {};
        return { id: seq, by: by ?? '', at, channel, ts, text, isCut, editedAt: null, editedTs, edits: 0 };
      }
      case 'remark_edited': {
        const row = before ?? known;
        if (row === null || words === null) return before;
        const { editedTs = row.editedTs, unchanged = false, at } = event;
        return { ...row, ...words, editedAt: unchanged ? row.editedAt : at, editedTs, edits: row.edits + 1 };
      }
      case 'remark_deleted': {
        const row = before ?? known;
        return row && { ...row, text: null, isCut: false };
      }
      default:
        return before;
    }
  }, null);
}
