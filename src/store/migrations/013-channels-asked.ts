/** The hourly questions about channels find those of all workspaces by an index. */
import type { Migration } from './migration';

export const channelsAsked: Migration = {
  version: 13,
  name: 'channels asked',
  async up(db) {
    // channelsToAsk: the channels that were asked about longest ago.
    await db.schema.createIndex('channels_by_fetched_at').on('channels').columns(['fetched_at']).execute();
  },
};
