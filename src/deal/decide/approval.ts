/** Proposals: a yes above its maker's limit, which an approver has to say too. */
import { inPlaceOfApprover, mayStandForApprover } from '../asking/approver';
import { nextAnswerBy, notifyTimingOf } from '../asking/deadlines';
import { wasRep } from '../asking/stations';
import type { Actor, Askable, CommandOf, DecideContext, Limit } from '../model/commands';
import type { Ask, Deal, DecisionTerms, UserId, YesTerms } from '../model/deal';
import type { DealEventBody } from '../model/events';
import { factsOf } from '../model/facts';
import type { Money } from '../model/money';
import { accept, type Decided, refuse, stale } from '../model/refusals';
import { countedWorth, worthRaised } from '../model/worth';

type Yes = Extract<DealEventBody, { type: 'decided' }>;
type Above = Pick<Limit, 'amount' | 'percent'>;

/**
 * Whether the cost exceeds the limit. A cost that cannot be compared (another currency, a percentage of an unknown amount)
 * exceeds it: one question too many is better than a yes too many.
 */
export function exceedsLimit({ amount, percent }: Above, value: Money, dealAmount: Money | null): boolean {
  if (value.minor === 0) return false;
  if (amount !== null && (amount.currency !== value.currency || value.minor > amount.minor)) return true;
  if (percent === null) return false;
  if (dealAmount === null || dealAmount.currency !== value.currency) return true;
  return isAboveShare(value.minor, dealAmount.minor, percent);
}

/** Whether `part` exceeds this percentage of `whole`, exactly: a product of doubles is off at 2.3 % and near 2^53. */
function isAboveShare(part: number, whole: number, percent: number): boolean {
  // The shortest decimal that reads as this number: what the admin typed.
  const [digits = '0', exponent = '0'] = percent.toExponential().split('e');
  const [units, decimals = ''] = digits.split('.');
  const share = BigInt(`${units}${decimals}`);
  const places = Number(exponent) - decimals.length;
  const scale = (power: number): bigint => 10n ** BigInt(Math.max(0, power));
  return BigInt(part) * 100n * scale(-places) > BigInt(whole) * share * scale(places);
}

/** A yes becomes the decision, or a proposal to the approver when it exceeds its maker's limit. */
export function sayYes(
  deal: Deal,
  ask: Ask,
  terms: YesTerms,
  given: Yes,
  { actor, settings, now }: DecideContext,
): Decided {
  const { limit } = settings;
  const decided = settings.hasLimits ? { ...given, ...flagsOf(deal, terms, limit) } : given;
  if (limit === null || isSecondYes(ask, limit, terms, actor)) return accept(decided);
  if (terms.value === null) return refuse('cost_missing');
  if (!exceedsLimit(limit, terms.value, countedWorth(deal))) return accept(decided);
  const proposers = [actor?.userId, ask.approval?.by];
  const isFree = ({ userId }: Askable): boolean => !wasRep(deal, userId) && !proposers.includes(userId);
  const found = [{ userId: limit.approver, work: limit.work }, ...limit.substitutes].find(isFree);
  if (found === undefined) {
    return refuse(wasRep(deal, limit.approver) ? 'approver_is_rep' : 'approver_proposed');
  }
  const approver = found.userId;
  const isNamed = approver === limit.approver;
  const standIn = isNamed ? inPlaceOfApprover(deal, limit.standIn, proposers, settings) : null;
  const work = standIn?.work ?? found.work;
  const facts = factsOf(deal);
  return accept({
    type: 'approval_requested',
    terms,
    approver,
    limit: { amount: limit.amount, percent: limit.percent },
    answerBy: nextAnswerBy(facts, work, settings.responseMinutes, now),
    ...notifyTimingOf(facts, now, work),
    ...(isNamed ? {} : { insteadOf: limit.approver }),
    ...(standIn === null ? {} : { standIn: { userId: standIn.userId, until: standIn.until } }),
  });
}

/** The note beside a yes in a team with limits: it has no cost, which no limit catches, or the worth went up. */
function flagsOf(
  deal: Deal,
  { value }: YesTerms,
  limit: Limit | null,
): Pick<Yes, 'uncosted' | 'worthRaised'> {
  const raised = worthRaised(deal);
  return {
    ...uncostedIn(value, limit?.approver ?? null),
    ...(raised === null ? {} : { worthRaised: raised }),
  };
}

/** No limit catches a yes without a cost. */
export const uncostedIn = (value: Money | null, approver: UserId | null): Pick<Yes, 'uncosted'> =>
  value === null || value.minor === 0 ? { uncosted: { approver } } : {};

/**
 * Whether somebody says yes to another person's proposal, at most at its cost: two people have then seen it. The team's
 * default limit ends there. Otherwise everybody would have it who may approve, the admins too, and a proposal could wait for
 * an approver who made it or who was ever the rep: for nobody. A limit of their own binds approvers too.
 */
function isSecondYes(ask: Ask, { isDefault }: Limit, { value }: YesTerms, actor: Actor | null): boolean {
  const proposed = proposerOf(ask, actor) === null ? null : (ask.approval?.terms.value ?? null);
  if (!isDefault || proposed === null || value === null) return false;
  return value.minor === 0 || (value.currency === proposed.currency && value.minor <= proposed.minor);
}

/** Approves the proposal unchanged. No setting lets a rep of the deal, past or present, lift a limit. */
export function approve(deal: Deal, command: CommandOf<'approve'>, context: DecideContext): Decided {
  const { ask } = deal;
  if (ask === null || ask.id !== command.ask) return stale;
  if (deal.signedReportedAt !== null) return refuse('has_signed');
  const { approval } = ask;
  if (approval === null || approval.id !== command.approval) {
    const made = ask.decisions.at(-1);
    return made === undefined ? stale : refuse({ code: 'already_decided', by: made.by });
  }
  const isOwn = context.actor !== null && wasRep(deal, context.actor.userId);
  if (isOwn || !maySettle(ask, context.actor) || context.actor?.userId === approval.by) {
    return refuse('approver_only');
  }
  const { terms, by } = approval;
  if (terms.expiresAt !== null && terms.expiresAt <= context.now) return refuse('proposal_expired');
  return sayYes(deal, ask, terms, { type: 'decided', decision: terms, proposedBy: by }, context);
}

/** Who may decide a proposal: its maker, the approver or their stand-in, everybody it went on to, and admins. */
export function maySettle(ask: Ask, actor: Actor | null): boolean {
  const { approval } = ask;
  if (approval === null || actor === null) return true;
  const wentOn = ask.escalations.some(
    ({ id, to }) => id > approval.id && to.kind === 'person' && to.userId === actor.userId,
  );
  return actor.isAdmin || wentOn || actor.userId === approval.by || mayStandForApprover({ ask }, actor);
}

/** The maker of the proposal that this person decides; null: there is none, or it is their own. */
export function proposerOf({ approval }: Ask, actor: Actor | null): UserId | null {
  return approval === null || approval.by === actor?.userId ? null : approval.by;
}

export const isYes = (decision: DecisionTerms): decision is YesTerms => decision.kind !== 'decline';
