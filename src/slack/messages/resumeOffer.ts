import type { Deal, Removed } from '../../deal/model/deal';
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
    const first: Part[] = ['You were on with ', account(deal), '. Pick up where you left off?'];
    return [
      { key: { id }, fallback: first, blocks: [rich(line(...first)), buttons(...resumeButtons(deal))] },
    ];
  },
  lastWords: (deal, { id }) => {
    if (isWithOtherRep(deal, id)) return isWithRep(deal);
    if (deal.removed !== null) return removedWords(deal, deal.removed);
    return deal.closedBecause === 'abandoned'
      ? ['The call with ', account(deal), ' was not finished, so the deal is closed.']
      : ['You picked the call with ', account(deal), ' up again.'];
  },
});

/** Says that there is nothing to keep where nobody wrote anything down. */
const removedWords = (deal: Deal, { by, isErased }: Removed): Part[] =>
  isErased
    ? by === null
      ? ['Your call with ', account(deal), " ended without an answer, so there's nothing to keep."]
      : [account(deal), " is off your list. Nothing was written down, so there's nothing to keep."]
    : [account(deal), " isn't lost, so it's off your list."];
