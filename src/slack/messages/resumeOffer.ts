import { account, buttons, line, type Part, resumeButtons, rich } from '../text';
import { messageKind, NUMBERED, TO_REP } from './kind';
import { isWithOtherRep, isWithRep } from './lastWords';

/** A call was left in the middle: the way back. */
export const resumeOffer = messageKind({
  kind: 'resume',
  key: NUMBERED,
  place: TO_REP,
  notifies: true,
  phases: ['call'],
  messages: (deal) => {
    const id = deal.resumeOffer;
    if (id === null || deal.stage !== 'coaching' || isWithOtherRep(deal, id)) return [];
    const first: Part[] = ['Your call with ', account(deal), ' is not finished. Everything so far is kept.'];
    return [
      { key: { id }, fallback: first, blocks: [rich(line(...first)), buttons(...resumeButtons(deal))] },
    ];
  },
  lastWords: (deal, { id }) => {
    if (isWithOtherRep(deal, id)) return isWithRep(deal);
    return deal.closedBecause === 'abandoned'
      ? ['The call with ', account(deal), ' was not finished, so the deal is closed.']
      : ['You picked the call with ', account(deal), ' up again.'];
  },
});
