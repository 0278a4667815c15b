/** The question to the manager: who decides, and asking once more. */
import type { DealId, UserId } from '../deal/model/deal';
import { ledgerOf } from '../insights/ledger';
import { type Acted, act } from './act';
import type { Coach, Who } from './context';
import { whyIneligible } from './people';

export async function nameManager(coach: Coach, who: Who, dealId: DealId, manager: UserId): Promise<Acted> {
  const unfit = await whyIneligible(coach, who.tenant, manager, 'decides');
  if (unfit !== null) return { ok: false, ...unfit, deal: null };
  return act(coach, who, dealId, { type: 'assign_manager', manager });
}

export async function askAgain(coach: Coach, who: Who, dealId: DealId): Promise<Acted> {
  const deal = await coach.store.deals.load(who.tenant, dealId);
  return act(coach, who, dealId, {
    type: 'ask_again',
    ledger: deal ? await ledgerOf(coach.store, { ...deal, ...deal.details }) : null,
  });
}
