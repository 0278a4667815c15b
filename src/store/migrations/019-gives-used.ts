/** How often what was pre-approved has been given in a quarter, one row each, so that a commit can guard the number. */
import type { Migration } from './migration';

export const givesUsed: Migration = {
  version: 19,
  name: 'gives_used',
  async up(db) {
    await db.schema
      .createTable('gives_used')
      .addColumn('enterprise_id', 'text', (c) => c.notNull())
      .addColumn('team_id', 'text', (c) => c.notNull())
      .addColumn('give_id', 'text', (c) => c.notNull())
      .addColumn('quarter', 'text', (c) => c.notNull())
      .addColumn('used', 'integer', (c) => c.notNull())
      .addPrimaryKeyConstraint('gives_used_key', ['enterprise_id', 'team_id', 'give_id', 'quarter'])
      .execute();
  },
};
