import type { Deal, Remark } from '../../deal/deal';
import { ACTIONS } from '../ids';
import { buttons, cut, line, type Part, quote, rich } from '../text';
import { account } from './phrases';
import { dm, type Slot, slot } from './slot';

/** Somebody who may decide answered in words: an offer to record them as the decision. */
export function recordOffer(deal: Deal, remark: Remark): Slot | null {
  if (!remark.offersDecision) return null;
  const ask = deal.ask;
  const waits = ask?.status === 'pending' && remark.id > ask.id && !remark.deleted;
  const first: Part[] = ['You wrote about ', account(deal), ':'];
  const end = remark.deleted
    ? 'You deleted this message; nothing was recorded.'
    : waits
      ? 'It is kept with the deal. Is it your decision?'
      : 'Settled meanwhile; it is kept with the deal.';
  return slot({
    key: `offer:${remark.id}`,
    place: dm(remark.by),
    fallback: ['Is this your decision about ', account(deal), '?'],
    notifies: true,
    overtaken: !waits,
    blocks: [
      rich(line(...first), ...(remark.deleted ? [] : [quote(cut(remark.text, 600))]), line(end)),
      ...(waits
        ? [
            buttons({
              action: ACTIONS.recordOffer,
              label: 'Record as the decision',
              ref: { d: deal.id, a: ask.id, r: remark.id },
              style: 'primary',
            }),
          ]
        : []),
    ],
  });
}
