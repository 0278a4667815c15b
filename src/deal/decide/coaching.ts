/** The rep on the coaching screens: answers, goes back, tries again, or records a finished call on one screen. */
import { mayBeAsked } from '../asking/stations';
import { isPromised, SHORTEST_SUGGESTION, suggestTimes, whyNotPromise } from '../asking/suggestedTimes';
import { apply } from '../evolve/evolve';
import type { CommandOf, DecideContext, NewDealFacts, WorkingTime } from '../model/commands';
import type { Deal } from '../model/deal';
import { deepEqual } from '../model/deepEqual';
import type { DealEventBody } from '../model/events';
import { factsOf, known } from '../model/facts';
import { accept, alreadyDone, type Decided, isBlank, type Refusal, refuse, stale } from '../model/refusals';
import { localDate } from '../model/workingTime';
import { earliestReminder } from '../schedule/reminder';
import { detailsEvent, wrongDetails } from './details';
import { assignment, whyNotNamed } from './reassignment';
import { undoVerdict } from './undoVerdict';
import { conclude, dealAfter, rescuesSigned } from './verdict';

/** Drops a rep named as their own manager instead of refusing, since the call is under way. */
export function start(
  deal: Deal | null,
  command: CommandOf<'start'>,
  { actor, settings }: DecideContext,
): Decided {
  if (actor === null) return refuse('persons_start');
  if (actor.teamId !== command.tenant.teamId) return refuse('members_start');
  if (deal !== null) return deal.rep === actor.userId ? alreadyDone : refuse('deal_exists');
  if (isBlank(command.account)) return refuse('account_missing');
  const { id, tenant, account, business, playbook, firstStep } = command;
  const isOwn = command.manager === actor.userId && !settings.ownManagerAllowed;
  const manager = isOwn ? null : command.manager;
  return accept({
    type: 'started',
    id,
    tenant,
    rep: actor.userId,
    manager,
    account,
    business,
    playbook,
    firstStep,
    ...(settings.rep.tzKnown ? { zone: settings.rep.tz } : {}),
  });
}

export function saveDraft(deal: Deal, command: CommandOf<'save_draft'>): Decided {
  if (!isShown(deal, command)) return stale;
  const { stepId, visit, answer } = command;
  if (deepEqual(deal.draft, { stepId, visit, answer })) return alreadyDone;
  return accept({ type: 'drafted', stepId, visit, answer });
}

export function answer(deal: Deal, command: CommandOf<'answer'>, context: DecideContext): Decided {
  if (!isShown(deal, command)) {
    const before = deal.trail.find((it) => it.visit === command.visit && it.stepId === command.stepId);
    return before && deepEqual(before.answer, command.answer) ? alreadyDone : stale;
  }
  const { stepId, visit, fact, source, next } = command;
  const unfit = whyNotPromised(deal, command, context);
  if (unfit !== null) return refuse(unfit);
  const answered: DealEventBody = {
    type: 'answered',
    stepId,
    visit,
    answer: command.answer,
    fact,
    source,
    next,
  };
  if ('step' in next && command.suggestsTimes !== true) return accept(answered);
  const then = dealAfter(deal, [answered], context);
  if ('step' in next) return accept(answered, timesSuggested(then, context));
  if (rescuesSigned(then, next.verdict)) return refuse('has_signed');
  return accept(answered, ...conclude(then, next.verdict, command.ledger, context, { writes: true }));
}

/** A promise that comes too late, or on a day on which the rep does not work. What we suggest is fine. */
function whyNotPromised(
  deal: Deal,
  { fact, answer: given }: CommandOf<'answer'>,
  { settings, now }: DecideContext,
): Refusal | null {
  if (!isPromised(fact) || given.kind !== 'datetime') return null;
  const offered = deal.suggestedTimes;
  if (offered !== null && [offered.at, ...offered.others].includes(given.at)) return null;
  const signing = known(factsOf(deal).signing_date);
  const code = whyNotPromise(given.at, now, settings.rep, signing);
  if (code === null) return null;
  const today = localDate(now, settings.rep);
  return code === 'on_holiday' || signing === null
    ? { code: 'on_holiday', date: localDate(given.at, settings.rep), today }
    : { code, date: signing, today };
}

function timesSuggested(deal: Deal, { settings, now }: DecideContext): DealEventBody {
  const { at, others } = suggestTimes(now, settings.rep, known(factsOf(deal).signing_date));
  return { type: 'times_suggested', visit: deal.visits, dueAt: at, others, zone: settings.rep.tz };
}

/** Works the hours out anew, as the screen is about to be shown again. */
export function suggestAgain(deal: Deal, context: DecideContext): Decided {
  if (context.actor !== null) return refuse('clock_only');
  if (deal.stage !== 'coaching' || deal.position === null) return stale;
  if (!needsSuggestion(deal, context.settings.rep, context.now)) return alreadyDone;
  return accept(timesSuggested(deal, context));
}

/** @param work of the rep */
export function needsSuggestion({ position, suggestedTimes }: Deal, work: WorkingTime, now: number): boolean {
  if (suggestedTimes === null || suggestedTimes.visit !== position?.visit) return true;
  const { at, madeAt } = suggestedTimes;
  // The line says *today* and names weekdays, so it is as of that day.
  return at - now < SHORTEST_SUGGESTION || localDate(madeAt, work) !== localDate(now, work);
}

export function goBack(deal: Deal, command: CommandOf<'go_back'>): Decided {
  const { position } = deal;
  if (position === null) return undoVerdict(deal, command);
  if (deal.stage !== 'coaching' || position.visit !== command.visit) return stale;
  if (deal.trail.length === 0) return refuse('first_screen');
  const wentBack: DealEventBody = { type: 'went_back', fromVisit: command.visit };
  if (command.draft === null) return accept(wentBack);
  const draft = { stepId: position.stepId, visit: position.visit, answer: command.draft };
  return deepEqual(deal.draft, draft) ? accept(wentBack) : accept({ type: 'drafted', ...draft }, wentBack);
}

/** Keeps the inputs and offers to resume. Within an hour of another reminder the clock makes the offer later. */
export function leave(deal: Deal, command: CommandOf<'leave'>, { now }: DecideContext): Decided {
  const { position } = deal;
  if (deal.stage !== 'coaching' || position?.visit !== command.visit) return stale;
  const draft = command.draft === null ? null : { ...position, answer: command.draft };
  const events: DealEventBody[] = [];
  if (draft !== null && !deepEqual(deal.draft, draft)) events.push({ type: 'drafted', ...draft });
  const isOffered = deal.resumeOffer !== null && events.length === 0;
  if (!isOffered && earliestReminder(deal, deal.rep, now) <= now) events.push({ type: 'resume_offered' });
  return events.length === 0 ? alreadyDone : accept(...events);
}

export function resume(deal: Deal): Decided {
  if (deal.stage !== 'coaching') return refuse('conversation_ended');
  if (deal.position === null) return refuse('not_reached');
  return accept({ type: 'resumed' });
}

export function tryAgain(deal: Deal, command: CommandOf<'try_again'>): Decided {
  if (deal.stage !== 'coaching') return refuse('conversation_ended');
  if (deal.position !== null) return alreadyDone;
  return accept({ type: 'try_started', firstStep: command.firstStep });
}

export function reportTry(deal: Deal, { reminder }: CommandOf<'report_try'>): Decided {
  if (deal.stage !== 'coaching') return refuse('conversation_ended');
  const last = deal.cadence?.reminded.at(-1);
  if (deal.position !== null || last?.id !== reminder) return stale;
  return last.report === 'done' ? alreadyDone : accept({ type: 'try_reported', reminder });
}

/** Begins a deal and records its call in one: a refused record begins nothing. */
export function beginAndRecord(
  command: CommandOf<'record_after'>,
  begins: NewDealFacts,
  context: DecideContext,
): Decided {
  const started = start(null, { type: 'start', ...begins }, context);
  if (!started.ok) return started;
  const { deal } = apply(null, started.events, { at: context.now, by: context.actor?.userId ?? null });
  const recorded = recordAfter(deal, command, context);
  return recorded.ok ? accept(...started.events, ...recorded.events) : recorded;
}

export function recordAfter(deal: Deal, command: CommandOf<'record_after'>, context: DecideContext): Decided {
  const { verdict, answers, details } = command;
  const manager = command.manager === deal.manager ? null : (command.manager ?? null);
  if (deal.stage !== 'coaching') {
    const noted = deal.trail.map(({ stepId, answer, fact, source }) => ({ stepId, answer, fact, source }));
    if (deal.verdict !== verdict || !deepEqual(noted, answers)) return refuse('recorded_already');
  }
  const wrong = wrongDetails(details);
  if (wrong !== null) return refuse(wrong);
  if (manager !== null) {
    if (!mayBeAsked(deal, manager, context.settings)) return refuse('own_manager');
    const notNamed = whyNotNamed(deal, manager, context);
    if (notNamed !== null) return notNamed;
  }
  const filled = detailsEvent(deal, details);
  // The rep saw no answer, wrote more and sent it again.
  if (deal.stage !== 'coaching') return filled === null ? alreadyDone : accept(filled);
  const recorded: readonly DealEventBody[] = [
    { type: 'recorded_after', verdict, answers },
    ...(filled === null ? [] : [filled]),
    // Named before the verdict, so that a pulse asks them at once.
    ...(manager === null ? [] : [assignment(deal, manager, context)]),
  ];
  const then = dealAfter(deal, recorded, context);
  if (rescuesSigned(then, verdict)) return refuse('has_signed');
  return accept(...recorded, ...conclude(then, verdict, command.ledger, context));
}

/** Whether one screen can record the whole call: only before the first answer, since it replaces all of them. */
export function mayBeRecordedAfter({ stage, position, trail }: Deal): boolean {
  return stage === 'coaching' && position !== null && trail.length === 0;
}

function isShown(deal: Deal, { stepId, visit }: { stepId: string; visit: number }): boolean {
  return deal.stage === 'coaching' && deal.position?.stepId === stepId && deal.position.visit === visit;
}
