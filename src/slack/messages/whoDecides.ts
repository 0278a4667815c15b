import type { Ask, Deal } from '../../deal/model/deal';
import { ACTIONS } from '../ids';
import { account, buttons, line, type Part, rich } from '../text';
import { dm, type Slot, slot } from './slot';

/** A prospect would reconsider and nobody is named: the rep is asked who decides. */
export function whoDecides(deal: Deal, ask: Ask): Slot | null {
  const named = ask.manager !== null;
  // Addressed when it was asked: then this question never stood.
  if (named && ask.addressedBy === ask.id) return null;
  const waits = !named && ask.status === 'pending' && ask.id === deal.ask?.id;
  const first: Part[] = [
    'Who decides about ',
    account(deal),
    '? They would reconsider; answer by ',
    { date: ask.deadline },
    '.',
  ];
  const then: Part[] = named
    ? [{ user: ask.manager }, ' has been asked.']
    : waits
      ? ['The ask goes out as soon as you name somebody.']
      : ['Nothing to decide any more.'];
  return slot({
    key: `who-decides:${ask.id}`,
    place: dm(deal.rep),
    fallback: first,
    notifies: true,
    overtaken: !waits,
    blocks: [
      rich(line(...first), line(...then)),
      ...(waits
        ? [
            buttons({
              action: ACTIONS.assignManager,
              label: 'Say who decides',
              ref: { deal: deal.id },
              style: 'primary',
            }),
          ]
        : []),
    ],
  });
}
