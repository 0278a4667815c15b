/**
 * One process per SQLite file. The lock is an exclusive transaction that stays open on a side file. It is a lock of
 * the kernel, so it ends with its process, however that dies, and is never stale. It is not on the database itself,
 * because backups have to read that.
 */
import { STORE_ERRORS, StoreError } from '../errors';
import { connectSqlite, type SqliteConnection } from './connectSqlite';
import { fromSqlite, sqliteCode } from './errors';

export interface FileLock {
  release(): void;
}

/**
 * Takes the lock of the database at `path`, without waiting.
 *
 * While it is held, nothing else in this process may open and close the side file: closing any descriptor of a file
 * gives up the process's POSIX locks on it.
 *
 * @throws {StoreError} `store_locked`, `store_read_only`
 */
export function lockFile(path: string): FileLock {
  const side = `${path}.lock`;
  let connection: SqliteConnection | undefined;
  try {
    connection = connectSqlite(side, { timeout: 0 });
    // Nothing ever writes to the side file, so it needs no journal file.
    connection.pragma('journal_mode = MEMORY');
    connection.exec('begin exclusive');
  } catch (error) {
    connection?.close();
    if (sqliteCode(error) === 'SQLITE_BUSY') {
      throw new StoreError(
        STORE_ERRORS.LOCKED,
        `Another Lostdeal process is using the database ${path}, and an SQLite database serves one process. Stop the other one first, or give this one its own file in DATABASE_URL.`,
        { cause: error },
      );
    }
    throw fromSqlite(error, side);
  }
  // `connectSqlite` keeps the connection alive: collecting it would close it and give up the lock.
  const taken = connection;
  return {
    release() {
      taken.close();
    },
  };
}
