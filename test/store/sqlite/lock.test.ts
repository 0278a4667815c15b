import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { openStore } from '../../../src/store/open';
import { ACME, dealOf, NOON } from '../builder';
import { codeOf, type TempFolder, tempFolder } from '../harness';

describe('one SQLite file serves one process', () => {
  let folder: TempFolder;
  let child: ChildProcess | undefined;
  beforeEach(() => {
    folder = tempFolder();
  });
  afterEach(async () => {
    if (child !== undefined) await kill(child);
    child = undefined;
    folder.remove();
  });

  /** A second process that has the database open. */
  async function hold(url: string): Promise<ChildProcess> {
    const holder = spawn(process.execPath, ['--import', 'tsx', join(__dirname, '..', 'holder.ts'), url], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    child = holder;
    const [said] = await Promise.race([once(holder.stdout, 'data'), once(holder, 'exit')]);
    expect(String(said)).toBe('holding\n');
    return holder;
  }

  async function kill(holder: ChildProcess): Promise<void> {
    if (holder.exitCode !== null || holder.signalCode !== null) return;
    const gone = once(holder, 'exit');
    holder.kill('SIGKILL');
    await gone;
  }

  it('refuses a second process, and says what to do', async () => {
    await hold(folder.url('a.db'));
    const opening = openStore(folder.url('a.db'));
    expect(await codeOf(opening)).toBe('store_locked');
    await expect(opening).rejects.toThrow(folder.file('a.db'));
    await expect(opening).rejects.toThrow('Stop the other one first');
  });

  it('opens again after its process was killed, with all commits and no lease', async () => {
    await kill(await hold(folder.url('a.db')));
    const store = await openStore(folder.url('a.db'));
    expect(await store.deals.load(ACME, 'D1')).toMatchObject({ id: 'D1', revision: 1 });
    expect(await store.work.claim('next', NOON, 1, 1_000)).toMatchObject([
      { owner: dealOf('D1'), attempts: 1 },
    ]);
    await store.close();
  });

  it('refuses a second store of the same process, until the first is closed', async () => {
    const first = await openStore(folder.url('a.db'));
    expect(await codeOf(openStore(folder.url('a.db')))).toBe('store_locked');
    // The refusal did not release the lock.
    expect(await codeOf(openStore(folder.url('a.db')))).toBe('store_locked');
    await first.close();
    const second = await openStore(folder.url('a.db'));
    await second.close();
  });

  it('recognizes the file through links to it or to its folder', async () => {
    mkdirSync(folder.file('real'));
    symlinkSync(folder.file('real'), folder.file('link'));
    const store = await openStore(folder.url('real/a.db'));
    symlinkSync(folder.file('real/a.db'), folder.file('alias.db'));
    expect(await codeOf(openStore(folder.url('link/a.db')))).toBe('store_locked');
    expect(await codeOf(openStore(folder.url('alias.db')))).toBe('store_locked');
    await store.close();
  });

  it('allows two stores on two files', async () => {
    const stores = await Promise.all([openStore(folder.url('a.db')), openStore(folder.url('b.db'))]);
    await Promise.all(stores.map((store) => store.close()));
  });
});
