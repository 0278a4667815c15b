/**
 * Lengths as Slack counts them: `&`, `<` and `>` weigh as much as their entities, everything else as UTF-16 units.
 * Counting the heavier way keeps us inside the limit whichever way a block is measured.
 */
import { safeEnd } from '../../deal/model/typed';

const WEIGHT: Readonly<Record<string, number>> = { '&': 5, '<': 4, '>': 4 };

const WEIGHED = /[&<>]/u;

const LONE_SURROGATE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** Length of `text` once `&`, `<` and `>` are entities. */
export function encodedLength(text: string): number {
  if (!WEIGHED.test(text)) return text.length;
  let length = 0;
  for (let i = 0; i < text.length; i++) length += WEIGHT[text.charAt(i)] ?? 1;
  return length;
}

/** `&`, `<` and `>` as the entities Slack asks for in text that it parses. */
export function escapeEntities(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** Replaces what UTF-8 cannot encode (half a surrogate pair) with U+FFFD. */
export function wellFormed(text: string): string {
  return text.replace(LONE_SURROGATE, '\ufffd');
}

/** The longest start of `text` whose encoded length is at most `max`, never cut inside a visible character. */
export function head(text: string, max: number): string {
  if (encodedLength(text) <= max) return text;
  return text.slice(0, fittingEnd(text, 0, max));
}

/**
 * `text`, or its start with an ellipsis, in at most `max` encoded characters. The start ends with a whole word, unless
 * that would take a third of it.
 */
export function cut(text: string, max: number): string {
  if (encodedLength(text) <= max) return text;
  const start = head(text, max - 1);
  const isWhole = /^\s/u.test(text.slice(start.length));
  const whole = isWhole ? start : start.replace(/(?<=\s)\S+$/u, '');
  return `${(whole.length * 3 < start.length * 2 ? start : whole).trimEnd()}…`;
}

/** Consecutive pieces of `text`, each at most `max` encoded characters; joined they are `text` again. */
export function pieces(text: string, max: number): string[] {
  if (encodedLength(text) <= max) return text === '' ? [] : [text];
  const result: string[] = [];
  let start = 0;
  while (start < text.length) {
    // A cluster that does not fit must go somewhere, or this loop would never end.
    const end = Math.max(fittingEnd(text, start, max), start + 1);
    result.push(text.slice(start, end));
    start = end;
  }
  return result;
}

/** The end of a piece that starts at `start`. Cuts a single cluster longer than `max` between code points. */
function fittingEnd(text: string, start: number, max: number): number {
  return safeEnd(text, start, weighedEnd(text, start, max));
}

/** The end of the longest start, from `start` on, whose units weigh at most `max`. */
function weighedEnd(text: string, start: number, max: number): number {
  const window = text.slice(start, start + max);
  if (!WEIGHED.test(window)) return start + window.length;
  let used = 0;
  let end = start;
  while (end < text.length) {
    used += WEIGHT[text.charAt(end)] ?? 1;
    if (used > max) break;
    end += 1;
  }
  return end;
}

/** The part of `total` that each text may take: short texts stay whole, long ones share the rest. */
export function shares(lengths: readonly number[], total: number): number[] {
  const result = lengths.map(() => 0);
  const byLength = lengths.map((length, index) => ({ length, index })).sort((a, b) => a.length - b.length);
  let left = total;
  byLength.forEach(({ length, index }, done) => {
    const fair = Math.floor(left / (byLength.length - done));
    const given = Math.min(length, fair);
    result[index] = given;
    left -= given;
  });
  return result;
}
