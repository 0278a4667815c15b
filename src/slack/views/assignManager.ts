import type { ModalView } from '@slack/types';
import type { Deal, UserId } from '../../deal/model/deal';
import { fieldId, VIEWS } from '../ids';
import { account, paragraph } from '../text';
import { personField, type Read, readPerson, type ViewValues } from './form';
import { modal } from './modal';

export const ASSIGN_MANAGER = { manager: fieldId('manager') } as const;

/** Who decides about a deal; a pending ask goes to them at once. */
export function assignManager(deal: Deal): ModalView {
  const pending = deal.ask?.status === 'pending' ? deal.ask : null;
  return modal({
    id: VIEWS.assignManager,
    title: 'Who decides?',
    submit: 'Save',
    close: 'Cancel',
    ref: { deal: deal.id },
    blocks: [
      pending === null
        ? paragraph([account(deal)])
        : paragraph([
            account(deal),
            ' would reconsider. The ask goes out as soon as you save; answer by ',
            { date: pending.deadline },
            '.',
          ]),
      personField({
        block: ASSIGN_MANAGER.manager,
        label: 'Manager',
        hint: 'Somebody who may change our offer.',
        required: true,
        initial: pending?.manager ?? deal.manager,
      }),
    ],
  });
}

/** Reads who decides. */
export function readAssignManager(values: ViewValues): Read<UserId> {
  const manager = readPerson(values, ASSIGN_MANAGER.manager);
  return manager === null
    ? { ok: false, errors: { [ASSIGN_MANAGER.manager]: 'Please choose a person.' } }
    : { ok: true, value: manager };
}
