/** Suggests names for one that somebody mistyped. */
import { nameKey } from '../deal/model/typed';

/** Names offered at most. */
const MOST = 3;

/** Letters that a name may differ in; one that differs in more is another name. */
const MOST_SLIPS = 4;

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
  const most = Math.min(MOST_SLIPS, Math.max(1, Math.floor(key.length / 3)));
  return [...counted]
    .map(([other, named]) => ({
      ...named,
      far: farFrom(key, other, most),
      longer: Math.abs(other.length - key.length),
    }))
    .filter(({ far }) => far <= most)
    .sort((a, b) => a.far - b.far || a.longer - b.longer || b.deals - a.deals || a.name.localeCompare(b.name))
    .slice(0, MOST)
    .map(({ name }) => name);
}

/** 1 where one name begins with the other, like "Globex" and "Globex Pharma"; else the number of slips between them. */
function farFrom(key: string, other: string, most: number): number {
  if (key === other) return 0;
  const goesOn = other.startsWith(`${key} `) || key.startsWith(`${other} `);
  return goesOn || (key.length > 2 && other.startsWith(key)) ? 1 : slips(key, other, most);
}

/**
 * The number of letters to add, drop, change or swap with the next one until both words are equal. Above `most` it counts
 * no further, because a workspace may know thousands of names and a command may hold 3,000 letters.
 */
function slips(from: string, to: string, most: number): number {
  const far = most + 1;
  // A letter takes up to two units.
  if (Math.abs(from.length - to.length) > 2 * most) return far;
  const [a, b] = [[...from], [...to]];
  let before: number[] = [];
  let row = b.map((_, index) => index);
  row.push(b.length);
  for (const [at, letter] of a.entries()) {
    const next = [at + 1];
    let fewest = at + 1;
    // A letter further away than that costs more slips than count.
    const last = Math.min(b.length - 1, at + most);
    for (let index = Math.max(0, at - most); index <= last; index++) {
      const changed = (row[index] ?? far) + (letter === b[index] ? 0 : 1);
      const swapped = at > 0 && letter === b[index - 1] && a[at - 1] === b[index];
      const turned = swapped ? (before[index - 1] ?? far) + 1 : changed;
      const cell = Math.min((row[index + 1] ?? far) + 1, (next[index] ?? far) + 1, changed, turned);
      next[index + 1] = cell;
      fewest = Math.min(fewest, cell);
    }
    // No later row has fewer.
    if (fewest > most) return fewest;
    before = row;
    row = next;
  }
  return row[b.length] ?? far;
}
