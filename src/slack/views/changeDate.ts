import type { ModalView } from '@slack/types';
import type { Deal } from '../../deal/model/deal';
import { fieldId, VIEWS } from '../ids';
import { account, paragraph } from '../text';
import { dateField, type Read, readDate, type ViewValues } from './form';
import { modal } from './modal';

export const CHANGE_DATE = { day: fieldId('call_day') } as const;

/** Another day to call somebody again. `planned` and `today` are calendar days of the rep. */
export function changeDate(
  deal: Deal,
  { planned, today }: { readonly planned: string | null; readonly today: string },
): ModalView {
  return modal({
    id: VIEWS.changeDate,
    title: 'Call again',
    submit: 'Save',
    close: 'Cancel',
    ref: { deal: deal.id },
    blocks: [
      paragraph(['The reminder about ', account(deal), ' comes on this day.']),
      dateField({
        block: CHANGE_DATE.day,
        label: 'Day',
        required: true,
        initial: planned !== null && planned > today ? planned : null,
      }),
    ],
  });
}

/** `today`: the calendar day it is for the rep. */
export function readChangeDate(values: ViewValues, today: string): Read<string> {
  const day = readDate(values, CHANGE_DATE.day);
  if (day === null) return { ok: false, errors: { [CHANGE_DATE.day]: 'Please pick a day.' } };
  return day > today
    ? { ok: true, value: day }
    : { ok: false, errors: { [CHANGE_DATE.day]: 'Please pick a day after today.' } };
}
