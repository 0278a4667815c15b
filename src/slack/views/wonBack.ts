import type { ModalView } from '@slack/types';
import type { Deal, Outcome } from '../../deal/model/deal';
import { fieldId, VIEWS } from '../ids';
import { account, currentDecision, paragraph } from '../text';
import { amountExample, amountText } from './amount';
import {
  type Read,
  type ReadContext,
  radioField,
  readMoney,
  readOption,
  readText,
  textField,
  type ViewValues,
} from './form';
import { modal } from './modal';

export const WON_BACK = { part: fieldId('part'), amount: fieldId('amount'), took: fieldId('took') } as const;

/** The best news: how much of it came back. */
export function wonBack(deal: Deal, { currency }: { readonly currency: string }): ModalView {
  return modal({
    id: VIEWS.wonBack,
    title: 'Won back',
    submit: 'Save',
    close: 'Cancel',
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
      textField({
        block: WON_BACK.amount,
        label: 'What is it worth now?',
        placeholder: amountExample(currency),
        initial: amountText(deal.details.amount),
        max: 60,
      }),
      textField({
        block: WON_BACK.took,
        label: 'What did it take?',
        hint: 'In the end: the terms, a person, a gesture. It helps with the next one.',
        multiline: true,
        initial: termsOf(deal),
      }),
    ],
  });
}

/** What we offered, which may have been all that it took. */
function termsOf(deal: Deal): string | null {
  const decision = currentDecision(deal.ask);
  return decision === null || decision.kind === 'decline' ? null : decision.terms;
}

/** Reads what was won back. */
export function readWonBack(values: ViewValues, { currency }: ReadContext): Read<Outcome> {
  const part = readOption(values, WON_BACK.part);
  const amount = readMoney(values, WON_BACK.amount, currency);
  if ((part !== 'whole' && part !== 'part') || !amount.ok) {
    return {
      ok: false,
      errors: {
        ...(part === 'whole' || part === 'part' ? {} : { [WON_BACK.part]: 'Please choose one of the two.' }),
        ...(amount.ok ? {} : { [WON_BACK.amount]: amount.error }),
      },
    };
  }
  return {
    ok: true,
    value: { kind: 'won_back', part, amount: amount.amount, took: readText(values, WON_BACK.took) },
  };
}
