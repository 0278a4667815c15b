/** Text as keyboards, phones and clipboards make it: what people see of it, where it may be cut, one key a name. */

const clusters = new Intl.Segmenter('en', { granularity: 'grapheme' });

const SEEN = /[\p{L}\p{N}\p{P}\p{S}]/u;
/** Drawn as nothing: what Unicode lets a font ignore (U+200B, U+3164 …), and the empty Braille pattern. */
const UNSEEN = /[\p{Default_Ignorable_Code_Point}\u2800]/gu;

/**
 * Characters that change a name without being seen in it. Joiners (U+200C, U+200D) and variation selectors stay: Persian
 * words and emoji need them.
 */
const UNSEEN_INSIDE =
  /\u034f|[\u00ad\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164\ufeff\uffa0]/gu;

/** Matches most names and answers, which need no look at each character: that takes ten times as long. */
const PLAIN = /^[\x20-\x7e]*$/u;

/** Whether a person sees anything of the text. */
export function isSeen(text: string): boolean {
  return SEEN.test(text.replace(UNSEEN, ''));
}

/** Nobody sees these at an edge of a text. A joiner or variation selector at the end belongs to the emoji before it. */
const EDGE = new RegExp(`[\\p{White_Space}\\p{Cc}]|${UNSEEN_INSIDE.source}`, 'u');

/**
 * The text without what nobody sees around it; '' when nothing is seen. Drops NUL, which PostgreSQL's text cannot hold.
 */
export function tidyText(text: string): string {
  if (PLAIN.test(text)) return text.trim();
  if (!isSeen(text)) return '';
  const tidy = text.replaceAll('\u0000', '');
  let [start, end] = [0, tidy.length];
  while (start < end && EDGE.test(tidy.charAt(start))) start += 1;
  while (end > start && EDGE.test(tidy.charAt(end - 1))) end -= 1;
  return tidy.slice(start, end);
}

/** A name on one line, as people see it; '' when nothing is seen. */
export function tidyName(text: string): string {
  if (PLAIN.test(text)) return text.trim().replace(/ +/gu, ' ');
  return tidyText(
    text
      .replace(/[\p{Cc}\p{White_Space}]+/gu, ' ')
      .replace(UNSEEN_INSIDE, '')
      .replace(/ +/gu, ' '),
  );
}

/**
 * Typed text that a program reads (amounts, numbers, dates): full width digits become plain ones, and every blank and dash
 * of a phone the one on a keyboard. Null: it has characters that would turn into other digits or letters ("48²", "½").
 */
export function plainTyped(text: string): string | null {
  if (/[\p{No}\p{Nl}\p{Lm}]/u.test(text)) return null;
  return tidyText(text)
    .normalize('NFKC')
    .replace(UNSEEN_INSIDE, '')
    .replace(/[\p{Zs}\t]/gu, ' ')
    .replace(/[\u2010-\u2015\u2212]/gu, '-')
    .replace(/[\u2018\u2019\u02bc\u2032]/gu, "'");
}

/**
 * One key for all spellings of a name: case, width, Unicode forms, blanks, what nobody sees, and the quotes and dashes that
 * phones and desks put in place of each other. '' when nothing is left.
 */
export function nameKey(name: string): string {
  if (PLAIN.test(name)) return tidyName(name.replaceAll('`', "'")).toLowerCase();
  // What nobody sees goes first, as it may stand between a letter and its accent. Compatibility forms hide other
  // characters ("‴" is three primes), and letters are folded twice for "ẞ", "ß" and "ss".
  const plain = plainMarks(plainMarks(name.replace(UNSEEN, '')).normalize('NFKC')).replace(UNSEEN, '');
  const folded = plain.toLowerCase().toUpperCase().toLowerCase().replaceAll('ς', 'σ').normalize('NFKC');
  return tidyName(plainMarks(folded)).replace(/\s+/gu, ' ').trim();
}

/** Each quote, apostrophe and dash as the one on a keyboard. Before NFKC too, which makes two characters of some. */
function plainMarks(text: string): string {
  return text
    .replace(/[`\u00b4\u02b9\u02bb-\u02bd\u02c8\u2018-\u201b\u2032\u2035\uff07\uff40]/gu, "'")
    .replace(/[\u00ab\u00bb\u201c-\u201f\u2033\u2036\u300c-\u300f\uff02]/gu, '"')
    .replace(/[\u2010-\u2015\u2212\u2e3a\u2e3b\ufe31\ufe32\ufe58\ufe63\uff0d]/gu, '-');
}

/** Units that are visible characters of their own, so that between two of them a cut is safe. */
const SIMPLE = /^[\n\x20-\x7e]*$/u;
/** As far back as a cluster is looked for; a longer one is cut. */
const LONGEST_CLUSTER = 64;

/**
 * The last place from `start` to `end` where a cut goes through no visible character. A character that alone is longer is
 * cut between code points.
 */
export function safeEnd(text: string, start: number, end: number): number {
  if (end >= text.length) return text.length;
  // Only the clusters around the end are looked at: to find all of them takes a hundred times as long.
  const from = beforeFlags(text, start, Math.max(start, end - LONGEST_CLUSTER));
  const around = text.slice(from, end + LONGEST_CLUSTER);
  if (SIMPLE.test(around)) return end;
  let safe = from;
  for (const { segment } of clusters.segment(around)) {
    if (safe + segment.length > end) break;
    safe += segment.length;
  }
  if (safe > start) return safe;
  return isLow(text, end) && end > start ? end - 1 : end;
}

/** The start of `text` with at most `max` UTF-16 units, never cut inside a visible character. */
export function clip(text: string, max: number): string {
  return text.length <= max ? text : text.slice(0, safeEnd(text, 0, max));
}

/** Flags are pairs of letters, so pairs are counted from the first of a row. */
function beforeFlags(text: string, start: number, from: number): number {
  let at = isLow(text, from) && from > start ? from - 1 : from;
  while (at - 2 >= start && /^[\u{1f1e6}-\u{1f1ff}]/u.test(text.slice(at - 2, at))) at -= 2;
  return at;
}

/** Whether a unit is the second half of a surrogate pair. */
function isLow(text: string, at: number): boolean {
  const unit = text.charCodeAt(at);
  return unit >= 0xdc00 && unit <= 0xdfff;
}
