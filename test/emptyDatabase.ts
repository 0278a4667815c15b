/** An SQLite file with the tables of this release. All tests share it, because migrating takes longer than most of them. */
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { openStore } from '../src/store/open';

/** Where the processes that run the tests find it. */
const PLACE = 'LOSTDEAL_TEST_EMPTY_DATABASE';

export async function makeEmptyDatabase(): Promise<void> {
  const path = join(mkdtempSync(join(tmpdir(), 'lostdeal-empty-')), 'lostdeal.db');
  await (await openStore(`file:${path}`)).close();
  process.env[PLACE] = path;
}

/** Puts a copy at this path. Outside of the tests there is none, and the app makes its tables itself. */
export function copyEmptyDatabase(path: string): void {
  const made = process.env[PLACE];
  if (made !== undefined) copyFileSync(made, path);
}

export function removeEmptyDatabase(): void {
  const made = process.env[PLACE];
  if (made !== undefined) rmSync(dirname(made), { recursive: true, force: true });
}
