/** Slots: of a deal, one row for each message of its thread and DMs; of a notice, its own row. */
import type { DealId, Tenant } from '../../deal/model/deal';
import type { StoreDialect } from '../dialect';
import { dealKey, ofDeal, tenantColumns } from '../records/tenancy';
import type { Db, Trx } from '../schema';
import { type SlotsOfOwners, slotsOfNotices } from './notices';
import { touch } from './touch';
import type { SlotOwner, StoredSlot, WorkStore } from './workStore';

export type SlotStore = Pick<
  WorkStore,
  'slots' | 'saveSlot' | 'findByMessage' | 'markGone' | 'suspectDuplicate' | 'resolveIntent'
>;

/** @param becameDirty called after the commit that makes a deal dirty */
export function createSlotStore(
  db: Db,
  dialect: StoreDialect,
  becameDirty: (tenant: Tenant, dealId: DealId) => void,
): SlotStore {
  const of: Readonly<Record<SlotOwner['kind'], SlotsOfOwners>> = {
    deal: slotsOfDeals(db, dialect, becameDirty),
    notice: slotsOfNotices(db, dialect),
  };
  return {
    slots: (tenant, { kind, id }) => of[kind].slots(tenant, id),
    saveSlot: (claim, slot) => of[claim.owner.kind].save(claim, slot),
    async markGone(...message) {
      await of.deal.markGone(...message);
      await of.notice.markGone(...message);
    },
    suspectDuplicate: (tenant, { kind, id }, ...rest) => of[kind].suspectDuplicate(tenant, id, ...rest),
    resolveIntent: (tenant, { kind, id }, ...rest) => of[kind].resolveIntent(tenant, id, ...rest),

    async findByMessage(tenant, channel, ts) {
      const row = await db
        .selectFrom('slots')
        .select(['deal_id', 'key'])
        .where(({ and }) => and({ ...tenantColumns(tenant), channel, ts }))
        .executeTakeFirst();
      return row === undefined ? null : { dealId: row.deal_id, key: row.key };
    },
  };
}

function slotsOfDeals(
  db: Db,
  dialect: StoreDialect,
  becameDirty: (tenant: Tenant, dealId: DealId) => void,
): SlotsOfOwners {
  return {
    async slots(tenant, id) {
      const rows = await db
        .selectFrom('slots')
        .select([
          'key',
          'channel',
          'ts',
          'hash',
          'state',
          'intent_at',
          'lookups',
          'shown_revision',
          'shown_privacy',
        ])
        .where(({ and }) => and(ofDeal(tenant, id)))
        .orderBy('key')
        .execute();
      return rows.map(
        ({ intent_at, shown_revision: revision, shown_privacy: privacy, ...rest }): StoredSlot => ({
          ...rest,
          intentAt: intent_at,
          shows: revision === null || privacy === null ? null : { revision, privacy },
        }),
      );
    },

    async save(claim, slot) {
      const values = {
        channel: slot.channel,
        ts: slot.ts,
        hash: slot.hash,
        state: slot.state,
        intent_at: slot.intentAt,
        lookups: slot.lookups,
        shown_revision: slot.shows?.revision ?? null,
        shown_privacy: slot.shows?.privacy ?? null,
      };
      // Inserts from the deal's row, which the query finds only while the claim holds the lease: guard and write are one
      // statement. With many writers it locks that row, so that no other claim comes between.
      const { numInsertedOrUpdatedRows } = await db
        .insertInto('slots')
        .columns([
          'enterprise_id',
          'team_id',
          'deal_id',
          'key',
          'channel',
          'ts',
          'hash',
          'state',
          'intent_at',
          'lookups',
          'shown_revision',
          'shown_privacy',
        ])
        .expression((eb) =>
          eb
            .selectFrom('deals')
            .select(({ val }) => [
              'deals.enterprise_id',
              'deals.team_id',
              'deals.id',
              val(slot.key).as('key'),
              val(slot.channel).as('channel'),
              val(slot.ts).as('ts'),
              val(slot.hash).as('hash'),
              val(slot.state).as('state'),
              val(slot.intentAt).as('intent_at'),
              val(slot.lookups).as('lookups'),
              val(values.shown_revision).as('shown_revision'),
              val(values.shown_privacy).as('shown_privacy'),
            ])
            .where(({ and }) => and({ ...dealKey(claim.tenant, claim.owner.id), lease: claim.lease }))
            .$if(dialect.claimStrategy === 'skip_locked', (query) => query.forUpdate()),
        )
        .onConflict((oc) => oc.columns(['enterprise_id', 'team_id', 'deal_id', 'key']).doUpdateSet(values))
        .executeTakeFirstOrThrow();
      return numInsertedOrUpdatedRows === 1n;
    },

    async markGone(tenant, channel, ts) {
      const standing = await db
        .selectFrom('slots')
        .select(['deal_id', 'key'])
        .where(({ and }) => and({ ...tenantColumns(tenant), channel, ts }))
        .where('state', '!=', 'gone')
        .execute();
      for (const { deal_id, key } of standing) {
        await change(tenant, deal_id, async (trx) => {
          await trx
            .updateTable('slots')
            .set({ state: 'gone' })
            .where(({ and }) => and({ ...ofDeal(tenant, deal_id), key, channel, ts }))
            .execute();
        });
      }
    },

    async suspectDuplicate(tenant, dealId, key, from) {
      await change(tenant, dealId, async (trx) => {
        await trx
          .updateTable('slots')
          .set({ intent_at: Math.floor(from) })
          .where(({ and }) => and({ ...ofDeal(tenant, dealId), key, state: 'posted' }))
          .execute();
      });
    },

    async resolveIntent(tenant, dealId, key, channel, ts) {
      // Leaves the content hash empty, so that the next pass compares the message once with the wanted one.
      const { numUpdatedRows } = await db
        .updateTable('slots')
        .set({ channel, ts, state: 'posted', intent_at: null, lookups: 0 })
        .where(({ and }) => and({ ...ofDeal(tenant, dealId), key, state: 'intended' }))
        .executeTakeFirstOrThrow();
      if (numUpdatedRows === 1n) return true;
      return stands(tenant, dealId, key, channel, ts);
    },
  };

  /** Locks the deal's row first, as `saveSlot` does: two that lock in different orders would wait for each other. */
  async function change(tenant: Tenant, dealId: DealId, work: (trx: Trx) => Promise<void>): Promise<void> {
    await db.transaction().execute(async (trx) => {
      await touch(trx, dialect, tenant, dealId);
      await work(trx);
    });
    becameDirty(tenant, dealId);
  }

  /** @returns true if the reply to our own call arrived before its event */
  async function stands(
    tenant: Tenant,
    dealId: string,
    key: string,
    channel: string,
    ts: string,
  ): Promise<boolean> {
    const row = await db
      .selectFrom('slots')
      .select('key')
      .where(({ and }) => and({ ...ofDeal(tenant, dealId), key, channel, ts }))
      .executeTakeFirst();
    return row !== undefined;
  }
}
