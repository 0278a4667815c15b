/** Deliveries that had their effect. Slack repeats one for an hour at most; they are forgotten after a day. */
import type { StoreDialect } from '../dialect';
import type { Db } from '../schema';

export const DELIVERY_KEPT_MS = 24 * 60 * 60 * 1000;
/** New ones between two sweeps. */
const SWEEP_EVERY = 1_000;
/**
 * Forgotten at once: more than come between two sweeps, so that none are left in the end, and few enough that nobody
 * notices, also after a week in which nothing ran.
 */
export const FORGOTTEN_AT_ONCE = 5_000;

/** Counts what is noted. @returns whether it is time to forget old ones */
export function sweepNowAndThen(): () => boolean {
  let sinceSweep = 0;
  return () => {
    sinceSweep = (sinceSweep + 1) % SWEEP_EVERY;
    return sinceSweep === 0;
  };
}

/** The oldest of them. Those that another instance is forgetting are left to it. */
export async function forgetOldDeliveries(
  db: Db,
  { nowMs, claimStrategy }: Pick<StoreDialect, 'nowMs' | 'claimStrategy'>,
): Promise<void> {
  await db
    .with('old', (cte) =>
      cte
        .selectFrom('deliveries')
        .select(['enterprise_id', 'team_id', 'delivery_key'])
        .where('received_at', '<', (eb) => eb(nowMs, '-', DELIVERY_KEPT_MS))
        .orderBy('received_at')
        .limit(FORGOTTEN_AT_ONCE)
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
