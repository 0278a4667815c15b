import type { ModalView } from '@slack/types';
import { ACTIONS, VIEWS } from '../ids';
import { buttons, line, list, paragraph, rich } from '../text';
import { modal } from './modal';

/** `/lostdeal help`: what it is and what to type. */
export function help(): ModalView {
  return modal({
    id: VIEWS.help,
    title: 'How Lostdeal helps',
    blocks: [
      paragraph([
        'A prospect just said no? Stay on the line for two more minutes. Lostdeal shows what to ask, one question a screen. When they would reconsider, it asks your manager at once, and brings you the answer.',
      ]),
      rich(
        line({ bold: 'What to type' }),
        list([
          [
            { bold: '/lostdeal' },
            ' or ',
            { bold: '/lostdeal Acme' },
            ': work a deal while you are on the call',
          ],
          [{ bold: '/lostdeal after Acme' }, ': write a finished call down, on one screen'],
          [{ bold: '/lostdeal resume' }, ': go on where you stopped'],
          [{ bold: '/lostdeal list' }, ': your open deals'],
        ]),
      ),
      rich(
        line({ bold: 'Good to know' }),
        list([
          [
            'No typing is needed during the call. ',
            { bold: 'Already told me' },
            ' moves on; the notes come afterwards.',
          ],
          [{ bold: 'Finish later' }, ' keeps everything for 14 days.'],
          ['A signed contract ends the rescue. We wish them well, and ask when to call again.'],
        ]),
      ),
      buttons({ action: ACTIONS.start, label: 'Start', style: 'primary' }),
    ],
  });
}
