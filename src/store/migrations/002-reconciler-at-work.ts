/** Parked deals, figures about the reconciler for operators, and rate limits that instances share. */
import { sql } from 'kysely';
import type { Migration, MigrationDb } from './migration';

export const reconcilerAtWork: Migration = {
  version: 2,
  name: 'reconciler at work',
  async up(db) {
    await work(db);
    await buckets(db);
  },
};

async function work(db: MigrationDb): Promise<void> {
  await db.schema.alterTable('deals').addColumn('touched_at', 'bigint').execute();
  await db.schema.alterTable('deals').addColumn('set_aside_at', 'bigint').execute();

  // figures: counts waiting deals, and finds the oldest. The index holds only those.
  await db.schema
    .createIndex('deals_dirty')
    .on('deals')
    .expression(sql`(case when revision > rendered_revision then updated_at else touched_at end)`)
    .where(sql<boolean>`(revision > rendered_revision or touches > touches_done)`)
    .execute();
  // figures: counts deals by stage from the index alone.
  await db.schema.createIndex('deals_by_stage').on('deals').column('stage').execute();
  // parkedDeals
  await db.schema
    .createIndex('deals_set_aside')
    .on('deals')
    .columns(['enterprise_id', 'team_id', 'set_aside_at', 'id'])
    .where(sql.ref('set_aside_at'), 'is not', null)
    .execute();
}

async function buckets(db: MigrationDb): Promise<void> {
  await db.schema
    .createTable('buckets')
    .addColumn('enterprise_id', 'text', (c) => c.notNull())
    .addColumn('team_id', 'text', (c) => c.notNull())
    .addColumn('bucket', 'text', (c) => c.notNull())
    .addColumn('full_at', 'bigint', (c) => c.notNull())
    .addColumn('slowed_ms', 'bigint')
    .addColumn('slowed_at', 'bigint')
    .addPrimaryKeyConstraint('buckets_key', ['enterprise_id', 'team_id', 'bucket'])
    .execute();
  await db.schema
    .createTable('bucket_turns')
    .addColumn('enterprise_id', 'text', (c) => c.notNull())
    .addColumn('team_id', 'text', (c) => c.notNull())
    .addColumn('bucket', 'text', (c) => c.notNull())
    .addColumn('holder', 'text', (c) => c.notNull())
    .addColumn('at', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('bucket_turns_key', ['enterprise_id', 'team_id', 'bucket', 'holder'])
    .execute();
  // The sweep of expired turns.
  await db.schema.createIndex('bucket_turns_by_time').on('bucket_turns').column('at').execute();
}
