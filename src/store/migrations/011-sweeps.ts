/** Sweeps: work over many deals that a change of settings, a person or a channel asks for. */
import { sql } from 'kysely';
import type { Migration } from './migration';

export const sweeps: Migration = {
  version: 11,
  name: 'sweeps',
  async up(db) {
    await db.schema
      .createTable('sweeps')
      .addColumn('enterprise_id', 'text', (c) => c.notNull())
      .addColumn('team_id', 'text', (c) => c.notNull())
      .addColumn('kind', 'text', (c) => c.notNull())
      .addColumn('about', 'text', (c) => c.notNull())
      .addColumn('asks', 'bigint', (c) => c.notNull().defaultTo(1))
      .addColumn('asked_at', 'bigint', (c) => c.notNull())
      .addPrimaryKeyConstraint('sweeps_key', ['enterprise_id', 'team_id', 'kind', 'about'])
      .execute();
    // scheduled: deals with a wake in the order of their ids.
    await db.schema
      .createIndex('deals_with_wake')
      .on('deals')
      .columns(['enterprise_id', 'team_id', 'id'])
      .where(sql.ref('wake_at'), 'is not', null)
      .execute();
  },
};
