/** The question to the manager: who decides, and asking once more. */
import type { DealId, UserId } from '../deal/model/deal';
import { ledgerOf } from '../insights/ledger';
import { type Acted, act } from './act';
import type { Coach, Who } from './context';

export async function nameManager(coach: Coach, who: Who, dealId: DealId, manager: UserId): Promise<Acted> {
  const unfit = await whyNotManager(coach, who, manager);
  if (unfit !== null) return { ok: false, code: 'invalid', detail: unfit, deal: null };
  return act(coach, who, dealId, { type: 'assign_manager', manager });
}

/** Why this person can never decide, in plain words; null: they can, or Slack has not described them yet. */
export async function whyNotManager(coach: Coach, who: Who, manager: UserId): Promise<string | null> {
  const person = await coach.store.workspace.person(who.tenant, manager);
  if (person?.isBot) return 'An app cannot decide. Please name a person.';
  if (person?.deleted) return `${person.realName} has left this workspace. Please name somebody else.`;
  return person?.isStranger
    ? `${person.realName} belongs to another workspace and cannot decide. Please name somebody of ours.`
    : null;
}

export async function askAgain(coach: Coach, who: Who, dealId: DealId): Promise<Acted> {
  const deal = await coach.store.deals.load(who.tenant, dealId);
  return act(coach, who, dealId, {
    type: 'ask_again',
    ledger: deal ? await ledgerOf(coach.store, { ...deal, ...deal.details }) : null,
  });
}
