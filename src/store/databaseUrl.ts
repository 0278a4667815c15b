/** Reads `DATABASE_URL`. */
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
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
    const { pathname, search, hash } = new URL(databaseUrl);
    const name = pathname.slice(1);
    // An unescaped / ? or # ends a password early; its rest would pass for the name, which messages show.
    if (name === '' || /[@/]/u.test(name) || search.includes('@') || hash !== '') throw new Error('no name');
    // The driver parses the URL, so that the name below is the database that it will connect to. An app on SQLite never
    // loads it.
    const { Client } = require('pg') as typeof import('pg');
    const { host, port, database } = new Client({ connectionString: databaseUrl });
    if (database === undefined || database === '') throw new Error('no database is named');
    return { url: databaseUrl, name: `The PostgreSQL database ${database} on ${host}:${port}` };
  } catch (error) {
    // No `cause`, because it quotes the URL.
    const { code, syscall } = error as NodeJS.ErrnoException;
    if (syscall !== undefined) {
      throw new StoreError(
        STORE_ERRORS.UNSUPPORTED,
        `DATABASE_URL names a file that cannot be read (${code}): sslcert, sslkey and sslrootcert are paths on this machine.`,
      );
    }
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
  if (!path.startsWith('//')) return resolve(path);
  try {
    return fileURLToPath(databaseUrl);
  } catch {
    throw new StoreError(
      STORE_ERRORS.UNSUPPORTED,
      'DATABASE_URL names no file of this machine. After file: write a path with no slash, one slash or three: file:./data/lostdeal.db, file:/var/lib/lostdeal.db or file:///var/lib/lostdeal.db.',
    );
  }
}
