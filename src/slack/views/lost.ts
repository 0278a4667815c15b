import type { ModalView } from '@slack/types';
import type { Deal, NextTime, Outcome } from '../../deal/model/deal';
import { fieldId, VIEWS } from '../ids';
import { account, paragraph } from '../text';
import { type Read, readText, textField, type ViewValues } from './form';
import { modal } from './modal';
import { type NextTimeContext, nextTimeFields, readNextTime } from './nextTime';

export const LOST = { reason: fieldId('reason') } as const;

/** It stayed lost; the reason helps the next one. */
export function lost(deal: Deal, _context?: { readonly currency: string }): ModalView {
  return modal({
    id: VIEWS.lost,
    title: 'Lost',
    submit: 'Save',
    close: 'Cancel',
    ref: { deal: deal.id },
    blocks: [
      paragraph([account(deal), ' stays with the other company. You went back and asked; that counts.']),
      textField({
        block: LOST.reason,
        label: 'What did they say?',
        hint: 'In their words, if you have them. It helps with the next one.',
        multiline: true,
      }),
      ...nextTimeFields(deal),
    ],
  });
}

export interface LostValue {
  readonly outcome: Extract<Outcome, { kind: 'lost' }>;
  readonly nextTime?: NextTime;
}

/** Reads why it stayed lost, and what was agreed for the next time. */
export function readLost(values: ViewValues, context: NextTimeContext): Read<LostValue> {
  const nextTime = readNextTime(values, context);
  if (!nextTime.ok) return nextTime;
  return {
    ok: true,
    value: {
      outcome: { kind: 'lost', reason: readText(values, LOST.reason) },
      ...(nextTime.value === undefined ? {} : { nextTime: nextTime.value }),
    },
  };
}
