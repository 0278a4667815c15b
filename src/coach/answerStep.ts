/** A rep records an answer at a step; the playbook says where it leads. */
import type { Command } from '../deal/commands';
import type { DealId } from '../deal/deal';
import { ledgerOf } from '../insights/ledger';
import type { AnswerValue } from '../playbook/answer';
import { FACT_KINDS, type Step, type Target } from '../playbook/schema';
import { againTarget, nextTarget, sourceAndFact, stepOf } from '../playbook/walk';
import { type Acted, act } from './act';
import type { Coach, Who } from './context';
import { playbookOf } from './playbooks';

export interface StepAnswer {
  readonly stepId: string;
  readonly visit: number;
  /** Null: moved on without typing or picking anything. */
  readonly answer: AnswerValue | null;
  /** The step's *again* button: keep the answer and show the same screen once more. */
  readonly again?: boolean;
}

export async function answerStep(coach: Coach, who: Who, dealId: DealId, given: StepAnswer): Promise<Acted> {
  const deal = await coach.store.deals.load(who.tenant, dealId);
  if (deal === null) {
    return { ok: false, code: 'not_found', detail: 'This deal is not here any more.', deal: null };
  }
  const playbook = await playbookOf(coach, deal);
  const step = stepOf(playbook, given.stepId);
  const answer = given.answer ?? blankAnswer(step);
  const next: Target = given.again ? againTarget(playbook, step.id) : nextTarget(playbook, step.id, answer);
  const asks = 'verdict' in next && next.verdict === 'pulse';
  const command: Command = {
    type: 'answer',
    stepId: step.id,
    visit: given.visit,
    answer,
    ...sourceAndFact(step, answer),
    next,
    ledger: asks ? await ledgerOf(coach.store, { ...deal, ...deal.details }) : null,
  };
  return act(coach, who, dealId, command, deal);
}

/** Words left out on the call can be written down afterwards; a date left out is not known. */
function blankAnswer(step: Step): AnswerValue {
  if (step.record === undefined) return { kind: 'said' };
  switch (FACT_KINDS[step.record.fact]) {
    case 'text':
    case 'reasons':
      return { kind: 'told' };
    case 'date':
    case 'datetime':
      return { kind: 'unknown' };
    case 'choice':
      return { kind: 'said' };
  }
}
