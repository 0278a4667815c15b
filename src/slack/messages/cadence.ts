import type { KnownBlock } from '@slack/types';
import { hasCall, type RemindedTry, type TryMove } from '../../deal/model/cadence';
import type { Deal } from '../../deal/model/deal';
import { traitsOf } from '../../playbook/schema';
import { ACTIONS } from '../ids';
import {
  account,
  type ButtonOptions,
  buttons,
  line,
  mailPieces,
  NOT_LOST,
  type Part,
  type RichPiece,
  remindMeButton,
  rich,
} from '../text';
import { type Message, messageKind, NUMBERED, type Numbered, TO_REP } from './kind';
import { isWithOtherRep, isWithRep, NO_LONGER } from './lastWords';
import { words } from './phrases';
import type { RenderContext } from './slot';

/** The next try to reach somebody: the words, and one tap for what happened. Each try is a message of its own. */
export const tryDm = messageKind({
  kind: 'cadence',
  key: NUMBERED,
  place: TO_REP,
  notifies: true,
  phases: ['call', 'thread', 'not_a_loss'],
  messages: (deal, context) =>
    (deal.cadence?.reminded ?? [])
      .filter(({ id }) => !isWithOtherRep(deal, id))
      .map((one) => tryMessage(deal, one, context)),
  lastWords: (deal, { id }) =>
    isWithOtherRep(deal, id) ? isWithRep(deal) : [account(deal), ': ', NO_LONGER],
});

function tryMessage(deal: Deal, one: RemindedTry, context: RenderContext): Message<Numbered> {
  const isLatest = deal.cadence?.reminded.at(-1)?.id === one.id;
  const live = isLatest && deal.stage === 'coaching' && traitsOf(deal.verdict)?.isReached === false;
  const first = firstLine(deal, one);
  return {
    key: { id: one.id },
    fallback: first,
    overtaken: !live,
    blocks: live
      ? liveBlocks(deal, one, first, context)
      : [rich(line(...first), line(...ended(deal, one, isLatest)))],
  };
}

function liveBlocks(
  deal: Deal,
  one: RemindedTry,
  first: readonly Part[],
  { playbook, repName }: RenderContext,
): KnownBlock[] {
  if (one.report === 'moved') return [rich(line(...first), ...comesNext(deal))];
  const isDone = one.report === 'done';
  const wordsToUse = isDone ? [line(...done(one))] : one.moves.flatMap((move) => pieces(move));
  return [rich(line(...first), ...wordsToUse, ...comesNext(deal)), buttons(...row(deal, one))];

  function pieces(move: TryMove): RichPiece[] {
    switch (move) {
      case 'voicemail':
        return words(deal, playbook, 'voicemail');
      case 'call':
        return words(deal, playbook, 'next_try');
      case 'last_voicemail':
        return words(deal, playbook, 'last_voicemail');
      case 'thank_you':
        return [
          ...(hasCall(one) ? [line('If nobody answers, send this mail:')] : []),
          ...mailPieces(deal, playbook, 'thank_you', repName),
        ];
      case 'last_mail':
        return mailPieces(deal, playbook, 'last', repName);
      default:
        return move satisfies never;
    }
  }
}

/** The move that a message is about; a mail may join it. */
const mainMove = ({ moves }: RemindedTry): TryMove => moves[0] ?? 'call';

function firstLine(deal: Deal, one: RemindedTry): Part[] {
  const who = account(deal);
  const move = mainMove(one);
  switch (move) {
    case 'voicemail':
      return ['Words to leave for ', who, '. They ask for nothing, so people call back.'];
    case 'thank_you':
      return ['Time for a thank-you mail to ', who, '.'];
    case 'call':
      return ['Time to call ', who, ' again. Leave no voicemail this time.'];
    case 'last_voicemail':
      return ['Time to call ', who, ' once more. If nobody answers, leave a voicemail.'];
    case 'last_mail':
      return ['Time for a last mail to ', who, '.'];
    default:
      return move satisfies never;
  }
}

const DONE: Readonly<Record<TryMove, string>> = {
  voicemail: 'You left a voicemail.',
  thank_you: 'You sent it.',
  call: 'You got no answer.',
  last_voicemail: 'You left a voicemail.',
  last_mail: 'You sent it.',
};

const done = (one: RemindedTry): Part[] => [DONE[mainMove(one)]];

/** "I'll remind you tomorrow at 9:00 AM to call again." */
function comesNext({ cadence }: Deal): RichPiece[] {
  const [next] = cadence?.plan ?? [];
  if (next === undefined) return [line("If they don't answer, the deal closes a working day later.")];
  return [
    line("I'll remind you ", { date: next.at }, hasCall(next) ? ' to call again.' : ' to send a mail.'),
  ];
}

function row(deal: Deal, one: RemindedTry): ButtonOptions[] {
  const ref = { deal: deal.id };
  const move = mainMove(one);
  const isMail = move === 'thank_you' || move === 'last_mail';
  const reached: ButtonOptions = {
    action: ACTIONS.tryNow,
    label: isMail ? 'They answered' : 'Reached them',
    ref,
    style: 'primary',
  };
  const tried: ButtonOptions = {
    action: ACTIONS.tried,
    label: isMail ? 'Sent it' : move === 'call' ? 'Got no answer' : 'Left voicemail',
    ref: { ...ref, event: one.id },
  };
  const isOver = deal.nextTryAt === null && (!hasCall(one) || one.report !== null);
  return [
    reached,
    ...(one.report === null ? [tried] : []),
    ...(isOver ? [] : [{ ...remindMeButton(deal), label: 'Another time' }]),
  ];
}

/** Why a message asks for nothing any longer. */
function ended(deal: Deal, one: RemindedTry, isLatest: boolean): Part[] {
  if (one.report === 'done') return done(one);
  if (one.report === 'moved') return ['You named another time.'];
  if (deal.removed !== null) return [NOT_LOST];
  if (!isLatest) return ["There's a later reminder."];
  if (deal.verdict === null && deal.stage === 'coaching') return ['You picked this call up again.'];
  return deal.closedBecause === 'three_tries' ? ['Nobody was reached, so the deal is closed.'] : ['Settled.'];
}
