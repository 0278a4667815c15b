/**
 * The `text` of a message, for notifications and screen readers. Slack parses it as mrkdwn, unlike blocks, so invisible
 * spaces defuse everything that is not ours. The words still read as typed.
 */
import { safeEnd } from '../../deal/model/typed';
import { escapeEntities, wellFormed } from './encode';
import { dateFallback, dateFormat, type Part, seconds } from './parts';

/** ZERO WIDTH SPACE. */
const GAP = '\u200b';

/** Longest fallback: a notification shows less, and it counts towards the message. */
export const FALLBACK_MAX = 1500;

/** Characters that begin, end or hold together a mention, link, emoji, quote or format. */
const ACTIVE = /[*_~`:@#/.>]/gu;

const CHANNEL_ID = /^[CG][A-Z0-9]+$/u;
const USER_ID = /^[UW][A-Z0-9]+$/u;

/** The `text` for a message, at most `max` characters. Mentions and dates of ours stay alive. */
export function fallbackText(parts: readonly Part[], max: number = FALLBACK_MAX): string {
  let result = '';
  for (const part of parts) {
    const token = tokenOf(part);
    if (token === null) {
      const room = max - result.length;
      const text = defused(wordsOf(part), room);
      result += text.text;
      if (!text.whole) return result;
    } else {
      if (result.length + token.length > max) return result;
      result += token;
    }
  }
  return result === '' ? '–' : result;
}

function tokenOf(part: Part): string | null {
  if (typeof part === 'string') return null;
  if ('user' in part) return USER_ID.test(part.user) ? `<@${part.user}>` : null;
  if ('channel' in part) return CHANNEL_ID.test(part.channel) ? `<#${part.channel}>` : null;
  if ('date' in part) {
    return `<!date^${seconds(part.date)}^${dateFormat(part.style)}|${dateFallback(part.date, part.style)}>`;
  }
  return null;
}

function wordsOf(part: Part): string {
  if (typeof part === 'string') return part;
  if ('bold' in part) return part.bold;
  if ('italic' in part) return part.italic;
  if ('channel' in part) return part.channel;
  if ('link' in part) return part.text;
  return 'user' in part ? part.user : '';
}

function defused(text: string, room: number): { text: string; whole: boolean } {
  const words = wellFormed(text);
  const whole = words.length > room ? null : defuse(words);
  if (whole !== null && whole.length <= room) return { text: whole, whole: true };
  if (room <= 0) return { text: '', whole: false };
  let used = 0;
  let end = 0;
  for (; end < words.length; end += 1) {
    used += LENGTHS.get(words.charAt(end)) ?? 1;
    if (used > room - 1) break;
  }
  return { text: `${defuse(words.slice(0, safeEnd(words, 0, end)))}…`, whole: false };
}

/** Puts a gap on both sides, so that no delimiter remains whether a parser takes the gap for a space or a letter. */
function defuse(text: string): string {
  return escapeEntities(text.replace(ACTIVE, (character) => `${GAP}${character}${GAP}`));
}

/**
 * The lengths of characters that become longer. Measuring a text before the cut takes a hundredth of the time of
 * defusing each character.
 */
const LENGTHS: ReadonlyMap<string, number> = new Map(
  [...'*_~`:@#/.>&<'].map((character) => [character, defuse(character).length]),
);
