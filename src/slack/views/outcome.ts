/** The outcome after the rep went back to the prospect: won back, or lost after all. */
import type { ModalView } from '@slack/types';
import type { Deal, NextTime, Outcome } from '../../deal/model/deal';
import { fieldId, VIEWS } from '../ids';
import { account, currentDecision, paragraph } from '../text';
import { amountField, radioField, textField } from './fields';
import { modal } from './modal';
import { type NextTimeContext, nextTimeFields, readNextTime } from './nextTime';
import {
  mapRead,
  type Read,
  readMoney,
  readOneOf,
  readText,
  required,
  together,
  type ViewValues,
} from './values';

export const WON_BACK = { part: fieldId('part'), amount: fieldId('amount'), took: fieldId('took') } as const;

/** The deal is won back; asks how much of it came back. */
export function wonBack(deal: Deal, { currency }: { readonly currency: string }): ModalView {
  return modal({
    id: VIEWS.wonBack,
    title: 'Won back',
    submit: 'Save',
    ref: { deal: deal.id },
    blocks: [
      paragraph([account(deal), ' is back. You asked, and it was worth asking.']),
      radioField({
        block: WON_BACK.part,
        label: 'How much of it?',
        required: true,
        initial: 'whole',
        options: [
          { value: 'whole', label: 'All of it' },
          { value: 'part', label: 'Part of it' },
        ],
      }),
      amountField({
        block: WON_BACK.amount,
        label: 'What is it worth now?',
        initial: deal.details.amount,
        currency,
      }),
      textField({
        block: WON_BACK.took,
        label: 'What did it take?',
        hint: 'The terms, a person, a gesture. It helps with the next one.',
        multiline: true,
        initial: termsOf(deal),
      }),
    ],
  });
}

/** Our offer, which may have been enough to win the deal back. */
function termsOf(deal: Deal): string | null {
  const decision = currentDecision(deal.ask);
  return decision === null || decision.kind === 'decline' ? null : decision.terms;
}

/** Reads how much the rep won back. */
export function readWonBack(values: ViewValues, { currency }: { readonly currency: string }): Read<Outcome> {
  const part = readOneOf(values, WON_BACK.part, ['whole', 'part'] as const);
  const read = together({
    part: required(part, WON_BACK.part, 'Pick one of the two.'),
    amount: readMoney(values, WON_BACK.amount, currency),
  });
  return mapRead(read, (back) => ({ kind: 'won_back', ...back, took: readText(values, WON_BACK.took) }));
}

export const LOST = { reason: fieldId('reason') } as const;

/** The deal stayed lost; the reason helps with the next deal. */
export function lost(deal: Deal): ModalView {
  return modal({
    id: VIEWS.lost,
    title: 'Lost',
    submit: 'Save',
    ref: { deal: deal.id },
    blocks: [
      paragraph([account(deal), ' stays with the other company. You went back and asked, and that counts.']),
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

/** Reads why it stayed lost, and the agreement for the next call. */
export function readLost(values: ViewValues, context: NextTimeContext): Read<LostValue> {
  return mapRead(readNextTime(values, context), (nextTime) => ({
    outcome: { kind: 'lost', reason: readText(values, LOST.reason) },
    ...(nextTime === undefined ? {} : { nextTime }),
  }));
}
