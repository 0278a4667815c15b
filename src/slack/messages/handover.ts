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
  STAGE_LABELS,
  stateParts,
} from '../text';
import { ADDRESSED, messageKind, TO_ADDRESSEE } from './kind';
import { toFormerRep } from './lastWords';

/** A deal came to somebody from another rep: what it is, and how it stands. */
export const handover = messageKind({
  kind: 'handover',
  key: ADDRESSED,
  place: TO_ADDRESSEE,
  notifies: true,
  phases: ['call', 'thread'],
  messages: (deal) => {
    const came = deal.handover;
    if (came === null || came.by === deal.rep || deal.removed?.isErased === true) return [];
    const first: Part[] =
      came.by === null
        ? [{ user: came.from }, ' has left. ', account(deal), ' is with you now.']
        : [
            account(deal),
            ' is yours now. ',
            { user: came.by },
            ' handed it on from ',
            { user: came.from },
            '.',
          ];
    return [
      {
        key: { id: came.id, to: deal.rep },
        fallback: first,
        blocks: [
          rich(line(...first), line(...stateParts(deal))),
          buttons(...(deal.heldFor === null ? [] : [handOnButton(deal)]), detailsButton(deal)),
        ],
      },
    ];
  },
  lastWords: (deal, { to }) => toFormerRep(deal, to, [account(deal), ': ', STAGE_LABELS[deal.stage], '.']),
});

/** *Hand it on*, for whoever holds a deal of a rep who left. */
export function handOnButton(deal: Deal): ButtonOptions {
  return { action: ACTIONS.assignRep, label: 'Hand it on', ref: { deal: deal.id }, style: 'primary' };
}
