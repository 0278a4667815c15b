import type { ModalView } from '@slack/types';
import type { Deal, Outcome } from '../../deal/deal';
import { fieldId, VIEWS } from '../ids';
import { cut, paragraph } from '../text';
import { type Read, readText, textField, type ViewValues } from './form';
import { modal } from './modal';

export const LOST = { reason: fieldId('reason') } as const;

/** It stayed lost; the reason helps the next one. */
export function lost(deal: Deal, _context?: { readonly currency: string }): ModalView {
  return modal({
    id: VIEWS.lost,
    title: 'Lost',
    submit: 'Save',
    close: 'Cancel',
    ref: { d: deal.id },
    blocks: [
      paragraph([
        { bold: cut(deal.account, 400) },
        ' stays with the other company. You went back and asked; that counts.',
      ]),
      textField({
        block: LOST.reason,
        label: 'What did they say?',
        hint: 'In their words, if you have them. It helps with the next one.',
        multiline: true,
      }),
    ],
  });
}

/** Reads why it stayed lost. */
export function readLost(values: ViewValues): Read<Extract<Outcome, { kind: 'lost' }>> {
  return { ok: true, value: { kind: 'lost', reason: readText(values, LOST.reason) } };
}
