import type { Deal } from '../../deal/model/deal';
import { type Playbook, traitsOf } from '../../playbook/schema';
import { ACTIONS } from '../ids';
import { account, buttons, line, type Part, type RichPiece, rich } from '../text';
import { words } from './phrases';
import { dm, type RenderContext, type Slot, slot } from './slot';

/** Nobody was reached: the words to leave, and later the reminder to try again. */
export function trySlots(deal: Deal, { playbook }: RenderContext): Slot[] {
  if (traitsOf(deal.verdict)?.isReached !== false || deal.stage !== 'coaching') return [];
  const left: Part[] = ['Words to leave for ', account(deal), '. They ask for nothing, so people call back.'];
  const wordsToLeave = slot({
    key: `unreached:${deal.tries}`,
    place: dm(deal.rep),
    fallback: left,
    notifies: true,
    overtaken: deal.tryReminder !== null,
    blocks: [
      rich(
        line(...left),
        ...leave(deal, playbook),
        ...(deal.nextTryAt === null ? [] : [line('You will be reminded ', { date: deal.nextTryAt }, '.')]),
      ),
      buttons(
        { action: ACTIONS.tryNow, label: 'Try now', ref: { deal: deal.id } },
        { action: ACTIONS.remindMe, label: 'Another time', ref: { deal: deal.id } },
      ),
    ],
  });
  if (deal.tryReminder === null) return [wordsToLeave];
  const again: Part[] = ['Time to try ', account(deal), ` again. ${tries(deal.tries)}`];
  return [
    wordsToLeave,
    slot({
      key: `try:${deal.tryReminder}`,
      place: dm(deal.rep),
      fallback: again,
      notifies: true,
      blocks: [
        rich(line(...again), ...leave(deal, playbook)),
        buttons(
          { action: ACTIONS.tryNow, label: 'Try now', ref: { deal: deal.id }, style: 'primary' },
          { action: ACTIONS.remindMe, label: 'Another time', ref: { deal: deal.id } },
        ),
      ],
    }),
  ];
}

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
