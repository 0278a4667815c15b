/** Messages of no deal, one row each: what it is, the reconciler's work on it, and what stands of it in Slack. */
import { sql } from 'kysely';
import type { Migration, MigrationDb } from './migration';

export const notices: Migration = {
  version: 6,
  name: 'notices',
  async up(db) {
    await table(db);
    await indexes(db);
    await takeOver(db);
  },
};

async function table(db: MigrationDb): Promise<void> {
  await db.schema
    .createTable('notices')
    .addColumn('enterprise_id', 'text', (c) => c.notNull())
    .addColumn('team_id', 'text', (c) => c.notNull())
    .addColumn('id', 'text', (c) => c.notNull())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('about', 'text', (c) => c.notNull())
    .addColumn('recipient', 'text', (c) => c.notNull())
    .addColumn('follows_from', 'text')
    .addColumn('made_at', 'bigint', (c) => c.notNull())
    // From here as in `deals`: the same statements claim both.
    .addColumn('revision', 'bigint', (c) => c.notNull().defaultTo(1))
    .addColumn('updated_at', 'bigint', (c) => c.notNull())
    .addColumn('rendered_revision', 'bigint', (c) => c.notNull().defaultTo(0))
    .addColumn('touches', 'bigint', (c) => c.notNull().defaultTo(0))
    .addColumn('touches_claimed', 'bigint', (c) => c.notNull().defaultTo(0))
    .addColumn('touches_done', 'bigint', (c) => c.notNull().defaultTo(0))
    .addColumn('touched_at', 'bigint')
    .addColumn('wake_at', 'bigint')
    .addColumn('retry_at', 'bigint')
    .addColumn('attempts', 'bigint', (c) => c.notNull().defaultTo(0))
    .addColumn('last_error', 'text')
    .addColumn('set_aside_at', 'bigint')
    .addColumn('lease', 'text')
    .addColumn('lease_owner', 'text')
    .addColumn('lease_until', 'bigint')
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
    // From here as in `slots`.
    .addColumn('channel', 'text')
    .addColumn('ts', 'text')
    .addColumn('hash', 'text')
    .addColumn('state', 'text', (c) => c.notNull().defaultTo('intended'))
    .addColumn('intent_at', 'bigint')
    .addColumn('lookups', 'integer', (c) => c.notNull().defaultTo(0))
    .addPrimaryKeyConstraint('notices_key', ['enterprise_id', 'team_id', 'id'])
    .execute();
}

async function indexes(db: MigrationDb): Promise<void> {
  // claim, nextDue: notices that were shown, nearly all, are not in it.
  await db.schema
    .createIndex('notices_due')
    .on('notices')
    .columns(['due_at', 'updated_at'])
    .where(sql.ref('due_at'), 'is not', null)
    .execute();
  // nextDue, and clearing the leases of a dead process.
  await db.schema
    .createIndex('notices_leased')
    .on('notices')
    .column('lease_until')
    .where(sql.ref('lease_until'), 'is not', null)
    .execute();
  // addNotice: whether the same was said to the same person lately.
  await db.schema
    .createIndex('notices_alike')
    .on('notices')
    .columns(['enterprise_id', 'team_id', 'kind', 'about', 'recipient', 'made_at'])
    .execute();
  // markGone
  await db.schema
    .createIndex('notices_by_message')
    .on('notices')
    .columns(['enterprise_id', 'team_id', 'channel', 'ts'])
    .where(sql.ref('ts'), 'is not', null)
    .execute();
}

/** That a channel cannot be used was a message of whichever deal met it first: `channel_unusable:C1`, or `…:C1:UADMIN`. */
interface SlotBefore {
  readonly enterprise_id: string;
  readonly team_id: string;
  readonly deal_id: string;
  readonly key: string;
  readonly channel: string | null;
  readonly ts: string | null;
  readonly hash: string | null;
  readonly state: string;
  readonly rep: string;
}

/** Nothing is posted or edited for them; a post whose result is not known stays with its deal, which looks for it. */
async function takeOver(db: MigrationDb): Promise<void> {
  const { rows } = await sql<SlotBefore>`select slots.enterprise_id, slots.team_id, slots.deal_id, slots.key,
      slots.channel, slots.ts, slots.hash, slots.state, deals.rep
    from slots join deals on deals.enterprise_id = slots.enterprise_id and deals.team_id = slots.team_id
      and deals.id = slots.deal_id
    where slots.key like 'channel_unusable:%'`.execute(db);
  for (const slot of rows) {
    const [, about = '', admin] = slot.key.split(':');
    const recipient = admin ?? slot.rep;
    const kind = admin === undefined ? 'channel_unusable_rep' : 'channel_unusable_admin';
    const id = [kind, about, recipient, slot.deal_id].join(':');
    const isOpen = slot.state === 'intended';
    const [channel, ts, hash] = isOpen ? [null, null, null] : [slot.channel, slot.ts, slot.hash];
    const madeAt = slot.ts === null ? 0 : Math.floor(Number(slot.ts) * 1000);
    await sql`insert into notices (enterprise_id, team_id, id, kind, about, recipient, follows_from, made_at,
        updated_at, rendered_revision, channel, ts, hash, state)
      values (${slot.enterprise_id}, ${slot.team_id}, ${id}, ${kind}, ${about}, ${recipient}, ${slot.deal_id},
        ${madeAt}, ${madeAt}, 1, ${channel}, ${ts}, ${hash}, ${isOpen ? 'dropped' : slot.state})`.execute(db);
    if (isOpen) continue;
    await sql`delete from slots where enterprise_id = ${slot.enterprise_id} and team_id = ${slot.team_id}
      and deal_id = ${slot.deal_id} and key = ${slot.key}`.execute(db);
  }
}
