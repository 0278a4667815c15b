import { notifiedSoFar } from '../../deal/asking/stations';
import { account, buttons, line, NOT_LOST, type Part, rich } from '../text';
import { closedReason } from './closedReason';
import { ADDRESSED, IN_THREAD, messageKind, NUMBERED, TO_ADDRESSEE } from './kind';
import { openedAgain } from './lastWords';

/** The prospect has signed with somebody else: the rescue ends. */
export const signed = messageKind({
  kind: 'signed',
  key: NUMBERED,
  place: IN_THREAD,
  notifies: true,
  phases: ['thread'],
  messages: (deal, context) => {
    const id = deal.signedReportedAt;
    if (id === null || deal.removed !== null) return [];
    const who: Part = context.privacy === 'short' ? 'The prospect' : account(deal);
    const first: Part[] = [
      who,
      ' has signed with the other company. The rescue ends here, and we wish them well.',
    ];
    const reason = closedReason(deal, 'signed', context);
    const row = reason.buttons.length === 0 ? [] : [buttons(...reason.buttons)];
    return [{ key: { id }, fallback: first, blocks: [rich(line(...first), ...reason.lines), ...row] }];
  },
  lastWords: (deal) => [openedAgain(deal)],
});

/** To everybody who knew of the ask and has not decided. */
export const signedDm = messageKind({
  kind: 'signed-dm',
  key: ADDRESSED,
  place: TO_ADDRESSEE,
  notifies: true,
  phases: ['thread'],
  messages: (deal) => {
    const { ask, signedReportedAt: id } = deal;
    if (id === null || deal.removed !== null || ask?.status !== 'withdrawn' || ask.decisions.length > 0)
      return [];
    const first: Part[] = [
      account(deal),
      ' has signed with the other company, says ',
      { user: deal.rep },
      ". There's nothing left to decide. Thanks for looking at it.",
    ];
    const blocks = [rich(line(...first))];
    return notifiedSoFar(ask).map((to) => ({ key: { id, to }, fallback: first, blocks }));
  },
  lastWords: (deal) => [account(deal), '. ', deal.removed === null ? 'Reopened.' : NOT_LOST],
});
