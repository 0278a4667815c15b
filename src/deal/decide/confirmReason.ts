/** The reason of a closed deal as a manager confirms it. */
import type { CommandOf } from '../model/commands';
import type { Deal } from '../model/deal';
import { deepEqual } from '../model/deepEqual';
import { accept, alreadyDone, type Decided, refuse, stale } from '../model/refusals';

/** A later confirmation replaces the one before. */
export function confirmReason(deal: Deal, command: CommandOf<'confirm_reason'>): Decided {
  if (deal.stage !== 'closed') return refuse('not_closed');
  if (!deal.asksReason) return stale;
  const reasons = [...new Set(command.reasons)].sort();
  if (reasons.length === 0) return refuse('loss_reason_missing');
  return deepEqual(deal.confirmedReason?.reasons, reasons)
    ? alreadyDone
    : accept({ type: 'reason_confirmed', reasons });
}
