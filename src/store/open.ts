/** Opens the database that `DATABASE_URL` names and hands out what `store.ts` promises. */
import { postgresTarget, sqliteFile } from './databaseUrl';
import { openPostgresStore } from './openPostgres';
import { openSqliteStore } from './openSqlite';
import { createSealer } from './secrets';
import type { Store } from './store';

export interface OpenOptions {
  /** 32 bytes as base64 or hex; with it bot tokens are encrypted at rest. */
  readonly encryptionKey?: string | undefined;
  /** Told what was done at start: a pino logger fits. */
  readonly logger?: StoreLogger | undefined;
  /** ms UTC, for what one instance keeps in memory: rate limits. Default: the machine's clock. */
  readonly now?: (() => number) | undefined;
  /** Told of every statement, with the time it took: for metrics, and for tests that look at query plans. */
  readonly onQuery?: ((query: QueryReport) => void) | undefined;
  /**
   * With it, a server that does not answer is waited for, and the log says so, until this is aborted; without, that
   * is an error. One that refuses us is an error in any case.
   */
  readonly waitForServer?: AbortSignal | undefined;
}

export interface StoreLogger {
  info(details: object, message: string): void;
  warn?(details: object, message: string): void;
}

export interface QueryReport {
  readonly sql: string;
  readonly durationMs: number;
}

/**
 * Opens the database that `DATABASE_URL` names, making its tables, and an SQLite file, if they are not there.
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
