/** The reason of a lost deal beneath the message that says it is closed. */
import type { Deal } from '../../deal/model/deal';
import { type ButtonOptions, confirmedParts, confirmReasonButton, line, type RichPiece } from '../text';
import type { RenderContext } from './slot';

/** The message that says how a deal was closed. */
type Closing = 'outcome' | 'clock' | 'signed' | 'summary';

/** Null: the deal is open, or it is back. */
function closingOf({ stage, outcome, closedBecause, signedReportedAt }: Deal): Closing | null {
  if (stage !== 'closed' || outcome?.kind === 'won_back') return null;
  if (outcome?.kind === 'lost') return 'outcome';
  if (closedBecause === 'silence' || closedBecause === 'three_tries') return 'clock';
  return signedReportedAt === null ? 'summary' : 'signed';
}

interface Reason {
  readonly lines: readonly RichPiece[];
  readonly buttons: readonly ButtonOptions[];
}

const NONE: Reason = { lines: [], buttons: [] };

/** The confirmed reason, and the button for a manager; in a public channel both are behind *Details*. */
export function closedReason(deal: Deal, on: Closing, { privacy, reasons }: RenderContext): Reason {
  if (privacy === 'short' || !deal.asksReason || closingOf(deal) !== on) return NONE;
  const confirmed = confirmedParts(deal, reasons);
  return { lines: confirmed.length === 0 ? [] : [line(...confirmed)], buttons: confirmReasonButton(deal) };
}
