/** The commit that no single statement does: of a new deal, and of nothing but when the next look is due. */
import type { Deal } from '../../deal/model/deal';
import type { Commit, CommitResult } from '../deals/dealsStore';
import { rowsOf, type StateColumns } from '../records/commitRows';
import { dealKey } from '../records/tenancy';
import type { Db, Trx } from '../schema';
import type { Deliveries } from './deliveries';

/** @throws {StoreError} `store_unreadable` when the deal or an event could not be read back; nothing is written */
export async function commitInTransaction(
  db: Db,
  deliveries: Deliveries,
  asked: Commit,
): Promise<CommitResult> {
  const rows = rowsOf(asked);
  const trx = await db.startTransaction().execute();
  try {
    const result = await write(trx);
    if (result === 'committed') await trx.commit().execute();
    else await trx.rollback().execute();
    if (result === 'committed' && asked.deliveryKey !== undefined) await deliveries.noted(db);
    return result;
  } catch (error) {
    if (!trx.isCommitted && !trx.isRolledBack) await trx.rollback().execute();
    throw error;
  }

  async function write(trx: Trx): Promise<CommitResult> {
    const { deal, deliveryKey, expectedRevision, wakeAt } = asked;
    // First, so that a repeated delivery is known as one even though the deal has moved on since.
    if (deliveryKey !== undefined && !(await deliveries.note(trx, deal.tenant, deliveryKey))) {
      return 'duplicate';
    }
    const { state } = rows;
    if (state === null) {
      return (await moveWake(trx, deal, wakeAt)) ? 'committed' : 'conflict';
    }
    const staysClean = asked.changesNoMessage === true;
    const written =
      expectedRevision === 0
        ? await insertDeal(trx, deal, state, staysClean)
        : await updateDeal(trx, deal, expectedRevision, state, staysClean);
    if (!written) return 'conflict';
    await trx.insertInto('events').values(rows.events).execute();
    return 'committed';
  }
}

async function insertDeal(trx: Trx, deal: Deal, state: StateColumns, staysClean: boolean): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await trx
    .insertInto('deals')
    .values({
      ...dealKey(deal.tenant, deal.id),
      ...state,
      rendered_revision: staysClean ? deal.revision : 0,
    })
    .onConflict((oc) => oc.doNothing())
    .executeTakeFirstOrThrow();
  return numInsertedOrUpdatedRows === 1n;
}

/**
 * News ends the wait for a retry: the thing that failed may be exactly what changed. What was not shown yet when
 * nothing was added to it is still to be shown.
 */
async function updateDeal(
  trx: Trx,
  deal: Deal,
  expectedRevision: number,
  state: StateColumns,
  staysClean: boolean,
): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('deals')
    .set({ ...state, retry_at: null })
    .$if(staysClean, (query) =>
      query.set(({ eb, ref }) => ({
        rendered_revision: eb
          .case()
          .when('rendered_revision', '=', expectedRevision)
          .then(deal.revision)
          .else(ref('rendered_revision'))
          .end(),
      })),
    )
    .where(({ and }) => and({ ...dealKey(deal.tenant, deal.id), revision: expectedRevision }))
    .executeTakeFirstOrThrow();
  return numUpdatedRows === 1n;
}

/** The clock found nothing to say, and the deal is next due at another time. */
async function moveWake(trx: Trx, deal: Deal, wakeAt: number | null): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('deals')
    .set({ wake_at: wakeAt })
    .where(({ and }) => and({ ...dealKey(deal.tenant, deal.id), revision: deal.revision }))
    .executeTakeFirstOrThrow();
  return numUpdatedRows === 1n;
}
