/** Deals whose threads stand still: what they wait for may be there, so they are tried at once and not when it is their turn. */
import type { Tenant } from '../deal/model/deal';
import type { Coach } from './context';

/** No deal that can be helped waits longer for its next try; whatever is planned for later waits for something else. */
const HELD_FOR_MS = 60 * 60_000;

type From = Pick<Coach, 'store' | 'clock' | 'changed'>;

/** Threads go elsewhere from now on. */
export const threadsMoved = (coach: From, tenant: Tenant): Promise<void> => tryHeld(coach, tenant);

/** The channel was unarchived, or we were invited to it. */
export const channelIsBack = (coach: From, tenant: Tenant, channel: string): Promise<void> =>
  tryHeld(coach, tenant, channel);

async function tryHeld({ store, clock, changed }: From, tenant: Tenant, channel?: string): Promise<void> {
  const held = await store.work.retryNow(tenant, clock.now() + HELD_FOR_MS, channel);
  for (const dealId of held) changed(tenant, dealId);
}
