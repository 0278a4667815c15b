import type { AnyBlock, InputBlock, ModalView } from '@slack/types';
import { lastAnswerOf } from '../../deal/decide/undoVerdict';
import type { Answered, Deal, Details, NextTime, UserId } from '../../deal/model/deal';
import { offerKinds } from '../../deal/model/facts';
import {
  FACT_KINDS,
  type Fact,
  type Playbook,
  type Reason,
  traitsOf,
  type Verdict,
} from '../../playbook/schema';
import { wordsOf } from '../../playbook/words';
import { ACTIONS, blockId, fieldId, VIEWS } from '../ids';
import {
  buttons,
  line,
  paragraph,
  plainLine,
  quote,
  rich,
  spoken,
  strong,
  VERDICT_LABELS,
  writtenAnswers,
} from '../text';
import { heading, quiet } from './blocks';
import { keptWhileTyped } from './draft';
import { amountField, manyField, personField, textField } from './fields';
import { modal } from './modal';
import { type NextTimeContext, nextTimeFields, readNextTime } from './nextTime';
import {
  mapRead,
  type Read,
  readMoney,
  readName,
  readOptions,
  readPerson,
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
const FIELDS: Readonly<Record<Verdict, { readonly first: Fields; readonly rest: Fields }>> = {
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

/** The answers in words that count first. */
const FIRST_WORDS: readonly Fact[] = ['attraction', 'hoped_for', 'would_have_changed'];

export interface FillInOptions {
  readonly currency: string;
  /** Those that a rep may pick; those of the deal are among them. */
  readonly reasons: readonly Reason[];
  /** The manager of the rep's team; null: it has none, so the rep says who decides. */
  readonly teamManager: UserId | null;
  /** Shows the rest too. */
  readonly more?: boolean;
}

/** *While it's fresh*: the end of the call in kind words, and everything that could wait until after it. */
export function fillIn(deal: Deal, playbook: Playbook, options: FillInOptions): ModalView {
  const verdict = deal.verdict;
  const ending = verdict === null ? undefined : playbook.endings[verdict];
  const { first, rest } = FIELDS[verdict ?? 'no_pulse'];
  const traits = traitsOf(verdict);
  const asked = traits?.isReached === true && traits.isLoss;
  const words = writtenFields(deal, playbook);
  const hidden = [
    ...words.filter(({ counts }) => !counts).map(({ field }) => field),
    ...rest.map((name) => fieldOf(name, deal, options)),
  ];
  const view = modal({
    id: VIEWS.fillIn,
    title: "While it's fresh",
    submit: 'Save',
    close: 'Later',
    ref: { deal: deal.id, ...(options.more === true ? { mode: 'more' } : {}) },
    blocks: [
      ...(verdict === null
        ? []
        : [heading(ending === undefined ? VERDICT_LABELS[verdict] : plainLine(ending.title, deal))]),
      ...(asked ? [quiet('You asked. Most people never do.')] : []),
      ...(ending === undefined || ending.say.length === 0
        ? []
        : [rich(line('Say'), ...ending.say.map((template) => quote(...strong(spoken(template, deal)))))]),
      ...(ending === undefined ? [] : [quiet(`Why: ${plainLine(ending.why, deal)}`)]),
      ...backRow(deal),
      ...(traits?.isReached === false ? wordsToLeave(deal, playbook) : []),
      ...words.filter(({ counts }) => counts).map(({ field }) => field),
      ...first.map((name) => fieldOf(name, deal, options)),
      ...(traits?.asksNextTime ? nextTimeFields(deal) : []),
      ...(options.more === true ? hidden : moreRow(deal, hidden)),
      quiet('Saved as you type. You can close this.'),
    ],
  });
  return keptWhileTyped(view);
}

function moreRow(deal: Deal, hidden: readonly AnyBlock[]): AnyBlock[] {
  return hidden.length === 0
    ? []
    : [buttons({ action: ACTIONS.more, label: 'More', ref: { deal: deal.id, mode: 'more' } })];
}

/** An answer that the prospect gave during the call and the rep types now. */
export interface WrittenAnswer {
  readonly stepId: string;
  readonly visit: number;
  readonly text: string;
}

export interface FillInValue {
  /** Only fields that were on the screen; null: left empty. */
  readonly details: Partial<Details>;
  readonly manager: UserId | null;
  readonly written: readonly WrittenAnswer[];
  /** Absent where the screen does not ask for it. */
  readonly nextTime?: NextTime;
}

/** Reads *Fill in while it's fresh*. */
export function readFillIn(
  values: ViewValues,
  { currency, deal, today }: NextTimeContext & { readonly currency: string },
): Read<FillInValue> {
  const read = together({
    amounts: readAmounts(values, currency),
    nextTime: readNextTime(values, { deal, today }),
  });
  const texts = (['ourOffer', 'competitor', 'prospect', 'recommendation', 'notes'] as const).flatMap(
    (name) => (FILL_IN[name] in values ? [[name, readDetail(values, name)] as const] : []),
  );
  return mapRead(read, ({ amounts, nextTime }) => ({
    details: {
      ...Object.fromEntries(texts),
      ...(FILL_IN.amount in values ? { amount: amounts.amount } : {}),
      ...(FILL_IN.yesCosts in values ? { yesCosts: amounts.yesCosts } : {}),
      ...readReasons(values, deal),
    },
    manager: readPerson(values, FILL_IN.manager),
    written: writtenAnswers(deal).flatMap(({ stepId, visit }) => {
      const text = readText(values, blockId(stepId, visit, 'text'));
      return text === null ? [] : [{ stepId, visit, text }];
    }),
    ...(nextTime === undefined ? {} : { nextTime }),
  }));
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
  const meant = (amount.ok ? amount.value?.currency : undefined) ?? currency;
  return together({ amount, yesCosts: readMoney(values, FILL_IN.yesCosts, meant, { zero: true }) });
}

/** *Back*, after a wrong tap. The first notes remove it, because they confirm the answer. */
function backRow(deal: Deal): AnyBlock[] {
  const last = deal.filledIn ? null : lastAnswerOf(deal);
  if (last === null) return [];
  return [buttons({ action: ACTIONS.backToCall, label: 'Back', ref: { deal: deal.id, visit: last.visit } })];
}

function wordsToLeave(deal: Deal, playbook: Playbook): AnyBlock[] {
  return [
    ...(deal.nextTryAt === null
      ? []
      : [paragraph(["I'll remind you to try again ", { date: deal.nextTryAt }, '.'])]),
    rich(
      line({ bold: 'On voicemail' }),
      ...wordsOf(playbook, 'voicemail').map((template) => quote(...spoken(template, deal))),
      line({ bold: 'By mail' }),
      ...wordsOf(playbook, 'mail').map((template) => quote(...spoken(template, deal))),
    ),
  ];
}

/** `counts`: of what counts first. */
function writtenFields(
  deal: Deal,
  playbook: Playbook,
): { readonly field: InputBlock; readonly counts: boolean }[] {
  return writtenAnswers(deal)
    .slice(0, 20)
    .flatMap((answered: Answered) => {
      const step = playbook.steps.find(({ id }) => id === answered.stepId);
      if (step?.record === undefined) return [];
      const { fact, label } = step.record;
      if (FACT_KINDS[fact] !== 'text' && FACT_KINDS[fact] !== 'reasons') return [];
      const block = blockId(answered.stepId, answered.visit, 'text');
      const field = textField({
        block,
        label: plainLine(label, deal),
        hint: 'Use their words.',
        multiline: true,
      });
      return [{ field, counts: FIRST_WORDS.includes(fact) }];
    });
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
      asked === null
        ? "We'll ask them when you save."
        : 'They have your ask. What you add here goes with it.',
    initial: manager ?? teamManager,
  });
}
