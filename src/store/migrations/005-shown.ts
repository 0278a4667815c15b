/** What each message shows, so that it is edited because its deal changed and never because a release has other words. */
import type { Migration } from './migration';

export const shown: Migration = {
  version: 5,
  name: 'shown',
  async up(db) {
    await db.schema.alterTable('slots').addColumn('shown_revision', 'bigint').execute();
    await db.schema.alterTable('slots').addColumn('shown_privacy', 'text').execute();
  },
};
