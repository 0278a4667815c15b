/** What operators and admins ask about the reconciler's work: how much waits, since when, and what was set aside. */
import { type SqlBool, sql } from 'kysely';
import { tenantColumns, tenantOf } from '../records/tenancy';
import type { Db } from '../schema';
import type { DealsByStage, WorkStore } from './workStore';

export type Backlog = Pick<WorkStore, 'parkedDeals' | 'figures'>;

/** Word for word as the index `deals_dirty` has it, so that it is used. */
const isDirty = sql<SqlBool>`(revision > rendered_revision or touches > touches_done)`;
/**
 * For a deal that changed many times, its last change: a backlog is as old as its oldest deals, and those are the
 * ones that nobody touches any more.
 */
const waitsSince = sql<
  number | null
>`(case when revision > rendered_revision then updated_at else touched_at end)`;

/**
 * @param slow counts in its own time
 * @param countStages where one statement that counts them all would be in somebody's way
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
