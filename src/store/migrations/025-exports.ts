/** One export at a time for each person, also when two instances are asked for one at the same moment. */
import { sql } from 'kysely';
import type { Migration } from './migration';

export const exports: Migration = {
  version: 25,
  name: 'exports',
  async up(db) {
    // addNotice: a second row is refused while the first one is not settled.
    await db.schema
      .createIndex('notices_one_export')
      .unique()
      .on('notices')
      .columns(['enterprise_id', 'team_id', 'recipient'])
      .where(sql<boolean>`kind = 'export' and state = 'intended'`)
      .execute();
  },
};
