/** The databases of a run: SQLite in a folder, or a PostgreSQL server of its own; both can be away for a while. */
import { join } from 'node:path';
import { connectSqlite, type SqliteConnection } from '../src/store/sqlite/connectSqlite';
import { type Books, sqliteBooks } from './databaseSnapshot';
import type { Outage } from './faultInjector';

export interface RunDatabase {
  readonly kind: 'SQLite' | 'PostgreSQL';
  /** For `DATABASE_URL`. */
  readonly url: string;
  readonly books: Books;
  readonly outage: Outage;
  end(): Promise<void>;
}

/** SQLite has no server to stop; somebody holds the file instead, as a careless backup does. */
export function sqliteDatabase(folder: string): RunDatabase {
  const file = join(folder, 'lostdeal.db');
  let holder: SqliteConnection | null = null;
  return {
    kind: 'SQLite',
    url: `file:${file}`,
    books: sqliteBooks(file),
    outage: {
      name: 'database file held',
      async stop() {
        holder = connectSqlite(file, { timeout: 2_000 });
        try {
          holder.exec('begin immediate');
        } catch {
          // The app was faster, and is writing: another time.
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
