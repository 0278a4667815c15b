/** The tables that DATABASE_URL names, for a tool that reads or erases. */
import { existsSync } from 'node:fs';
import { Kysely, sql } from 'kysely';
import { postgresTarget, sqliteFile } from '../databaseUrl';
import { sqliteStoreDialect } from '../dialect';
import { STORE_ERRORS, StoreError } from '../errors';
import { MIGRATIONS } from '../migrations/index';
import { migrate } from '../migrations/migrate';
import { createPool } from '../postgres/connection';
import { LostdealPostgresDialect } from '../postgres/kysely';
import { bringUpToDate } from '../postgres/open';
import type { Database, Db } from '../schema';
import { openSqlite, prepareFolder, truncateLog } from '../sqlite/connection';
import { connectSqlite } from '../sqlite/connectSqlite';
import { LostdealSqliteDialect } from '../sqlite/kysely';
import { lockFile } from '../sqlite/lock';

export interface OpenedTables {
  readonly db: Db;
  /** The SQLite file; null on PostgreSQL. */
  readonly file: string | null;
  /** Takes what was erased out of the free parts of the database. */
  settle(): Promise<void>;
  close(): Promise<void>;
}

/**
 * @param how `alone`: to erase; on SQLite Lostdeal must be stopped. `beside`: to read while Lostdeal works.
 * @throws {StoreError} `store_locked` while Lostdeal works on the SQLite file
 */
export async function openTables(url: string, how: 'alone' | 'beside'): Promise<OpenedTables> {
  const target = postgresTarget(url);
  if (target !== null) {
    await bringUpToDate(target, {});
    const pool = createPool(target, { connections: 1, statementMs: null, durable: true });
    const db = new Kysely<Database>({ dialect: new LostdealPostgresDialect(pool, target.name) });
    return {
      db,
      file: null,
      settle: async () => void (await sql`vacuum`.execute(db)),
      close: () => db.destroy(),
    };
  }
  const file = sqliteFile(url);
  if (!existsSync(file)) {
    throw new StoreError(STORE_ERRORS.READ_ONLY, `There is no database at ${file}; look at DATABASE_URL.`);
  }
  const path = prepareFolder(file);
  return how === 'alone' ? openAlone(path) : openBeside(path);
}

async function openAlone(path: string): Promise<OpenedTables> {
  const lock = lockFile(path);
  try {
    const connection = openSqlite(path);
    const db = new Kysely<Database>({ dialect: new LostdealSqliteDialect(connection, path) });
    await migrate(db, sqliteStoreDialect, MIGRATIONS);
    return {
      db,
      file: path,
      settle: async () => truncateLog(connection),
      async close() {
        await db.destroy();
        connection.close();
        lock.release();
      },
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}

async function openBeside(path: string): Promise<OpenedTables> {
  const connection = connectSqlite(path, { readonly: true, fileMustExist: true, timeout: 5_000 });
  const db = new Kysely<Database>({ dialect: new LostdealSqliteDialect(connection, path) });
  const applied: unknown = connection.prepare('select max(version) from lostdeal_migrations').pluck().get();
  if (applied !== MIGRATIONS.at(-1)?.version) {
    connection.close();
    throw new StoreError(
      STORE_ERRORS.UNSUPPORTED,
      `The database ${path} is of another release than this one. Start Lostdeal once with this release, which brings it up to date; then try again.`,
    );
  }
  return {
    db,
    file: path,
    settle: async () => undefined,
    async close() {
      await db.destroy();
      connection.close();
    },
  };
}
