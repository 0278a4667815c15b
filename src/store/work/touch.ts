/** Making deals dirty from outside: one, or all that wait for something that may be there now. */
import { sql } from 'kysely';
import type { DealId, Tenant } from '../../deal/model/deal';
import type { StoreDialect } from '../dialect';
import { dealKey, tenantColumns } from '../records/tenancy';
import type { Db, Trx } from '../schema';

/** Deals touched by one statement: an outage leaves thousands, and whoever ended their wait waits for an answer. */
const AT_ONCE = 500;

/** When a dirty deal is due. */
export const DIRTY = 0;

export const ONE_MORE_TOUCH = sql<number>`touches + 1`;

/** Makes a deal dirty without an event, and at once. */
export async function touch(db: Db | Trx, dialect: StoreDialect, tenant: Tenant, id: DealId): Promise<void> {
  await db
    .updateTable('deals')
    .set(touched(dialect))
    .where(({ and }) => and(dealKey(tenant, id)))
    .execute();
}

/** `WorkStore.retryNow` */
export async function retryNow(
  db: Db,
  dialect: StoreDialect,
  tenant: Tenant,
  until: number,
  channel?: string,
): Promise<DealId[]> {
  // The workspace is not asked for, as then all of its deals were read.
  const candidates = () => db.selectFrom('deals').select(['enterprise_id', 'team_id', 'id']);
  // Who waits for a retry is due when it is.
  const waiting = await candidates()
    .where('due_at', '>', DIRTY)
    .where('due_at', '<=', until)
    .where('retry_at', 'is not', null)
    .where('set_aside_at', 'is', null)
    .execute();
  // Who is worked on may have found it missing a moment ago, and be about to wait.
  const leased = await candidates().where('lease_until', 'is not', null).execute();
  const key = tenantColumns(tenant);
  const theirs = [...waiting, ...leased].filter(
    (it) => it.enterprise_id === key.enterprise_id && it.team_id === key.team_id,
  );
  const retried: DealId[] = [];
  for (let from = 0; from < theirs.length; from += AT_ONCE) {
    const ids = theirs.slice(from, from + AT_ONCE).map(({ id }) => id);
    retried.push(...(await touchAll(db, dialect, tenant, ids, channel)));
  }
  return retried;
}

/** Those of these deals that still wait, and have to do with the channel. */
async function touchAll(
  db: Db,
  dialect: StoreDialect,
  tenant: Tenant,
  ids: readonly DealId[],
  channel: string | undefined,
): Promise<DealId[]> {
  const rows = await db
    .updateTable('deals')
    .set(touched(dialect))
    .where(({ and }) => and(tenantColumns(tenant)))
    .where('id', 'in', ids)
    .where(({ or, eb }) => or([eb('retry_at', 'is not', null), eb('lease_until', 'is not', null)]))
    .$if(channel !== undefined, (query) =>
      query.where(({ exists, selectFrom }) =>
        exists(
          selectFrom('slots')
            .select('slots.key')
            .where(({ and }) => and(tenantColumns(tenant)))
            .whereRef('slots.deal_id', '=', 'deals.id')
            .where('slots.channel', '=', channel ?? null),
        ),
      ),
    )
    .returning('id')
    .execute();
  return rows.map(({ id }) => id);
}

/** Counted, so that a claim that runs meanwhile does not clear it. */
const touched = ({ nowMs }: StoreDialect) => ({
  touches: ONE_MORE_TOUCH,
  touched_at: nowMs,
  retry_at: null,
});
