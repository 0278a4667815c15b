/** Rep and manager about an ask: questions, the decision, and asking again. */

import { notifyAt } from '../asking/deadlines';
import { askedNow, stationOf } from '../asking/stations';
import type { CommandOf, DecideContext } from '../model/commands';
import type { Deal, Decision, DecisionTerms } from '../model/deal';
import { deepEqual } from '../model/deepEqual';
import type { DealEventBody } from '../model/events';
import { factsOf, known } from '../model/facts';
import { isCost } from '../model/money';
import { accept, alreadyDone, type Decided, isBlank, type PlainCode, refuse, stale } from '../model/refusals';
import { HOUR } from '../model/workingTime';
import { isYes, maySettle, proposerOf, sayYes } from './approval';
import { ask } from './verdict';

export function askRep(deal: Deal, { text }: CommandOf<'ask_rep'>, { actor }: DecideContext): Decided {
  if (deal.ask?.status !== 'pending') return refuse('nothing_to_decide');
  if (isBlank(text)) return refuse('question_missing');
  const waiting = deal.ask.questions.some(
    (it) => it.by === actor?.userId && it.text === text && it.answer === null,
  );
  return waiting ? alreadyDone : accept({ type: 'question_asked', text });
}

/** Accepts an answer after the decision too, so that nothing typed is lost. */
export function answerQuestion(deal: Deal, command: CommandOf<'answer_question'>): Decided {
  const question = deal.ask?.questions.find((it) => it.id === command.question);
  if (!question) return stale;
  if (question.answer) return question.answer.text === command.text ? alreadyDone : stale;
  if (deal.stage === 'closed') return refuse('closed');
  if (isBlank(command.text)) return refuse('answer_missing');
  return accept({ type: 'question_answered', question: command.question, text: command.text });
}

/** Decides an ask. The maker may change the decision until the rep has gone back to the prospect. */
export function decideAsk(deal: Deal, command: CommandOf<'decide'>, context: DecideContext): Decided {
  const { decision } = command;
  const { actor, now } = context;
  const { ask } = deal;
  if (ask === null) return refuse('nothing_to_decide');
  if (ask.id !== command.ask) return stale;
  const made = ask.decisions.at(-1);
  if (made?.by === actor?.userId && made !== undefined && deepEqual(termsOf(made), decision))
    return alreadyDone;
  if (ask.approval?.by === actor?.userId && deepEqual(ask.approval?.terms, decision)) return alreadyDone;
  if (deal.signedReportedAt !== null) return refuse('has_signed');
  if (ask.status === 'withdrawn') return stale;
  if (made !== undefined) {
    const isTheirs = made.by === actor?.userId || (ask.approval !== null && maySettle(ask, actor));
    if (!isTheirs) return refuse({ code: 'already_decided', by: made.by });
    if (deal.outcome !== null || ask.preApproved !== null) return refuse('rep_went_back');
    if (deal.stage === 'closed') return refuse('closed');
  }
  if (ask.approval !== null && !maySettle(ask, actor)) {
    return refuse({ code: 'already_decided', by: ask.approval.by });
  }
  const wrong = wrongTerms(decision, now);
  if (wrong !== null) return refuse(wrong);
  const proposer = proposerOf(ask, actor);
  const decided: DealEventBody = {
    type: 'decided',
    decision,
    ...(proposer === null ? {} : { proposedBy: proposer }),
    ...(command.remark === undefined ? {} : { remark: command.remark }),
  };
  return isYes(decision) ? sayYes(deal, ask, decision, decided, context) : accept(decided);
}

/** True while the maker of the decision may change it: until the rep has gone back to the prospect. */
export function mayChangeDecision({ ask, stage, outcome, signedReportedAt }: Deal): boolean {
  const isBack = stage === 'winning_back' || stage === 'calling_back';
  return (
    ask?.status === 'decided' &&
    ask.preApproved === null &&
    isBack &&
    outcome === null &&
    signedReportedAt === null
  );
}

function termsOf({
  id,
  by,
  at,
  proposedBy,
  remark,
  uncosted,
  worthRaised,
  ...terms
}: Decision): DecisionTerms {
  return terms;
}

function wrongTerms(decision: DecisionTerms, now: number): PlainCode | null {
  if (decision.kind === 'decline') {
    return isBlank(decision.reason) ? 'reason_missing' : null;
  }
  if (isBlank(decision.terms)) return 'terms_missing';
  if (decision.expiresAt !== null && !(decision.expiresAt > now)) return 'expiry_passed';
  if (decision.value !== null && !isCost(decision.value)) return 'amount_unusable';
  return null;
}

/**
 * The rep reminds whoever the ask waits for: at most once an hour together with our own reminders, and in their working
 * hours unless the prospect acts before.
 */
export function nudge(deal: Deal, { now, actor, settings }: DecideContext): Decided {
  if (deal.ask?.status !== 'pending') return refuse('nothing_to_decide');
  const { to, waitsUntil } = stationOf(deal.ask);
  if (to === null || to === actor?.userId) return refuse('nobody_to_nudge');
  if (waitsUntil !== null)
    return refuse({ code: 'nudge_waits', to, why: 'not_asked_yet', until: waitsUntil });
  const again = nudgedUntil(deal);
  if (again !== null && again > now) return refuse({ code: 'nudge_waits', to, why: 'nudged', until: again });
  const { at } = notifyAt(factsOf(deal), now, settings.asked);
  if (at > now) return refuse({ code: 'nudge_waits', to, why: 'not_at_work', until: at });
  const promise = known(factsOf(deal).promise);
  const timeLeftMs = promise !== null && promise > now ? promise - now : null;
  return accept({ type: 'nudged', kind: 'from_rep', to, timeLeftMs });
}

/** Until when the person whom the ask waits for gets no further nudge; null: they have had none. */
export function nudgedUntil(deal: Deal): number | null {
  const to = askedNow(deal);
  const last = to === null ? undefined : deal.lastReminded[to];
  return last === undefined ? null : last + HOUR;
}

/** Asks anew with what has changed. The decision in force stays until there is a new one. */
export function askAgain(
  deal: Deal,
  { changed, ledger }: CommandOf<'ask_again'>,
  context: DecideContext,
): Decided {
  if (deal.ask?.status === 'pending') return alreadyDone;
  if (deal.signedReportedAt !== null || known(factsOf(deal).signed) === 'signed') return refuse('has_signed');
  if (deal.stage !== 'winning_back' && deal.stage !== 'calling_back') return refuse('nothing_to_ask');
  if (isBlank(changed)) return refuse('change_missing');
  return accept({ ...ask(deal, ledger, context), changed });
}
