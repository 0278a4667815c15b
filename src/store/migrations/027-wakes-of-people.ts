/** Deals with a wake of one person, in the order of their ids: a change of that person's calendar moves their wakes. */
import { sql } from 'kysely';
import type { Migration } from './migration';

export const wakesOfPeople: Migration = {
  version: 27,
  name: 'wakes_of_people',
  async up(db) {
    for (const column of ['rep', 'manager', 'ask_manager'] as const)
      await db.schema
        .createIndex(`deals_with_wake_of_${column}`)
        .on('deals')
        .columns(['enterprise_id', 'team_id', column, 'id'])
        .where(sql<boolean>`wake_at is not null and ${sql.ref(column)} is not null`)
        .execute();
  },
};
