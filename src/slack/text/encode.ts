/**
 * Lengths as Slack counts them: `&`, `<` and `>` weigh as much as their entities, everything else as UTF-16 units.
 * Counting the heavier way keeps us inside the limit whichever way a block is measured.
 */

const WEIGHT: Readonly<Record<string, number>> = { '&': 5, '<': 4, '>': 4 };

const WEIGHED = /[&<>]/u;

const LONE_SURROGATE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

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

/** What cannot be sent as UTF-8 (half a surrogate pair) becomes U+FFFD. */
export function wellFormed(text: string): string {
  return text.replace(LONE_SURROGATE, '\ufffd');
}

/** The longest start of `text` whose encoded length is at most `max`, never cut inside a visible character. */
export function head(text: string, max: number): string {
  if (encodedLength(text) <= max) return text;
  return text.slice(0, fittingEnd(text, 0, max));
}

/** `text`, or its start with an ellipsis, in at most `max` encoded characters. */
export function cut(text: string, max: number): string {
  if (encodedLength(text) <= max) return text;
  return `${head(text, max - 1).trimEnd()}…`;
}

/** Consecutive pieces of `text`, each at most `max` encoded characters; joined they are `text` again. */
export function pieces(text: string, max: number): string[] {
  if (encodedLength(text) <= max) return text === '' ? [] : [text];
  const result: string[] = [];
  let start = 0;
  while (start < text.length) {
    // Even what does not fit must go somewhere, or this would never end.
    const end = Math.max(fittingEnd(text, start, max), start + 1);
    result.push(text.slice(start, end));
    start = end;
  }
  return result;
}

/** Text in which every unit is a visible character of its own: no need to look for clusters. */
const SIMPLE = /^[\n\x20-\x7e]*$/u;

/** Where a piece starting at `start` ends. A single cluster longer than `max` is cut between code points. */
function fittingEnd(text: string, start: number, max: number): number {
  // A window of `max` units is always enough: no unit weighs less than one.
  const window = text.slice(start, start + max + 64);
  let used = 0;
  let end = 0;
  const clusters = SIMPLE.test(window)
    ? window
    : Array.from(graphemes.segment(window), ({ segment }) => segment);
  for (const segment of clusters) {
    const weight = encodedLength(segment);
    if (used + weight > max) break;
    used += weight;
    end += segment.length;
  }
  if (end > 0) return start + end;
  for (const point of window) {
    const weight = encodedLength(point);
    if (used + weight > max) break;
    used += weight;
    end += point.length;
  }
  return start + end;
}

/** Part of `total` each text may take, so that short ones stay whole and long ones share what is left. */
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
