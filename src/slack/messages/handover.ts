import type { Deal } from '../../deal/model/deal';
import { ACTIONS } from '../ids';
import {
  account,
  type ButtonOptions,
  buttons,
  detailsButton,
  line,
  type Part,
  rich,
  stateParts,
} from '../text';
import { dm, type Slot, slot } from './slot';

/** A deal came to somebody from another rep: what it is, and how it stands. */
export function handoverSlot(deal: Deal): Slot | null {
  const { handover, heldFor } = deal;
  if (handover === null || handover.by === deal.rep) return null;
  const left = handover.by === null;
  const first: Part[] = left
    ? [{ user: handover.from }, ' has left. ', account(deal), ' is with you now.']
    : [
        account(deal),
        ' is yours now. ',
        { user: handover.by },
        ' handed it on from ',
        { user: handover.from },
        '.',
      ];
  return slot({
    key: `handover:${handover.id}:${deal.rep}`,
    place: dm(deal.rep),
    fallback: first,
    notifies: true,
    blocks: [
      rich(line(...first), line(...stateParts(deal))),
      buttons(...(heldFor === null ? [] : [handOnButton(deal)]), detailsButton(deal)),
    ],
  });
}

/** *Hand it on*, for whoever holds a deal of a rep who left. */
export function handOnButton(deal: Deal): ButtonOptions {
  return { action: ACTIONS.assignRep, label: 'Hand it on', ref: { deal: deal.id }, style: 'primary' };
}
