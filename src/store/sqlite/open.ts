/** Opens the store on an SQLite file, for one instance: takes the lock, opens the file, brings it up to date. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { Kysely, sql } from 'kysely';
import { STAGES, type Stage } from '../../deal/model/deal';
import { assembleStore, reportTo } from '../assemble';
import { createBucketsInMemory } from '../buckets/inMemory';
import { sqliteStoreDialect } from '../dialect';
import { MIGRATIONS } from '../migrations/index';
import { migrate } from '../migrations/migrate';
import type { OpenOptions } from '../openOptions';
import type { Database, Db } from '../schema';
import type { Store } from '../store';
import { clearLeases } from '../work/claims';
import type { DealsByStage } from '../work/workStore';
import type { Sealer } from '../workspace/secrets';
import { createSqliteCommit } from './commit';
import { openSqlite, prepareFolder, readOn, relaxedOn, truncateLog } from './connection';
import { fromSqlite } from './errors';
import { LostdealSqliteDialect } from './kysely';
import { lockFile } from './lock';
import { createReadThread } from './readThread';

/** Whole ms on a clock that is never set back. Rate limits measure spans, and nothing stores these times. */
const sinceStart = (): number => Math.floor(performance.now());

export async function openSqliteStore(
  file: string,
  sealer: Sealer | null,
  options: OpenOptions,
): Promise<Store> {
  const path = prepareFolder(file);
  const lock = lockFile(path);
  try {
    const connection = openSqlite(path);
    const db = new Kysely<Database>({
      dialect: new LostdealSqliteDialect(connection, path),
      log: reportTo(options.onQuery),
    });
    const thread = createReadThread(path);
    const figures = new Kysely<Database>({ dialect: thread.dialect });
    const closeAll = async (): Promise<void> => {
      thread.close();
      await db.destroy();
      connection.close();
      // Released last, so that nobody else opens the file before it is closed.
      lock.release();
    };
    try {
      const dialect = {
        ...sqliteStoreDialect,
        relaxed: relaxedOn(connection),
        read: readOn(connection, path, options.onQuery),
      };
      const applied = await migrate(db, dialect, MIGRATIONS);
      if (applied.length > 0) {
        // What a migration took out must not stay readable in the log beside the file.
        truncateLog(connection);
        options.logger?.info({ migrations: applied }, 'database brought up to date');
      }
      await clearLeases(db);
      const store = await assembleStore({
        db,
        figures,
        countStages: () => countInSlices(db),
        dialect,
        sealer,
        runCommit: createSqliteCommit(connection, db, path, options.onQuery),
        buckets: createBucketsInMemory(options.now ?? sinceStart),
        // There are no other instances to announce changes to.
        announce: () => undefined,
        changes: () => () => undefined,
        forgetErased: () => db.connection().execute(async () => truncateLog(connection)),
        close: closeAll,
        logger: options.logger,
      });
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

/** Takes about a millisecond. */
const SLICE = 10_000;

/**
 * Counts deals by stage, one slice of an index at a time: SQLite counts in the thread that answers clicks, and a
 * million deals at once would take it 70 ms. A deal that changes its stage meanwhile may be counted twice or not at
 * all; the next count is right about it.
 */
async function countInSlices(db: Db): Promise<DealsByStage> {
  const counted: [Stage, number][] = [];
  for (const stage of STAGES) counted.push([stage, await countStage(db, stage)]);
  return Object.fromEntries(counted.filter(([, deals]) => deals > 0));
}

async function countStage(db: Db, stage: Stage): Promise<number> {
  let counted = 0;
  let after = 0;
  for (;;) {
    const {
      rows: [end],
    } = await sql<{
      last: number;
    }>`select rowid as last from "deals" where stage = ${stage} and rowid > ${after}
      order by rowid limit 1 offset ${SLICE - 1}`.execute(db);
    if (end === undefined) break;
    counted += SLICE;
    after = end.last;
    // Lets requests that came meanwhile be answered.
    await nextTurn();
  }
  const {
    rows: [rest],
  } = await sql<{
    deals: number;
  }>`select count(*) as deals from "deals" where stage = ${stage} and rowid > ${after}`.execute(db);
  return counted + (rest?.deals ?? 0);
}
