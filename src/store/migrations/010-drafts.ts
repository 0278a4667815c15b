/** What people typed on a screen that they have not saved. */
import type { Migration } from './migration';

export const drafts: Migration = {
  version: 10,
  name: 'drafts',
  async up(db) {
    await db.schema
      .createTable('drafts')
      .addColumn('enterprise_id', 'text', (c) => c.notNull())
      .addColumn('team_id', 'text', (c) => c.notNull())
      .addColumn('deal_id', 'text', (c) => c.notNull())
      .addColumn('user_id', 'text', (c) => c.notNull())
      .addColumn('form', 'text', (c) => c.notNull())
      .addColumn('view_id', 'text', (c) => c.notNull())
      .addColumn('action_ts', 'bigint', (c) => c.notNull())
      .addColumn('saved_at', 'bigint', (c) => c.notNull())
      .addColumn('body', 'text')
      .addPrimaryKeyConstraint('drafts_key', ['enterprise_id', 'team_id', 'deal_id', 'user_id', 'form'])
      .execute();
    // Erasing what one person typed.
    await db.schema
      .createIndex('drafts_of_person')
      .on('drafts')
      .columns(['enterprise_id', 'team_id', 'user_id'])
      .execute();
    // deleteBefore
    await db.schema.createIndex('drafts_by_age').on('drafts').columns(['saved_at']).execute();
  },
};
