/** What follows from a verdict and from closing. */
import { VERDICT_TRAITS, type Verdict } from '../../playbook/schema';
import { firstPlan, planAfterCall } from '../asking/cadence';
import { addressAsk } from '../asking/deadlines';
import { reEngagementOf } from '../asking/reEngagement';
import { mayBeAsked } from '../asking/stations';
import { apply } from '../evolve/evolve';
import { nextCallAt, type PlannedTry } from '../model/cadence';
import type { DecideContext } from '../model/commands';
import type { ClosedBecause, Deal, Ledger } from '../model/deal';
import type { DealEventBody } from '../model/events';
import { factsOf, known } from '../model/facts';
import { nextWorkingMorning } from '../model/workingTime';
import { holdOf, resumes, tellNews } from './send';

/** Calls that may reach nobody before the deal is closed, by the plan of earlier releases. */
const TRIES = 3;

/** The deal after these events, to decide what follows from them. */
export function dealAfter(deal: Deal, bodies: readonly DealEventBody[], { now, actor }: DecideContext): Deal {
  return apply(deal, bodies, { at: now, by: actor?.userId ?? null }).deal;
}

/** Whether the verdict is a rescue of a prospect who has signed, which is refused. */
export function rescuesSigned(deal: Deal, verdict: Verdict): boolean {
  const { isRescue } = VERDICT_TRAITS[verdict];
  return isRescue && (known(factsOf(deal).signed) === 'signed' || deal.signedReportedAt !== null);
}

/**
 * The verdict and what follows from it. `deal`: after the answers.
 * @param writes the rep adds the facts now
 */
export function conclude(
  deal: Deal,
  verdict: Verdict,
  ledger: Ledger | null,
  context: DecideContext,
  { writes = false } = {},
): readonly DealEventBody[] {
  const { isReached, isLoss } = VERDICT_TRAITS[verdict];
  const reached: DealEventBody = {
    type: 'verdict_reached',
    verdict,
    ...(isReached && isLoss ? { wantsNotes: true as const } : {}),
  };
  return [reached, ...followUps(dealAfter(deal, [reached], context), verdict, ledger, context, writes)];
}

function followUps(
  deal: Deal,
  verdict: Verdict,
  ledger: Ledger | null,
  context: DecideContext,
  writes: boolean,
): readonly DealEventBody[] {
  const { leadsTo } = VERDICT_TRAITS[verdict];
  switch (leadsTo) {
    case 'ask':
      return resumes(deal, context) ? resumed(deal, context) : [ask(deal, ledger, context, writes)];
    case 'win_back':
      return [];
    case 'withdraw':
      return [{ type: 'withdrawn' }];
    case 'try_again':
      return tryAgainLater(deal, context);
    case 'close':
      return close(deal, 'verdict', context);
    default:
      return leadsTo satisfies never;
  }
}

/** The same ask waits again, and whoever decides reads what the rep wrote down in between. */
function resumed(deal: Deal, context: DecideContext): readonly DealEventBody[] {
  const again: DealEventBody = { type: 'ask_resumed' };
  return [again, ...tellNews(dealAfter(deal, [again], context), context)];
}

/**
 * Asks the deal's manager, unless the deal was ever theirs; without a manager the ask waits for a name.
 * @param writes the rep adds the facts now, so that the ask is held while there is time
 */
export function ask(
  deal: Deal,
  ledger: Ledger | null,
  { settings, now }: DecideContext,
  writes = false,
): Extract<DealEventBody, { type: 'asked' }> {
  const manager = deal.manager !== null && mayBeAsked(deal, deal.manager, settings) ? deal.manager : null;
  const { deadline } = addressAsk(deal, settings, now, null, null);
  const { sending, heldUntil } = writes
    ? holdOf(deadline, now, settings)
    : { sending: 'complete' as const, heldUntil: null };
  const { notified, first } = addressAsk(deal, settings, now, null, heldUntil);
  return {
    type: 'asked',
    manager,
    deadline,
    ledger,
    endsWithAdmins: true,
    worth: deal.details.amount,
    sending,
    ...(heldUntil === null ? {} : { heldUntil }),
    usualMinutes: settings.responseMinutes,
    ...(manager === null ? {} : { ...notified, ...first }),
  };
}

/** A deal that was not reached before this release has tries and no cadence. */
const isOnEarlierPlan = ({ cadence, tries }: Deal): boolean => cadence === null && tries > 1;

function tryAgainLater(deal: Deal, context: DecideContext): readonly DealEventBody[] {
  const { now, settings } = context;
  const agreed = known(factsOf(deal).next_attempt);
  const named = agreed !== null && agreed > now ? agreed : null;
  if (isOnEarlierPlan(deal)) {
    const dueAt = named ?? nextWorkingMorning(now, settings.rep);
    return deal.tries >= TRIES
      ? close(deal, 'three_tries', context)
      : [{ type: 'try_scheduled', tries: deal.tries, dueAt }];
  }
  const plan =
    deal.cadence === null
      ? firstPlan(now, named, settings.rep)
      : planAfterCall(deal.cadence, deal.tries, now, named, settings.rep);
  const scheduled = triesScheduled(deal, plan);
  return scheduled === null ? close(deal, 'three_tries', context) : [scheduled];
}

/** Null: nothing is left to try. */
function triesScheduled({ tries }: Deal, plan: readonly PlannedTry[]): DealEventBody | null {
  const [first] = plan;
  return first === undefined
    ? null
    : { type: 'try_scheduled', tries, dueAt: nextCallAt(plan) ?? first.at, plan };
}

/** Closes a deal that was not won back, and sets the reminder to come back when its date is known. */
export function close(
  deal: Deal,
  because: ClosedBecause,
  { settings, now }: DecideContext,
): readonly DealEventBody[] {
  const again = reEngagementOf(deal, settings, now);
  const closed: DealEventBody = { type: 'closed', because, asksReason: true };
  return again === null ? [closed] : [{ type: 're_engagement_set', ...again }, closed];
}
