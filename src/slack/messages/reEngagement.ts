import { nextTimeOf } from '../../deal/decide/nextTime';
import type { Deal, ReEngagement } from '../../deal/model/deal';
import type { Playbook, WordsKey } from '../../playbook/schema';
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
  rich,
  transcript,
} from '../text';
import { handOnButton } from './handover';
import { type Message, messageKind, NUMBERED, type Numbered, TO_REP } from './kind';
import { isWithOtherRep, isWithRep, NO_LONGER, openedAgain } from './lastWords';
import { words } from './phrases';
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
  const { entries } = fitted([...said, ...lastWords(deal)], TOTAL);
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
        ...words(deal, context.playbook, wordsToOpenWith(deal, why, context.playbook)),
        ...(entries.length === 0 ? [] : [line({ bold: 'Back then' })]),
        ...entryPieces(entries),
      ),
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
function wordsToOpenWith(deal: Deal, why: ReEngagement['why'], { words: own }: Playbook): WordsKey {
  const isAgreed = why === 'agreed' || nextTimeOf(deal).mayCall === 'yes';
  const isOwn = own?.re_engage !== undefined && own.re_engage_agreed === undefined;
  return isAgreed && !isOwn ? 're_engage_agreed' : 're_engage';
}

/** What they said when the rep called back: the last that is known of them. */
function lastWords({ outcome }: Deal): Entry[] {
  return outcome?.kind === 'lost' && outcome.reason !== null
    ? [{ title: 'When you called back', parts: [outcome.reason], isGuess: false, brief: false }]
    : [];
}
