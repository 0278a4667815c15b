/** The store on an SQLite file, for one instance: takes the lock, opens the file, brings it up to date. */
import { Kysely } from 'kysely';
import { assembleStore, reportTo } from '../assemble';
import { createBucketsInMemory } from '../buckets/inMemory';
import { sqliteStoreDialect } from '../dialect';
import { MIGRATIONS } from '../migrations/index';
import { migrate } from '../migrations/migrate';
import type { OpenOptions } from '../openOptions';
import type { Database } from '../schema';
import type { Store } from '../store';
import { clearLeases } from '../work/claims';
import type { Sealer } from '../workspace/secrets';
import { openSqlite, prepareFolder, relaxedOn } from './connection';
import { createDirect } from './direct';
import { fromSqlite } from './errors';
import { createSqliteHotPath } from './hotPath';
import { LostdealSqliteDialect } from './kysely';
import { lockFile } from './lock';
import { countInSlices } from './stages';

/** Whole ms on a clock that is never set back: rate limits are about spans, and no moment of them is kept. */
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
    const closeAll = async (): Promise<void> => {
      await db.destroy();
      connection.close();
      // Last: until then the file is ours.
      lock.release();
    };
    try {
      const dialect = { ...sqliteStoreDialect, relaxed: relaxedOn(connection) };
      const applied = await migrate(db, dialect, MIGRATIONS);
      if (applied.length > 0) options.logger?.info({ migrations: applied }, 'database brought up to date');
      await clearLeases(db);
      const direct = createDirect(connection, db, path, options.onQuery);
      const store = await assembleStore({
        db,
        countStages: () => countInSlices(direct),
        dialect,
        sealer,
        hotPath: createSqliteHotPath(direct),
        buckets: createBucketsInMemory(options.now ?? sinceStart),
        // The only instance hears of its own changes from who makes them.
        announce: () => undefined,
        changes: () => () => undefined,
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
