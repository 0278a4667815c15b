import type { ModalView } from '@slack/types';
import type { Deal, UserId } from '../../deal/model/deal';
import { fieldId, VIEWS } from '../ids';
import { account, paragraph } from '../text';
import { personField, type Read, readPerson, type ViewValues } from './form';
import { modal } from './modal';

export const ASSIGN_REP = { rep: fieldId('rep') } as const;

/** Whose deal it is from now on. */
export function assignRep(deal: Deal): ModalView {
  return modal({
    id: VIEWS.assignRep,
    title: 'Hand on',
    submit: 'Hand on',
    close: 'Cancel',
    ref: { deal: deal.id },
    blocks: [
      paragraph([
        account(deal),
        ' is with ',
        { user: deal.rep },
        '. The next rep gets what is still to be done, with everything that was said.',
      ]),
      personField({ block: ASSIGN_REP.rep, label: 'Rep from now on', required: true }),
    ],
  });
}

export function readAssignRep(values: ViewValues): Read<UserId> {
  const rep = readPerson(values, ASSIGN_REP.rep);
  return rep === null
    ? { ok: false, errors: { [ASSIGN_REP.rep]: 'Please choose a person.' } }
    : { ok: true, value: rep };
}
