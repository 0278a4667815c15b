/** The reasons that managers confirm, and when deals were lost, as figures count them. */
import { sql } from 'kysely';
import type { Migration } from './migration';

/** The rows are of an earlier version, so the worker makes them anew. */
export const confirmedReasons: Migration = {
  version: 22,
  name: 'confirmed-reasons',
  async up(db) {
    await db.schema.alterTable('insights').addColumn('confirmed', 'text').execute();
    await db.schema.alterTable('insights').addColumn('confirmed_differs', 'smallint').execute();
    await db.schema.alterTable('insights').addColumn('lost_at', 'bigint').execute();
    // Losses of the last days
    await db.schema
      .createIndex('insights_by_loss')
      .on('insights')
      .columns(['enterprise_id', 'team_id', 'lost_at'])
      .where(sql.ref('lost_at'), 'is not', null)
      .execute();
  },
};
