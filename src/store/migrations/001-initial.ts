/**
 * The first tables. The comment over an index names the queries that it serves. A query may only become slower with
 * the rows that it returns, also among a million deals.
 */
import { type CreateTableBuilder, sql } from 'kysely';
import type { Migration, MigrationDb } from './migration';

export const initial: Migration = {
  version: 1,
  name: 'initial',
  async up(db) {
    await deals(db);
    await ofADeal(db);
    await workspace(db);
  },
};

async function deals(db: MigrationDb): Promise<void> {
  await ofTenant(db, 'deals')
    .addColumn('id', 'text', (c) => c.notNull())
    .addColumn('revision', 'bigint', (c) => c.notNull())
    .addColumn('stage', 'text', (c) => c.notNull())
    .addColumn('is_open', 'smallint', (c) => c.notNull())
    .addColumn('rep', 'text', (c) => c.notNull())
    .addColumn('manager', 'text')
    .addColumn('account', 'text', (c) => c.notNull())
    .addColumn('started_at', 'bigint', (c) => c.notNull())
    .addColumn('updated_at', 'bigint', (c) => c.notNull())
    .addColumn('ask_manager', 'text')
    .addColumn('ask_deadline', 'bigint')
    .addColumn('competitor_key', 'text')
    .addColumn('counts_as_lost', 'smallint', (c) => c.notNull())
    .addColumn('was_asked', 'smallint', (c) => c.notNull())
    .addColumn('was_matched', 'smallint', (c) => c.notNull())
    .addColumn('was_won_back', 'smallint', (c) => c.notNull())
    .addColumn('rendered_revision', 'bigint', (c) => c.notNull().defaultTo(0))
    .addColumn('touches', 'bigint', (c) => c.notNull().defaultTo(0))
    .addColumn('touches_claimed', 'bigint', (c) => c.notNull().defaultTo(0))
    .addColumn('touches_done', 'bigint', (c) => c.notNull().defaultTo(0))
    .addColumn('wake_at', 'bigint')
    .addColumn('retry_at', 'bigint')
    .addColumn('attempts', 'bigint', (c) => c.notNull().defaultTo(0))
    .addColumn('last_error', 'text')
    .addColumn('lease', 'text')
    .addColumn('lease_owner', 'text')
    .addColumn('lease_until', 'bigint')
    // Generated, so that no write can forget it. A dirty deal is due at 0 and not at the time of its change: clocks of
    // two instances may differ, and a change that is stamped in the future must not wait for that moment. A retry
    // delays both a dirty deal and a wake.
    .addColumn('due_at', 'bigint', (c) =>
      c
        .generatedAlwaysAs(
          sql`case
            when revision > rendered_revision or touches > touches_done then coalesce(retry_at, 0)
            when retry_at > wake_at then retry_at
            else wake_at
          end`,
        )
        .stored(),
    )
    .addColumn('state_format', 'integer', (c) => c.notNull())
    // Last, because a long row spills over: the database reads the columns before it without it.
    .addColumn('state', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('deals_key', ['enterprise_id', 'team_id', 'id'])
    .execute();

  // claim, nextDue: holds only deals that are or will be due, not the closed and posted ones, which are nearly all.
  await db.schema
    .createIndex('deals_due')
    .on('deals')
    .columns(['due_at', 'updated_at'])
    .where(sql.ref('due_at'), 'is not', null)
    .execute();
  // nextDue, clearLeases
  await db.schema
    .createIndex('deals_leased')
    .on('deals')
    .column('lease_until')
    .where(sql.ref('lease_until'), 'is not', null)
    .execute();
  // openOfRep, recentlyClosedOfRep: in the order of the lists, so that a limit reads no more rows than it returns.
  await db.schema
    .createIndex('deals_of_rep')
    .on('deals')
    .columns(['enterprise_id', 'team_id', 'rep', 'is_open', 'updated_at', 'id'])
    .execute();
  // lastManagerOfRep
  await db.schema
    .createIndex('deals_with_manager')
    .on('deals')
    .columns(['enterprise_id', 'team_id', 'rep', 'started_at'])
    .where(sql.ref('manager'), 'is not', null)
    .execute();
  // waitingFor
  await db.schema
    .createIndex('deals_asked')
    .on('deals')
    .columns(['enterprise_id', 'team_id', 'ask_manager', 'ask_deadline', 'id'])
    .where(sql.ref('ask_manager'), 'is not', null)
    .execute();
  // ledger: holds every column that it counts, so that the query reads no deal.
  await db.schema
    .createIndex('deals_by_competitor')
    .on('deals')
    .columns([
      'enterprise_id',
      'team_id',
      'competitor_key',
      'counts_as_lost',
      'was_asked',
      'was_matched',
      'was_won_back',
      'id',
    ])
    .where(sql.ref('competitor_key'), 'is not', null)
    .execute();
}

async function ofADeal(db: MigrationDb): Promise<void> {
  await ofTenant(db, 'events')
    .addColumn('deal_id', 'text', (c) => c.notNull())
    .addColumn('seq', 'bigint', (c) => c.notNull())
    .addColumn('at', 'bigint', (c) => c.notNull())
    .addColumn('by_user', 'text')
    .addColumn('type', 'text', (c) => c.notNull())
    .addColumn('body', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('events_key', ['enterprise_id', 'team_id', 'deal_id', 'seq'])
    .addForeignKeyConstraint('events_deal', ['enterprise_id', 'team_id', 'deal_id'], 'deals', [
      'enterprise_id',
      'team_id',
      'id',
    ])
    .execute();

  await ofTenant(db, 'slots')
    .addColumn('deal_id', 'text', (c) => c.notNull())
    .addColumn('key', 'text', (c) => c.notNull())
    .addColumn('channel', 'text')
    .addColumn('ts', 'text')
    .addColumn('hash', 'text')
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('intent_at', 'bigint')
    .addColumn('lookups', 'integer', (c) => c.notNull())
    .addPrimaryKeyConstraint('slots_key', ['enterprise_id', 'team_id', 'deal_id', 'key'])
    .addForeignKeyConstraint('slots_deal', ['enterprise_id', 'team_id', 'deal_id'], 'deals', [
      'enterprise_id',
      'team_id',
      'id',
    ])
    .execute();
  // findByMessage, markGone
  await db.schema
    .createIndex('slots_by_message')
    .on('slots')
    .columns(['enterprise_id', 'team_id', 'channel', 'ts'])
    .where(sql.ref('ts'), 'is not', null)
    .execute();

  await ofTenant(db, 'deliveries')
    .addColumn('delivery_key', 'text', (c) => c.notNull())
    .addColumn('received_at', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('deliveries_key', ['enterprise_id', 'team_id', 'delivery_key'])
    .execute();
  // forgetOldDeliveries
  await db.schema.createIndex('deliveries_by_age').on('deliveries').column('received_at').execute();
}

async function workspace(db: MigrationDb): Promise<void> {
  await ofTenant(db, 'people')
    .addColumn('user_id', 'text', (c) => c.notNull())
    .addColumn('real_name', 'text', (c) => c.notNull())
    .addColumn('tz', 'text', (c) => c.notNull())
    .addColumn('is_admin', 'smallint', (c) => c.notNull())
    .addColumn('is_bot', 'smallint', (c) => c.notNull())
    .addColumn('is_stranger', 'smallint', (c) => c.notNull())
    .addColumn('deleted', 'smallint', (c) => c.notNull())
    .addColumn('fetched_at', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('people_key', ['enterprise_id', 'team_id', 'user_id'])
    .execute();

  await ofTenant(db, 'dm_channels')
    .addColumn('user_id', 'text', (c) => c.notNull())
    .addColumn('channel', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('dm_channels_key', ['enterprise_id', 'team_id', 'user_id'])
    .execute();

  await ofTenant(db, 'channels')
    .addColumn('channel', 'text', (c) => c.notNull())
    .addColumn('is_private', 'smallint', (c) => c.notNull())
    .addColumn('fetched_at', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('channels_key', ['enterprise_id', 'team_id', 'channel'])
    .execute();

  await ofTenant(db, 'installations')
    .addColumn('bot_token', 'text', (c) => c.notNull())
    .addColumn('token_sealed', 'smallint', (c) => c.notNull())
    .addColumn('bot_id', 'text', (c) => c.notNull())
    .addColumn('bot_user_id', 'text', (c) => c.notNull())
    .addColumn('app_id', 'text', (c) => c.notNull())
    .addColumn('team_name', 'text', (c) => c.notNull())
    .addColumn('channel', 'text')
    .addPrimaryKeyConstraint('installations_key', ['enterprise_id', 'team_id'])
    .execute();

  await ofTenant(db, 'settings')
    .addColumn('body', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('settings_key', ['enterprise_id', 'team_id'])
    .execute();

  await db.schema
    .createTable('playbooks')
    .addColumn('hash', 'text', (c) => c.primaryKey().notNull())
    .addColumn('body', 'text', (c) => c.notNull())
    .execute();
}

/** A table whose rows belong to a workspace. */
function ofTenant<T extends string>(
  db: MigrationDb,
  table: T,
): CreateTableBuilder<T, 'enterprise_id' | 'team_id'> {
  return db.schema
    .createTable(table)
    .addColumn('enterprise_id', 'text', (c) => c.notNull())
    .addColumn('team_id', 'text', (c) => c.notNull());
}
