/** Practice calls with simulated prospects, one row each; and whether a person wants to read what to try next time. */
import type { Migration } from './migration';

export const practices: Migration = {
  version: 21,
  name: 'practices',
  async up(db) {
    await db.schema
      .createTable('practices')
      .addColumn('enterprise_id', 'text', (c) => c.notNull())
      .addColumn('team_id', 'text', (c) => c.notNull())
      .addColumn('user_id', 'text', (c) => c.notNull())
      .addColumn('id', 'text', (c) => c.notNull())
      .addColumn('playbook_id', 'text', (c) => c.notNull())
      .addColumn('playbook_hash', 'text', (c) => c.notNull())
      .addColumn('prospect_id', 'text', (c) => c.notNull())
      .addColumn('seed', 'integer', (c) => c.notNull())
      .addColumn('started_at', 'bigint', (c) => c.notNull())
      .addColumn('ended_at', 'bigint')
      .addColumn('revision', 'integer', (c) => c.notNull())
      .addColumn('state', 'text', (c) => c.notNull())
      .addPrimaryKeyConstraint('practices_key', ['enterprise_id', 'team_id', 'user_id', 'id'])
      .execute();
    // deleteBefore
    await db.schema.createIndex('practices_by_age').on('practices').columns(['started_at']).execute();
    await db.schema
      .alterTable('people')
      .addColumn('no_advice', 'smallint', (c) => c.notNull().defaultTo(0))
      .execute();
  },
};
