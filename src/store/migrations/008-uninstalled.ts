/** When workspaces uninstalled the app: what is kept of them is erased some time later. Names of people who left go. */
import { sql } from 'kysely';
import type { Migration } from './migration';

export const uninstalled: Migration = {
  version: 8,
  name: 'uninstalled',
  async up(db) {
    await db.schema
      .createTable('uninstalled')
      .addColumn('enterprise_id', 'text', (c) => c.notNull())
      .addColumn('team_id', 'text', (c) => c.notNull())
      .addColumn('at', 'bigint', (c) => c.notNull())
      .addPrimaryKeyConstraint('uninstalled_key', ['enterprise_id', 'team_id'])
      .execute();
    await sql`update people set real_name = '' where deleted = 1`.execute(db);
  },
};
