/** Giving a deal to another rep. */
import type { DealId, UserId } from '../deal/model/deal';
import { type Acted, act } from './act';
import type { Coach, Who } from './context';
import { whyIneligible } from './eligibility';

export async function handOn(coach: Coach, who: Who, dealId: DealId, rep: UserId): Promise<Acted> {
  const unfit = await whyIneligible(coach, who.tenant, rep);
  if (unfit !== null) return { ok: false, code: 'invalid', detail: unfit, deal: null };
  return act(coach, who, dealId, { type: 'assign_rep', rep });
}
