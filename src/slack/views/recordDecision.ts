import type { ModalView } from '@slack/types';
import type { Deal, DecisionTerms, Remark } from '../../deal/model/deal';
import { fieldId, VIEWS } from '../ids';
import { account, cut, DECISION_LABELS, line, quote, rich } from '../text';
import { costExample } from './amount';
import {
  momentField,
  type Read,
  type ReadContext,
  radioField,
  readMoment,
  readMoney,
  readOption,
  readText,
  textField,
  type ViewValues,
} from './form';
import { modal } from './modal';

export const RECORD_DECISION = {
  kind: fieldId('kind'),
  words: fieldId('words'),
  value: fieldId('value'),
  expiry: fieldId('expiry'),
} as const;

/** A manager answered in words: records them as the decision. */
export function recordDecision(
  deal: Deal,
  remark: Remark,
  { currency }: { readonly currency: string },
): ModalView {
  return modal({
    id: VIEWS.recordDecision,
    title: 'Record the decision',
    submit: 'Record',
    close: 'Cancel',
    ref: { deal: deal.id, remark: remark.id, ...(deal.ask === null ? {} : { ask: deal.ask.id }) },
    blocks: [
      rich(line('You wrote about ', account(deal), ':'), quote(cut(remark.text, 600))),
      radioField({
        block: RECORD_DECISION.kind,
        label: 'Is that a match, a counter or a decline?',
        required: true,
        options: (['match', 'counter', 'decline'] as const).map((kind) => ({
          value: kind,
          label: DECISION_LABELS[kind],
        })),
      }),
      textField({
        block: RECORD_DECISION.words,
        label: 'Words the rep can repeat',
        hint: 'What we match or offer; for a decline, the reason.',
        required: true,
        multiline: true,
        initial: remark.text,
      }),
      textField({
        block: RECORD_DECISION.value,
        label: 'What does it cost us? (match or counter)',
        hint: 'All that we give away against our own offer, as one amount. 0 if it costs nothing.',
        placeholder: costExample(currency),
        max: 60,
      }),
      momentField({ block: RECORD_DECISION.expiry, label: 'Good until (match or counter)' }),
    ],
  });
}

/** Reads the decision. */
export function readRecordDecision(values: ViewValues, { currency }: ReadContext): Read<DecisionTerms> {
  const kind = readOption(values, RECORD_DECISION.kind);
  const words = readText(values, RECORD_DECISION.words);
  const value = readMoney(values, RECORD_DECISION.value, currency, { zero: true });
  const expiresAt = readMoment(values, RECORD_DECISION.expiry);
  const errors = {
    ...(kind === null ? { [RECORD_DECISION.kind]: 'Please choose one of the three.' } : {}),
    ...(words === null ? { [RECORD_DECISION.words]: 'Please give the rep words to repeat.' } : {}),
    ...(value.ok ? {} : { [RECORD_DECISION.value]: value.error }),
  };
  if (words === null || !value.ok) return { ok: false, errors };
  switch (kind) {
    case 'match':
      return {
        ok: true,
        value: { kind, terms: words, cost: null, value: value.amount, inReturn: null, expiresAt },
      };
    case 'counter':
      return { ok: true, value: { kind, terms: words, levers: [], value: value.amount, expiresAt } };
    case 'decline':
      return { ok: true, value: { kind, reason: words } };
    default:
      return { ok: false, errors: { ...errors, [RECORD_DECISION.kind]: 'Please choose one of the three.' } };
  }
}
