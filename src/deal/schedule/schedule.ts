/**
 * When a deal is next due, and for what. Pure: it follows from the deal, the settings and the clock.
 *
 * A reminder follows from the deal until it, or one that overtakes it, is recorded. So a late tick records only the latest
 * reminder, and a second tick at the same moment records nothing.
 */
import type { ScheduleSettings } from '../model/commands';
import type { Deal, UserId } from '../model/deal';
import { remindersOf } from './dealReminders';
import type { Due, Reminder } from './reminder';

export type { Due } from './reminder';

export interface Wake {
  /** ms UTC; in the past when it is overdue. */
  readonly at: number;
  readonly due: Due;
}

/** The next thing due; null: nothing is due without a person. */
export function nextWake(deal: Deal, settings: ScheduleSettings, now: number): Wake | null {
  const [first] = stillInTime(remindersOf(deal, settings, now), now).sort((a, b) => a.at - b.at);
  return first ? { at: first.at, due: first.due } : null;
}

/**
 * What a tick records now: for each person the most urgent thing. Closing the deal overtakes the rest. An ask that passes
 * to a stand-in or gets a new deadline comes alone too, since the rest depends on it.
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

/** Who gets it; null: nobody. */
function recipient(due: Due): UserId | null {
  switch (due.kind) {
    case 'close':
    case 'pass':
    case 'move_deadline':
    case 'ask_slack':
      return null;
    case 'escalate':
      return due.to.kind === 'person' ? due.to.userId : due.to.channel;
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
    case 'send':
    case 'notify':
    case 'escalate':
      return 3;
    case 'nudge':
      return due.nudge === 'deadline' || due.nudge === 'holding' || due.nudge === 'expiry' ? 2 : 1;
    default:
      return 1;
  }
}
