/**
 * Sweeps: what many deals follow from has changed, so each of them is gone over in the background. A sweep is a row from
 * the commit of the change until all deals are gone over, so a process that dies leaves it to the next one.
 */
import { sql } from 'kysely';
import type { DealId, Tenant, UserId } from '../../deal/model/deal';
import type { ReadDeals } from '../deals/lists';
import type { StoreDialect } from '../dialect';
import { tenantColumns, tenantOf } from '../records/tenancy';
import type { Db, Trx } from '../schema';
import { touched } from './touch';
import type { Sweep, WorkStore } from './workStore';

export type SweepStore = Pick<
  WorkStore,
  'sweeps' | 'finishSweep' | 'scheduled' | 'moveWakes' | 'rewriteThreads' | 'stillDirty'
>;

/**
 * Cached settings live for a second, so a command decided by the old ones may still be committed so long after the
 * change. A sweep that begins later finds those deals too.
 */
const SETTLES_MS = 2_000;

/** The subject of a sweep over all deals of a workspace. */
export const EVERYBODY = '';

/** Asks for a sweep within the transaction of the change. */
export async function askForSweeps(
  db: Db | Trx,
  { nowMs }: Pick<StoreDialect, 'nowMs'>,
  tenant: Tenant,
  kind: Sweep['kind'],
  about: readonly string[],
): Promise<void> {
  if (about.length === 0) return;
  await db
    .insertInto('sweeps')
    .values(about.map((it) => ({ ...tenantColumns(tenant), kind, about: it, asked_at: nowMs })))
    .onConflict((oc) =>
      oc.columns(['enterprise_id', 'team_id', 'kind', 'about']).doUpdateSet({
        // A counter, so that the end of a sweep that is running does not end this one.
        asks: sql<number>`sweeps.asks + 1`,
        asked_at: nowMs,
      }),
    )
    .execute();
}

export function createSweepStore(db: Db, dialect: StoreDialect, read: ReadDeals): SweepStore {
  const { nowMs } = dialect;
  return {
    async sweeps() {
      const rows = await db
        .selectFrom('sweeps')
        .selectAll()
        .where('asked_at', '<=', sql<number>`${nowMs} - ${sql.lit(SETTLES_MS)}`)
        .orderBy('asked_at')
        .execute();
      return rows.map((row) => ({
        tenant: tenantOf(row),
        kind: row.kind,
        about: row.about,
        asks: row.asks,
        askedAt: row.asked_at,
      }));
    },

    async finishSweep({ tenant, kind, about, asks }) {
      await db
        .deleteFrom('sweeps')
        .where(({ and }) => and({ ...tenantColumns(tenant), kind, about, asks }))
        .execute();
    },

    async scheduled(tenant, { about, after, limit }) {
      const rows = await db
        .selectFrom('deals')
        .select(['id', 'team_id', 'state_format', 'state', 'wake_at'])
        .where(({ and }) => and(tenantColumns(tenant)))
        .where('wake_at', 'is not', null)
        .where('id', '>', after ?? '')
        .$if(about !== EVERYBODY, (query) =>
          query.where('id', 'in', dealsOf(tenant, about, after ?? '', limit)),
        )
        .orderBy('id')
        .limit(limit)
        .execute();
      // A deal that cannot be read is left out, so it has no part in where the next page begins.
      const wakes = new Map(rows.map((row) => [row.id, row.wake_at]));
      const deals = read(rows).map((deal) => ({ deal, wakeAt: wakes.get(deal.id) ?? null }));
      return { deals, next: rows.length < limit ? null : (rows.at(-1)?.id ?? null) };
    },

    async rewriteThreads(tenant, channel, { before, limit }) {
      const rows = await db
        .selectFrom('slots')
        .select(['deal_id', 'key', 'ts', 'state', 'shown_privacy'])
        .where(({ and }) => and({ ...tenantColumns(tenant), channel }))
        .where('ts', 'is not', null)
        .$if(before !== null, (query) => query.where('ts', '<', before))
        .orderBy('ts', 'desc')
        .limit(limit)
        .execute();
      const next = rows.length < limit ? null : (rows.at(-1)?.ts ?? null);
      const ids = [
        ...new Set(
          rows.flatMap((it) => (it.state === 'posted' && it.shown_privacy !== 'short' ? [it.deal_id] : [])),
        ),
      ];
      if (ids.length === 0) return { deals: [], next };
      await db.transaction().execute(async (trx) => {
        await trx
          .updateTable('slots')
          .set({ hash: null })
          .where(({ and }) => and({ ...tenantColumns(tenant), channel, state: 'posted' }))
          .where('deal_id', 'in', ids)
          .where(({ or, eb }) => or([eb('shown_privacy', 'is', null), eb('shown_privacy', '=', 'full')]))
          .execute();
        await trx
          .updateTable('deals')
          .set(touched(dialect))
          .where(({ and }) => and(tenantColumns(tenant)))
          .where('id', 'in', ids)
          .execute();
      });
      return { deals: ids, next };
    },

    async stillDirty(tenant, ids) {
      if (ids.length === 0) return 0;
      const { deals } = await db
        .selectFrom('deals')
        .select(({ fn }) => fn.countAll().as('deals'))
        .where(({ and }) => and(tenantColumns(tenant)))
        .where('id', 'in', ids)
        .where('set_aside_at', 'is', null)
        .where(sql<boolean>`touches > touches_done`)
        .executeTakeFirstOrThrow();
      return Number(deals);
    },

    async moveWakes(tenant, moves) {
      if (moves.length === 0) return;
      // Columns of a list of values have no types in PostgreSQL, so each row is a branch.
      const byId = (value: (move: (typeof moves)[number]) => number | null) =>
        sql<number>`case id ${sql.join(
          moves.map((move) => sql`when ${move.id} then cast(${value(move)} as bigint)`),
          sql` `,
        )} end`;
      await db
        .updateTable('deals')
        .set({ wake_at: byId(({ wakeAt }) => wakeAt) })
        .where(({ and }) => and(tenantColumns(tenant)))
        .where(
          'id',
          'in',
          moves.map(({ id }) => id),
        )
        // A later commit has moved the wake itself.
        .where(
          'revision',
          '=',
          byId(({ revision }) => revision),
        )
        .execute();
    },
  };

  /**
   * One query for each index, since a planner may read all deals of the workspace for conditions joined by `or`. Each
   * reads no more than a page, since a rep of many years has thousands.
   */
  function dealsOf(tenant: Tenant, person: UserId, after: DealId, limit: number) {
    const where = (column: 'rep' | 'manager' | 'ask_manager') =>
      db
        .selectFrom(
          db
            .selectFrom('deals')
            .select('id')
            .where(({ and }) => and({ ...tenantColumns(tenant), [column]: person }))
            .where('wake_at', 'is not', null)
            .where('id', '>', after)
            .orderBy('id')
            .limit(limit)
            .as(column),
        )
        .select('id');
    return where('rep').union(where('manager')).union(where('ask_manager'));
  }
}
