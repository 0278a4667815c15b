/** One thing that a deal is due for, and when. */
import type { TryMove } from '../model/cadence';
import type { WorkingTime } from '../model/commands';
import type { ClosedBecause, Deal, Escalated, Nudge, Urgency, UserId } from '../model/deal';
import { HOUR, timeToSend } from '../model/workingTime';

/** What is due. */
export type Due =
  | {
      readonly kind: 'nudge';
      readonly nudge: Nudge['kind'];
      readonly to: UserId;
      /** The deadline or expiry that it warns of, ms UTC; null: none. */
      readonly before: number | null;
    }
  | { readonly kind: 'resume_offer'; readonly to: UserId }
  /** `moves`: what to try; null: a call, by the plan of earlier releases. */
  | { readonly kind: 'try_reminder'; readonly to: UserId; readonly moves: readonly TryMove[] | null }
  | { readonly kind: 're_engage'; readonly to: UserId }
  /** Somebody is notified of an ask. `addressing`: the event that addressed it to them. */
  | {
      readonly kind: 'notify';
      readonly to: UserId;
      readonly addressing: number;
      readonly urgent: Urgency | null;
    }
  /** The time in which the rep adds facts is over, so the ask is sent. `to` null: nobody is named yet. */
  | { readonly kind: 'send'; readonly to: UserId | null }
  /** Nobody decided in time, so the ask goes on. */
  | { readonly kind: 'escalate'; readonly to: Escalated }
  /** The manager or the approver is out: the ask or the proposal passes to their stand-in. */
  | { readonly kind: 'pass' }
  /** The time zone of the person asked is known: the deadline counts anew. */
  | { readonly kind: 'move_deadline' }
  /** The time zone is not known yet: looks again. Records nothing. */
  | { readonly kind: 'ask_slack' }
  | {
      readonly kind: 'close';
      readonly because: Extract<ClosedBecause, 'abandoned' | 'silence' | 'three_tries'>;
    };

export interface Reminder {
  readonly at: number;
  readonly due: Due;
  /** From this moment on it comes too late and is skipped; null: never. */
  readonly until: number | null;
}

export const reminder = (at: number, due: Due, until: number | null = null): Reminder => ({ at, due, until });

/** `at`, or an hour after this person's last reminder of this deal when that is later. */
export function earliestReminder(deal: Deal, to: UserId, at: number): number {
  const last = deal.lastReminded[to];
  return last === undefined ? at : Math.max(at, last + HOUR);
}

/** A nudge due at `at`: an hour after the last one at the earliest, and in working hours unless `before` comes first. */
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

/** Closes the deal after silence. */
export function closeForSilence(deal: Deal, silenceAfterMs: number, notBefore: number): Reminder {
  const since = Math.max(deal.quietSince, deal.remindAt ?? 0, notBefore);
  return reminder(since + silenceAfterMs, { kind: 'close', because: 'silence' });
}
