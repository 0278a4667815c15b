/** A yes that gives more than its maker may give alone, and who may say it with them. */
import { inPlaceOfApprover, mayStandForApprover } from '../asking/approver';
import { nextAnswerBy, notifyTimingOf } from '../asking/deadlines';
import type { Actor, CommandOf, DecideContext, Limit } from '../model/commands';
import type { Ask, Deal, DecisionTerms, UserId, YesTerms } from '../model/deal';
import type { DealEventBody } from '../model/events';
import { factsOf } from '../model/facts';
import type { Money } from '../model/money';
import { accept, type Decided, refuse, stale } from '../model/refusals';

type Above = Pick<Limit, 'amount' | 'percent'>;

/**
 * Whether these terms give more than the limit allows. What cannot be compared (another currency, a percentage of an
 * amount that is not known) counts as more: better one question too many.
 */
export function exceedsLimit({ amount, percent }: Above, value: Money, dealAmount: Money | null): boolean {
  if (value.minor === 0) return false;
  if (amount !== null && (amount.currency !== value.currency || value.minor > amount.minor)) return true;
  if (percent === null) return false;
  if (dealAmount === null || dealAmount.currency !== value.currency) return true;
  return value.minor * 100 > dealAmount.minor * percent;
}

/**
 * What follows from a yes: the decision, or the question to the approver. A limit needs to know what the yes costs.
 */
export function sayYes(
  deal: Deal,
  ask: Ask,
  terms: YesTerms,
  decided: Extract<DealEventBody, { type: 'decided' }>,
  { actor, settings, now }: DecideContext,
): Decided {
  const { limit } = settings;
  if (limit === null) return accept(decided);
  if (terms.value === null) return refuse('cost_missing');
  if (!exceedsLimit(limit, terms.value, deal.details.amount)) return accept(decided);
  const { approver } = limit;
  if (approver === deal.rep && !settings.ownManagerAllowed) return refuse('approver_is_rep');
  if (approver === ask.approval?.by || approver === actor?.userId) return refuse('approver_proposed');
  const standIn = inPlaceOfApprover(deal, limit.standIn, [actor?.userId, ask.approval?.by], settings);
  const work = standIn?.work ?? limit.work;
  const facts = factsOf(deal);
  return accept({
    type: 'approval_requested',
    terms,
    approver,
    limit: { amount: limit.amount, percent: limit.percent },
    answerBy: nextAnswerBy(facts, work, settings.responseMinutes, now),
    ...notifyTimingOf(facts, now, work),
    ...(standIn === null ? {} : { standIn: { userId: standIn.userId, until: standIn.until } }),
  });
}

/** Says yes to the proposal as it stands. */
export function approve(deal: Deal, command: CommandOf<'approve'>, context: DecideContext): Decided {
  const { ask } = deal;
  if (ask === null || ask.id !== command.ask) return stale;
  if (deal.signedReportedAt !== null) return refuse('has_signed');
  const { approval } = ask;
  if (approval === null || approval.id !== command.approval) {
    const made = ask.decisions.at(-1);
    return made === undefined ? stale : refuse({ code: 'already_decided', by: made.by });
  }
  if (!maySettle(ask, context.actor) || context.actor?.userId === approval.by) return refuse('approver_only');
  const { terms, by } = approval;
  if (terms.expiresAt !== null && terms.expiresAt <= context.now) return refuse('proposal_expired');
  return sayYes(deal, ask, terms, { type: 'decided', decision: terms, proposedBy: by }, context);
}

/** Who may settle a proposal: its maker, the approver or their stand-in, whoever it went on to, or an admin. */
export function maySettle(ask: Ask, actor: Actor | null): boolean {
  const { approval } = ask;
  if (approval === null || actor === null) return true;
  const wentOn = ask.escalations.some(
    ({ id, to }) => id > approval.id && to.kind === 'person' && to.userId === actor.userId,
  );
  return actor.isAdmin || wentOn || actor.userId === approval.by || mayStandForApprover({ ask }, actor);
}

/** Who proposed what is decided now, when that was somebody else; null: nobody. */
export function proposerOf({ approval }: Ask, actor: Actor | null): UserId | null {
  return approval === null || approval.by === actor?.userId ? null : approval.by;
}

export const isYes = (decision: DecisionTerms): decision is YesTerms => decision.kind !== 'decline';
