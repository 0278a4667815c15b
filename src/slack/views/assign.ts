/** The people of a deal: who decides about it, and which rep it is with. */
import type { ModalView } from '@slack/types';
import type { Deal, UserId } from '../../deal/model/deal';
import { fieldId, VIEWS } from '../ids';
import { account, paragraph } from '../text';
import { personField } from './fields';
import { modal } from './modal';
import { notice } from './notice';
import { type Read, readPerson, required, type ViewValues } from './values';

export const ASSIGN_MANAGER = { manager: fieldId('manager') } as const;

/** Names the person who decides about a deal. A pending ask goes to them at once. */
export function assignManager(deal: Deal): ModalView {
  const pending = deal.ask?.status === 'pending' ? deal.ask : null;
  return modal({
    id: VIEWS.assignManager,
    title: 'Who decides?',
    submit: 'Save',
    ref: { deal: deal.id },
    blocks: [
      pending === null
        ? paragraph([account(deal)])
        : paragraph([
            account(deal),
            " is open to it. We'll ask them when you save. They have until ",
            { date: pending.deadline },
            '.',
          ]),
      personField({
        block: ASSIGN_MANAGER.manager,
        label: 'Manager',
        hint: 'Somebody who can change our offer.',
        required: true,
        initial: pending?.manager ?? deal.manager,
      }),
    ],
  });
}

/** For a rep whose team's manager decides. */
export const managerDecides = (manager: UserId): ModalView =>
  notice('Who decides?', [
    { user: manager },
    ' decides for your team. Only ',
    { user: manager },
    ' or an admin can name somebody else.',
  ]);

/** Reads the person who decides. */
export function readAssignManager(values: ViewValues): Read<UserId> {
  const { manager } = ASSIGN_MANAGER;
  return required(readPerson(values, manager), manager, 'Pick a person.');
}

export const ASSIGN_REP = { rep: fieldId('rep') } as const;

/** Hands the deal to another rep. */
export function assignRep(deal: Deal): ModalView {
  return modal({
    id: VIEWS.assignRep,
    title: 'Hand on',
    submit: 'Hand on',
    ref: { deal: deal.id },
    blocks: [
      paragraph([
        account(deal),
        ' is with ',
        { user: deal.rep },
        ". The next rep gets what's left to do, and everything that was said.",
      ]),
      personField({ block: ASSIGN_REP.rep, label: 'Rep from now on', required: true }),
    ],
  });
}

/** Reads the new rep. */
export function readAssignRep(values: ViewValues): Read<UserId> {
  return required(readPerson(values, ASSIGN_REP.rep), ASSIGN_REP.rep, 'Pick a person.');
}
