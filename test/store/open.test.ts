import { existsSync, mkdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { isAbsolute } from 'node:path';
import { sqliteFile } from '../../src/store/databaseUrl';
import { MIGRATIONS } from '../../src/store/migrations';
import { openStore } from '../../src/store/open';
import { connectSqlite, type SqliteConnection } from '../../src/store/sqlite/connectSqlite';
import { ACME, aDeal, commitOf, NOON, next } from './builder';
import { codeOf, type TempFolder, tempFolder } from './harness';

it('migrates in the order of numbers without gaps, so that no database passes over a migration', () => {
  expect(MIGRATIONS.map(({ version }) => version)).toEqual(MIGRATIONS.map((_, index) => index + 1));
});

describe('opening a database', () => {
  let folder: TempFolder;
  beforeEach(() => {
    folder = tempFolder();
  });
  afterEach(() => folder.remove());

  /** Changes the file from outside. */
  function withFile(change: (connection: SqliteConnection) => void): void {
    const connection = connectSqlite(folder.file('a.db'));
    change(connection);
    connection.close();
  }

  async function makeDatabase(deals = 1): Promise<void> {
    const store = await openStore(folder.url('a.db'));
    for (let index = 1; index <= deals; index += 1) {
      await store.deals.commit(commitOf(aDeal({ id: `D${index}` }), { deliveryKey: `K${index}` }));
    }
    await store.close();
  }

  it('creates the folder and the tables, and says so', async () => {
    const info = jest.fn();
    const store = await openStore(folder.url('some/where/a.db'), { logger: { info } });
    await store.close();
    expect(existsSync(folder.file('some/where/a.db'))).toBe(true);
    expect(info.mock.calls).toEqual([
      [{ migrations: MIGRATIONS.map(({ name }) => name) }, 'database brought up to date'],
      [{ database: 'sqlite', path: folder.file('some/where/a.db') }, 'database opened'],
    ]);
  });

  it('finds earlier deals and deliveries', async () => {
    await makeDatabase();
    const store = await openStore(folder.url('a.db'));
    expect(await store.deals.load(ACME, 'D1')).toEqual(aDeal());
    expect(await store.deals.commit(commitOf(next(aDeal()), { deliveryKey: 'K1' }))).toBe('duplicate');
    await store.close();
  });

  it('deletes deliveries that are older than a day', async () => {
    await makeDatabase(2);
    withFile((file) =>
      file.exec("update deliveries set received_at = received_at - 86400001 where delivery_key = 'K1'"),
    );
    const store = await openStore(folder.url('a.db'));
    await store.close();
    withFile((file) =>
      expect(file.prepare('select delivery_key from deliveries').pluck().all()).toEqual(['K2']),
    );
  });

  it('keeps each commit safe from a power cut, and lets others read meanwhile', async () => {
    const statements: string[] = [];
    const store = await openStore(folder.url('a.db'), { onQuery: ({ sql }) => statements.push(sql) });
    withFile((file) => expect(file.pragma('journal_mode', { simple: true })).toBe('wal'));
    await store.deals.commit(commitOf(aDeal()));
    // One transaction is one sync of the disk.
    expect(statements.filter((statement) => statement.startsWith('commit'))).toHaveLength(
      statements.filter((statement) => statement.startsWith('begin')).length,
    );
    await store.close();
  });

  it('can be backed up while it is used', async () => {
    const store = await openStore(folder.url('a.db'));
    await store.deals.commit(commitOf(aDeal()));
    const reader = connectSqlite(folder.file('a.db'), { readonly: true });
    const backup = reader.backup(folder.file('copy.db'));
    await store.deals.commit(commitOf(aDeal({ id: 'D2' })));
    await backup;
    reader.close();

    const copy = await openStore(folder.url('copy.db'));
    expect(await copy.deals.load(ACME, 'D1')).toEqual(aDeal());
    await Promise.all([store.close(), copy.close()]);
  });

  it('closes twice without an error', async () => {
    const store = await openStore(folder.url('a.db'));
    await store.close();
    await expect(store.close()).resolves.toBeUndefined();
    await expect(store.ping()).rejects.toThrow();
  });

  it('refuses a database of a newer version, untouched', async () => {
    await makeDatabase();
    withFile((file) =>
      file.exec("insert into lostdeal_migrations (version, name, applied_at) values (99, 'future', 0)"),
    );
    const opening = openStore(folder.url('a.db'));
    expect(await codeOf(opening)).toBe('store_newer');
    await expect(opening).rejects.toThrow(/its format is 99, this version knows up to \d+/);
    await expect(opening).rejects.toThrow('restore the backup');
    // The failed start released the lock.
    expect(await codeOf(openStore(folder.url('a.db')))).toBe('store_newer');
  });

  it('refuses a file that is no database, and leaves it alone', async () => {
    const text = 'This is a shopping list, and not a database at all. '.repeat(50);
    writeFileSync(folder.file('a.db'), text);
    const opening = openStore(folder.url('a.db'));
    expect(await codeOf(opening)).toBe('store_corrupt');
    await expect(opening).rejects.toThrow('put the last backup in its place');
    expect(readFileSync(folder.file('a.db'), 'utf8')).toBe(text);
  });

  it('refuses a database that was cut off', async () => {
    await makeDatabase(50);
    truncateSync(folder.file('a.db'), 16_384);
    expect(await codeOf(openStore(folder.url('a.db')))).toBe('store_corrupt');
  });

  it('reports a damaged page when it reads it', async () => {
    await makeDatabase(200);
    const bytes = readFileSync(folder.file('a.db'));
    // Everything but the first pages, which hold the list of tables.
    bytes.fill(0xa5, 4096 * 40);
    writeFileSync(folder.file('a.db'), bytes);
    const use = async (): Promise<void> => {
      const store = await openStore(folder.url('a.db'));
      try {
        for (let index = 1; index <= 200; index += 1) await store.deals.events(ACME, `D${index}`);
        for (let index = 1; index <= 200; index += 1) await store.deals.load(ACME, `D${index}`);
      } finally {
        await store.close();
      }
    };
    expect(await codeOf(use())).toBe('store_corrupt');
  });

  it.each([
    ['a folder stands in the place of the file', 'dir'],
    ['a file stands in the place of the folder', 'file/a.db'],
  ])('says that it cannot write when %s', async (_case, name) => {
    mkdirSync(folder.file('dir'));
    writeFileSync(folder.file('file'), '');
    const opening = openStore(folder.url(name));
    expect(await codeOf(opening)).toBe('store_read_only');
    await expect(opening).rejects.toThrow('cannot be opened for writing');
  });

  it('says that it cannot write where no user may', async () => {
    expect(await codeOf(openStore('file:/proc/lostdeal/a.db'))).toBe('store_read_only');
    expect(await codeOf(openStore('file:/proc/a.db'))).toBe('store_read_only');
  });

  it.each(['postgres://user:secret@host:notaport/db', 'postgres://user:secret@[::1/db'])(
    'says how a PostgreSQL database is named, without repeating the password: %s',
    async (url) => {
      const opening = openStore(url);
      expect(await codeOf(opening)).toBe('store_unsupported');
      await expect(opening).rejects.toThrow('Write it as postgres://user:password@host:5432/database');
      await expect(opening).rejects.not.toThrow(/sec/);
    },
  );

  it.each(['', 'file:', 'file::memory:', 'mysql://host', 'lostdeal.db'])(
    'does not take %j for a database',
    async (url) => {
      expect(await codeOf(openStore(url))).toBe('store_unsupported');
    },
  );

  it('reads paths in their common forms', () => {
    expect(sqliteFile('file:/var/lib/lostdeal.db')).toBe('/var/lib/lostdeal.db');
    expect(sqliteFile('file:///var/lib/lost%20deal.db')).toBe('/var/lib/lost deal.db');
    const relative = sqliteFile('file:./data/lostdeal.db');
    expect(isAbsolute(relative)).toBe(true);
    expect(relative.endsWith('/data/lostdeal.db')).toBe(true);
  });

  it('names the deal whose record it cannot read', async () => {
    await makeDatabase();
    const loading = async (change: string): Promise<unknown> => {
      withFile((file) => file.exec(change));
      const store = await openStore(folder.url('a.db'));
      try {
        return await store.deals.load(ACME, 'D1');
      } finally {
        await store.close();
      }
    };
    for (const change of [
      "update deals set state = json_set(state, '$.stage', 'limbo')",
      "update deals set state = json_set(state, '$.surprise', 1)",
      "update deals set state = 'no JSON'",
      'update deals set state_format = 7',
    ]) {
      const failing = loading(change);
      expect(await codeOf(failing)).toBe('store_unreadable');
      await expect(failing).rejects.toThrow('deal D1 (workspace TACME)');
    }
  });

  it('deletes old deliveries while it runs, too', async () => {
    const store = await openStore(folder.url('a.db'));
    const deal = aDeal();
    await store.deals.commit(commitOf(deal, { deliveryKey: 'old' }));
    withFile((file) => file.exec('update deliveries set received_at = 0'));
    for (let index = 0; index < 1_000; index += 1) {
      await store.deals.commit({
        deal,
        events: [],
        expectedRevision: 1,
        wakeAt: NOON,
        deliveryKey: `K${index}`,
      });
    }
    await store.close();
    withFile((file) =>
      expect(file.prepare("select count(*) from deliveries where delivery_key = 'old'").pluck().get()).toBe(
        0,
      ),
    );
  });
});
