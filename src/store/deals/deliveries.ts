/** Deliveries that had their effect. Slack repeats one for an hour at most; the store forgets them after a day. */
import type { StoreDialect } from '../dialect';
import type { StoreLogger } from '../openOptions';
import type { Db } from '../schema';

const KEPT_MS = 24 * 60 * 60 * 1000;
/** New ones between two sweeps. */
const SWEEP_EVERY = 1_000;
/**
 * Deleted by one sweep: more than come between two sweeps, so that the table shrinks, and few enough that a click
 * does not notice, even after a week in which nothing ran.
 */
const DELETED_AT_ONCE = 5_000;

/**
 * @returns a function that counts a delivery whose effect is committed, and sweeps at each thousandth. It never
 * throws: what people did is saved, and the next sweep deletes what this one did not.
 */
export function createSweeper(db: Db, dialect: StoreDialect, logger?: StoreLogger): () => Promise<void> {
  let sinceSweep = 0;
  return async () => {
    sinceSweep = (sinceSweep + 1) % SWEEP_EVERY;
    if (sinceSweep > 0) return;
    try {
      await forgetOldDeliveries(db, dialect);
    } catch (error) {
      logger?.info({ err: error }, 'old deliveries could not be forgotten now');
    }
  };
}

/** Deletes the oldest ones. Leaves those that another instance is deleting to it. */
export async function forgetOldDeliveries(
  db: Db,
  { nowMs, claimStrategy }: Pick<StoreDialect, 'nowMs' | 'claimStrategy'>,
): Promise<void> {
  await db
    .with('old', (cte) =>
      cte
        .selectFrom('deliveries')
        .select(['enterprise_id', 'team_id', 'delivery_key'])
        .where('received_at', '<', (eb) => eb(nowMs, '-', KEPT_MS))
        .orderBy('received_at')
        .limit(DELETED_AT_ONCE)
        .$if(claimStrategy === 'skip_locked', (query) => query.forUpdate().skipLocked()),
    )
    .deleteFrom('deliveries')
    .where(({ refTuple, selectFrom, eb }) =>
      eb(
        refTuple('enterprise_id', 'team_id', 'delivery_key'),
        'in',
        selectFrom('old')
          .select(['enterprise_id', 'team_id', 'delivery_key'])
          .$asTuple('enterprise_id', 'team_id', 'delivery_key'),
      ),
    )
    .execute();
}
