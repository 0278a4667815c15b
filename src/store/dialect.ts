/**
 * The one boundary between databases: the capabilities that queries need to know. All other SQL is written once, for
 * SQLite and PostgreSQL alike.
 */
import { type CompiledQuery, type RawBuilder, sql } from 'kysely';
import type { Db } from './schema';

export interface StoreDialect {
  readonly name: 'sqlite' | 'postgres';
  /**
   * `single_writer`: writes run one after the other anyway, so rows need no locks.
   * `skip_locked`: writers run side by side; a claim locks the rows it takes and skips locked ones.
   */
  readonly claimStrategy: 'single_writer' | 'skip_locked';
  /** `one`: leases found at the start belong to a process that died. `many`: their owner may live elsewhere. */
  readonly instances: 'one' | 'many';
  /** The database's own clock, ms UTC; the only clock that leases are compared with. */
  readonly nowMs: RawBuilder<number>;
  /**
   * Runs a write that need not be on the disk when it returns. It survives the death of the process. If the machine
   * dies, it may be lost, and all later relaxed writes with it.
   */
  readonly relaxed: <T>(db: Db, write: (db: Db) => Promise<T>) => Promise<T>;
  /** Runs a query that a click waits for and that changes nothing, outside of transactions. */
  readonly read: <Row>(db: Db, query: CompiledQuery<Row>) => Promise<readonly Row[]>;
}

const read: StoreDialect['read'] = async (db, query) => (await db.executeQuery(query)).rows;

export const postgresStoreDialect: Omit<StoreDialect, 'relaxed'> = {
  name: 'postgres',
  claimStrategy: 'skip_locked',
  instances: 'many',
  // The clock of the statement, not of each call: PostgreSQL uses an index only to compare with a stable value.
  nowMs: sql<number>`cast(extract(epoch from statement_timestamp()) * 1000 as bigint)`,
  read,
};

export const sqliteStoreDialect: StoreDialect = {
  name: 'sqlite',
  claimStrategy: 'single_writer',
  instances: 'one',
  // Rounded, because the seconds are a float: .999 must not become the ms before.
  nowMs: sql<number>`cast(round(unixepoch('subsec') * 1000) as integer)`,
  relaxed: (db, write) => write(db),
  read,
};
