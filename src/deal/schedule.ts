/**
 * When a deal is next due, and for what. Pure: the deal, the settings and the clock.
 *
 * A reminder is planned from what stands in the deal, and is no longer planned once it, or one that overtakes it,
 * is recorded. So a late tick says only the latest thing, and a second tick at the same moment says nothing.
 */
import type { ScheduleSettings } from './commands';
import type { Deal, UserId } from './deal';
import { type Facts, known } from './facts';
import { type Due, type Planned, planOf } from './plan';
import { addWorkingMinutes, MINUTE, onDate } from './workingTime';

export type { Due } from './plan';

export interface Wake {
  /** ms UTC; not after `now` when it is overdue. */
  readonly at: number;
  readonly due: Due;
}

/** The next thing due; null: nothing will happen by itself. */
export function nextWake(deal: Deal, settings: ScheduleSettings, now: number): Wake | null {
  const [first] = worthSaying(planOf(deal, settings), now).sort((a, b) => a.at - b.at);
  return first ? { at: first.at, due: first.due } : null;
}

/** What a tick says now: one thing a person, the most pressing; closing the deal overtakes all of it. */
export function dueNow(deal: Deal, settings: ScheduleSettings, now: number): readonly Due[] {
  const due = worthSaying(planOf(deal, settings), now)
    .filter(({ at }) => at <= now)
    .sort((a, b) => urgency(b.due) - urgency(a.due) || b.at - a.at)
    .map((it) => it.due);
  const [first] = due;
  if (first?.kind === 'close') return [first];
  return due.filter((it, index) => due.findIndex((other) => receiver(other) === receiver(it)) === index);
}

function worthSaying(plan: readonly Planned[], now: number): Planned[] {
  return plan.filter(({ at, until }) => until === null || Math.max(at, now) < until);
}

function receiver(due: Due): UserId | null {
  return due.kind === 'close' ? null : due.to;
}

function urgency(due: Due): number {
  if (due.kind === 'close') return 3;
  if (due.kind !== 'nudge') return 1;
  switch (due.nudge) {
    case 'deadline':
    case 'expiry':
      return 2;
    case 'half_time':
    case 'name_manager':
    case 'call_back':
    case 'outcome':
      return 1;
    default:
      return due.nudge satisfies never;
  }
}

/** The manager needs to be heard this long before the prospect is: time for the rep to prepare the call. */
const BEFORE_PROMISE = 30 * MINUTE;
/** Nobody is asked to decide in less. */
const LEAST = 15 * MINUTE;
const NOON = 12 * 60;

/**
 * When the manager has to have decided: half an hour before the promise to the prospect, the signing date, or the
 * team's response time in the manager's working hours, whichever comes first; never less than 15 minutes from now.
 *
 * Of a signing date only the day is known, so it means the start of work that day: a prospect may sign first thing
 * in the morning. The prospect's zone is not known; the manager's is taken. Said on the day itself, it means noon.
 * A promise or signing date that has passed says nothing any more.
 */
export function deadlineOf(facts: Facts, settings: ScheduleSettings, now: number): number {
  const promise = known(facts.promise);
  const candidates = [addWorkingMinutes(now, settings.responseMinutes, settings.manager)];
  if (promise !== null && promise > now) candidates.push(promise - BEFORE_PROMISE);
  const signing = signingMoment(known(facts.signing_date), settings, now);
  if (signing !== null) candidates.push(signing);
  return Math.max(Math.min(...candidates), now + LEAST);
}

function signingMoment(date: string | null, { manager }: ScheduleSettings, now: number): number | null {
  if (date === null) return null;
  const start = onDate(date, manager.startMinute, manager);
  const midnight = onDate(date, 24 * 60, manager);
  if (start === null || midnight === null || midnight <= now) return null;
  return start > now ? start : onDate(date, NOON, manager);
}
