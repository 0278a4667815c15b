/** Upcoming calls: listing them, moving one to another day, dropping one. */
import { nextTimeOf } from '../deal/decide/nextTime';
import { isStranger } from '../deal/decide/permissions';
import type { Deal, DealId } from '../deal/model/deal';
import { type Acted, act, actorFor } from './act';
import type { Coach, Who } from './context';
import { whose, workDeal } from './overview';

export interface Upcoming {
  readonly deals: readonly Deal[];
  readonly more: boolean;
  readonly isAdmin: boolean;
}

/** A rep's own calls, those of a manager's reps, or all for an admin; soonest first. */
export async function upcomingOf(coach: Coach, who: Who, page: number, size: number): Promise<Upcoming> {
  const actor = await actorFor(coach, who);
  if (isStranger(who, actor)) return { deals: [], more: false, isAdmin: false };
  const found = await coach.store.deals.ahead(who.tenant, whose(who, actor), {
    limit: size + 1,
    offset: page * size,
  });
  const deals = found.slice(0, size).filter(isAhead);
  return { deals, more: found.length > size, isAdmin: actor.isAdmin };
}

const isAhead = ({ reEngagement }: Deal): boolean =>
  reEngagement !== null && reEngagement.remindedBy === null;

/** @param day `YYYY-MM-DD`, in the rep's zone */
export function callOn(coach: Coach, who: Who, deal: Deal, day: string): Promise<Acted> {
  const before = nextTimeOf(deal);
  const mayCall = before.mayCall === 'no' ? null : before.mayCall;
  return act(coach, who, deal.id, { type: 'note_next_time', nextTime: { ...before, mayCall, callOn: day } });
}

export async function dropCall(coach: Coach, who: Who, dealId: DealId): Promise<Acted> {
  const worked = await workDeal(coach, who, dealId);
  if (!worked.ok) return worked;
  const nextTime = { ...nextTimeOf(worked.deal), mayCall: 'no' as const, callOn: null };
  return act(coach, who, dealId, { type: 'note_next_time', nextTime });
}
