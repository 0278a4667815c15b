/** A deal goes to somebody else: a person hands it on, or its people leave the workspace. */
import type { DealId, Tenant, UserId } from '../deal/model/deal';
import { type Acted, act, happened } from './act';
import type { Coach, Who } from './context';
import { successorOf, whyIneligible } from './people';

export async function handOn(coach: Coach, who: Who, dealId: DealId, rep: UserId): Promise<Acted> {
  const unfit = await whyIneligible(coach, who.tenant, rep, 'works');
  if (unfit !== null) return { ok: false, ...unfit, deal: null };
  return act(coach, who, dealId, { type: 'assign_rep', rep });
}

/** More deals than one person has open; we hand over the rest when Slack reports the person again. */
const MOST_DEALS = 1_000;

export interface HandedOver {
  readonly handed: number;
  /** Deals without a successor: no manager, no fallback, and no known admin. */
  readonly left: number;
}

/** Hands over a person's deals, asks and calls to come. Repeating it changes nothing more. */
export async function personLeft(coach: Coach, tenant: Tenant, userId: UserId): Promise<HandedOver> {
  const { deals } = coach.store;
  const [asRep, ahead, asManager, waiting] = await Promise.all([
    deals.openOfRep(tenant, userId, MOST_DEALS),
    deals.ahead(tenant, { reps: [userId], manager: userId }, { limit: MOST_DEALS, offset: 0 }),
    deals.openOfManager(tenant, userId, MOST_DEALS),
    deals.waitingFor(tenant, [userId], MOST_DEALS),
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
