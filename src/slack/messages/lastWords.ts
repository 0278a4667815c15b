/** Last words that several kinds of message share. */
import type { Deal } from '../../deal/model/deal';
import { account, closing, NOT_LOST, type Part, STAGE_LABELS } from '../text';
import { phaseOf } from './kind';

export const NO_LONGER = 'No longer waiting.';

/** Why nobody decides: the deal is not lost, the rep goes on from a question that they had answered wrongly, or nothing waits. */
export function nothingToDecide(deal: Deal): string {
  if (deal.removed !== null) return NOTHING_LOST;
  return isOnCall(deal) ? "The rep is back on the call, so there's nothing to decide." : NO_LONGER;
}

/** Kind words for everybody who was asked about a deal that was removed. */
export const NOTHING_LOST = `${NOT_LOST} There's nothing to decide. Thanks for looking at it.`;

/** Replaces an ending that no longer holds. */
export const openedAgain = ({ removed }: Deal): string =>
  removed === null ? 'The deal was opened again after this.' : NOT_LOST;

/** Why there is no thread; null: there is one. */
export function whyNoThread(deal: Deal): string | null {
  if (deal.removed !== null) return NOT_LOST;
  switch (phaseOf(deal)) {
    case 'call':
      return isOnCall(deal) ? 'Back on the call.' : `Closed. ${closing(deal)}`;
    case 'not_a_loss':
      return `${STAGE_LABELS.withdrawn}.`;
    case 'thread':
      return null;
  }
}

const isOnCall = ({ verdict, stage }: Deal): boolean => verdict === null && stage === 'coaching';

/** @param id event that a message to the rep is about. True: the deal has gone to another rep since. */
export const isWithOtherRep = ({ handover }: Deal, id: number): boolean =>
  handover !== null && id < handover.id;

/** For a former rep. */
export const isWithRep = (deal: Deal): Part[] => [account(deal), ' is with ', { user: deal.rep }, ' now.'];

/** Last words of a message to a rep: whose deal it is now, or these words where it is still theirs. */
export const toFormerRep = (deal: Deal, to: string, otherwise: readonly Part[]): readonly Part[] =>
  to === deal.rep ? otherwise : isWithRep(deal);
