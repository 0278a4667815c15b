/** Lists of deals for managers and admins, and the erasing of old deals. */
import { sql } from 'kysely';
import type { Deal } from '../../deal/model/deal';
import { eraseDeal } from '../erasing/eraseWorkspace';
import type { readDeal } from '../records/dealJson';
import { tenantColumns } from '../records/tenancy';
import type { Db } from '../schema';
import type { DealListsStore } from './dealsStore';

export type ReadDeals = (rows: readonly Parameters<typeof readDeal>[0][]) => Deal[];

export function createDealListsStore(db: Db, read: ReadDeals): DealListsStore {
  const stored = () => db.selectFrom('deals').select(['id', 'team_id', 'state_format', 'state']);

  return {
    async openOfManager(tenant, manager, limit) {
      const rows = await stored()
        .where(({ and }) => and({ ...tenantColumns(tenant), manager, is_open: 1 }))
        .orderBy('updated_at', 'desc')
        .orderBy('id', 'desc')
        .limit(limit)
        .execute();
      return read(rows);
    },

    async openOfAll(tenant, limit) {
      const rows = await stored()
        .where(({ and }) => and({ ...tenantColumns(tenant), is_open: 1 }))
        .orderBy('updated_at', 'desc')
        .orderBy('id', 'desc')
        .limit(limit)
        .execute();
      return read(rows);
    },

    async ahead(tenant, whose, { limit, offset }) {
      const rows = await stored()
        .where(({ and }) => and(tenantColumns(tenant)))
        // Word for word as in the index `deals_ahead`, so that the planner uses it.
        .where(sql<boolean>`is_open = 0 and wake_at is not null`)
        .$if(whose !== 'all', (query) =>
          query.where(({ or, eb }) =>
            whose === 'all'
              ? eb.lit(true)
              : or([
                  ...(whose.reps.length === 0 ? [] : [eb('rep', 'in', whose.reps)]),
                  ...(whose.manager === null ? [] : [eb('manager', '=', whose.manager)]),
                ]),
          ),
        )
        .orderBy('wake_at')
        .orderBy('id')
        .limit(limit)
        .offset(offset)
        .execute();
      return read(rows);
    },

    async closedBefore(tenant, before, limit) {
      const rows = await db
        .selectFrom('deals')
        .select(['id', 'revision', 'was_won_back'])
        .where(({ and }) => and({ ...tenantColumns(tenant), is_open: 0 }))
        .where('updated_at', '<', before)
        .orderBy('updated_at')
        .limit(limit)
        .execute();
      return rows.map(({ id, revision, was_won_back }) => ({ id, revision, wonBack: was_won_back === 1 }));
    },

    async erase(tenant, id, revision) {
      return db.transaction().execute(async (trx) => {
        // Locks the row first, and only at the revision that was read: a deal that was opened again stays.
        const { numUpdatedRows } = await trx
          .updateTable('deals')
          .set({ lease: null, lease_until: null })
          .where(({ and }) => and({ ...tenantColumns(tenant), id, revision, is_open: 0 }))
          .executeTakeFirstOrThrow();
        if (numUpdatedRows !== 1n) return false;
        await eraseDeal(trx, tenant, id);
        return true;
      });
    },
  };
}
