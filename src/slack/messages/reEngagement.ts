import { nextTimeOf } from '../../deal/decide/nextTime';
import type { Deal, ReEngagement } from '../../deal/model/deal';
import { pledgeOf } from '../../deal/model/facts';
import type { Playbook } from '../../playbook/schema';
import { wordsOf } from '../../playbook/words';
import { ACTIONS } from '../ids';
import {
  account,
  buttons,
  detailsButton,
  type Entry,
  entryPieces,
  fitted,
  line,
  mailButtons,
  type Part,
  pledgeButtons,
  pledgeParts,
  quote,
  type RichPiece,
  rich,
  spoken,
  transcript,
  withPledge,
} from '../text';
import { handOnButton } from './handover';
import { type Message, messageKind, NUMBERED, type Numbered, TO_REP } from './kind';
import { isWithOtherRep, isWithRep, NO_LONGER, openedAgain } from './lastWords';
import type { RenderContext } from './slot';

const TOTAL = 3_000;

const WHY: Readonly<Record<ReEngagement['why'], string>> = {
  agreed: 'They agreed to a call before their next decision.',
  contract_end: 'Their contract with the other company ends before long.',
  look_again: 'They said they would look at it again about now.',
};

/** Long after: time to call again, with what they said then and words to open with. A fresh direct message. */
export const reEngagement = messageKind({
  kind: 're-engage',
  key: NUMBERED,
  place: TO_REP,
  notifies: true,
  phases: ['thread'],
  messages: (deal, context) => {
    const id = deal.reEngagement?.remindedBy ?? null;
    return deal.reEngagement === null || id === null || isWithOtherRep(deal, id) || deal.removed !== null
      ? []
      : [callAgain(deal, { id, why: deal.reEngagement.why }, context)];
  },
  lastWords: (deal, { id }) => {
    if (isWithOtherRep(deal, id)) return isWithRep(deal);
    if (deal.removed !== null) return [account(deal), '. ', openedAgain(deal)];
    return [account(deal), ': ', deal.stage === 'closed' ? NO_LONGER : 'Reopened.'];
  },
});

function callAgain(
  deal: Deal,
  { id, why }: Numbered & Pick<ReEngagement, 'why'>,
  context: RenderContext,
): Message<Numbered> {
  const first: Part[] = ['Time to call ', account(deal), ` again. ${WHY[why]}`];
  const said = transcript(deal, context).filter(({ isGuess, brief }) => !isGuess && !brief);
  const asks = deal.pledge?.reminder === id && pledgeOf(deal) !== null;
  const { entries } = fitted([...said, ...lastWords(deal)], TOTAL);
  const backThen = entries.length === 0 ? [] : [line({ bold: 'Back then' }), ...entryPieces(entries)];
  return {
    key: { id },
    fallback: first,
    blocks: [
      rich(
        line(...first),
        ...(deal.heldFor === null
          ? []
          : [
              line(
                { user: deal.heldFor },
                ' spoke with them then, and has left. Call yourself, or hand it on.',
              ),
            ]),
        line({ bold: 'Words to open with' }),
        ...wordsToOpenWith(deal, why, asks, context.playbook),
        ...(asks ? [line(...pledgeParts(deal))] : backThen),
      ),
      ...(asks
        ? [buttons(...pledgeButtons(deal)), ...(backThen.length === 0 ? [] : [rich(...backThen)])]
        : []),
      buttons(
        { action: ACTIONS.startAgain, label: 'Start again', ref: { deal: deal.id }, style: 'primary' },
        ...(deal.heldFor === null ? [] : [{ ...handOnButton(deal), style: undefined }]),
        ...mailButtons(deal),
        detailsButton(deal),
      ),
    ],
  };
}

/** A team's own words count for every reason, unless it has some for calls that were agreed. */
function wordsToOpenWith(
  deal: Deal,
  why: ReEngagement['why'],
  asksPledge: boolean,
  playbook: Playbook,
): RichPiece[] {
  const { words: own } = playbook;
  const isAgreed = why === 'agreed' || nextTimeOf(deal).mayCall === 'yes';
  const isOwn = own?.re_engage !== undefined && own.re_engage_agreed === undefined;
  const lines = wordsOf(playbook, isAgreed && !isOwn ? 're_engage_agreed' : 're_engage');
  return (asksPledge ? withPledge(lines, deal, playbook) : lines).map((it) =>
    quote(...spoken(it, deal, { of: playbook })),
  );
}

/** What they said when the rep called back: the last that is known of them. */
function lastWords({ outcome }: Deal): Entry[] {
  return outcome?.kind === 'lost' && outcome.reason !== null
    ? [{ title: 'When you called back', parts: [outcome.reason], isGuess: false, brief: false }]
    : [];
}
