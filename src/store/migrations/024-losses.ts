/** Finds the losses of the last days, and those to one competitor. */
import { sql } from 'kysely';
import type { Migration } from './migration';

export const losses: Migration = {
  version: 24,
  name: 'losses',
  async up(db) {
    await db.schema.dropIndex('insights_by_loss').execute();
    // recentLosses
    await db.schema
      .createIndex('insights_by_loss')
      .on('insights')
      .column('lost_at')
      .where(sql.ref('lost_at'), 'is not', null)
      .execute();
    // lossesTo
    await db.schema
      .createIndex('insights_lost_to')
      .on('insights')
      .columns(['enterprise_id', 'team_id', 'competitor_key', 'lost_at'])
      .where(sql.ref('lost_at'), 'is not', null)
      .execute();
  },
};
