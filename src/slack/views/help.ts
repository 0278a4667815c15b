import type { ModalView } from '@slack/types';
import { ACTIONS, VIEWS } from '../ids';
import { buttons, line, list, paragraph, rich } from '../text';
import { modal } from './modal';

/** `/lostdeal help`: explains the app and lists its commands. */
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
          [{ bold: '/lostdeal list' }, ': what waits for you, your open deals, and those you look after'],
          [{ bold: '/lostdeal upcoming' }, ': whom to call again, and when'],
          [{ bold: '/lostdeal out' }, ': who decides for you while you are out'],
          [{ bold: '/lostdeal quiet' }, ': when you do not want to be disturbed'],
          [{ bold: '/lostdeal settings' }, ': what admins choose for the team'],
          [{ bold: '/lostdeal help' }, ': this'],
        ]),
      ),
      rich(
        line({ bold: 'Good to know' }),
        list([
          [
            'Nothing to type during the call. ',
            { bold: 'Next' },
            ' moves on, and the notes come afterwards.',
          ],
          [{ bold: 'Finish later' }, ' keeps everything for 14 days.'],
          ['A signed contract ends the rescue. We wish them well, and ask when to call again.'],
        ]),
      ),
      buttons({ action: ACTIONS.start, label: 'Start', style: 'primary' }),
    ],
  });
}
