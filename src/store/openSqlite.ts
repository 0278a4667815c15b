/** The store on an SQLite file, for one instance: takes the lock, opens the file, brings it up to date. */
import { Kysely } from 'kysely';
import { assembleStore, reportTo } from './assemble';
import { createBucketsInMemory } from './bucketsInMemory';
import { sqliteStoreDialect } from './dialect';
import { createDirect } from './directSqlite';
import { lockFile } from './lock';
import { migrate } from './migrate';
import { MIGRATIONS } from './migrations/index';
import type { OpenOptions } from './openOptions';
import type { Database } from './schema';
import type { Sealer } from './secrets';
import { LostdealSqliteDialect, openSqlite, prepareFolder, unhurriedOn } from './sqlite';
import { fromSqlite } from './sqliteErrors';
import type { Store } from './store';
import { clearLeases } from './work';

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
      const dialect = { ...sqliteStoreDialect, unhurried: unhurriedOn(connection) };
      const applied = await migrate(db, dialect, MIGRATIONS);
      if (applied.length > 0) options.logger?.info({ migrations: applied }, 'database brought up to date');
      await clearLeases(db);
      const store = await assembleStore({
        db,
        dialect,
        sealer,
        direct: createDirect(connection, db, path, options.onQuery),
        buckets: createBucketsInMemory(options.now ?? (() => Date.now())),
        // The only instance hears of its own changes from who makes them.
        tell: () => undefined,
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
