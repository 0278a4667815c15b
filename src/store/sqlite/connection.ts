/** One connection to an SQLite file, set up so that a commit that returned survives a power cut. */
import { closeSync, existsSync, mkdirSync, openSync, realpathSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { StoreDialect } from '../dialect';
import { STORE_ERRORS, StoreError } from '../errors';
import { connectSqlite, type SqliteConnection } from './connectSqlite';
import { fromFolder, fromSqlite } from './errors';

/** Makes the folder. The path comes back with links resolved, so that one file has one name, and one lock. */
export function prepareFolder(path: string): string {
  try {
    makeFolder(dirname(path));
    return existsSync(path) ? realpathSync(path) : join(realpathSync(dirname(path)), basename(path));
  } catch (error) {
    throw fromFolder(error, path);
  }
}

/** Step by step: with `recursive`, Node 20 does not return where a parent takes no folders (`/proc`). */
function makeFolder(path: string): void {
  if (existsSync(path)) return;
  makeFolder(dirname(path));
  try {
    mkdirSync(path);
  } catch (error) {
    // Somebody else made it meanwhile.
    if (!existsSync(path)) throw error;
  }
}

/** What prospects said is nobody's business but Lostdeal's; the log beside the file takes over who may read it. */
function makePrivately(path: string): void {
  try {
    closeSync(openSync(path, 'wx', 0o600));
  } catch {
    // It is there; whatever else is wrong, SQLite says better.
  }
}

/**
 * Opens the file, or makes it, for its owner alone.
 *
 * @throws {StoreError} `store_corrupt`, `store_read_only`, `store_full`, `store_unsupported`
 */
export function openSqlite(path: string): SqliteConnection {
  let connection: SqliteConnection | undefined;
  try {
    if (!existsSync(path)) makePrivately(path);
    // A backup or a person with a shell may hold the file for a moment.
    connection = connectSqlite(path, { timeout: 5_000 });
    // Readers, backups among them, go on while we write.
    const mode: unknown = connection.pragma('journal_mode = WAL', { simple: true });
    if (mode !== 'wal') {
      throw new StoreError(
        STORE_ERRORS.UNSUPPORTED,
        `The disk that holds ${path} cannot keep a write-ahead log (a network share?). Put the database on a local disk.`,
      );
    }
    // In WAL mode only FULL syncs at each commit.
    connection.pragma('synchronous = FULL');
    connection.pragma('foreign_keys = ON');
    // A token that was replaced must not stay readable in a free part of the file.
    connection.pragma('secure_delete = ON');
    connection.pragma(`journal_size_limit = ${64 * 1024 * 1024}`);
    return connection;
  } catch (error) {
    connection?.close();
    throw fromSqlite(error, path);
  }
}

/**
 * `StoreDialect.relaxed` for an open connection. The next commit that does sync takes these pages along: they stand
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
