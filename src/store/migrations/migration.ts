import type { Kysely } from 'kysely';

/** Without table types, because those of `schema.ts` describe today's tables. A migration moves data by raw `sql`. */
export type MigrationDb = Pick<Kysely<unknown>, 'schema' | 'getExecutor'>;

/** One step of the tables' history. A released step never changes; the next one corrects it. */
export interface Migration {
  /** Counts from 1, without gaps. */
  readonly version: number;
  readonly name: string;
  /** Runs inside a transaction. */
  up(db: MigrationDb): Promise<void>;
}
