/** What `DATABASE_URL` names. */
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { STORE_ERRORS, StoreError } from './errors';

/**
 * Absolute path of the SQLite file that a `file:` URL names. `file:data/x.db` and `file:./data/x.db` start from the
 * working folder; `file:/x.db` and `file:///x.db` are absolute.
 *
 * @throws {StoreError} `store_unsupported` for every other URL; its text is not repeated, it may hold a password
 */
export function sqliteFile(databaseUrl: string): string {
  if (/^postgres(ql)?:/.test(databaseUrl)) {
    throw new StoreError(
      STORE_ERRORS.UNSUPPORTED,
      'DATABASE_URL names a PostgreSQL database. PostgreSQL comes in a later release; until then use an SQLite file, for example DATABASE_URL=file:./data/lostdeal.db.',
    );
  }
  const path = databaseUrl.startsWith('file:') ? databaseUrl.slice('file:'.length) : '';
  if (path === '' || path.startsWith(':')) {
    throw new StoreError(
      STORE_ERRORS.UNSUPPORTED,
      'DATABASE_URL does not name a database file. Write it as file: and a path, for example DATABASE_URL=file:./data/lostdeal.db.',
    );
  }
  return path.startsWith('//') ? fileURLToPath(databaseUrl) : resolve(path);
}
