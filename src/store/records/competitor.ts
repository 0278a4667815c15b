/** Characters of a key; both databases index it. Names that agree in these count as one. */
const LONGEST = 120;

/** The same for all spellings of a name: ignores case, surrounding and repeated blanks and Unicode forms. */
export const normalizedName = (name: string): string =>
  name.replaceAll('\u0000', '').normalize('NFKC').trim().replace(/\s+/g, ' ').toLowerCase();

/** The same key for all spellings of a competitor's name. Null if nothing is left. */
export function competitorKey(name: string | null): string | null {
  const key = normalizedName(name ?? '');
  return key === '' ? null : [...key].slice(0, LONGEST).join('');
}
