/** Says why a person cannot decide about an ask now. */
import type { ModalView } from '@slack/types';
import type { CannotDecide } from '../../coach/ask';
import { alreadyDecided } from '../text';
import { notice } from './notice';

/** @param typed what they typed on the screen that this one takes the place of */
export function cannotDecide(reason: CannotDecide, typed?: string): ModalView {
  switch (reason.code) {
    case 'not_decider': {
      const who = reason.hasManager
        ? 'the manager of this deal'
        : 'the manager of this deal, once one is named';
      return notice(
        'Not yours to decide',
        `Only ${who}, a stand-in or an admin can decide this. You can still say what you think in the thread.`,
        typed,
      );
    }
    case 'closed':
      return movedOn('This deal is closed; there is nothing to decide any more.');
    case 'withdrawn':
      return movedOn('The ask was withdrawn; there is nothing to decide any more.');
    case 'decided':
      return movedOn('It is decided already; the thread says what.');
    case 'replaced':
      return movedOn('A newer ask has taken the place of this one. Please use its buttons.');
    case 'already_decided':
      return notice('Already decided', alreadyDecided(reason.by));
    case 'proposed':
      return notice('On its way', 'A decision is proposed already, and waits for somebody to approve it.');
  }
}

const movedOn = (text: string): ModalView => notice('The deal moved on', text);
