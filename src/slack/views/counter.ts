import type { ModalView } from '@slack/types';
import { type Deal, type DecisionTerms, LEVERS } from '../../deal/model/deal';
import { fieldId, VIEWS } from '../ids';
import { LEVER_LABELS } from '../text';
import { askFacts, askRef } from './askFacts';
import {
  manyField,
  momentField,
  type Read,
  type ReadContext,
  readMoment,
  readOptions,
  readText,
  textField,
  type ViewValues,
} from './form';
import { modal } from './modal';
import { costField, earlierTerms, limitNote, readCost, type YesContext } from './yes';

export const COUNTER = {
  levers: fieldId('levers'),
  terms: fieldId('terms'),
  value: fieldId('value'),
  expiry: fieldId('expiry'),
} as const;

/** A different offer: what else we can move comes before the price. */
export function counter(deal: Deal, context: YesContext): ModalView {
  const before = earlierTerms(deal);
  const earlier = before?.kind === 'counter' ? before : null;
  const { words } = context;
  return modal({
    id: VIEWS.counter,
    title: 'Make a counter-offer',
    submit: 'Counter',
    close: 'Cancel',
    ref: askRef(deal, words?.remark),
    blocks: [
      askFacts(deal),
      ...limitNote(context.limit),
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
        initial: words?.text ?? earlier?.terms,
      }),
      costField(COUNTER.value, earlier, context),
      momentField({ block: COUNTER.expiry, label: 'Good until', initial: earlier?.expiresAt }),
    ],
  });
}

/** Reads a counter-offer. */
export function readCounter(values: ViewValues, context: ReadContext): Read<DecisionTerms> {
  const terms = readText(values, COUNTER.terms);
  const value = readCost(values, COUNTER.value, context);
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
