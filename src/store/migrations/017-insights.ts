/** One row a deal for figures, which a worker writes behind the commits. */
import { sql } from 'kysely';
import type { Migration } from './migration';

export const insights: Migration = {
  version: 17,
  name: 'insights',
  async up(db) {
    await db.schema
      .alterTable('deals')
      .addColumn('projected_revision', 'bigint', (c) => c.notNull().defaultTo(0))
      .execute();
    // behind: holds only deals whose row is to be written, which are all until the worker has been through them.
    await db.schema
      .createIndex('deals_to_project')
      .on('deals')
      .columns(['enterprise_id', 'team_id', 'id'])
      .where(sql<boolean>`revision > projected_revision`)
      .execute();
    await db.schema
      .createTable('insights')
      .addColumn('enterprise_id', 'text', (c) => c.notNull())
      .addColumn('team_id', 'text', (c) => c.notNull())
      .addColumn('deal_id', 'text', (c) => c.notNull())
      .addColumn('version', 'integer', (c) => c.notNull())
      .addColumn('revision', 'bigint', (c) => c.notNull())
      .addColumn('counts', 'smallint', (c) => c.notNull())
      .addColumn('rep', 'text', (c) => c.notNull())
      .addColumn('manager', 'text')
      .addColumn('asked', 'text')
      .addColumn('approver', 'text')
      .addColumn('account', 'text', (c) => c.notNull())
      .addColumn('business', 'text', (c) => c.notNull())
      .addColumn('competitor', 'text')
      .addColumn('competitor_key', 'text')
      .addColumn('started_at', 'bigint', (c) => c.notNull())
      .addColumn('was_reached', 'smallint', (c) => c.notNull())
      .addColumn('would_have', 'smallint')
      .addColumn('was_asked', 'smallint', (c) => c.notNull())
      .addColumn('was_decided', 'smallint', (c) => c.notNull())
      .addColumn('was_in_time', 'smallint')
      .addColumn('decided_in', 'text')
      .addColumn('was_tried', 'smallint', (c) => c.notNull())
      .addColumn('was_yes', 'smallint', (c) => c.notNull())
      .addColumn('was_given', 'smallint', (c) => c.notNull())
      .addColumn('is_back', 'smallint', (c) => c.notNull())
      .addColumn('is_lost', 'smallint', (c) => c.notNull())
      .addColumn('call_back_kept', 'smallint')
      .addColumn('reasons', 'text')
      .addColumn('given', 'text')
      .addColumn('reasons_differ', 'smallint')
      .addColumn('worth_minor', 'bigint')
      .addColumn('worth_currency', 'text')
      .addColumn('back_minor', 'bigint')
      .addColumn('back_currency', 'text')
      .addColumn('cost_minor', 'bigint')
      .addColumn('cost_currency', 'text')
      .addPrimaryKeyConstraint('insights_key', ['enterprise_id', 'team_id', 'deal_id'])
      .addForeignKeyConstraint('insights_deal', ['enterprise_id', 'team_id', 'deal_id'], 'deals', [
        'enterprise_id',
        'team_id',
        'id',
      ])
      .execute();
    // behind, after a release that makes other rows
    await db.schema.createIndex('insights_by_version').on('insights').column('version').execute();
    // Figures of a period
    await db.schema
      .createIndex('insights_by_start')
      .on('insights')
      .columns(['enterprise_id', 'team_id', 'started_at'])
      .execute();
    // Figures of one competitor
    await db.schema
      .createIndex('insights_by_competitor')
      .on('insights')
      .columns(['enterprise_id', 'team_id', 'competitor_key', 'started_at'])
      .where(sql.ref('competitor_key'), 'is not', null)
      .execute();
  },
};
