/** Where the files of exports are until Slack has them. */
import { chmodSync, existsSync, mkdirSync, readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { createTemporaryFiles } from '../../../src/insights/export/temporaryFiles';
import { temporaryFolder } from '../../temporaryFolder';

const folder = temporaryFolder();
afterAll(() => folder.remove());
const exports = join(folder.path, 'exports');
const files = createTemporaryFiles(exports);
/** More than any system numbers its processes. */
const DEAD = 2 ** 30;

/** A file in the folder of another process. */
function left(name: string): string {
  const path = join(exports, name);
  mkdirSync(path, { recursive: true });
  writeFileSync(join(path, 'left.csv'), 'Acme');
  return path;
}

it('only the user of the process may read a file, and its folder', async () => {
  const { path, handle } = await files.create();
  await handle.close();
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(statSync(join(path, '..')).mode & 0o777).toBe(0o700);
  expect(statSync(exports).mode & 0o777).toBe(0o700);
  await files.remove(path);
  await files.remove(path);
  expect(existsSync(path)).toBe(false);
});

it('a start removes what a dead process left, and leaves a living one its files', async () => {
  const dead = left(`${encodeURIComponent(hostname())}+${DEAD}+a1`);
  const reused = left(`${encodeURIComponent(hostname())}+${process.pid}+a2`);
  const living = left(`${encodeURIComponent(hostname())}+${process.ppid}+a3`);
  const elsewhere = left('another-machine+1+a4');
  await files.clear();
  expect([dead, reused, living, elsewhere].map(existsSync)).toEqual([false, false, true, true]);
  const before = Date.now() / 1000 - 25 * 3600;
  utimesSync(elsewhere, before, before);
  await files.clear();
  expect(readdirSync(exports)).toEqual([living.split('/').at(-1)]);
});

it('refuses a folder that others may read', async () => {
  const open = join(folder.path, 'open');
  mkdirSync(open);
  chmodSync(open, 0o755);
  await expect(createTemporaryFiles(open).create()).rejects.toMatchObject({ code: 'export_folder_not_ours' });
});
