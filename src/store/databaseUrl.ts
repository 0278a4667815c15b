/** What `DATABASE_URL` names. */
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client } from 'pg';
import { STORE_ERRORS, StoreError } from './errors';
import type { PostgresTarget } from './postgres/connection';

const isPostgres = (databaseUrl: string): boolean => /^postgres(ql)?:/.test(databaseUrl);

/**
 * The PostgreSQL database that a `postgres://` URL names; null for every other URL.
 *
 * @throws {StoreError} `store_unsupported`; the URL's text is not repeated, it may hold a password
 */
export function postgresTarget(databaseUrl: string): PostgresTarget | null {
  if (!isPostgres(databaseUrl)) return null;
  try {
    // The driver reads it; what it makes of it is what will be connected to.
    const { host, port, database } = new Client({ connectionString: databaseUrl });
    if (database === undefined || database === '') throw new Error('no database is named');
    return { url: databaseUrl, name: `The PostgreSQL database ${database} on ${host}:${port}` };
  } catch {
    // Without its cause, which quotes the URL.
    throw new StoreError(
      STORE_ERRORS.UNSUPPORTED,
      'DATABASE_URL does not name a PostgreSQL database. Write it as postgres://user:password@host:5432/database, with special characters of the password percent-encoded.',
    );
  }
}

/**
 * Absolute path of the SQLite file that a `file:` URL names. `file:data/x.db` and `file:./data/x.db` start from the
 * working folder; `file:/x.db` and `file:///x.db` are absolute.
 *
 * @throws {StoreError} `store_unsupported` for every other URL; its text is not repeated, it may hold a password
 */
export function sqliteFile(databaseUrl: string): string {
  const path = databaseUrl.startsWith('file:') ? databaseUrl.slice('file:'.length) : '';
  if (path === '' || path.startsWith(':')) {
    throw new StoreError(
      STORE_ERRORS.UNSUPPORTED,
      'DATABASE_URL names neither a database file nor a PostgreSQL database. Write it as file: and a path, for example DATABASE_URL=file:./data/lostdeal.db, or as postgres://user:password@host:5432/database.',
    );
  }
  return path.startsWith('//') ? fileURLToPath(databaseUrl) : resolve(path);
}
