import type { ModalView } from '@slack/types';
import type { Deal, DecisionTerms } from '../../deal/model/deal';
import { fieldId, VIEWS } from '../ids';
import { offerWords } from '../text';
import { askFacts, askRef } from './askFacts';
import {
  momentField,
  type Read,
  type ReadContext,
  readMoment,
  readText,
  textField,
  type ViewValues,
} from './form';
import { modal } from './modal';
import { costField, earlierTerms, limitNote, readCost, type YesContext } from './yes';

export const MATCH = {
  terms: fieldId('terms'),
  value: fieldId('value'),
  inReturn: fieldId('in_return'),
  expiry: fieldId('expiry'),
} as const;

/** Confirms a match: exactly what, what it costs, what we get in return, until when. */
export function match(deal: Deal, context: YesContext): ModalView {
  const before = earlierTerms(deal);
  const { words } = context;
  const earlier = before?.kind === 'match' ? before : null;
  return modal({
    id: VIEWS.match,
    title: 'Match their offer',
    submit: 'Match',
    close: 'Cancel',
    ref: askRef(deal, words?.remark),
    blocks: [
      askFacts(deal),
      ...limitNote(context.limit),
      textField({
        block: MATCH.terms,
        label: 'What exactly do we match?',
        hint: 'The rep reads this to the prospect.',
        required: true,
        multiline: true,
        initial: words?.text ?? earlier?.terms ?? offerWords(deal)[0],
      }),
      costField(MATCH.value, earlier, context),
      momentField({ block: MATCH.expiry, label: 'Good until', initial: earlier?.expiresAt }),
      textField({
        block: MATCH.inReturn,
        label: 'What do we get in return?',
        placeholder: 'A longer term, a reference, a start date',
        initial: earlier?.inReturn,
        max: 300,
      }),
    ],
  });
}

/** Reads the confirmation of a match. */
export function readMatch(values: ViewValues, context: ReadContext): Read<DecisionTerms> {
  const terms = readText(values, MATCH.terms);
  const value = readCost(values, MATCH.value, context);
  if (terms === null || !value.ok) {
    return {
      ok: false,
      errors: {
        ...(terms === null
          ? { [MATCH.terms]: 'Please say what we match, so that the rep can repeat it.' }
          : {}),
        ...(value.ok ? {} : { [MATCH.value]: value.error }),
      },
    };
  }
  return {
    ok: true,
    value: {
      kind: 'match',
      terms,
      cost: null,
      value: value.amount,
      inReturn: readText(values, MATCH.inReturn),
      expiresAt: readMoment(values, MATCH.expiry),
    },
  };
}
