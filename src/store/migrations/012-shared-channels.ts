/** Channels that people of another company read, and threads that are rewritten for them. */
import { sql } from 'kysely';
import type { Migration } from './migration';

export const sharedChannels: Migration = {
  version: 12,
  name: 'shared channels',
  async up(db) {
    await db.schema
      .alterTable('channels')
      .addColumn('is_shared', 'smallint', (c) => c.notNull().defaultTo(0))
      .execute();
    // channelsToAsk: whoever knew a channel before asks anew, as it may have been shared all along.
    await sql`update channels set fetched_at = 0`.execute(db);
  },
};
