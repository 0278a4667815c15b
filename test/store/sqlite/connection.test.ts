import { statSync } from 'node:fs';
import { SqliteError } from 'better-sqlite3';
import { Kysely } from 'kysely';
import { sqliteStoreDialect } from '../../../src/store/dialect';
import { STORE_ERRORS, StoreError } from '../../../src/store/errors';
import { migrate } from '../../../src/store/migrations/migrate';
import type { Migration } from '../../../src/store/migrations/migration';
import type { Database } from '../../../src/store/schema';
import { openSqlite } from '../../../src/store/sqlite/connection';
import { fromSqlite } from '../../../src/store/sqlite/errors';
import { LostdealSqliteDialect } from '../../../src/store/sqlite/kysely';
import { ACME } from '../builder';
import { codeOf, type TempFolder, tempFolder } from '../harness';

describe('an error of SQLite', () => {
  it.each([
    ['SQLITE_NOTADB', STORE_ERRORS.CORRUPT],
    ['SQLITE_CORRUPT_INDEX', STORE_ERRORS.CORRUPT],
    ['SQLITE_CANTOPEN', STORE_ERRORS.READ_ONLY],
    ['SQLITE_READONLY_DBMOVED', STORE_ERRORS.READ_ONLY],
    ['SQLITE_FULL', STORE_ERRORS.FULL],
    ['SQLITE_IOERR_FSYNC', STORE_ERRORS.UNREACHABLE],
    ['SQLITE_BUSY_SNAPSHOT', STORE_ERRORS.UNREACHABLE],
  ])('%s becomes %s, with its cause', (code, meaning) => {
    const cause = new SqliteError('internal words', code);
    const explained = fromSqlite(cause, '/data/a.db');
    expect(explained).toBeInstanceOf(StoreError);
    expect(explained).toMatchObject({ code: meaning, cause });
    expect(String(explained)).toContain('/data/a.db');
    expect(String(explained)).not.toContain('internal words');
  });

  it('without a meaning for operators, or of another kind, stays unchanged', () => {
    const constraint = new SqliteError('fault of the code', 'SQLITE_CONSTRAINT_FOREIGNKEY');
    const other = new Error('no error of SQLite');
    expect(fromSqlite(constraint, '')).toBe(constraint);
    expect(fromSqlite(other, '')).toBe(other);
  });
});

describe('a connection', () => {
  let folder: TempFolder;
  beforeEach(() => {
    folder = tempFolder();
  });
  afterEach(() => folder.remove());

  function connect() {
    const connection = openSqlite(folder.file('a.db'));
    const db = new Kysely<Database>({ dialect: new LostdealSqliteDialect(connection, folder.file('a.db')) });
    return { connection, db };
  }

  it('creates its file and the log beside it for its owner alone', () => {
    const { connection } = connect();
    connection.exec('create table t (a)');
    const modes = ['a.db', 'a.db-wal'].map((name) => statSync(folder.file(name)).mode & 0o777);
    expect(modes).toEqual([0o600, 0o600]);
    connection.close();
  });

  const migration = (version: number, fail = false): Migration => ({
    version,
    name: `number ${version}`,
    async up(db) {
      await db.schema.createTable(`t${version}`).addColumn('id', 'integer').execute();
      if (fail) throw new Error('half way');
    },
  });

  it('syncs at each commit and checks references', () => {
    const { connection } = connect();
    const pragma = (name: string): unknown => connection.pragma(name, { simple: true });
    // 2 is FULL.
    expect([
      pragma('journal_mode'),
      pragma('synchronous'),
      pragma('foreign_keys'),
      pragma('busy_timeout'),
    ]).toEqual(['wal', 2, 1, 5_000]);
    connection.close();
  });

  it('reports a full disk, keeps nothing of the write, and goes on when there is room', async () => {
    const { connection, db } = connect();
    await migrate(db, sqliteStoreDialect, [
      {
        version: 1,
        name: 'settings only',
        up: async ({ schema }) => {
          await schema
            .createTable('settings')
            .addColumn('enterprise_id', 'text')
            .addColumn('team_id', 'text')
            .addColumn('body', 'text')
            .execute();
        },
      },
    ]);
    const pages = Number(connection.pragma('page_count', { simple: true }));
    connection.pragma(`max_page_count = ${pages + 4}`);
    const fill = (rows: number): Promise<void> =>
      db.transaction().execute(async (trx) => {
        for (let index = 0; index < rows; index += 1) {
          await trx
            .insertInto('settings')
            .values({ enterprise_id: '', team_id: ACME.teamId, body: 'x'.repeat(3_000) })
            .execute();
        }
      });
    expect(await codeOf(fill(100))).toBe('store_full');
    const count = () => connection.prepare('select count(*) from settings').pluck().get();
    expect(count()).toBe(0);
    connection.pragma('max_page_count = 10000');
    await fill(10);
    expect(count()).toBe(10);
    await db.destroy();
  });

  it('applies each migration once, and later ones later', async () => {
    const { db } = connect();
    expect(await migrate(db, sqliteStoreDialect, [migration(1)])).toEqual(['number 1']);
    expect(await migrate(db, sqliteStoreDialect, [migration(1), migration(2)])).toEqual(['number 2']);
    expect(await migrate(db, sqliteStoreDialect, [migration(1), migration(2)])).toEqual([]);
    await db.destroy();
  });

  it('rolls back a migration that fails half way, and keeps earlier ones', async () => {
    const { connection, db } = connect();
    await expect(migrate(db, sqliteStoreDialect, [migration(1), migration(2, true)])).rejects.toThrow(
      'half way',
    );
    const tables = () =>
      connection
        .prepare("select name from sqlite_master where type = 'table' and name like 't_' order by name")
        .pluck()
        .all();
    expect(tables()).toEqual(['t1']);
    expect(await migrate(db, sqliteStoreDialect, [migration(1), migration(2)])).toEqual(['number 2']);
    expect(tables()).toEqual(['t1', 't2']);
    await db.destroy();
  });
});
