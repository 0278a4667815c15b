/** A manager's decision: a match, a counter-offer or a decline, below the facts of the ask. */
import type { InputBlock, KnownBlock, ModalView, RichTextBlock } from '@slack/types';
import { stationOf } from '../../deal/asking/stations';
import type { Limit } from '../../deal/model/commands';
import type { Deal, DecisionTerms, YesTerms } from '../../deal/model/deal';
import { formatMoney, type Money } from '../../deal/model/money';
import { canMoveOn, type Reason } from '../../playbook/schema';
import { fieldId, type Ref, VIEWS } from '../ids';
import {
  account,
  businessAndAmount,
  cut,
  EARLIER_LEVERS,
  hopesForMore,
  line,
  list,
  offerWords,
  type Part,
  paragraph,
  quote,
  rich,
  signingParts,
} from '../text';
import { amountField, manyField, momentField, type Option, textField } from './fields';
import { modal } from './modal';
import {
  fault,
  mapRead,
  otherCurrency,
  type Read,
  readMoment,
  readMoney,
  readOptions,
  readText,
  required,
  together,
  type ViewValues,
} from './values';

/** A manager's limit, in words for that manager. */
export type LimitShown = Pick<Limit, 'amount' | 'percent' | 'approver'>;

/** A manager's reply, which stands beside the form: the rep reads the fields to the prospect, and the reply was for us. */
export interface EarlierWords {
  readonly remark: number;
  readonly text: string;
}

export interface DecisionContext {
  /** ISO 4217; applies to an amount without a currency. */
  readonly currency: string;
  /** The limit of the person who decides; null: they decide alone. */
  readonly limit?: LimitShown | null;
  /** A counter-offer may move on these. */
  readonly reasons: readonly Reason[];
  readonly words?: EarlierWords;
}

/** The ask that a screen is about, and the reply it was opened from. */
export function askRef(deal: Deal, words?: EarlierWords): Ref {
  return {
    deal: deal.id,
    ...(deal.ask === null ? {} : { ask: deal.ask.id }),
    ...(words === undefined ? {} : { remark: words.remark }),
  };
}

/** The facts for the decision: the prospect's words, and the time left. */
export function askFacts(deal: Deal): RichTextBlock {
  const words = offerWords(deal);
  const { ourOffer } = deal.details;
  const signing = signingParts(deal);
  const facts: Part[][] = [
    ...(deal.ask === null || deal.ask.status !== 'pending' ? [] : [answerBy(stationOf(deal.ask).answerBy)]),
    ...(signing.length === 0 ? [] : [signing]),
  ];
  return rich(
    line(account(deal), `  ·  ${businessAndAmount(deal)}`),
    ...(words.length === 0 ? [] : [line('They said:'), quote(cut(words.join('\n'), 600))]),
    ...(ourOffer === null ? [] : [line('We had offered:'), quote(cut(ourOffer, 600))]),
    list(facts),
  );
}

const answerBy = (date: number): Part[] => ['Answer by ', { date, style: 'by' }];

const QUOTED_MAX = 1_500;

/** The person's own words, beside the fields. */
export function wordsNote(words: EarlierWords | undefined): RichTextBlock[] {
  return words === undefined ? [] : [rich(line('You wrote:'), quote(cut(words.text, QUOTED_MAX)))];
}

/** The field of the terms, which finishes the rep's line. */
const termsField = (block: string, initial: string | null | undefined): InputBlock =>
  textField({
    block,
    label: "Here's what we can do for you: …",
    hint: 'The rep reads this to them.',
    required: true,
    multiline: true,
    initial,
  });

const inReturnField = (block: string, initial: string | null | undefined): InputBlock =>
  textField({
    block,
    label: "In return, we'd need …",
    placeholder: 'a two-year term, a reference, a start in March',
    hint: "The rep reads this too. It's easier to give when you get something back.",
    initial,
    max: IN_RETURN_MAX,
  });

const IN_RETURN_MAX = 300;
const NO_TERMS = 'Say what we can do, so the rep can read it out.';

export const MATCH = {
  terms: fieldId('terms'),
  value: fieldId('value'),
  inReturn: fieldId('in_return'),
  expiry: fieldId('expiry'),
} as const;

/** A yes: the exact terms, their cost, the return we get, and the deadline. */
export function match(deal: Deal, context: DecisionContext): ModalView {
  const { words } = context;
  const before = earlierTerms(deal);
  const earlier = before?.kind === 'match' ? before : null;
  return modal({
    id: VIEWS.match,
    title: hopesForMore(deal) ? 'Give it to them' : 'Match their offer',
    submit: 'Send yes',
    ref: askRef(deal, words),
    blocks: [
      askFacts(deal),
      ...wordsNote(words),
      ...limitNote(context),
      termsField(MATCH.terms, earlier?.terms ?? offerWords(deal)[0]),
      inReturnField(MATCH.inReturn, earlier?.inReturn),
      costField(MATCH.value, earlier, context),
      momentField({ block: MATCH.expiry, label: 'Good until', initial: earlier?.expiresAt }),
    ],
  });
}

/** Reads a yes. */
export function readMatch(values: ViewValues, context: ReadContext): Read<DecisionTerms> {
  const read = together({
    terms: required(readText(values, MATCH.terms), MATCH.terms, NO_TERMS),
    value: readCost(values, MATCH.value, context),
  });
  return mapRead(read, (yes) => ({
    kind: 'match',
    ...yes,
    cost: null,
    inReturn: readText(values, MATCH.inReturn, IN_RETURN_MAX),
    expiresAt: readMoment(values, MATCH.expiry),
  }));
}

export const COUNTER = {
  levers: fieldId('levers'),
  terms: fieldId('terms'),
  value: fieldId('value'),
  inReturn: fieldId('in_return'),
  expiry: fieldId('expiry'),
} as const;

/** A counter-offer: other concessions come before the price. */
export function counter(deal: Deal, context: DecisionContext): ModalView {
  const { words } = context;
  const before = earlierTerms(deal);
  const earlier = before?.kind === 'counter' ? before : null;
  return modal({
    id: VIEWS.counter,
    title: 'Make a counter-offer',
    submit: 'Send counter-offer',
    ref: askRef(deal, words),
    blocks: [
      askFacts(deal),
      ...wordsNote(words),
      ...limitNote(context),
      manyField({
        block: COUNTER.levers,
        label: 'What do we move on?',
        hint: "Price comes last. It's often not what decided.",
        options: movable(context.reasons, earlier?.levers ?? []),
        initial: earlier?.levers,
      }),
      termsField(COUNTER.terms, earlier?.terms),
      inReturnField(COUNTER.inReturn, earlier?.inReturn),
      costField(COUNTER.value, earlier, context),
      momentField({ block: COUNTER.expiry, label: 'Good until', initial: earlier?.expiresAt }),
    ],
  });
}

/** Reads a counter-offer. */
export function readCounter(values: ViewValues, context: ReadContext): Read<DecisionTerms> {
  const chosen = readOptions(values, COUNTER.levers);
  const read = together({
    terms: required(readText(values, COUNTER.terms), COUNTER.terms, NO_TERMS),
    value: readCost(values, COUNTER.value, context),
  });
  return mapRead(read, (yes) => ({
    kind: 'counter',
    ...yes,
    levers: priceLast([...new Set(chosen)]),
    inReturn: readText(values, COUNTER.inReturn, IN_RETURN_MAX),
    expiresAt: readMoment(values, COUNTER.expiry),
  }));
}

export const DECLINE = { reason: fieldId('reason') } as const;

const PRICE = 'price';

/** The same order, with the price at the end. */
const priceLast = (ids: readonly string[]): string[] => [
  ...ids.filter((id) => id !== PRICE),
  ...ids.filter((id) => id === PRICE),
];

/** The loss reasons to move on. Those of an earlier decision stay, with the labels they had. */
function movable(all: readonly Reason[], before: readonly string[]): Option[] {
  const reasons = all.filter(canMoveOn);
  const known = [...reasons, ...EARLIER_LEVERS.filter(({ id }) => before.includes(id))];
  const ids = priceLast([...new Set([...reasons.map(({ id }) => id), ...before])]);
  return ids.map((id) => ({ value: id, label: known.find((it) => it.id === id)?.label ?? id }));
}

/** A decline, with words that the rep can repeat to the prospect. */
export function decline(deal: Deal, words?: EarlierWords): ModalView {
  const before = earlierTerms(deal);
  return modal({
    id: VIEWS.decline,
    title: 'Decline',
    submit: 'Send no',
    ref: askRef(deal, words),
    blocks: [
      askFacts(deal),
      ...wordsNote(words),
      textField({
        block: DECLINE.reason,
        label: "Here's why: …",
        hint: 'The rep reads this to them. An honest reason keeps the door open.',
        required: true,
        multiline: true,
        initial: before?.kind === 'decline' ? before.reason : null,
      }),
    ],
  });
}

/** Reads a decline. */
export function readDecline(values: ViewValues): Read<DecisionTerms> {
  const reason = readText(values, DECLINE.reason);
  const read = required(reason, DECLINE.reason, 'Say why, so the rep can read it out.');
  return mapRead(read, (words) => ({ kind: 'decline', reason: words }));
}

/** The initial values of the inputs: those of the pending proposal, else of the current decision. */
function earlierTerms(deal: Deal): DecisionTerms | null {
  return deal.ask?.approval?.terms ?? deal.ask?.decisions.at(-1) ?? null;
}

/** "You can decide up to $5,000 on your own. Above that, @sam has to approve it, and we tell the rep it's on its way." */
function limitNote({ limit = null }: DecisionContext): KnownBlock[] {
  if (limit === null) return [];
  const upTo = [
    ...(limit.amount === null ? [] : [formatMoney(limit.amount)]),
    ...(limit.percent === null ? [] : [`${limit.percent}% of the deal`]),
  ].join(', and no more than ');
  const parts: Part[] = [
    `You can decide up to ${upTo} on your own. Above that, `,
    { user: limit.approver },
    " has to approve it, and we tell the rep it's on its way.",
  ];
  return [paragraph(parts)];
}

/** The concession against our own offer: the one amount that limits and the ledger count. */
function costField(
  block: string,
  earlier: YesTerms | null,
  { currency, limit = null }: DecisionContext,
): InputBlock {
  return amountField({
    block,
    label: 'What does it cost us?',
    hint: "Everything we'd give up compared with our offer, as one amount. 0 if it costs nothing.",
    required: limit !== null,
    initial: earlier?.value,
    currency,
    example: '4,000',
  });
}

export interface ReadContext extends Pick<DecisionContext, 'currency' | 'limit'> {
  /** The worth of the deal; null: not known. */
  readonly worth: Money | null;
}

/** Limits, percentages and the ledger compare a cost with the worth, so both are in one currency. */
function readCost(
  values: ViewValues,
  block: string,
  { currency, limit = null, worth }: ReadContext,
): Read<Money | null> {
  const read = readMoney(values, block, currency, { zero: true });
  if (!read.ok) return read;
  if (read.value === null) {
    return limit === null
      ? read
      : fault(block, 'You have a limit, so say what it costs us. Type 0 if it costs nothing.');
  }
  const question = otherCurrency(read.value, worth);
  return question === null ? read : fault(block, question);
}
