/** Offers that a rep may give alone on a call, because somebody who may decide has said yes to them before. */
import { wasRep } from '../asking/stations';
import type { CommandOf, DecideContext, PreApproved, WorkingTime } from '../model/commands';
import type { Deal } from '../model/deal';
import type { Money } from '../model/money';
import { isAmount } from '../model/money';
import { accept, alreadyDone, type Decided, refuse, stale } from '../model/refusals';
import { isOver, localDate } from '../model/workingTime';
import { exceedsLimit, uncostedIn } from './approval';
import { detailsEvent } from './details';
import { rescuesSigned } from './verdict';

/** `needs_worth`: a limit counts the worth of the deal, and nobody has written it down. */
export type MayGive = 'yes' | 'no' | 'needs_worth';

/**
 * Whether a rep may give this on this deal: never on a deal that was ever of the person who pre-approved it, not after its
 * last day, and within its limit and theirs.
 * @param worth null: not known
 * @param work of the rep
 */
export function mayGive(
  deal: Deal,
  give: PreApproved,
  { worth, work, now }: { readonly worth: Money | null; readonly work: WorkingTime; readonly now: number },
): MayGive {
  if (wasRep(deal, give.by)) return 'no';
  if (give.until !== null && isOver(give.until, now, work)) return 'no';
  const { worthUpTo, limit, cost } = give;
  // Where its maker has a limit, a give without a cost could be a yes of any size.
  if (limit !== null && cost === null) return 'no';
  if (countsWorth(give) && worth === null) {
    const amountAlone = limit === null ? null : { ...limit, percent: null };
    return amountAlone !== null && cost !== null && exceedsLimit(amountAlone, cost, null)
      ? 'no'
      : 'needs_worth';
  }
  if (worthUpTo !== null && worth !== null && !isWithin(worth, worthUpTo)) return 'no';
  return limit !== null && cost !== null && exceedsLimit(limit, cost, worth) ? 'no' : 'yes';
}

const countsWorth = ({ worthUpTo, limit }: PreApproved): boolean =>
  worthUpTo !== null || (limit?.percent ?? null) !== null;

const isWithin = (worth: Money, most: Money): boolean =>
  worth.currency === most.currency && worth.minor <= most.minor;

/** "2026-Q4" in the rep's zone: uses are counted by calendar quarter. */
export function quarterOf(now: number, work: WorkingTime): string {
  const [year = '', month = ''] = localDate(now, work).split('-');
  return `${year}-Q${Math.ceil(Number(month) / 3)}`;
}

/** The rep gives it at once: the call ends with a pulse that is decided, and nobody is asked. */
export function offer(deal: Deal, command: CommandOf<'offer'>, context: DecideContext): Decided {
  const { give, worth: typed, stepId, visit } = command;
  const { actor, now, settings } = context;
  if (deal.stage !== 'coaching' || deal.position?.stepId !== stepId || deal.position.visit !== visit) {
    return deal.ask?.preApproved?.give === give.id && deal.outcome === null ? alreadyDone : stale;
  }
  if (actor?.userId !== deal.rep) return refuse('own_call_only');
  if (rescuesSigned(deal, 'pulse')) return refuse('has_signed');
  if (typed !== null && !isAmount(typed)) return refuse('amount_unusable');
  // A worth that somebody wrote down counts: a screen asks only for one that nobody knows.
  const isNew = typed !== null && deal.details.amount === null;
  const worth = isNew ? typed : deal.details.amount;
  const may = mayGive(deal, give, { worth, work: settings.rep, now });
  if (may === 'needs_worth') return refuse('worth_missing');
  if (may === 'no') return refuse('not_pre_approved');
  const filled = isNew ? detailsEvent(deal, { amount: typed }) : null;
  const approver = give.limit?.approver ?? null;
  return accept(
    ...(filled === null ? [] : [filled]),
    { type: 'verdict_reached', verdict: 'pulse', wantsNotes: true },
    {
      type: 'pre_approved',
      give: give.id,
      approvedBy: give.by,
      reason: give.reason,
      decision: {
        kind: 'match',
        terms: give.terms,
        cost: null,
        value: give.cost,
        inReturn: give.inReturn,
        expiresAt: null,
      },
      ...(settings.hasLimits ? uncostedIn(give.cost, approver) : {}),
      ...(countsWorth(give) ? { countsWorth: true as const } : {}),
    },
  );
}
