/** Opens the database that `DATABASE_URL` names, as the `Store` of `store.ts`. */
import { postgresTarget, sqliteFile } from './databaseUrl';
import type { OpenOptions } from './openOptions';
import { openPostgresStore } from './postgres/open';
import { openSqliteStore } from './sqlite/open';
import type { Store } from './store';
import { createSealer } from './workspace/secrets';

export type { OpenOptions };

/**
 * Opens the database that `DATABASE_URL` names. Makes its tables, and an SQLite file, if they are missing.
 *
 * @throws {StoreError} with a code of `STORE_ERRORS` and a message that says what to do
 */
export async function openStore(databaseUrl: string, options: OpenOptions = {}): Promise<Store> {
  const sealer = options.encryptionKey === undefined ? null : createSealer(options.encryptionKey);
  const target = postgresTarget(databaseUrl);
  return target === null
    ? openSqliteStore(sqliteFile(databaseUrl), sealer, options)
    : openPostgresStore(target, sealer, options);
}
