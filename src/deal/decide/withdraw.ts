/** *Not a lost deal*: removing a deal, and what becomes of a call that nobody finished. */
import type { DecideContext } from '../model/commands';
import type { Deal } from '../model/deal';
import type { DealEventBody } from '../model/events';
import { accept, alreadyDone, type Decided, refuse } from '../model/refusals';
import { withdrawAsk } from './outcome';

/** At any stage, also when closed: a rep may learn later that it was never lost. */
export function withdraw(deal: Deal, { hasDraft }: DecideContext): Decided {
  if (deal.stage === 'withdrawn') return alreadyDone;
  if (deal.outcome?.kind === 'won_back') return refuse('won_back');
  const because = isUnanswered(deal) && hasDraft !== true ? 'unanswered' : 'removed';
  return accept(...withdrawAsk(deal, 'rep'), { type: 'withdrawn', because });
}

/** The clock ends a call that the rep left: one without an answer was no lost deal as far as anybody knows. */
export const abandon = (deal: Deal, { hasDraft }: DecideContext): DealEventBody =>
  isUnanswered(deal) && hasDraft !== true
    ? { type: 'withdrawn', because: 'unanswered' }
    : { type: 'closed', because: 'abandoned' };

/**
 * True for a call of which nothing is recorded that anybody said or wrote: no answer, not even one that the rep went back
 * from, no note, no reply. A tap that the rep has said a line is no answer.
 */
export function isUnanswered(deal: Deal): boolean {
  const { stage, stageSince, startedAt, tries, cadence, trail, draft, shelf, filledIn, remarkCount } = deal;
  // It has never been at another stage, so it has no verdict behind it either.
  const isFirstCall = stage === 'coaching' && stageSince === startedAt && tries === 0 && cadence === null;
  const isSilent = trail.every(({ answer }) => answer.kind === 'said') && draft === null;
  return isFirstCall && isSilent && Object.keys(shelf).length === 0 && !filledIn && remarkCount === 0;
}
