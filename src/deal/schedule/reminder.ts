/** One thing a deal is due for, and when to say it to somebody. */
import type { WorkingTime } from '../model/commands';
import type { ClosedBecause, Deal, Escalated, Nudge, Urgency, UserId } from '../model/deal';
import { HOUR, timeToSend } from '../model/workingTime';

/** What a deal is due for. */
export type Due =
  | {
      readonly kind: 'nudge';
      readonly nudge: Nudge['kind'];
      readonly to: UserId;
      /** The deadline or expiry it is about, ms UTC; null: none. */
      readonly before: number | null;
    }
  | { readonly kind: 'resume_offer'; readonly to: UserId }
  | { readonly kind: 'try_reminder'; readonly to: UserId }
  | { readonly kind: 're_engage'; readonly to: UserId }
  /** Somebody is told what waits for them; `addressing` is the event that addressed it to them. */
  | {
      readonly kind: 'notify';
      readonly to: UserId;
      readonly addressing: number;
      readonly urgent: Urgency | null;
    }
  /** Nobody decided in time: the ask goes on. */
  | { readonly kind: 'escalate'; readonly to: Escalated }
  /** The manager is out meanwhile, or the approver: the ask, or the proposal, goes to their stand-in. */
  | { readonly kind: 'pass' }
  /** Slack told us where the person asked lives: the deadline is counted anew. */
  | { readonly kind: 'move_deadline' }
  /** Slack has not told us yet; it is looked at again. */
  | { readonly kind: 'ask_slack' }
  | { readonly kind: 'close'; readonly because: Extract<ClosedBecause, 'abandoned' | 'silence'> };

export interface Reminder {
  readonly at: number;
  readonly due: Due;
  /** From this moment on it would come too late to be worth saying. */
  readonly until: number | null;
}

export const reminder = (at: number, due: Due, until: number | null = null): Reminder => ({ at, due, until });

/** Not within an hour of the last reminder of this deal to this person. */
export function earliestReminder(deal: Deal, to: UserId, at: number): number {
  const last = deal.lastReminded[to];
  return last === undefined ? at : Math.max(at, last + HOUR);
}

/** A nudge due at `at`, earliestReminder, and in the person's working hours unless `before` comes first. */
export function nudge(
  deal: Deal,
  kind: Nudge['kind'],
  to: UserId,
  at: number,
  work: WorkingTime,
  before: number | null,
): Reminder {
  return reminder(timeToSend(earliestReminder(deal, to, at), work, before), {
    kind: 'nudge',
    nudge: kind,
    to,
    before,
  });
}

export function closeForSilence(deal: Deal, silenceAfterMs: number, notBefore: number): Reminder {
  const since = Math.max(deal.quietSince, deal.remindAt ?? 0, notBefore);
  return reminder(since + silenceAfterMs, { kind: 'close', because: 'silence' });
}
