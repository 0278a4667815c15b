/** What the screens of a match and of a counter-offer share: what it costs us, and whether somebody else approves. */
import type { InputBlock, KnownBlock } from '@slack/types';
import type { Deal, DecisionTerms, YesTerms } from '../../deal/model/deal';
import { formatMoney } from '../../deal/model/money';
import { currentDecision, type Part, paragraph } from '../text';
import { amountText, costExample } from './amount';
import { type AmountRead, type LimitShown, readMoney, textField, type ViewValues } from './form';

export interface YesContext {
  /** ISO 4217, meant where an amount names none. */
  readonly currency: string;
  /** Of the person who decides; null: they decide alone. */
  readonly limit: LimitShown | null;
  /** Words of theirs to begin with: what they wrote in the thread. */
  readonly words?: { readonly remark: number; readonly text: string };
}

/** What stands in the inputs at first: the proposal that waits, else the decision that counts. */
export function earlierTerms(deal: Deal): DecisionTerms | null {
  return deal.ask?.approval?.terms ?? currentDecision(deal.ask);
}

/** "You decide up to $5,000 alone. Above that it goes on to @sam, who approves, changes or declines it." */
export function limitNote(limit: LimitShown | null): KnownBlock[] {
  if (limit === null) return [];
  const upTo = [
    ...(limit.amount === null ? [] : [formatMoney(limit.amount)]),
    ...(limit.percent === null ? [] : [`${limit.percent}% of the deal`]),
  ].join(', and no more than ');
  const parts: Part[] = [
    `You decide up to ${upTo} alone. Above that it goes on to `,
    { user: limit.approver },
    ', who approves, changes or declines it; the rep is told that it is on its way.',
  ];
  return [paragraph(parts)];
}

/** What we give away against our own offer: the one amount that limits and the ledger count. */
export function costField(
  block: string,
  earlier: YesTerms | null,
  { currency, limit }: Pick<YesContext, 'currency' | 'limit'>,
): InputBlock {
  return textField({
    block,
    label: 'What does it cost us?',
    hint: 'All that we give away against our own offer, as one amount. 0 if it costs nothing.',
    required: limit !== null,
    placeholder: costExample(currency),
    initial: amountText(earlier?.value ?? null),
    max: 60,
  });
}

export function readCost(
  values: ViewValues,
  block: string,
  { currency, limit }: { readonly currency: string; readonly limit?: LimitShown | null },
): AmountRead {
  const read = readMoney(values, block, currency, { zero: true });
  return read.ok && read.amount === null && limit
    ? { ok: false, error: 'You have a limit, so please say what it costs us; 0 if it costs nothing.' }
    : read;
}
