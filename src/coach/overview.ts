/** What a person sees of their deals: the list, App Home, one deal. */
import type { Deal, DealId } from '../deal/deal';
import { maySee } from '../deal/permissions';
import { actorFor } from './act';
import type { Coach, Who } from './context';

/** Slack's Home and modals hold 100 blocks; this many deals always fit. */
const LIMIT = 20;

export interface Overview {
  /** Open deals where this person is the rep, newest activity first. */
  readonly mine: readonly Deal[];
  /** Deals whose ask waits for this person, or for a manager they stand in for. */
  readonly waiting: readonly Deal[];
  /** Closed deals of this person, newest first. */
  readonly recent: readonly Deal[];
}

export async function overview(coach: Coach, who: Who): Promise<Overview> {
  const actor = await actorFor(coach, who);
  const [mine, waiting, recent] = await Promise.all([
    coach.store.deals.openOfRep(who.tenant, who.userId, LIMIT),
    coach.store.deals.waitingFor(who.tenant, [who.userId, ...actor.standsInFor], LIMIT),
    coach.store.deals.recentlyClosedOfRep(who.tenant, who.userId, 5),
  ]);
  return { mine, waiting, recent };
}

/** The deal, if it exists in this person's workspace and they may see it. */
export async function seeDeal(coach: Coach, who: Who, dealId: DealId): Promise<Deal | null> {
  const deal = await coach.store.deals.load(who.tenant, dealId);
  if (deal === null) return null;
  return maySee(deal, await actorFor(coach, who)) ? deal : null;
}
