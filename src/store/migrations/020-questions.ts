/** What figures say of signatures and of the lines of a call; and the workspaces whose Slack refuses charts. */
import type { Migration } from './migration';

export const questions: Migration = {
  version: 20,
  name: 'questions',
  async up(db) {
    // Nullable or with a default, since an instance of the earlier release writes rows during an upgrade.
    await db.schema
      .alterTable('insights')
      .addColumn('is_signed', 'smallint', (c) => c.notNull().defaultTo(0))
      .execute();
    for (const column of ['playbook_hash', 'steps', 'left_at'])
      await db.schema.alterTable('insights').addColumn(column, 'text').execute();
    // First use of a version of a playbook
    await db.schema
      .createIndex('insights_by_playbook')
      .on('insights')
      .columns(['enterprise_id', 'team_id', 'playbook_hash', 'started_at'])
      .execute();
    await db.schema
      .createTable('refused_blocks')
      .addColumn('enterprise_id', 'text', (c) => c.notNull())
      .addColumn('team_id', 'text', (c) => c.notNull())
      .addColumn('until', 'bigint', (c) => c.notNull())
      .addPrimaryKeyConstraint('refused_blocks_key', ['enterprise_id', 'team_id'])
      .execute();
  },
};
