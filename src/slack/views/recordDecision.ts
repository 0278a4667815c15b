import type { ModalView } from '@slack/types';
import type { Deal, DecisionTerms } from '../../deal/model/deal';
import { fieldId, VIEWS } from '../ids';
import { account, cut, DECISION_LABELS, line, quote, rich } from '../text';
import type { EarlierWords, ReadContext } from './decisions';
import { amountField, momentField, radioField, textField } from './fields';
import { modal } from './modal';
import {
  fault,
  mapRead,
  otherCurrency,
  type Read,
  readMoment,
  readMoney,
  readOneOf,
  readText,
  required,
  together,
  type ViewValues,
} from './values';

export const RECORD_DECISION = {
  kind: fieldId('kind'),
  words: fieldId('words'),
  value: fieldId('value'),
  inReturn: fieldId('in_return'),
  expiry: fieldId('expiry'),
} as const;

const KINDS = ['match', 'counter', 'decline'] as const;

/** A manager answered in words: records them as the decision. */
export function recordDecision(
  deal: Deal,
  words: EarlierWords,
  { currency }: { readonly currency: string },
): ModalView {
  return modal({
    id: VIEWS.recordDecision,
    title: 'Record the decision',
    submit: 'Record',
    ref: { deal: deal.id, remark: words.remark, ...(deal.ask === null ? {} : { ask: deal.ask.id }) },
    blocks: [
      rich(line('You wrote about ', account(deal), ':'), quote(cut(words.text, 600))),
      radioField({
        block: RECORD_DECISION.kind,
        label: 'Is that a match, a counter or a decline?',
        required: true,
        options: KINDS.map((kind) => ({ value: kind, label: DECISION_LABELS[kind] })),
      }),
      textField({
        block: RECORD_DECISION.words,
        label: 'Words the rep can repeat',
        hint: 'What we match or offer. For a decline, the reason.',
        required: true,
        multiline: true,
      }),
      textField({
        block: RECORD_DECISION.inReturn,
        label: "In return, we'd need … (match or counter)",
        max: 300,
      }),
      amountField({
        block: RECORD_DECISION.value,
        label: 'What does it cost us? (match or counter)',
        hint: "Everything we'd give up compared with our offer, as one amount. 0 if it costs nothing.",
        currency,
        example: '4,000',
      }),
      momentField({ block: RECORD_DECISION.expiry, label: 'Good until (match or counter)' }),
    ],
  });
}

/** Reads the decision. */
export function readRecordDecision(
  values: ViewValues,
  { currency, worth }: Omit<ReadContext, 'limit'>,
): Read<DecisionTerms> {
  const cost = readMoney(values, RECORD_DECISION.value, currency, { zero: true });
  const question = cost.ok && cost.value !== null ? otherCurrency(cost.value, worth) : null;
  const read = together({
    kind: required(
      readOneOf(values, RECORD_DECISION.kind, KINDS),
      RECORD_DECISION.kind,
      'Pick one of the three.',
    ),
    words: required(
      readText(values, RECORD_DECISION.words),
      RECORD_DECISION.words,
      'Give the rep words to repeat.',
    ),
    value: question === null ? cost : fault(RECORD_DECISION.value, question),
  });
  const expiresAt = readMoment(values, RECORD_DECISION.expiry);
  const inReturn = readText(values, RECORD_DECISION.inReturn, 300);
  return mapRead(read, ({ kind, words, value }): DecisionTerms => {
    switch (kind) {
      case 'match':
        return { kind, terms: words, cost: null, value, inReturn, expiresAt };
      case 'counter':
        return { kind, terms: words, levers: [], value, inReturn, expiresAt };
      case 'decline':
        return { kind, reason: words };
    }
  });
}
