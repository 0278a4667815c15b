/** What figures say of promises that winners kept or broke, and of what we got in return. */
import { sql } from 'kysely';
import type { Migration } from './migration';

export const promises: Migration = {
  version: 23,
  name: 'promises',
  async up(db) {
    // With a default, since an instance of the earlier release writes rows during an upgrade.
    for (const column of ['was_pledged', 'pledge_asked', 'has_return'])
      await db.schema
        .alterTable('insights')
        .addColumn(column, 'smallint', (c) => c.notNull().defaultTo(0))
        .execute();
    await db.schema.alterTable('insights').addColumn('pledge_kept', 'text').execute();
    // movesAgainst: counts from the index alone, and most deals are not in it.
    await db.schema
      .createIndex('insights_by_move')
      .on('insights')
      .columns([
        'enterprise_id',
        'team_id',
        'competitor_key',
        'counts',
        'given',
        'has_return',
        'is_back',
        'is_lost',
        'pledge_kept',
        'was_given',
        'deal_id',
      ])
      .where(sql<boolean>`was_given = 1 or pledge_kept is not null`)
      .execute();
  },
};
