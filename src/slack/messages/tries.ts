import type { Deal } from '../../deal/model/deal';
import { type Playbook, traitsOf } from '../../playbook/schema';
import { ACTIONS } from '../ids';
import {
  account,
  type ButtonOptions,
  buttons,
  line,
  NOT_LOST,
  type Part,
  type RichPiece,
  rich,
} from '../text';
import { messageKind, NUMBERED, TO_REP } from './kind';
import { isWithOtherRep, isWithRep } from './lastWords';
import { words } from './phrases';

/** Nobody was reached: the words to leave, by the plan of earlier releases. The key counts the tries. */
export const unreached = messageKind({
  kind: 'unreached',
  key: NUMBERED,
  place: TO_REP,
  notifies: true,
  phases: ['thread'],
  messages: (deal, { playbook }) => {
    if (deal.cadence !== null || !triesGoOn(deal) || handedOnSince(deal)) return [];
    const first: Part[] = [
      'Words to leave for ',
      account(deal),
      '. They ask for nothing, so people call back.',
    ];
    const reminder: RichPiece[] =
      deal.nextTryAt === null ? [] : [line('You will be reminded ', { date: deal.nextTryAt }, '.')];
    return [
      {
        key: { id: deal.tries },
        fallback: first,
        overtaken: deal.tryReminder !== null,
        blocks: [rich(line(...first), ...leave(deal, playbook), ...reminder), buttons(...tryButtons(deal))],
      },
    ];
  },
  lastWords: (deal) => (handedOnSince(deal) ? isWithRep(deal) : triedAgain(deal)),
});

/** Time to try again, by the same plan. */
export const tryReminder = messageKind({
  kind: 'try',
  key: NUMBERED,
  place: TO_REP,
  notifies: true,
  phases: ['thread'],
  messages: (deal, { playbook }) => {
    const id = deal.tryReminder;
    if (id === null || !triesGoOn(deal) || isWithOtherRep(deal, id)) return [];
    const first: Part[] = ['Time to try ', account(deal), ` again. ${tries(deal.tries)}`];
    return [
      {
        key: { id },
        fallback: first,
        blocks: [
          rich(line(...first), ...leave(deal, playbook)),
          buttons(...tryButtons(deal, { style: 'primary' })),
        ],
      },
    ];
  },
  lastWords: (deal, { id }) => (isWithOtherRep(deal, id) ? isWithRep(deal) : triedAgain(deal)),
});

const isUnreached = ({ verdict }: Deal): boolean => traitsOf(verdict)?.isReached === false;

const triesGoOn = (deal: Deal): boolean => isUnreached(deal) && deal.stage === 'coaching';

/** The deal has gone to another rep since nobody was reached. */
const handedOnSince = (deal: Deal): boolean =>
  isUnreached(deal) && (deal.verdictAt ?? 0) < (deal.handover?.at ?? 0);

function triedAgain(deal: Deal): Part[] {
  if (deal.removed !== null) return [account(deal), '. ', NOT_LOST];
  if (deal.stage === 'closed') return ['Trying to reach ', account(deal), ' has ended. The deal is closed.'];
  return deal.nextTryAt === null
    ? ['You tried ', account(deal), ' again.']
    : ['Next try to reach ', account(deal), ': ', { date: deal.nextTryAt }, '.'];
}

const tryButtons = (deal: Deal, now: Pick<ButtonOptions, 'style'> = {}): ButtonOptions[] => [
  { action: ACTIONS.tryNow, label: 'Try now', ref: { deal: deal.id }, ...now },
  { action: ACTIONS.remindMe, label: 'Another time', ref: { deal: deal.id } },
];

function leave(deal: Deal, playbook: Playbook): RichPiece[] {
  return [
    line({ bold: 'On voicemail' }),
    ...words(deal, playbook, 'voicemail'),
    line({ bold: 'By mail' }),
    ...words(deal, playbook, 'mail'),
  ];
}

function tries(count: number): string {
  return count === 1 ? 'One try so far.' : `${count} tries so far.`;
}
