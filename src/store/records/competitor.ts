/** Longest key kept; both databases index it. Names that agree so far are taken for one. */
const LONGEST = 120;

/**
 * What two spellings of a competitor's name have in common: case, surrounding and repeated blanks and Unicode forms
 * do not count. Null when nothing is left.
 */
export function competitorKey(name: string | null): string | null {
  const key = (name ?? '')
    .replaceAll('\u0000', '')
    .normalize('NFKC')
    .trim()
    .replace(/\s+/g, ' ')
    .toLowerCase();
  return key === '' ? null : [...key].slice(0, LONGEST).join('');
}
