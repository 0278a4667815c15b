/** Opens the database that `DATABASE_URL` names, as the `Store` of `store.ts`. */
import { postgresTarget, sqliteFile } from './databaseUrl';
import type { OpenOptions } from './openOptions';
import type { Store } from './store';
import { createSealer } from './workspace/secrets';

export type { OpenOptions };

/**
 * Opens the database that `DATABASE_URL` names. Makes its tables, and an SQLite file, if they are missing. Does not load
 * the code and the driver of the other database.
 *
 * @throws {StoreError} with a code of `STORE_ERRORS` and a message that says what to do
 */
export async function openStore(databaseUrl: string, options: OpenOptions = {}): Promise<Store> {
  const sealer = options.encryptionKey === undefined ? null : createSealer(options.encryptionKey);
  const target = postgresTarget(databaseUrl);
  if (target === null) {
    const { openSqliteStore } = await import('./sqlite/open.ts');
    return openSqliteStore(sqliteFile(databaseUrl), sealer, options);
  }
  const { openPostgresStore } = await import('./postgres/open.ts');
  return openPostgresStore(target, sealer, options);
}
