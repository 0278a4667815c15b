/** Somebody left the workspace: their deals, calls to come and asks go on with somebody who is there. */
import type { Tenant, UserId } from '../deal/model/deal';
import { happened } from './act';
import type { Coach } from './context';
import { successorOf } from './successor';

/** More than one person has open; whatever is beyond goes on the next time Slack tells us. */
const MOST = 1_000;

export interface HandedOver {
  readonly handed: number;
  /** Deals for which nobody was found: no manager, no fallback, and no admin is known. */
  readonly left: number;
}

/** Done again it changes nothing more. */
export async function personLeft(coach: Coach, tenant: Tenant, userId: UserId): Promise<HandedOver> {
  const { deals } = coach.store;
  const [asRep, ahead, asManager, waiting] = await Promise.all([
    deals.openOfRep(tenant, userId, MOST),
    deals.ahead(tenant, { reps: [userId], manager: userId }, { limit: MOST, offset: 0 }),
    deals.openOfManager(tenant, userId, MOST),
    deals.waitingFor(tenant, [userId], MOST),
  ]);
  const each = new Map([...asRep, ...ahead, ...asManager, ...waiting].map((deal) => [deal.id, deal]));
  let handed = 0;
  let left = 0;
  for (const deal of each.values()) {
    const to = await successorOf(coach, deal, userId);
    const acted = await happened(coach, tenant, deal.id, { type: 'person_left', userId, to });
    if (acted.ok && acted.changed) handed += 1;
    if (!acted.ok && acted.code !== 'already_done') left += 1;
  }
  return { handed, left };
}
