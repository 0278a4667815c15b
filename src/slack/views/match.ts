import type { ModalView } from '@slack/types';
import type { Deal, DecisionTerms } from '../../deal/deal';
import { fieldId, VIEWS } from '../ids';
import { currentDecision, offerWords } from '../text';
import { askFacts } from './askFacts';
import { momentField, type Read, readMoment, readText, textField, type ViewValues } from './form';
import { modal } from './modal';

export const MATCH = {
  terms: fieldId('terms'),
  cost: fieldId('cost'),
  inReturn: fieldId('in_return'),
  expiry: fieldId('expiry'),
} as const;

/** Confirms a match: exactly what, what it costs, what we get in return, until when. */
export function match(deal: Deal, _context: { readonly currency: string }): ModalView {
  const before = currentDecision(deal.ask);
  const earlier = before?.kind === 'match' ? before : null;
  return modal({
    id: VIEWS.match,
    title: 'Match their offer',
    submit: 'Match',
    close: 'Cancel',
    ref: { d: deal.id, ...(deal.ask === null ? {} : { a: deal.ask.id }) },
    blocks: [
      askFacts(deal),
      textField({
        block: MATCH.terms,
        label: 'What exactly do we match?',
        hint: 'The rep reads this to the prospect.',
        required: true,
        multiline: true,
        initial: earlier?.terms ?? offerWords(deal)[0],
      }),
      momentField({ block: MATCH.expiry, label: 'Good until', initial: earlier?.expiresAt }),
      textField({ block: MATCH.cost, label: 'What does it cost us?', initial: earlier?.cost, max: 300 }),
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
export function readMatch(values: ViewValues): Read<DecisionTerms> {
  const terms = readText(values, MATCH.terms);
  if (terms === null) {
    return {
      ok: false,
      errors: { [MATCH.terms]: 'Please say what we match, so that the rep can repeat it.' },
    };
  }
  return {
    ok: true,
    value: {
      kind: 'match',
      terms,
      cost: readText(values, MATCH.cost),
      inReturn: readText(values, MATCH.inReturn),
      expiresAt: readMoment(values, MATCH.expiry),
    },
  };
}
