import { clip, nameKey } from '../../deal/model/typed';

/** Characters of a key; both databases index it. Names that agree in these count as one. */
const LONGEST = 120;

/** The same key for all spellings of a company's name; null if nothing is left. A change of it needs a migration. */
export function companyKey(name: string | null): string | null {
  const key = nameKey(name ?? '');
  return key === '' ? null : clip(key, LONGEST).trimEnd();
}
