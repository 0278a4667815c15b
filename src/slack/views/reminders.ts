/** The day and time at which a rep wants a reminder of a deal. */
import type { ModalView } from '@slack/types';
import type { Deal } from '../../deal/model/deal';
import { fieldId, VIEWS } from '../ids';
import { account, paragraph } from '../text';
import { dateField, momentField } from './fields';
import { modal } from './modal';
import { fault, type Read, readDate, readMoment, type ViewValues, valid } from './values';

export const REMIND = { at: fieldId('at') } as const;

/** Asks when to remind the rep of a deal. */
export function remind(deal: Deal): ModalView {
  return modal({
    id: VIEWS.remind,
    title: 'Remind me',
    submit: 'Save',
    ref: { deal: deal.id },
    blocks: [
      paragraph(["We'll message you about ", account(deal), ' at this time.']),
      momentField({ block: REMIND.at, label: 'When?', required: true, initial: deal.remindAt }),
    ],
  });
}

/** Reads the time, ms UTC. */
export function readRemind(values: ViewValues, { now }: { readonly now: number }): Read<number> {
  const at = readMoment(values, REMIND.at);
  if (at === null) return fault(REMIND.at, 'Pick a time.');
  return at > now ? valid(at) : fault(REMIND.at, 'That time has passed. Pick a later one.');
}

export const CHANGE_DATE = { day: fieldId('call_day') } as const;

/** Moves a call to another day. `planned` and `today` are calendar days in the rep's time zone. */
export function changeDate(
  deal: Deal,
  { planned, today }: { readonly planned: string | null; readonly today: string },
): ModalView {
  return modal({
    id: VIEWS.changeDate,
    title: 'Call again',
    submit: 'Save',
    ref: { deal: deal.id },
    blocks: [
      paragraph(["We'll remind you about ", account(deal), ' on this day.']),
      dateField({
        block: CHANGE_DATE.day,
        label: 'Day',
        required: true,
        initial: planned !== null && planned > today ? planned : null,
      }),
    ],
  });
}

/** Reads the day. `today` is the calendar day in the rep's time zone. */
export function readChangeDate(values: ViewValues, today: string): Read<string> {
  const day = readDate(values, CHANGE_DATE.day);
  if (day === null) return fault(CHANGE_DATE.day, 'Pick a day.');
  return day > today ? valid(day) : fault(CHANGE_DATE.day, 'Pick a day after today.');
}
