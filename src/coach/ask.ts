/**
 * The ask to the manager: naming the person who decides, asking again, and checking whether a person can decide now.
 */
import { onlyNameable } from '../deal/asking/stations';
import { maySettle } from '../deal/decide/approval';
import { mayDecide } from '../deal/decide/permissions';
import type { Limit } from '../deal/model/commands';
import type { Deal, DealId, UserId } from '../deal/model/deal';
import { currencyOf, type Money } from '../deal/model/money';
import { ledgerOf } from '../insights/ledger';
import type { Reason } from '../playbook/schema';
import { type Acted, act, actorFor, refuseUnconfirmed } from './act';
import type { Coach, Who } from './context';
import { type Whom, whomOf, workDeal } from './overview';
import { whyIneligible } from './people';
import { limitFor, peopleOf, scheduleSettings } from './settings/scheduleSettings';
import { reasonsOffered, teamOf } from './settings/settings';

export async function nameManager(coach: Coach, who: Who, dealId: DealId, manager: UserId): Promise<Acted> {
  const unfit = await whyIneligible(coach, who.tenant, manager, 'decides');
  if (unfit !== null) return { ok: false, ...unfit, deal: null };
  return act(coach, who, dealId, { type: 'assign_manager', manager });
}

/** The manager who decides, when this person may name nobody else; null: they may name anybody. */
export async function whoAloneDecides(coach: Coach, who: Who, deal: Deal): Promise<UserId | null> {
  const [team, actor] = await Promise.all([teamOf(coach.store, who.tenant), actorFor(coach, who)]);
  const people = { ...peopleOf(deal), namedBy: who.userId };
  return onlyNameable(deal, actor, await scheduleSettings(team, people, coach.clock.now()));
}

/** @param changed what is new since the decision */
export async function askAgain(coach: Coach, who: Who, dealId: DealId, changed: string): Promise<Acted> {
  const worked = await workDeal(coach, who, dealId);
  if (!worked.ok) return worked;
  const { deal } = worked;
  const ledger = await ledgerOf(coach.store, deal);
  return act(coach, who, dealId, { type: 'ask_again', changed, ledger });
}

/** The reason why a person cannot decide about an ask now. */
export type CannotDecide =
  /** `whom`: who decides instead; null: this person may not know of the deal. */
  | { readonly code: 'not_decider'; readonly whom: Whom }
  /** The ask they looked at is no longer pending. */
  | { readonly code: 'closed' | 'withdrawn' | 'decided' | 'replaced' }
  | { readonly code: 'already_decided'; readonly by: UserId }
  /** A proposal waits for another person's approval. */
  | { readonly code: 'proposed' };

/**
 * The reason why this person cannot decide about this ask now; null: they can.
 * @param askId the ask they looked at
 */
export async function whyCannotDecide(
  coach: Coach,
  who: Who,
  deal: Deal,
  askId: number | undefined,
): Promise<CannotDecide | null> {
  const actor = await actorFor(coach, who);
  if (!mayDecide(deal, actor)) refuseUnconfirmed(actor);
  if (!mayDecide(deal, actor)) return { code: 'not_decider', whom: whomOf(deal) };
  const { ask } = deal;
  if (ask === null || ask.id !== askId || ask.status === 'withdrawn' || deal.outcome !== null) {
    return whyNoAsk(deal);
  }
  const made = ask.decisions.at(-1);
  const settles = ask.approval !== null && maySettle(ask, actor);
  if (made !== undefined && made.by !== actor.userId && !settles) {
    return { code: 'already_decided', by: made.by };
  }
  return ask.approval !== null && !settles ? { code: 'proposed' } : null;
}

/** The reason why a deal that has had an ask has none to decide about. */
export function whyNoAsk({ outcome, stage, ask }: Deal): CannotDecide {
  if (outcome !== null || stage === 'closed') return { code: 'closed' };
  if (ask?.status === 'withdrawn') return { code: 'withdrawn' };
  return { code: ask?.status === 'decided' ? 'decided' : 'replaced' };
}

/** The forms of a decision need these besides the deal. */
export async function decisionSettings(
  coach: Coach,
  who: Who,
  deal: Deal,
): Promise<{
  /** Of an amount typed without one. */
  readonly currency: string;
  /** Up to which this person decides alone; null: there is none. */
  readonly limit: Limit | null;
  /** Null: not known. */
  readonly worth: Money | null;
  /** A counter-offer may move on these. */
  readonly reasons: readonly Reason[];
}> {
  const team = await teamOf(coach.store, who.tenant);
  const limit = await limitFor(team, deal, who.userId, coach.clock.now());
  const worth = deal.details.amount;
  const reasons = await reasonsOffered(coach, deal.tenant);
  return { currency: currencyOf(worth, team.settings), limit, worth, reasons };
}
