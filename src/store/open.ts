/** Opens the store: takes the lock, brings the tables up to date, and hands out what `store.ts` promises. */
import { Kysely, type LogEvent, sql } from 'kysely';
import { createBacklog } from './backlog';
import { createBucketsInMemory } from './bucketsInMemory';
import { sqliteFile } from './databaseUrl';
import { createDealsStore } from './deals';
import { createDeliveries } from './deliveries';
import { type StoreDialect, sqliteStoreDialect } from './dialect';
import { settleTokens } from './installations';
import { lockFile } from './lock';
import { migrate } from './migrate';
import { MIGRATIONS } from './migrations/index';
import type { Database, Db } from './schema';
import { createSealer, type Sealer } from './secrets';
import { createSlotStore } from './slots';
import { LostdealSqliteDialect, openSqlite, prepareFolder, unhurriedOn } from './sqlite';
import { fromSqlite } from './sqliteErrors';
import type { Store } from './store';
import { clearLeases, createClaimStore } from './work';
import { createWorkspaceStore } from './workspace';

export interface OpenOptions {
  /** 32 bytes as base64 or hex; with it bot tokens are encrypted at rest. */
  readonly encryptionKey?: string | undefined;
  /** Told what was done at start: a pino logger fits. */
  readonly logger?: { info(details: object, message: string): void } | undefined;
  /** ms UTC, for what one instance keeps in memory: rate limits. Default: the machine's clock. */
  readonly now?: (() => number) | undefined;
  /** Told of every statement, with the time it took: for metrics, and for tests that look at query plans. */
  readonly onQuery?: ((query: QueryReport) => void) | undefined;
}

export interface QueryReport {
  readonly sql: string;
  readonly durationMs: number;
}

/**
 * Opens the database that `DATABASE_URL` names, making it if it is not there.
 *
 * @throws {StoreError} with a code of `STORE_ERRORS` and a message that says what to do
 */
export async function openStore(databaseUrl: string, options: OpenOptions = {}): Promise<Store> {
  const sealer = options.encryptionKey === undefined ? null : createSealer(options.encryptionKey);
  const path = prepareFolder(sqliteFile(databaseUrl));
  const lock = lockFile(path);
  try {
    const connection = openSqlite(path);
    const db = new Kysely<Database>({
      dialect: new LostdealSqliteDialect(connection, path),
      log: (event) => report(event, options),
    });
    const closeAll = async (): Promise<void> => {
      await db.destroy();
      connection.close();
      // Last: until then the file is ours.
      lock.release();
    };
    try {
      const dialect = { ...sqliteStoreDialect, unhurried: unhurriedOn(connection) };
      const store = await createStore(db, dialect, sealer, closeAll, options);
      options.logger?.info({ database: 'sqlite', path }, 'database opened');
      return store;
    } catch (error) {
      await closeAll();
      throw fromSqlite(error, path);
    }
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** The store over an open database of any dialect. */
async function createStore(
  db: Db,
  dialect: StoreDialect,
  sealer: Sealer | null,
  close: () => Promise<void>,
  { logger, now = () => Date.now() }: OpenOptions,
): Promise<Store> {
  const applied = await migrate(db, dialect, MIGRATIONS);
  if (applied.length > 0) logger?.info({ migrations: applied }, 'database brought up to date');
  const sealed = await settleTokens(db, sealer);
  if (sealed > 0) logger?.info({ sealed }, 'bot tokens encrypted with ENCRYPTION_KEY');
  if (dialect.instances === 'one') await clearLeases(db);
  const deliveries = createDeliveries(dialect);
  await deliveries.forgetOld(db);
  return {
    deals: createDealsStore(db, deliveries),
    work: { ...createClaimStore(db, dialect), ...createSlotStore(db, dialect), ...createBacklog(db) },
    workspace: createWorkspaceStore(db, sealer),
    buckets: createBucketsInMemory(now),
    instances: dialect.instances,
    // The only instance hears of its own changes from who makes them.
    changes: () => () => undefined,
    async ping() {
      await sql`select 1`.execute(db);
    },
    close,
  };
}

function report(event: LogEvent, { onQuery }: OpenOptions): void {
  onQuery?.({ sql: event.query.sql, durationMs: event.queryDurationMillis });
}
