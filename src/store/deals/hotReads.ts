/** The reads that a click waits for. SQLite answers them directly; both dialects give the same rows. */
import type { DealId, Tenant, UserId } from '../../deal/deal';
import { dealKey, tenantColumns } from '../records/tenancy';
import type { Db } from '../schema';
import type { Direct } from '../sqlite/direct';

export interface DealRow {
  readonly id: string;
  readonly team_id: string;
  readonly state_format: number;
  /** Null: it is of the revision that is known already. */
  readonly state: string | null;
}

export interface HotReads {
  /** A deal, without its state where it is still of the revision that is known; null when there is none. */
  dealUnless(tenant: Tenant, id: DealId, known: number): Promise<DealRow | null>;
  lastManagerOfRep(tenant: Tenant, rep: UserId): Promise<UserId | null>;
}

export function readsThroughKysely(db: Db): HotReads {
  return {
    async dealUnless(tenant, id, known) {
      const row = await db
        .selectFrom('deals')
        .select(({ eb }) => [
          'id',
          'team_id',
          'state_format',
          eb.case().when('revision', '=', known).then(null).else(eb.ref('state')).end().as('state'),
        ])
        .where(({ and }) => and(dealKey(tenant, id)))
        .executeTakeFirst();
      return row ?? null;
    },

    async lastManagerOfRep(tenant, rep) {
      const row = await db
        .selectFrom('deals')
        .select('manager')
        .where(({ and }) => and({ ...tenantColumns(tenant), rep }))
        .where('manager', 'is not', null)
        .orderBy('started_at', 'desc')
        .limit(1)
        .executeTakeFirst();
      return row?.manager ?? null;
    },
  };
}

const DEAL = `select id, team_id, state_format, case when revision = ? then null else state end as state
  from deals where enterprise_id = ? and team_id = ? and id = ?`;
const LAST_MANAGER = `select manager from deals
  where enterprise_id = ? and team_id = ? and rep = ? and manager is not null order by started_at desc limit 1`;

export function readsDirectly(direct: Direct): HotReads {
  return {
    dealUnless: async (tenant, id, known) =>
      (await direct.first<DealRow>(DEAL, [known, tenant.enterpriseId, tenant.teamId, id])) ?? null,
    async lastManagerOfRep(tenant, rep) {
      const row = await direct.first<{ manager: string }>(LAST_MANAGER, [
        tenant.enterpriseId,
        tenant.teamId,
        rep,
      ]);
      return row?.manager ?? null;
    },
  };
}
