/** The next actions of one person, as a row of buttons. */
import { type NextAction, nextActions } from '../../deal/decide/nextActions';
import { questionFor } from '../../deal/decide/remarks';
import type { Actor } from '../../deal/model/commands';
import type { Deal, UserId } from '../../deal/model/deal';
import { ACTIONS } from '../ids';
import type { ButtonOptions } from './buttons';
import {
  approvalButtons,
  assignManagerButton,
  decisionButtons,
  fillInButton,
  notLostButton,
  nudgeButton,
} from './dealButtons';

/** @param names full names of the reps, and of the people whom an ask waits for */
function nextButtons(deal: Deal, viewer: Actor, names: ReadonlyMap<UserId, string>): ButtonOptions[] {
  return nextActions(deal, viewer).flatMap((action) => buttonsOf(action, deal, viewer, names));
}

/** The next actions, then *Open*; *Resume* opens the call itself, and has the way out beside it. */
export function rowOf(deal: Deal, viewer: Actor, names: ReadonlyMap<UserId, string>): ButtonOptions[] {
  const next = nextButtons(deal, viewer, names);
  return next.some(({ action }) => action === ACTIONS.resume || action === ACTIONS.tryNow)
    ? next
    : [...next, openButton(deal)];
}

/** *Open*: the call as the rep left it, else the details. */
export const openButton = (deal: Deal): ButtonOptions => ({
  action: ACTIONS.open,
  label: 'Open',
  ref: { deal: deal.id },
});

function buttonsOf(
  action: NextAction,
  deal: Deal,
  viewer: Actor,
  names: ReadonlyMap<UserId, string>,
): ButtonOptions[] {
  const ref = { deal: deal.id };
  switch (action) {
    case 'resume':
      return [{ action: ACTIONS.resume, label: 'Resume', ref, style: 'primary' }];
    case 'log_call':
      return [{ action: ACTIONS.afterCall, label: 'Log the call', ref }];
    case 'try_again':
      return [{ action: ACTIONS.tryNow, label: 'Try now', ref }];
    case 'not_lost':
      return [notLostButton(deal)];
    case 'decide':
      return decideButtons(deal, viewer.userId, names.get(deal.rep) ?? null);
    case 'answer': {
      const question = questionFor(deal, viewer.userId)?.id;
      return question === undefined
        ? []
        : [{ action: ACTIONS.answerQuestion, label: 'Answer', ref: { ...ref, question }, style: 'primary' }];
    }
    case 'name_decider':
      return [assignManagerButton(deal)];
    case 'nudge':
      return nudgeButton(deal, names);
    case 'fill_in':
      return [fillInButton(deal)];
    case 'won_back':
      return [{ action: ACTIONS.wonBack, label: 'Won back', ref, style: 'primary' }];
    case 'still_lost':
      return [{ action: ACTIONS.lost, label: 'Still lost', ref }];
    case 'hand_on':
      return [{ action: ACTIONS.assignRep, label: 'Hand it on', ref }];
    default:
      return action satisfies never;
  }
}

/** The maker of a proposal may still decide otherwise; everybody else settles it. */
export function decideButtons(deal: Deal, viewer: UserId, repName: string | null): ButtonOptions[] {
  const { ask } = deal;
  if (ask === null) return [];
  const approval = ask.approval?.by === viewer ? null : ask.approval;
  return approval === null ? decisionButtons(deal, ask, repName) : approvalButtons(deal, ask, approval);
}
