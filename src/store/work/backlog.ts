/** Figures about the reconciler's work for operators and admins: how much waits, since when, and what is parked. */
import { type SqlBool, sql } from 'kysely';
import { tenantColumns, tenantOf } from '../records/tenancy';
import type { Db } from '../schema';
import type { DealsByStage, WorkStore } from './workStore';

export type Backlog = Pick<WorkStore, 'parkedDeals' | 'figures'>;

/** Word for word as in the index `deals_dirty`, so that the planner uses it. */
const isDirty = sql<SqlBool>`(revision > rendered_revision or touches > touches_done)`;
/**
 * The time of the deal's last change. A deal that still changes looks younger than it is, but the age of a backlog is
 * that of its oldest deals, and those change no more.
 */
const waitsSince = sql<
  number | null
>`(case when revision > rendered_revision then updated_at else touched_at end)`;

/**
 * @param slow a database handle for slow counts
 * @param countStages replaces the one counting statement where that would block others
 */
export function createBacklog(
  db: Db,
  slow: Db,
  countStages: () => Promise<DealsByStage> = () => countAtOnce(slow),
): Backlog {
  return {
    async parkedDeals(tenant, limit) {
      const rows = await db
        .selectFrom('deals')
        .select([
          'enterprise_id',
          'team_id',
          'id',
          'rep',
          'account',
          'set_aside_at',
          'last_error',
          'attempts',
        ])
        .where(({ and }) => and(tenantColumns(tenant)))
        .where('set_aside_at', 'is not', null)
        .orderBy('set_aside_at')
        .orderBy('id')
        .limit(limit)
        .execute();
      return rows.map((row) => ({
        tenant: tenantOf(row),
        dealId: row.id,
        rep: row.rep,
        account: row.account,
        since: row.set_aside_at ?? 0,
        error: row.last_error ?? 'unknown',
        attempts: row.attempts,
      }));
    },

    async figures() {
      const dirty = await slow
        .selectFrom('deals')
        .select(({ fn }) => fn.countAll().as('deals'))
        .where(isDirty)
        .executeTakeFirstOrThrow();
      const oldest = await slow
        .selectFrom('deals')
        .select(waitsSince.as('since'))
        .where(isDirty)
        .where(waitsSince, 'is not', null)
        .orderBy(waitsSince)
        .limit(1)
        .executeTakeFirst();
      const parked = await slow
        .selectFrom('deals')
        .select(({ fn }) => fn.countAll().as('deals'))
        .where('set_aside_at', 'is not', null)
        .executeTakeFirstOrThrow();
      return {
        dirty: Number(dirty.deals),
        dirtySince: oldest?.since ?? null,
        parked: Number(parked.deals),
        byStage: await countStages(),
      };
    },
  };
}

async function countAtOnce(slow: Db): Promise<DealsByStage> {
  const stages = await slow
    .selectFrom('deals')
    .select(({ fn }) => ['stage', fn.countAll().as('deals')])
    .groupBy('stage')
    .execute();
  return Object.fromEntries(stages.map(({ stage, deals }) => [stage, Number(deals)]));
}
