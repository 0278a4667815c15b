/** Between rep and manager: the ask, questions about it, the decision, and asking once more. */

import type { Command, DecideContext, Decided } from '../model/commands';
import type { Deal, Decision, DecisionTerms } from '../model/deal';
import { deepEqual } from '../model/deepEqual';
import type { DealEventBody } from '../model/events';
import { factsOf, known } from '../model/facts';
import { isCost } from '../model/money';
import { alreadyDone, happens, isBlank, isSigned, refuse, stale } from '../model/refusals';
import { isYes, maySettle, proposerOf, yes } from './approval';
import { ask } from './verdict';

type Of<T extends Command['type']> = Extract<Command, { type: T }>;

export function askRep(deal: Deal, { text }: Of<'ask_rep'>, { actor }: DecideContext): Decided {
  if (deal.ask?.status !== 'pending') return refuse('wrong_stage', 'There is no decision to make now.');
  if (isBlank(text)) return refuse('invalid', 'Please write the question.');
  const waiting = deal.ask.questions.some(
    (it) => it.by === actor?.userId && it.text === text && it.answer === null,
  );
  return waiting ? alreadyDone : happens({ type: 'question_asked', text });
}

/** Answers are taken after the decision too, so that nothing typed is lost. */
export function answerQuestion(deal: Deal, command: Of<'answer_question'>): Decided {
  const question = deal.ask?.questions.find((it) => it.id === command.question);
  if (!question) return stale;
  if (question.answer) return question.answer.text === command.text ? alreadyDone : stale;
  if (deal.stage === 'closed') return refuse('wrong_stage', 'This deal is closed.');
  if (isBlank(command.text)) return refuse('invalid', 'Please write the answer.');
  return happens({ type: 'question_answered', question: command.question, text: command.text });
}

/** The first decision on an ask; its maker may change it until the rep has gone back to the prospect. */
export function decideAsk(deal: Deal, command: Of<'decide'>, context: DecideContext): Decided {
  const { decision } = command;
  const { actor, now } = context;
  const { ask } = deal;
  if (ask === null) return refuse('wrong_stage', 'There is no decision to make now.');
  if (ask.id !== command.ask) return stale;
  const made = ask.decisions.at(-1);
  if (made?.by === actor?.userId && made !== undefined && deepEqual(termsOf(made), decision))
    return alreadyDone;
  if (ask.approval?.by === actor?.userId && deepEqual(ask.approval?.terms, decision)) return alreadyDone;
  if (deal.signedReportedAt !== null) return isSigned;
  if (ask.status === 'withdrawn') return stale;
  if (made !== undefined) {
    const isTheirs = made.by === actor?.userId || (ask.approval !== null && maySettle(ask, actor));
    if (!isTheirs) return refuse('already_decided', made.by);
    if (deal.outcome !== null) return refuse('stale', 'The rep has gone back to the prospect already.');
    if (deal.stage === 'closed') return refuse('wrong_stage', 'This deal is closed.');
  }
  if (ask.approval !== null && !maySettle(ask, actor)) {
    return refuse('already_decided', ask.approval.by);
  }
  const wrong = wrongTerms(decision, now);
  if (wrong !== null) return refuse('invalid', wrong);
  const proposer = proposerOf(ask, actor);
  const decided: DealEventBody = {
    type: 'decided',
    decision,
    ...(proposer === null ? {} : { proposedBy: proposer }),
    ...(command.remark === undefined ? {} : { remark: command.remark }),
  };
  return isYes(decision) ? yes(deal, ask, decision, decided, context) : happens(decided);
}

/** True while the maker of the decision may change it: until the rep has gone back to the prospect. */
export function mayChangeDecision({ ask, stage, outcome, signedReportedAt }: Deal): boolean {
  const isBack = stage === 'winning_back' || stage === 'calling_back';
  return ask?.status === 'decided' && isBack && outcome === null && signedReportedAt === null;
}

function termsOf({ id, by, at, proposedBy, remark, ...terms }: Decision): DecisionTerms {
  return terms;
}

function wrongTerms(decision: DecisionTerms, now: number): string | null {
  if (decision.kind === 'decline') {
    return isBlank(decision.reason) ? 'Please give a reason that the rep can repeat.' : null;
  }
  if (isBlank(decision.terms)) return 'Please write the terms.';
  if (decision.expiresAt !== null && !(decision.expiresAt > now))
    return 'The offer has to expire in the future.';
  if (decision.value !== null && !isCost(decision.value)) return 'Type an amount, such as 48,000.';
  return null;
}

export function askAgain(deal: Deal, { ledger }: Of<'ask_again'>, context: DecideContext): Decided {
  if (deal.ask?.status === 'pending') return alreadyDone;
  if (deal.signedReportedAt !== null || known(factsOf(deal).signed) === 'signed') return isSigned;
  if (deal.stage !== 'winning_back' && deal.stage !== 'calling_back') {
    return refuse('wrong_stage', 'There is nothing to ask the manager now.');
  }
  return happens(ask(deal, ledger, context));
}
