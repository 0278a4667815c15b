/** The details that can wait until after a call: their inputs, on *While it's fresh* and on the form for a finished call. */

import type { AnyBlock } from '@slack/types';
import type { Deal, Details, UserId } from '../../deal/model/deal';
import { offerKinds } from '../../deal/model/facts';
import type { Check } from '../../deal/practice/feedback';
import { type Reason, traitsOf, type Verdict } from '../../playbook/schema';
import { ACTIONS, fieldId } from '../ids';
import { buttons, paragraph } from '../text';
import { amountField, manyField, personField, textField } from './fields';
import {
  fault,
  otherCurrency,
  type Read,
  readMoney,
  readName,
  readOptions,
  readText,
  together,
  type ViewValues,
} from './values';

/** Longest name of a company or a person. */
export const NAME_MAX = 80;

export const FILL_IN = {
  manager: fieldId('manager'),
  amount: fieldId('amount'),
  competitor: fieldId('competitor'),
  prospect: fieldId('prospect'),
  recommendation: fieldId('recommendation'),
  yesCosts: fieldId('yes_costs'),
  ourOffer: fieldId('our_offer'),
  notes: fieldId('notes'),
  reasons: fieldId('loss_reasons'),
} as const;
type FieldName = keyof typeof FILL_IN;

type Fields = readonly FieldName[];

/**
 * The details worth writing down for each ending, in the order of the screen: those that count first, and the rest
 * behind *More*.
 */
export const FIELDS: Readonly<Record<Verdict, { readonly first: Fields; readonly rest: Fields }>> = {
  pulse: {
    first: ['reasons', 'amount', 'manager', 'recommendation'],
    rest: ['yesCosts', 'ourOffer', 'competitor', 'prospect', 'notes'],
  },
  keep_talking: { first: ['reasons', 'amount', 'ourOffer'], rest: ['competitor', 'prospect', 'notes'] },
  signed: { first: ['reasons', 'competitor', 'amount'], rest: ['prospect', 'notes'] },
  no_pulse: { first: ['reasons', 'competitor', 'amount'], rest: ['prospect', 'notes'] },
  declined_to_say: { first: ['reasons', 'competitor', 'amount'], rest: ['prospect', 'notes'] },
  no_check: { first: ['reasons', 'competitor', 'amount'], rest: ['prospect', 'notes'] },
  postponed: { first: ['reasons', 'amount'], rest: ['prospect', 'notes'] },
  not_over: { first: ['notes'], rest: [] },
  unreached: { first: ['prospect', 'reasons'], rest: ['notes'] },
};

export interface FillInOptions {
  readonly currency: string;
  /** Those that a rep may pick; those of the deal are among them. */
  readonly reasons: readonly Reason[];
  /** The manager of the rep's team; null: it has none, so the rep says who decides. */
  readonly teamManager: UserId | null;
  /** Shows the rest too. */
  readonly more?: boolean;
  /** What the rep did well on the call and what to try next time, for the rep alone. */
  readonly advice?: readonly Check[];
}

/** One of the inputs that can wait until after the call. */
export function fieldOf(
  name: FieldName,
  deal: Deal,
  { currency, reasons, teamManager }: FillInOptions,
): AnyBlock {
  const { details } = deal;
  const block = FILL_IN[name];
  switch (name) {
    case 'manager':
      return whoDecides(deal, teamManager);
    case 'reasons':
      return manyField({
        block,
        label: 'Loss reasons',
        hint: 'All that counted. Your best guess will do.',
        options: reasons.map(({ id, label }) => ({ value: id, label })),
        initial: offerKinds(deal),
      });
    case 'amount':
      return amountField({ block, label: 'What is it worth?', initial: details.amount, currency });
    case 'yesCosts':
      return amountField({
        block,
        label: 'What would a yes cost us?',
        hint: "Everything you'd give up compared with our current offer. A rough amount will do.",
        initial: details.yesCosts,
        currency,
        example: '4,000',
      });
    case 'ourOffer':
      return textField({
        block,
        label: 'What did we offer?',
        hint: 'Price, delivery and terms, in a line or two.',
        multiline: true,
        initial: details.ourOffer,
      });
    case 'competitor':
      return textField({ block, label: 'Who did they choose?', initial: details.competitor, max: NAME_MAX });
    case 'prospect':
      return textField({
        block,
        label:
          traitsOf(deal.verdict)?.isReached === false
            ? 'Who do you want to reach?'
            : 'Who did you speak with?',
        hint: "As you'd say it: Jane, Ms. Porter.",
        initial: details.prospect,
        max: NAME_MAX,
      });
    case 'recommendation':
      return textField({
        block,
        label: 'What do you recommend?',
        hint: 'One or two sentences for whoever decides.',
        multiline: true,
        initial: details.recommendation,
      });
    case 'notes':
      return textField({
        block,
        label: 'Anything else worth keeping',
        multiline: true,
        initial: details.notes,
      });
  }
}

/** The team's manager decides; where a team has none, the rep says who does. */
function whoDecides(deal: Deal, teamManager: UserId | null): AnyBlock {
  const asked = deal.ask?.manager ?? null;
  const manager = asked ?? deal.manager;
  if (teamManager !== null && manager !== null) return paragraph([{ user: manager }, ' decides.']);
  return personField({
    block: FILL_IN.manager,
    label: 'Who can say yes?',
    hint:
      asked === null || deal.ask?.heldUntil != null
        ? "We'll ask them when you save."
        : 'They have your ask. What you add here goes with it.',
    initial: manager ?? teamManager,
  });
}

/** *More*, where something stands behind it. */
export function moreRow(deal: Deal, hidden: readonly AnyBlock[]): AnyBlock[] {
  return hidden.length === 0
    ? []
    : [buttons({ action: ACTIONS.more, label: 'More', ref: { deal: deal.id, mode: 'more' } })];
}

/** The loss reasons, if the rep changed them; else nothing, so that those ticked on the call go on to count. */
export function readReasons(values: ViewValues, deal: Deal): Pick<Details, 'reasons'> | Record<never, never> {
  if (!(FILL_IN.reasons in values)) return {};
  const picked = readOptions(values, FILL_IN.reasons);
  const known = offerKinds(deal);
  const isSame = picked.length === known.length && picked.every((id) => known.includes(id));
  return isSame ? {} : { reasons: picked };
}

/** The text of one input: names on one line, everything else as the rep typed it. */
export function readDetail(
  values: ViewValues,
  name: 'ourOffer' | 'competitor' | 'prospect' | 'recommendation' | 'notes',
): string | null {
  return name === 'competitor' || name === 'prospect'
    ? readName(values, FILL_IN[name], NAME_MAX)
    : readText(values, FILL_IN[name]);
}

/**
 * The worth of a deal and the cost of a yes. People compare the two, so a cost without a currency takes that of the
 * worth.
 */
export function readAmounts(
  values: ViewValues,
  currency: string,
): Read<Pick<Details, 'amount' | 'yesCosts'>> {
  const amount = readMoney(values, FILL_IN.amount, currency);
  const worth = amount.ok ? amount.value : null;
  const yesCosts = readMoney(values, FILL_IN.yesCosts, worth?.currency ?? currency, { zero: true });
  const question = yesCosts.ok && yesCosts.value !== null ? otherCurrency(yesCosts.value, worth) : null;
  return together({ amount, yesCosts: question === null ? yesCosts : fault(FILL_IN.yesCosts, question) });
}
