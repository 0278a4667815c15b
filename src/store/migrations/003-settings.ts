/** The history of settings, and reading deals by workspace and by manager. */
import { sql } from 'kysely';
import type { Migration } from './migration';

export const settings: Migration = {
  version: 3,
  name: 'settings',
  async up(db) {
    await db.schema
      .createTable('settings_history')
      .addColumn('enterprise_id', 'text', (c) => c.notNull())
      .addColumn('team_id', 'text', (c) => c.notNull())
      .addColumn('seq', 'bigint', (c) => c.notNull())
      .addColumn('at', 'bigint', (c) => c.notNull())
      .addColumn('by_user', 'text')
      .addColumn('field', 'text', (c) => c.notNull())
      .addColumn('body', 'text', (c) => c.notNull())
      .addPrimaryKeyConstraint('settings_history_key', ['enterprise_id', 'team_id', 'seq'])
      .execute();

    // openOfAll, closedBefore
    await db.schema
      .createIndex('deals_of_team')
      .on('deals')
      .columns(['enterprise_id', 'team_id', 'is_open', 'updated_at', 'id'])
      .execute();
    // openOfManager
    await db.schema
      .createIndex('deals_of_manager')
      .on('deals')
      .columns(['enterprise_id', 'team_id', 'manager', 'is_open', 'updated_at', 'id'])
      .where(sql.ref('manager'), 'is not', null)
      .execute();
    // ahead: closed deals with a wake still to come. The index holds rep and manager, so that the query skips other
    // people's deals without reading them.
    await db.schema
      .createIndex('deals_ahead')
      .on('deals')
      .columns(['enterprise_id', 'team_id', 'wake_at', 'id', 'rep', 'manager'])
      .where(sql<boolean>`is_open = 0 and wake_at is not null`)
      .execute();
  },
};
