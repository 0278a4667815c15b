/** Guests of a workspace. Nobody was asked about it before, so every role counts as old until Slack reports it again. */
import { sql } from 'kysely';
import type { Migration } from './migration';

export const guests: Migration = {
  version: 14,
  name: 'guests',
  async up(db) {
    await db.schema
      .alterTable('people')
      .addColumn('is_guest', 'smallint', (c) => c.notNull().defaultTo(0))
      .execute();
    await sql`update people set fetched_at = 0`.execute(db);
  },
};
