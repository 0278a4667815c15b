/** Going round once more: calling an unreached prospect again, and asking the manager again. */
import type { DealId } from '../deal/model/deal';
import { ledgerOf } from '../insights/ledger';
import { type Acted, act } from './act';
import type { Coach, Who } from './context';
import { playbookOf } from './playbooks';

export async function tryAgain(coach: Coach, who: Who, dealId: DealId): Promise<Acted> {
  const deal = await coach.store.deals.load(who.tenant, dealId);
  if (deal === null) {
    return { ok: false, code: 'not_found', detail: 'This deal is not here any more.', deal: null };
  }
  const playbook = await playbookOf(coach, deal);
  return act(coach, who, dealId, { type: 'try_again', firstStep: playbook.start });
}

export async function askAgain(coach: Coach, who: Who, dealId: DealId): Promise<Acted> {
  const deal = await coach.store.deals.load(who.tenant, dealId);
  return act(coach, who, dealId, {
    type: 'ask_again',
    ledger: deal ? await ledgerOf(coach.store, { ...deal, ...deal.details }) : null,
  });
}
