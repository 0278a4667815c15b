/**
 * When a deal is next due, and for what. Pure: the deal, the settings and the clock.
 *
 * A reminder is planned from what stands in the deal, and is no longer planned once it, or one that overtakes it,
 * is recorded. So a late tick says only the latest thing, and a second tick at the same moment says nothing.
 */
import type { ScheduleSettings } from '../model/commands';
import type { Deal, UserId } from '../model/deal';
import { remindersOf } from './dealReminders';
import type { Due, Reminder } from './reminder';

export type { Due } from './reminder';

export interface Wake {
  /** ms UTC; not after `now` when it is overdue. */
  readonly at: number;
  readonly due: Due;
}

/** The next thing due; null: nothing will happen by itself. */
export function nextWake(deal: Deal, settings: ScheduleSettings, now: number): Wake | null {
  const [first] = stillInTime(remindersOf(deal, settings, now), now).sort((a, b) => a.at - b.at);
  return first ? { at: first.at, due: first.due } : null;
}

/**
 * What a tick says now: one thing a person, the most nextUrgency. Closing the deal overtakes all of it; where the ask
 * goes to somebody else, or gets another deadline, that comes first and the rest is asked for again.
 */
export function dueNow(deal: Deal, settings: ScheduleSettings, now: number): readonly Due[] {
  const due = stillInTime(remindersOf(deal, settings, now), now)
    .filter(({ at }) => at <= now)
    .sort((a, b) => priority(b.due) - priority(a.due) || b.at - a.at)
    .map((it) => it.due);
  const [first] = due;
  if (first !== undefined && OVERTAKES.includes(first.kind)) return [first];
  return due.filter((it, index) => due.findIndex((other) => recipient(other) === recipient(it)) === index);
}

const OVERTAKES: readonly Due['kind'][] = ['close', 'pass', 'move_deadline'];

function stillInTime(reminders: readonly Reminder[], now: number): Reminder[] {
  return reminders.filter(({ at, until }) => until === null || Math.max(at, now) < until);
}

/** Whom it is said to; null: nobody, it changes what the rest is about. */
function recipient(due: Due): UserId | null {
  switch (due.kind) {
    case 'close':
    case 'pass':
    case 'move_deadline':
    case 'ask_slack':
      return null;
    case 'escalate':
      return due.to.kind === 'person' ? due.to.userId : `channel ${due.to.channel}`;
    default:
      return due.to;
  }
}

function priority(due: Due): number {
  switch (due.kind) {
    case 'close':
      return 6;
    case 'pass':
      return 5;
    case 'move_deadline':
      return 4;
    case 'notify':
    case 'escalate':
      return 3;
    case 'nudge':
      return due.nudge === 'deadline' || due.nudge === 'holding' || due.nudge === 'expiry' ? 2 : 1;
    default:
      return 1;
  }
}
