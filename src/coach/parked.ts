/** Deals whose messages could not be brought to Slack after all tries: for admins to see, and to have tried again. */
import type { DealId } from '../deal/model/deal';
import type { ParkedDeal } from '../store/store';
import { actorFor } from './act';
import type { Coach, Who } from './context';
import { maySet } from './settings/changeSettings';

/** The longest set aside first; nothing for whoever is no admin. */
export async function parkedFor(coach: Coach, who: Who, limit: number): Promise<readonly ParkedDeal[]> {
  if (!maySet(await actorFor(coach, who), who)) return [];
  return coach.store.work.parkedDeals(who.tenant, limit);
}

/** The deal is taken up at once, by whichever instance is free. @returns whether this person may ask for it */
export async function showAgain(coach: Coach, who: Who, dealId: DealId): Promise<boolean> {
  if (!maySet(await actorFor(coach, who), who)) return false;
  await coach.store.work.touch(who.tenant, dealId);
  coach.changed(who.tenant, dealId);
  return true;
}
