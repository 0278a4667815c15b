import type { ModalView } from '@slack/types';
import { type Deal, type DecisionTerms, LEVERS } from '../../deal/deal';
import { fieldId, VIEWS } from '../ids';
import { currentDecision, LEVER_LABELS } from '../text';
import { amountExample, amountText } from './amount';
import { askFacts } from './askFacts';
import {
  manyField,
  momentField,
  type Read,
  type ReadContext,
  readMoment,
  readMoney,
  readOptions,
  readText,
  textField,
  type ViewValues,
} from './form';
import { modal } from './modal';

export const COUNTER = {
  levers: fieldId('levers'),
  terms: fieldId('terms'),
  value: fieldId('value'),
  expiry: fieldId('expiry'),
} as const;

/** A different offer: what else we can move comes before the price. */
export function counter(deal: Deal, { currency }: { readonly currency: string }): ModalView {
  const before = currentDecision(deal.ask);
  const earlier = before?.kind === 'counter' ? before : null;
  return modal({
    id: VIEWS.counter,
    title: 'Make a counter-offer',
    submit: 'Counter',
    close: 'Cancel',
    ref: { d: deal.id, ...(deal.ask === null ? {} : { a: deal.ask.id }) },
    blocks: [
      askFacts(deal),
      manyField({
        block: COUNTER.levers,
        label: 'What do we move?',
        hint: 'Price comes last: it is often not what decided.',
        options: LEVERS.map((lever) => ({ value: lever, label: LEVER_LABELS[lever] })),
        initial: earlier?.levers,
      }),
      textField({
        block: COUNTER.terms,
        label: 'What do we offer?',
        hint: 'The rep reads this to the prospect.',
        required: true,
        multiline: true,
        initial: earlier?.terms,
      }),
      textField({
        block: COUNTER.value,
        label: 'What is it worth?',
        placeholder: amountExample(currency),
        initial: amountText(earlier?.value ?? null),
        max: 60,
      }),
      momentField({ block: COUNTER.expiry, label: 'Good until', initial: earlier?.expiresAt }),
    ],
  });
}

/** Reads a counter-offer. */
export function readCounter(values: ViewValues, { currency }: ReadContext): Read<DecisionTerms> {
  const terms = readText(values, COUNTER.terms);
  const value = readMoney(values, COUNTER.value, currency);
  if (terms === null || !value.ok) {
    return {
      ok: false,
      errors: {
        ...(terms === null
          ? { [COUNTER.terms]: 'Please say what we offer, so that the rep can repeat it.' }
          : {}),
        ...(value.ok ? {} : { [COUNTER.value]: value.error }),
      },
    };
  }
  const chosen = readOptions(values, COUNTER.levers);
  return {
    ok: true,
    value: {
      kind: 'counter',
      terms,
      levers: LEVERS.filter((lever) => chosen.includes(lever)),
      value: value.amount,
      expiresAt: readMoment(values, COUNTER.expiry),
    },
  };
}
