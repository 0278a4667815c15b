/** Says why a person cannot decide about an ask now. */
import type { ModalView } from '@slack/types';
import type { CannotDecide } from '../../coach/ask';
import type { Whom } from '../../coach/overview';
import type { UserId } from '../../deal/model/deal';
import { alreadyDecided, type Part } from '../text';
import { notice } from './notice';

/** @param typed what they typed on the screen that this one takes the place of */
export function cannotDecide(reason: CannotDecide, typed?: string): ModalView {
  switch (reason.code) {
    case 'not_decider': {
      return notice('Not yours to decide', whoDecides(reason.whom), typed);
    }
    case 'closed':
      return movedOn("This deal is closed, so there's nothing to decide.");
    case 'withdrawn':
      return movedOn("This ask is off, so there's nothing to decide.");
    case 'decided':
      return movedOn("It's already decided. The thread says how.");
    case 'replaced':
      return movedOn("There's a newer ask. Use the buttons on that one.");
    case 'already_decided':
      return notice('Already decided', alreadyDecided(reason.by));
    case 'proposed':
      return notice('On its way', "There's already a decision, and it's waiting for an OK.");
  }
}

/** "@maya decides this one. Your view is welcome in the thread." */
export function whoDecides({ rep, decides }: Whom): Part[] {
  return decides === null || decides === rep
    ? ['Nobody is named to decide this one yet. ', { user: rep }, ` can say who does.${WELCOME}`]
    : [{ user: decides }, ` decides this one.${WELCOME}`];
}

const WELCOME = ' Your view is welcome in the thread.';

/**
 * For somebody who may not see the deal: whoever decides is none of what they may learn.
 * @param rep null: nor is the rep
 */
export function notSeen(rep: UserId | null, typed?: string): ModalView {
  const only: Part[] =
    rep === null
      ? ["Only this deal's manager, a stand-in or an admin can decide this."]
      : ['Only ', { user: rep }, '’s team can open this deal.'];
  return notice('Not yours to decide', [...only, WELCOME], typed);
}

const movedOn = (text: string): ModalView => notice('The deal moved on', text);
