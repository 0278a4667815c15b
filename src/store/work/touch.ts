/** Makes deals dirty without a commit: one deal, or all that wait for a retry. */
import { sql } from 'kysely';
import type { DealId, Tenant } from '../../deal/model/deal';
import type { StoreDialect } from '../dialect';
import { dealKey, tenantColumns } from '../records/tenancy';
import type { Db, Trx } from '../schema';

/** Deals touched by one statement. An outage leaves thousands, and the caller waits for the end. */
const AT_ONCE = 500;

/** `due_at` of a dirty deal. */
export const DIRTY = 0;

export const ONE_MORE_TOUCH = sql<number>`touches + 1`;

/** Makes a deal dirty without an event, and due at once. */
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
  // No condition on the workspace, because that would make the database read all of its deals.
  const candidates = () => db.selectFrom('deals').select(['enterprise_id', 'team_id', 'id']);
  // A deal that waits for a retry is due at that time.
  const waiting = await candidates()
    .where('due_at', '>', DIRTY)
    .where('due_at', '<=', until)
    .where('retry_at', 'is not', null)
    .where('set_aside_at', 'is', null)
    .execute();
  // A leased deal may have failed a moment ago and be about to wait.
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

/** Touches those of the deals that still wait or are leased, and that have a message in the channel if one is given. */
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

/** A counter, so that a claim that is running does not clear this touch. */
export const touched = ({ nowMs }: StoreDialect) => ({
  touches: ONE_MORE_TOUCH,
  touched_at: nowMs,
  retry_at: null,
});
