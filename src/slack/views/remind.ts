import type { ModalView } from '@slack/types';
import type { Deal } from '../../deal/model/deal';
import { fieldId, VIEWS } from '../ids';
import { account, paragraph } from '../text';
import { momentField, type Read, readMoment, type ViewValues } from './form';
import { modal } from './modal';

export const REMIND = { at: fieldId('at') } as const;

/** When the rep wants to be reminded of a deal. */
export function remind(deal: Deal, _context?: { readonly currency: string }): ModalView {
  return modal({
    id: VIEWS.remind,
    title: 'Remind me',
    submit: 'Save',
    close: 'Cancel',
    ref: { deal: deal.id },
    blocks: [
      paragraph(['A direct message about ', account(deal), ' will come at this time.']),
      momentField({ block: REMIND.at, label: 'When?', required: true, initial: deal.remindAt }),
    ],
  });
}

/** Reads the time, ms UTC. */
export function readRemind(values: ViewValues, { now }: { readonly now: number }): Read<number> {
  const at = readMoment(values, REMIND.at);
  if (at === null) return { ok: false, errors: { [REMIND.at]: 'Please pick a time.' } };
  if (at <= now)
    return { ok: false, errors: { [REMIND.at]: 'That time has passed. Please pick a later one.' } };
  return { ok: true, value: at };
}
