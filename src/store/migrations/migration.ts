import type { Kysely } from 'kysely';

/** Statements, without tables' types: those of `schema.ts` are of today, not of then. Data is moved by raw `sql`. */
export type MigrationDb = Pick<Kysely<unknown>, 'schema' | 'getExecutor'>;

/** One step of the tables' history. One that was released is never changed; the next one corrects it. */
export interface Migration {
  /** Counts from 1, without gaps. */
  readonly version: number;
  readonly name: string;
  /** Runs inside a transaction. */
  up(db: MigrationDb): Promise<void>;
}
