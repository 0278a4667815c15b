import type { Ask, Deal } from '../../deal/model/deal';
import { ACTIONS } from '../ids';
import { account, buttons, line, type Part, rich } from '../text';
import { type Message, messageKind, NUMBERED, type Numbered, TO_REP } from './kind';
import { isWithOtherRep, isWithRep, nothingToDecide } from './lastWords';
import { asksOf, isPending } from './phrases';

/** A prospect would reconsider and nobody is named: the rep is asked who decides. */
export const whoDecides = messageKind({
  kind: 'who-decides',
  key: NUMBERED,
  place: TO_REP,
  notifies: true,
  phases: ['thread'],
  messages: (deal) =>
    asksOf(deal)
      // Nobody was asked, or the rep is on the form that asks the same.
      .filter(({ heldUntil, preApproved }) => heldUntil === null && preApproved === null)
      // Addressed when it was asked: then this question was never put.
      .filter((ask) => ask.manager === null || ask.addressedBy !== ask.id)
      .filter((ask) => !isWithOtherRep(deal, ask.id))
      .map((ask) => question(deal, ask)),
  lastWords: (deal, { id }) =>
    isWithOtherRep(deal, id)
      ? isWithRep(deal)
      : ['Who decides about ', account(deal), '? ', nothingToDecide(deal)],
});

function question(deal: Deal, ask: Ask): Message<Numbered> {
  const waits = ask.manager === null && isPending(deal, ask);
  const first: Part[] = [
    'Who decides about ',
    account(deal),
    "? They're open to it and need an answer by ",
    { date: ask.deadline, style: 'by' },
    '.',
  ];
  const then: Part[] =
    ask.manager !== null
      ? ["We've asked ", { user: ask.manager }, '.']
      : waits
        ? ["Name somebody and we'll ask them."]
        : ["There's nothing left to decide."];
  return {
    key: { id: ask.id },
    fallback: first,
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
  };
}
