/** A connection to an SQLite file, set up so that a commit that returned survives a power cut. */
import { closeSync, existsSync, mkdirSync, openSync, realpathSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { CompiledQuery } from 'kysely';
import type { StoreDialect } from '../dialect';
import { STORE_ERRORS, StoreError } from '../errors';
import type { OpenOptions } from '../openOptions';
import type { Db } from '../schema';
import { connectSqlite, type SqliteConnection } from './connectSqlite';
import { fromFolder, fromSqlite } from './errors';

/** A backup or a person with a shell may hold the file for a moment. */
const BUSY_TIMEOUT_MS = 5_000;

/** Creates the folder. @returns the path with links resolved, so that one file has one name and one lock */
export function prepareFolder(path: string): string {
  try {
    createFolder(dirname(path));
    return existsSync(path) ? realpathSync(path) : join(realpathSync(dirname(path)), basename(path));
  } catch (error) {
    throw fromFolder(error, path);
  }
}

/** Creates one folder at a time: with `recursive`, Node 20 never returns if a parent takes no folders (`/proc`). */
function createFolder(path: string): void {
  if (existsSync(path)) return;
  createFolder(dirname(path));
  try {
    mkdirSync(path);
  } catch (error) {
    // Ignores the error if another process created it meanwhile.
    if (!existsSync(path)) throw error;
  }
}

/**
 * Creates the file for its owner alone, because it holds what prospects said. SQLite's log beside it copies the mode.
 */
function createPrivately(path: string): void {
  try {
    closeSync(openSync(path, 'wx', 0o600));
  } catch {
    // The file exists already; SQLite reports any other fault more clearly.
  }
}

/**
 * Opens the file, or creates it for its owner alone.
 *
 * @throws {StoreError} `store_corrupt`, `store_read_only`, `store_full`, `store_unsupported`
 */
export function openSqlite(path: string): SqliteConnection {
  let connection: SqliteConnection | undefined;
  try {
    if (!existsSync(path)) createPrivately(path);
    connection = connectSqlite(path, { timeout: BUSY_TIMEOUT_MS });
    // Lets readers, backups among them, go on while we write.
    const mode: unknown = connection.pragma('journal_mode = WAL', { simple: true });
    if (mode !== 'wal') {
      throw new StoreError(
        STORE_ERRORS.UNSUPPORTED,
        `The disk that holds ${path} cannot keep a write-ahead log (a network share?). Put the database on a local disk.`,
      );
    }
    // Syncs at each commit; in WAL mode only FULL does.
    connection.pragma('synchronous = FULL');
    connection.pragma('foreign_keys = ON');
    // Overwrites deleted content, so that a replaced token does not stay readable in a free part of the file.
    connection.pragma('secure_delete = ON');
    connection.pragma(`journal_size_limit = ${64 * 1024 * 1024}`);
    return connection;
  } catch (error) {
    connection?.close();
    throw fromSqlite(error, path);
  }
}

/**
 * `StoreDialect.relaxed` for an open connection. The next commit that does sync also syncs these pages, which stand
 * before its own in the write-ahead log.
 */
export function relaxedOn(connection: SqliteConnection): StoreDialect['relaxed'] {
  return (db, write) =>
    db.connection().execute(async (one) => {
      connection.exec('pragma synchronous = NORMAL');
      try {
        return await write(one);
      } finally {
        connection.exec('pragma synchronous = FULL');
      }
    });
}

/**
 * `StoreDialect.read` for an open connection. Kysely lends its connection to one query after the other, and each query
 * that ends wakes all that wait, which takes longer than the query. A read through here waits only for an open
 * transaction, since it would read what is not committed yet.
 */
export function readOn(
  connection: SqliteConnection,
  path: string,
  onQuery: OpenOptions['onQuery'],
): StoreDialect['read'] {
  return async <Row>(db: Db, query: CompiledQuery<Row>) => {
    if (connection.inTransaction) return (await db.executeQuery(query)).rows;
    const { sql, parameters } = query;
    const from = performance.now();
    try {
      return connection.prepare(sql).all(...parameters) as Row[];
    } catch (error) {
      throw fromSqlite(error, path);
    } finally {
      onQuery?.({ sql, durationMs: performance.now() - from });
    }
  };
}

/**
 * Writes the log into the file and empties it: it holds pages as they were before something was erased. Does nothing
 * while somebody reads the file, and does not wait for them, because clicks would wait too.
 */
export function truncateLog(connection: SqliteConnection): void {
  connection.exec('pragma busy_timeout = 0');
  try {
    connection.exec('pragma wal_checkpoint(TRUNCATE)');
  } finally {
    connection.exec(`pragma busy_timeout = ${BUSY_TIMEOUT_MS}`);
  }
}
