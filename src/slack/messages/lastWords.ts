/** Last words that several kinds of message share. */
import type { Deal } from '../../deal/model/deal';
import { account, closing, type Part, STAGE_LABELS } from '../text';
import { phaseOf } from './kind';

export const NO_LONGER = 'No longer waiting.';

/** Why nobody decides: the rep had tapped the wrong answer and goes on from its question, or nothing waits. */
export const nothingToDecide = (deal: Deal): string =>
  isOnCall(deal) ? 'The rep is back on the call, so there is nothing to decide.' : NO_LONGER;

/** Why there is no thread; null: there is one. */
export function whyNoThread(deal: Deal): string | null {
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
