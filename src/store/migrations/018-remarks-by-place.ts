/** Finds the deal of a reply by its message alone: a direct message to the app names no deal. */
import type { Migration } from './migration';

export const remarksByPlace: Migration = {
  version: 18,
  name: 'remarks_by_place',
  async up(db) {
    // dealOfRemark
    await db.schema
      .createIndex('remarks_by_place')
      .on('remarks')
      .columns(['enterprise_id', 'team_id', 'channel', 'ts'])
      .execute();
  },
};
