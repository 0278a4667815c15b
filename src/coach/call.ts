/** The rep's call: starting it, answering its steps, trying again, and recording it afterwards. */
import { isPromised } from '../deal/asking/suggestedTimes';
import { needsSuggestion } from '../deal/decide/coaching';
import { apply } from '../deal/evolve/evolve';
import type { Command, NewDealFacts } from '../deal/model/commands';
import type { Business, Deal, DealId, Details, NextTime, UserId } from '../deal/model/deal';
import type { WrittenDown } from '../deal/model/events';
import { isOver } from '../deal/model/workingTime';
import { ledgerOf } from '../insights/ledger';
import type { AnswerValue } from '../playbook/answer';
import { dayMeant } from '../playbook/dayMeant';
import { FACT_KINDS, type Step, type Target, VERDICT_TRAITS, type Verdict } from '../playbook/schema';
import { againTarget, nextTarget, sourceAndFact, stepOf } from '../playbook/walk';
import { type Acted, act, happened } from './act';
import type { Coach, Who } from './context';
import { workDeal } from './overview';
import { managerFor, todayOf, whyIneligible } from './people';
import { playbookInUse, playbookOf, playbookToBegin } from './playbooks';
import { peopleOf, scheduleSettings } from './settings/scheduleSettings';
import { teamOf } from './settings/settings';

export interface NewDeal {
  /** Chosen when the intake opens, so that two submissions start one deal. */
  readonly id: DealId;
  readonly account: string;
  readonly business: Business;
  /** Null: the default playbook. */
  readonly playbookId: string | null;
  /** The version that its form has shown; absent: the one in use. */
  readonly version?: string | undefined;
}

/** A rep starts working a deal they just lost. */
export async function startDeal(coach: Coach, who: Who, start: NewDeal): Promise<Acted> {
  const started = await act(coach, who, start.id, {
    type: 'start',
    ...(await factsOfNew(coach, who, start, playbookToBegin)),
  });
  // The rep who submits it twice sees the one deal.
  return !started.ok && started.code === 'already_done' && started.deal !== null
    ? { ok: true, deal: started.deal, changed: false }
    : started;
}

async function factsOfNew(
  coach: Coach,
  who: Who,
  start: NewDeal,
  playbookFor: typeof playbookToBegin,
): Promise<NewDealFacts> {
  const playbook = await playbookFor(coach, who.tenant, start.playbookId, start.version);
  return {
    id: start.id,
    tenant: who.tenant,
    account: start.account,
    business: start.business,
    manager: await managerFor(coach, who),
    playbook: { id: playbook.id, hash: playbook.hash },
    firstStep: playbook.start,
  };
}

/** The deal as it would begin now, for a form that begins it when it is saved. Nothing is stored. */
export async function dealToBegin(coach: Coach, who: Who, start: NewDeal): Promise<Deal> {
  const facts = await factsOfNew(coach, who, start, playbookInUse);
  const started = { type: 'started', rep: who.userId, ...facts } as const;
  return apply(null, [started], { at: coach.clock.now(), by: who.userId }).deal;
}

export interface StepAnswer {
  readonly stepId: string;
  readonly visit: number;
  /** Null: the rep moved on without typing or picking anything. */
  readonly answer: AnswerValue | null;
  /** The step's *again* button: keeps the answer and shows the same screen once more. */
  readonly again?: boolean;
  /** The form whose typed text this answer holds; without it the draft stays. */
  readonly form?: string | undefined;
}

/** Records an answer at a step; the playbook decides where it leads. */
export async function answerStep(coach: Coach, who: Who, dealId: DealId, given: StepAnswer): Promise<Acted> {
  const worked = await workDeal(coach, who, dealId);
  if (!worked.ok) return worked;
  const { deal } = worked;
  const playbook = await playbookOf(coach, deal);
  const step = stepOf(playbook, given.stepId);
  const answer = given.answer === null ? blankAnswer(step) : await dated(coach, deal, step, given.answer);
  const past = await whyPast(coach, deal, answer);
  if (past !== null) return { ok: false, code: past, deal };
  const next: Target = given.again ? againTarget(playbook, step.id) : nextTarget(playbook, step.id, answer);
  const asks = 'verdict' in next && VERDICT_TRAITS[next.verdict].leadsTo === 'ask';
  const command: Command = {
    type: 'answer',
    stepId: step.id,
    visit: given.visit,
    answer,
    ...sourceAndFact(step, answer),
    next,
    ...('step' in next && isPromised(stepOf(playbook, next.step).record?.fact)
      ? { suggestsTimes: true as const }
      : {}),
    ledger: asks ? await ledgerOf(coach.store, deal) : null,
  };
  return act(coach, who, dealId, command, { loaded: deal, endsDraft: given.form });
}

/** A day of one tap as the date that the prospect means by it, in the rep's time zone; any other answer as it is. */
async function dated(coach: Coach, deal: Deal, step: Step, answer: AnswerValue): Promise<AnswerValue> {
  const day = answer.kind === 'choice' ? step.one_tap?.find(({ id }) => id === answer.choice) : undefined;
  return day === undefined
    ? answer
    : { kind: 'date', date: dayMeant(day.means, await todayOf(coach, deal, deal.rep)) };
}

/** The deal with hours to suggest, where its screen asks for one: worked out anew when those that it has are too near. */
export async function withSuggestedTimes(coach: Coach, deal: Deal, { record }: Step): Promise<Deal> {
  if (!isPromised(record?.fact)) return deal;
  const now = coach.clock.now();
  const { rep } = await scheduleSettings(await teamOf(coach.store, deal.tenant), peopleOf(deal), now);
  if (!needsSuggestion(deal, rep, now)) return deal;
  const acted = await happened(coach, deal.tenant, deal.id, { type: 'suggest_times' });
  return acted.deal?.position?.visit === deal.position?.visit ? (acted.deal ?? deal) : deal;
}

/**
 * The reason why the rep cannot mean a day or hour; null: they can. A call is about the future: a past day was
 * mispicked and would bring no reminder. Notes of a past call may name past days.
 */
async function whyPast(
  coach: Coach,
  deal: Deal,
  answer: AnswerValue,
): Promise<'time_passed' | 'day_passed' | null> {
  const now = coach.clock.now();
  if (answer.kind === 'datetime' && answer.at < now) return 'time_passed';
  if (answer.kind !== 'date') return null;
  const { rep } = await scheduleSettings(await teamOf(coach.store, deal.tenant), peopleOf(deal), now);
  return isOver(answer.date, now, rep) ? 'day_passed' : null;
}

/** The answer for a blank input: the rep can write words after the call; a date is not known. */
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

/** Calls a prospect again whom the rep did not reach. */
export async function tryAgain(coach: Coach, who: Who, dealId: DealId): Promise<Acted> {
  const worked = await workDeal(coach, who, dealId);
  if (!worked.ok) return worked;
  const { deal } = worked;
  const playbook = await playbookOf(coach, deal);
  return act(coach, who, dealId, { type: 'try_again', firstStep: playbook.start });
}

export interface FinishedCall {
  readonly verdict: Verdict;
  readonly answers: readonly { readonly stepId: string; readonly answer: AnswerValue }[];
  readonly details: Partial<Details>;
  /** The person whom the rep named to decide; null: nobody. */
  readonly manager: UserId | null;
}

/**
 * Records a finished call on one screen, in one commit.
 * @param of the deal, or the one that begins with this record
 */
export async function recordAfter(
  coach: Coach,
  who: Who,
  of: DealId | NewDeal,
  call: FinishedCall,
): Promise<Acted> {
  const unfit =
    call.manager === null ? null : await whyIneligible(coach, who.tenant, call.manager, 'decides');
  if (unfit !== null) return { ok: false, ...unfit, deal: null };
  const begins = typeof of === 'string' ? null : of;
  const worked =
    typeof of === 'string'
      ? await workDeal(coach, who, of)
      : ({ ok: true, deal: await dealToBegin(coach, who, of) } as const);
  if (!worked.ok) return worked;
  const { deal } = worked;
  const playbook = await playbookOf(coach, deal);
  return act(coach, who, deal.id, {
    type: 'record_after',
    verdict: call.verdict,
    answers: call.answers.map(({ stepId, answer }) => ({
      stepId,
      answer,
      ...sourceAndFact(stepOf(playbook, stepId), answer),
    })),
    details: call.details,
    manager: call.manager,
    ...(begins === null ? {} : { begins: await factsOfNew(coach, who, begins, playbookToBegin) }),
    ledger: await ledgerOf(coach.store, { ...deal, details: { ...deal.details, ...call.details } }),
  });
}

export interface Notes {
  readonly details: Partial<Details>;
  /** Null: stays as it is. */
  readonly manager: UserId | null;
  readonly written: readonly WrittenDown[];
  /** The agreement for the next call; absent where the screen does not ask for it. */
  readonly nextTime?: NextTime;
}

/**
 * Records what could wait until after the call.
 * @param deal as the screen showed it
 * @param sendsAsk the rep is done for now: sends an ask that waits for these notes, or tells of them
 */
export async function fillIn(
  coach: Coach,
  who: Who,
  deal: Deal,
  notes: Notes,
  { sendsAsk = false } = {},
): Promise<Acted> {
  const unfit =
    notes.manager === null ? null : await whyIneligible(coach, who.tenant, notes.manager, 'decides');
  if (unfit !== null) return { ok: false, ...unfit, deal: null };
  const ledger = await ledgerOf(coach.store, { ...deal, details: { ...deal.details, ...notes.details } });
  return act(coach, who, deal.id, {
    type: 'fill_in',
    ...notes,
    ledger,
    ...(sendsAsk ? { sendsAsk } : {}),
  });
}
