import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { openStore } from '../../../src/store/open';
import { connectSqlite } from '../../../src/store/sqlite/connectSqlite';
import { copyDatabase } from '../../../src/store/tools/copyDatabase';
import { ACME, aDeal, commitOf } from '../builder';
import { codeOf, type TempFolder, tempFolder, until } from '../harness';

describe('a backup', () => {
  let folder: TempFolder;
  beforeEach(() => {
    folder = tempFolder();
  });
  afterEach(() => folder.remove());

  async function makeDatabase(deals: number): Promise<void> {
    const store = await openStore(folder.url('a.db'));
    await Promise.all(
      Array.from({ length: deals }, (_, index) => store.deals.commit(commitOf(aDeal({ id: `D${index}` })))),
    );
    await store.close();
  }

  it('is a database that Lostdeal starts on, and reports its number of rows', async () => {
    await makeDatabase(3);
    const { rows } = await copyDatabase(folder.file('a.db'), folder.file('some/where/copy.db'));
    expect(Object.fromEntries(rows)).toMatchObject({ deals: 3, events: 3, people: 0 });
    // Private, because it holds what customers said; and one file, so that people can move it.
    expect(statSync(folder.file('some/where/copy.db')).mode & 0o777).toBe(0o600);
    expect(existsSync(folder.file('some/where/copy.db-wal'))).toBe(false);
    const copy = await openStore(folder.url('some/where/copy.db'));
    expect(await copy.deals.load(ACME, 'D2')).toMatchObject({ id: 'D2', revision: 1 });
    await copy.close();
  });

  it('to a place that cannot be written says so, and blames neither the database nor its disk', async () => {
    await makeDatabase(1);
    const failed = copyDatabase(folder.file('a.db'), folder.file('a.db/copy.db'));
    await expect(failed).rejects.toMatchObject({ code: 'store_read_only' });
    await expect(failed).rejects.toThrow(/^The backup \S+copy\.db cannot be written \(E[A-Z]+\)/u);
  });

  it('to a full disk says which, and leaves nothing behind', async () => {
    await makeDatabase(1);
    const full = Object.assign(new Error('database or disk is full'), { code: 'SQLITE_FULL' });
    const making = jest.spyOn(Sqlite.prototype, 'backup').mockRejectedValue(full);
    const failed = copyDatabase(folder.file('a.db'), folder.file('copy.db'));
    await expect(failed).rejects.toThrow(/^The disk that is to hold the backup \S+copy\.db is full/u);
    making.mockRestore();
    expect(existsSync(folder.file('copy.db.part'))).toBe(false);
  });

  it('is private from its first byte on', async () => {
    await makeDatabase(1);
    const { backup } = Sqlite.prototype;
    let mode = 0;
    const making = jest.spyOn(Sqlite.prototype, 'backup').mockImplementation(function (
      this: Sqlite.Database,
      ...asked
    ) {
      mode = statSync(asked[0]).mode & 0o777;
      return backup.apply(this, asked);
    });
    await copyDatabase(folder.file('a.db'), folder.file('copy.db'));
    making.mockRestore();
    expect(mode).toBe(0o600);
  });

  it('made during commits is one snapshot: it holds whole deals, and all that were committed before it', async () => {
    await makeDatabase(50);
    const writer = spawn(
      process.execPath,
      ['--import', 'tsx', join(__dirname, '..', 'writer.ts'), folder.url('a.db')],
      {
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    );
    const ended = once(writer, 'exit');
    let written = 0;
    writer.stdout.on('data', (data: Buffer) => {
      written = Number(data.toString().trim().split('\n').at(-1));
    });
    await until(async () => (written > 0 ? true : null));
    const before = written;
    const { rows } = await copyDatabase(folder.file('a.db'), folder.file('copy.db'));
    // The writer still commits, so it worked during the whole backup.
    const during = written;
    await until(async () => (written > during ? true : null));
    writer.kill('SIGKILL');
    await ended;

    expect(rows.get('deals')).toBeGreaterThanOrEqual(50 + before);
    expect(rows.get('events')).toBe(rows.get('deals'));
    const copy = connectSqlite(folder.file('copy.db'), { readonly: true });
    const partial = copy
      .prepare(
        'select count(*) from deals where revision <> (select count(*) from events where events.deal_id = deals.id)',
      )
      .pluck()
      .get();
    expect(partial).toBe(0);
    copy.close();
  });

  it('never replaces a file', async () => {
    await makeDatabase(1);
    writeFileSync(folder.file('copy.db'), 'last backup');
    expect(await codeOf(copyDatabase(folder.file('a.db'), folder.file('copy.db')))).toBe('store_read_only');
    expect(readFileSync(folder.file('copy.db'), 'utf8')).toBe('last backup');
  });

  it('of a damaged database fails and leaves no file', async () => {
    await makeDatabase(200);
    const bytes = readFileSync(folder.file('a.db'));
    bytes.fill(0xa5, 4096 * 40, 4096 * 60);
    writeFileSync(folder.file('a.db'), bytes);
    expect(await codeOf(copyDatabase(folder.file('a.db'), folder.file('copy.db')))).toBe('store_corrupt');
    expect(existsSync(folder.file('copy.db'))).toBe(false);
    expect(existsSync(folder.file('copy.db.part'))).toBe(false);
  });

  it('of a missing database says so, and creates nothing', async () => {
    expect(await codeOf(copyDatabase(folder.file('none.db'), folder.file('copy.db')))).toBe(
      'store_read_only',
    );
    expect(existsSync(folder.file('none.db'))).toBe(false);
  });
});
