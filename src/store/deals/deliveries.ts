/** Deliveries that had their effect. Slack repeats one for an hour at most; they are forgotten after a day. */
import type { StoreDialect } from '../dialect';
import type { Db } from '../schema';

export const DELIVERY_KEPT_MS = 24 * 60 * 60 * 1000;
/** New ones between two sweeps: a sweep is then a small part of one commit in so many. */
const SWEEP_EVERY = 1_000;

/** Counts what is noted. @returns whether it is time to forget old ones */
export function sweepNowAndThen(): () => boolean {
  let sinceSweep = 0;
  return () => {
    sinceSweep = (sinceSweep + 1) % SWEEP_EVERY;
    return sinceSweep === 0;
  };
}

export async function forgetOldDeliveries(db: Db, { nowMs }: Pick<StoreDialect, 'nowMs'>): Promise<void> {
  await db
    .deleteFrom('deliveries')
    .where('received_at', '<', (eb) => eb(nowMs, '-', DELIVERY_KEPT_MS))
    .execute();
}
