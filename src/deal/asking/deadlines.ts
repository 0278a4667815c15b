/** When the person asked has to answer, and when they are notified. */
import type { ScheduleSettings, WorkingTime } from '../model/commands';
import type { Deal, Urgency } from '../model/deal';
import type { Addressed, NotifyTiming } from '../model/events';
import { type Facts, factsOf, known } from '../model/facts';
import { addWorkingMinutes, MINUTE, nextWorkingMoment, onDate } from '../model/workingTime';
import { mayBeAsked } from './stations';

/** The answer is due this long before the promised call, so that the rep can prepare. */
const BEFORE_PROMISE = 30 * MINUTE;
/** Nobody gets less time to decide. */
export const SHORTEST_DEADLINE = 15 * MINUTE;
/** After the first person, everybody has half of the team's response time, and at least this. */
const SHORTEST_NEXT_MINUTES = 30;
const NOON = 12 * 60;

/**
 * The deadline of the person asked: half an hour before the promise to the prospect, the signing date, or the team's
 * response time in that person's working hours, whichever comes first; at least 15 minutes from now.
 *
 * A signing date counts as the start of work that day, since the prospect may sign first thing in the morning; on the day
 * itself as noon. The prospect's zone is not known, so the zone of the person asked is taken. A promise or signing date
 * that has passed is ignored.
 */
export function deadlineOf(facts: Facts, work: WorkingTime, responseMinutes: number, now: number): number {
  const candidates = [addWorkingMinutes(now, responseMinutes, work)];
  const promise = known(facts.promise);
  if (promise !== null && promise > now) candidates.push(promise - BEFORE_PROMISE);
  const signing = signingMoment(known(facts.signing_date), work, now);
  if (signing !== null) candidates.push(signing);
  return Math.max(Math.min(...candidates), now + SHORTEST_DEADLINE);
}

/**
 * The same for everybody after the first person, with half the response time. In the half hour before the promise the
 * deadline is the promise itself.
 */
export function nextAnswerBy(facts: Facts, work: WorkingTime, responseMinutes: number, now: number): number {
  const minutes = Math.max(SHORTEST_NEXT_MINUTES, Math.floor(responseMinutes / 2));
  const candidates = [addWorkingMinutes(now, minutes, work)];
  const promise = known(facts.promise);
  const soon = now + SHORTEST_DEADLINE;
  if (promise !== null && promise > now) {
    candidates.push(promise - BEFORE_PROMISE >= soon ? promise - BEFORE_PROMISE : promise);
  }
  const signing = signingMoment(known(facts.signing_date), work, now);
  if (signing !== null) candidates.push(signing);
  return Math.max(Math.min(...candidates), soon);
}

function signingMoment(date: string | null, work: WorkingTime, now: number): number | null {
  if (date === null) return null;
  const start = onDate(date, work.startMinute, work);
  const midnight = onDate(date, 24 * 60, work);
  if (start === null || midnight === null || midnight <= now) return null;
  return start > now ? start : onDate(date, NOON, work);
}

/** The next thing that the prospect does or expects; null: nothing is known. */
export function nextUrgency(
  facts: Facts,
  work: WorkingTime,
  now: number,
): { readonly at: number; readonly why: Urgency } | null {
  const promise = known(facts.promise);
  const signing = signingMoment(known(facts.signing_date), work, now);
  const moments = [
    ...(promise !== null && promise > now ? [{ at: promise, why: 'promise' as const }] : []),
    ...(signing !== null && signing > now ? [{ at: signing, why: 'signing' as const }] : []),
  ];
  return moments.sort((a, b) => a.at - b.at)[0] ?? null;
}

/**
 * When to notify a person of an ask addressed to them at `at`. `urgent`: why outside their working hours, because the
 * prospect signs or expects a call before the person could answer in them; null: in their working hours.
 */
export function notifyAt(
  facts: Facts,
  at: number,
  work: WorkingTime,
): { readonly at: number; readonly urgent: Urgency | null } {
  const working = nextWorkingMoment(at, work);
  if (working <= at) return { at, urgent: null };
  const next = nextUrgency(facts, work, at);
  if (next === null) return { at: working, urgent: null };
  const answerBy = next.why === 'promise' ? next.at - BEFORE_PROMISE : next.at;
  return answerBy - SHORTEST_DEADLINE <= working ? { at, urgent: next.why } : { at: working, urgent: null };
}

/**
 * The same in the form of an event.
 * @param heldUntil until then the ask waits for the rep's facts; null: it does not
 */
export function notifyTimingOf(
  facts: Facts,
  now: number,
  work: WorkingTime,
  heldUntil: number | null = null,
): NotifyTiming {
  const { at, urgent } = notifyAt(facts, Math.max(now, heldUntil ?? now), work);
  return { ...(at > now ? { waitsUntil: at } : {}), ...(urgent === null ? {} : { urgent }) };
}

/**
 * Addresses an ask to the manager, or to their stand-in while they are out.
 * @param given the deadline so far, which stays when the person has enough time after the notification; null: none
 * @param heldUntil until then the ask waits for the rep's facts; null: it does not
 * @returns `first`: the manager has never had an ask
 */
export function addressAsk(
  deal: Deal,
  settings: ScheduleSettings,
  now: number,
  given: number | null,
  heldUntil: number | null = deal.ask?.heldUntil ?? null,
): { readonly deadline: number; readonly notified: Addressed; readonly first: { readonly isFirst?: true } } {
  const facts = factsOf(deal);
  const { standIn } = settings;
  const isOut = standIn?.away === true && mayBeAsked(deal, standIn.userId, settings);
  const work = isOut ? standIn.work : settings.manager;
  return {
    deadline: deadlineFor(facts, work, settings, now, given),
    notified: {
      ...notifyTimingOf(facts, now, work, heldUntil),
      ...(isOut ? { standIn: { userId: standIn.userId, until: standIn.until } } : {}),
      ...(work.tzKnown ? {} : { provisional: true as const }),
    },
    first: !isOut && settings.isFirstAsk ? { isFirst: true } : {},
  };
}

/** The deadline of one person. `given`: as for `addressAsk`. */
export function deadlineFor(
  facts: Facts,
  work: WorkingTime,
  { responseMinutes }: ScheduleSettings,
  now: number,
  given: number | null,
): number {
  const notified = notifyAt(facts, now, work).at;
  const keeps = given !== null && given >= notified + SHORTEST_DEADLINE;
  return keeps ? given : deadlineOf(facts, work, responseMinutes, now);
}
