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
        "They said no? Stay on the line for two more minutes. Lostdeal shows what to ask, one question at a time. If they're open to it, we ask your manager and bring you the answer.",
      ]),
      rich(
        line({ bold: 'What to type' }),
        list([
          [{ bold: '/lostdeal' }, ' or ', { bold: '/lostdeal Acme' }, ": while you're on the call"],
          [{ bold: '/lostdeal after Acme' }, ': log a call you already had'],
          [{ bold: '/lostdeal practice' }, ': a call with a made-up prospect, which only you see'],
          [{ bold: '/lostdeal resume' }, ': pick up where you left off'],
          [{ bold: '/lostdeal list' }, ": what's waiting for you, your open deals, and those you look after"],
          [{ bold: '/lostdeal upcoming' }, ': who to call, and when'],
          [{ bold: '/lostdeal report' }, ': what we lose to, and what brings deals back'],
          [{ bold: '/lostdeal export' }, ': those deals as a file for a spreadsheet'],
          [{ bold: '/lostdeal vs Globex' }, ': how we do against one competitor'],
          [{ bold: '/lostdeal out' }, ": who decides while you're out"],
          [{ bold: '/lostdeal quiet' }, ": when you don't want to be disturbed"],
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
          ['A signed contract ends the rescue. We wish them well and ask when to call again.'],
        ]),
      ),
      buttons({ action: ACTIONS.start, label: 'Start', style: 'primary' }),
    ],
  });
}
