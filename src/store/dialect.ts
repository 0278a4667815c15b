/**
 * The one boundary between databases: what queries must know about the one they run on, as capabilities. Everything
 * else is written once, in SQL that SQLite and PostgreSQL share.
 */
import { type RawBuilder, sql } from 'kysely';
import type { Db } from './schema';

export interface StoreDialect {
  readonly name: 'sqlite' | 'postgres';
  /**
   * `single_writer`: statements that write run one after the other anyway, so rows need no locks.
   * `skip_locked`: writers run side by side; a claim locks the rows it takes and passes over those being taken.
   */
  readonly claimStrategy: 'single_writer' | 'skip_locked';
  /** `one`: at start, leases can only be those of a process that died. `many`: they may be alive elsewhere. */
  readonly instances: 'one' | 'many';
  /** The database's own clock, ms UTC. Leases are compared with nothing else. */
  readonly nowMs: RawBuilder<number>;
  /**
   * Runs a write that need not be on the disk when it returns. It outlives the death of the process; when the
   * machine dies it may be missing, with everything after it that was written in this way.
   */
  readonly relaxed: <T>(db: Db, write: (db: Db) => Promise<T>) => Promise<T>;
}

export const postgresStoreDialect: Omit<StoreDialect, 'relaxed'> = {
  name: 'postgres',
  claimStrategy: 'skip_locked',
  instances: 'many',
  // Of the statement and not of its every call: only so may an index be used to compare with it.
  nowMs: sql<number>`cast(extract(epoch from statement_timestamp()) * 1000 as bigint)`,
};

export const sqliteStoreDialect: StoreDialect = {
  name: 'sqlite',
  claimStrategy: 'single_writer',
  instances: 'one',
  // Rounded, as the seconds are a float and .999 must not become the ms before.
  nowMs: sql<number>`cast(round(unixepoch('subsec') * 1000) as integer)`,
  relaxed: (db, write) => write(db),
};
