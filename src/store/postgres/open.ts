/**
 * Opens the store on PostgreSQL, for many instances: one of them brings the tables up to date, all listen to each
 * other.
 */
import { Kysely, sql } from 'kysely';
import { assembleStore, reportTo } from '../assemble';
import type { RunCommit } from '../deals/commit';
import { postgresStoreDialect } from '../dialect';
import { MIGRATIONS } from '../migrations/index';
import { migrate } from '../migrations/migrate';
import type { OpenOptions } from '../openOptions';
import type { Database, Db } from '../schema';
import type { Store } from '../store';
import { waitForDatabase } from '../waitForDatabase';
import type { Sealer } from '../workspace/secrets';
import { createBucketsInPostgres } from './buckets';
import { createAnnouncer, createListener, newInstanceId } from './changes';
import { createPool, type PoolTerms, type PostgresTarget, STATEMENT_WITHIN_MS } from './connection';
import { LostdealPostgresDialect } from './kysely';

/** With the listening and the counting one and those of figures, 16 of the 100 connections that PostgreSQL allows by default. */
const CONNECTIONS = 8;
const RELAXED_CONNECTIONS = 4;
const COUNT_WITHIN_MS = 30_000;
/** Reports of two people at a time; a third waits, and no click waits for them. */
const FIGURES_CONNECTIONS = 2;

/** Closing a connection needs a server that answers. */
const CLOSE_WITHIN_MS = 3_000;

export async function openPostgresStore(
  target: PostgresTarget,
  sealer: Sealer | null,
  options: OpenOptions,
): Promise<Store> {
  await waitForDatabase(target.name, options, () => bringUpToDate(target, options));
  const main = connect(target, options, {
    connections: CONNECTIONS,
    statementMs: STATEMENT_WITHIN_MS,
    durable: true,
  });
  const relaxed = connect(target, options, {
    connections: RELAXED_CONNECTIONS,
    statementMs: STATEMENT_WITHIN_MS,
    durable: false,
  });
  // Counting a million deals takes longer than a person who clicked would wait.
  const slow = connect(target, options, { connections: 1, statementMs: COUNT_WITHIN_MS, durable: true });
  const figures = connect(target, options, {
    connections: FIGURES_CONNECTIONS,
    statementMs: COUNT_WITHIN_MS,
    durable: true,
  });
  const own = newInstanceId();
  const listener = await createListener(target, own);
  const announcer = createAnnouncer(relaxed.pool, own);
  let closing: Promise<void> | null = null;
  const close = async (): Promise<void> => {
    await within(CLOSE_WITHIN_MS, async () => {
      await listener.stop();
      await announcer.settled();
      await Promise.all([main, relaxed, slow, figures].map(({ db }) => db.destroy()));
    });
  };
  const dialect = {
    ...postgresStoreDialect,
    relaxed: <T>(_db: Db, write: (db: Db) => Promise<T>) => write(relaxed.db),
  };
  try {
    const store = await waitForDatabase(target.name, options, () =>
      assembleStore({
        db: main.db,
        slow: slow.db,
        figures: figures.db,
        dialect,
        sealer,
        runCommit: runInTransaction(main.db),
        buckets: createBucketsInPostgres(main.db, dialect),
        announce: announcer.announce,
        changes: listener.changes,
        close: () => {
          closing ??= close();
          return closing;
        },
        logger: options.logger,
      }),
    );
    options.logger?.info({ database: 'postgres', name: target.name }, 'database opened');
    return store;
  } catch (error) {
    await close();
    throw error;
  }
}

function connect(target: PostgresTarget, { onQuery }: OpenOptions, terms: PoolTerms) {
  const pool = createPool(target, terms);
  const dialect = new LostdealPostgresDialect(pool, target.name);
  return { pool, db: new Kysely<Database>({ dialect, log: reportTo(onQuery) }) };
}

function runInTransaction(db: Db): RunCommit {
  return async (steps) => {
    const transaction = await db.startTransaction().execute();
    try {
      let step = steps.next();
      while (step.done !== true) {
        const { numAffectedRows } = await transaction.executeQuery(step.value);
        step = steps.next(Number(numAffectedRows ?? 0));
      }
      await (step.value === 'committed' ? transaction.commit() : transaction.rollback()).execute();
      return step.value;
    } catch (error) {
      if (!transaction.isCommitted && !transaction.isRolledBack) await transaction.rollback().execute();
      throw error;
    }
  };
}

/** Key among the database's advisory locks: "lost" in ASCII. */
const MIGRATION_LOCK = 0x6c6f7374;

/**
 * Creates the tables, or brings them up to date. One instance at a time: a second one waits, and finds nothing to do.
 * The lock ends with its connection.
 */
export async function bringUpToDate(target: PostgresTarget, options: OpenOptions): Promise<void> {
  const { db } = connect(target, options, { connections: 1, statementMs: null, durable: true });
  try {
    await db.connection().execute(async (one) => {
      const { rows } = await sql<{
        free: boolean;
      }>`select pg_try_advisory_lock(${MIGRATION_LOCK}) as free`.execute(one);
      if (rows[0]?.free !== true) {
        options.logger?.info({}, 'another instance brings the database up to date; waiting for it');
        await sql`select pg_advisory_lock(${MIGRATION_LOCK})`.execute(one);
      }
      const applied = await migrate(one, postgresStoreDialect, MIGRATIONS);
      if (applied.length > 0) options.logger?.info({ migrations: applied }, 'database brought up to date');
    });
  } finally {
    await db.destroy();
  }
}

function within(ms: number, work: () => Promise<void>): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms);
    work()
      .finally(() => clearTimeout(timer))
      .then(resolve, reject);
  });
}
