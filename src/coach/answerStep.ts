/** A rep records an answer at a step; the playbook says where it leads. */
import type { Command } from '../deal/model/commands';
import type { Deal, DealId } from '../deal/model/deal';
import { isOver } from '../deal/model/workingTime';
import { ledgerOf } from '../insights/ledger';
import type { AnswerValue } from '../playbook/answer';
import { FACT_KINDS, type Step, type Target } from '../playbook/schema';
import { againTarget, nextTarget, sourceAndFact, stepOf } from '../playbook/walk';
import { type Acted, act } from './act';
import type { Coach, Who } from './context';
import { playbookOf } from './playbooks';
import { peopleOf, scheduleSettings } from './settings/scheduleSettings';
import { teamOf } from './settings/settings';

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
  const over = await whatIsOver(coach, deal, answer);
  if (over !== null) return { ok: false, code: 'invalid', detail: over, deal };
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

/**
 * On a call people speak of what is to come, so a day or hour that is over was mispicked, and nobody would ever be
 * reminded of it. Notes of a call that is past may name what is over by now.
 */
async function whatIsOver(coach: Coach, deal: Deal, answer: AnswerValue): Promise<string | null> {
  const now = coach.clock.now();
  if (answer.kind === 'datetime' && answer.at < now) return 'That time has passed. Please pick a later one.';
  if (answer.kind !== 'date') return null;
  const { rep } = await scheduleSettings(await teamOf(coach.store, deal.tenant), peopleOf(deal), now);
  return isOver(answer.date, now, rep) ? 'That day has passed. Please pick a later one.' : null;
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
