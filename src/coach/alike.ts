/** Suggests names for one that somebody mistyped. */
import { nameKey } from '../deal/model/typed';

/** Names offered at most. */
const MOST = 3;

interface Named {
  readonly name: string;
  readonly deals: number;
}

/** The names nearest to `typed`; among equally near ones, those with the most deals come first. Empty: none is near. */
export function alike(typed: string, names: readonly Named[]): string[] {
  const key = nameKey(typed);
  const counted = new Map<string, Named>();
  for (const { name, deals } of names) {
    const same = counted.get(nameKey(name));
    counted.set(nameKey(name), { name: same?.name ?? name, deals: deals + (same?.deals ?? 0) });
  }
  return [...counted]
    .map(([other, named]) => ({
      ...named,
      far: farFrom(key, other),
      longer: Math.abs(other.length - key.length),
    }))
    .filter(({ far }) => far <= Math.max(1, Math.floor(key.length / 3)))
    .sort((a, b) => a.far - b.far || a.longer - b.longer || b.deals - a.deals || a.name.localeCompare(b.name))
    .slice(0, MOST)
    .map(({ name }) => name);
}

/** 1 where one name begins with the other, like "Globex" and "Globex Pharma"; else the number of slips between them. */
function farFrom(key: string, other: string): number {
  if (key === other) return 0;
  const goesOn = other.startsWith(`${key} `) || key.startsWith(`${other} `);
  return goesOn || (key.length > 2 && other.startsWith(key)) ? 1 : slips(key, other);
}

/** The number of letters to add, drop, change or swap with the next one until both words are equal. */
function slips(from: string, to: string): number {
  const [a, b] = [[...from], [...to]];
  let before: number[] = [];
  let row = b.map((_, index) => index);
  row.push(b.length);
  for (const [at, letter] of a.entries()) {
    const next = [at + 1];
    for (const [index, other] of b.entries()) {
      const same = letter === other;
      const swapped = index > 0 && at > 0 && letter === b[index - 1] && a[at - 1] === other;
      next.push(
        Math.min(
          (row[index + 1] ?? 0) + 1,
          (next[index] ?? 0) + 1,
          (row[index] ?? 0) + (same ? 0 : 1),
          ...(swapped ? [(before[index - 1] ?? 0) + 1] : []),
        ),
      );
    }
    before = row;
    row = next;
  }
  return row.at(-1) ?? 0;
}
