import type { Deal } from '../../deal/model/deal';
import { account, buttons, line, type Part, resumeButtons, rich } from '../text';
import { dm, type Slot, slot } from './slot';

/** A call was left in the middle: the way back. */
export function resumeOffer(deal: Deal): Slot | null {
  if (deal.resumeOffer === null || deal.stage !== 'coaching') return null;
  const first: Part[] = ['Your call with ', account(deal), ' is not finished. Everything so far is kept.'];
  return slot({
    key: `resume:${deal.resumeOffer}`,
    place: dm(deal.rep),
    fallback: first,
    notifies: true,
    blocks: [rich(line(...first)), buttons(...resumeButtons(deal))],
  });
}
