/**
 * The databases of a run: SQLite in a folder, or a PostgreSQL server of its own. Either can be unavailable for a while.
 */
import { join } from 'node:path';
import { connectSqlite, type SqliteConnection } from '../src/store/sqlite/connectSqlite';
import { type DatabaseSnapshot, sqliteSnapshot } from './databaseSnapshot';
import type { Outage } from './faultInjector';

export interface RunDatabase {
  readonly kind: 'SQLite' | 'PostgreSQL';
  /** For `DATABASE_URL`. */
  readonly url: string;
  readonly snapshot: DatabaseSnapshot;
  readonly outage: Outage;
  end(): Promise<void>;
}

/** SQLite has no server to stop, so another process locks the file instead, as a careless backup does. */
export function sqliteDatabase(folder: string): RunDatabase {
  const file = join(folder, 'lostdeal.db');
  let holder: SqliteConnection | null = null;
  return {
    kind: 'SQLite',
    url: `file:${file}`,
    snapshot: sqliteSnapshot(file),
    outage: {
      name: 'database file held',
      async stop() {
        holder = connectSqlite(file, { timeout: 2_000 });
        try {
          holder.exec('begin immediate');
        } catch {
          // The app holds the lock, so this outage does not happen.
        }
      },
      async start() {
        holder?.close();
        holder = null;
      },
    },
    end: async () => undefined,
  };
}
