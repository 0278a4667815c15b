import type { AnyBlock, InputBlock, ModalView } from '@slack/types';
import { lastAnswerOf } from '../../deal/decide/undoVerdict';
import type { Answered, Deal, Details, NextTime, UserId } from '../../deal/model/deal';
import { FACT_KINDS, type Playbook, traitsOf, type Verdict } from '../../playbook/schema';
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
import { amountField, personField, textField } from './fields';
import { modal } from './modal';
import { type NextTimeContext, nextTimeFields, readNextTime } from './nextTime';
import {
  mapRead,
  type Read,
  readMoney,
  readName,
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
} as const;
type FieldName = keyof typeof FILL_IN;

/** The details worth writing down for each ending of the call, in the order of the screen. */
const FIELDS: Readonly<Record<Verdict, readonly FieldName[]>> = {
  pulse: ['manager', 'amount', 'ourOffer', 'yesCosts', 'recommendation', 'competitor', 'prospect', 'notes'],
  keep_talking: ['amount', 'ourOffer', 'competitor', 'prospect', 'notes'],
  signed: ['competitor', 'amount', 'prospect', 'notes'],
  no_pulse: ['competitor', 'amount', 'prospect', 'notes'],
  declined_to_say: ['competitor', 'amount', 'prospect', 'notes'],
  no_check: ['competitor', 'amount', 'prospect', 'notes'],
  postponed: ['amount', 'prospect', 'notes'],
  not_over: ['notes'],
  unreached: ['prospect', 'notes'],
};

/** *Fill in while it's fresh*: the end of the call in kind words, and everything that could wait until after it. */
export function fillIn(
  deal: Deal,
  playbook: Playbook,
  { currency }: { readonly currency: string },
): ModalView {
  const verdict = deal.verdict;
  const ending = verdict === null ? undefined : playbook.endings[verdict];
  const names = verdict === null ? FIELDS.no_pulse : FIELDS[verdict];
  const traits = traitsOf(verdict);
  const asked = traits?.isReached === true && traits.isLoss;
  const view = modal({
    id: VIEWS.fillIn,
    title: "While it's fresh",
    submit: 'Save',
    close: 'Later',
    ref: { deal: deal.id },
    blocks: [
      ...(verdict === null
        ? []
        : [heading(ending === undefined ? VERDICT_LABELS[verdict] : plainLine(ending.title, deal))]),
      ...(asked ? [quiet("You asked; most don't.")] : []),
      ...(ending === undefined || ending.say.length === 0
        ? []
        : [rich(line('Say'), ...ending.say.map((template) => quote(...strong(spoken(template, deal)))))]),
      ...(ending === undefined ? [] : [quiet(`Why: ${plainLine(ending.why, deal)}`)]),
      ...backRow(deal),
      ...(traits?.isReached === false ? wordsToLeave(deal, playbook) : []),
      ...(traits?.leadsTo === 'ask' ? [whoIsAsked(deal)] : []),
      ...names.filter((name) => name === 'manager').map((name) => fieldOf(name, deal, currency)),
      ...writtenFields(deal, playbook),
      ...names.filter((name) => name !== 'manager').map((name) => fieldOf(name, deal, currency)),
      ...(traits?.asksNextTime ? nextTimeFields(deal) : []),
    ],
  });
  return keptWhileTyped(view);
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
    },
    manager: readPerson(values, FILL_IN.manager),
    written: writtenAnswers(deal).flatMap(({ stepId, visit }) => {
      const text = readText(values, blockId(stepId, visit, 'text'));
      return text === null ? [] : [{ stepId, visit, text }];
    }),
    ...(nextTime === undefined ? {} : { nextTime }),
  }));
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

function whoIsAsked(deal: Deal): AnyBlock {
  const manager = deal.ask?.manager ?? null;
  return manager === null
    ? paragraph([
        { bold: 'First, who decides? ' },
        'The ask goes out as soon as you save. Without a name it waits.',
      ])
    : paragraph([{ user: manager }, ' has been asked. What you add here is added to the ask.']);
}

function wordsToLeave(deal: Deal, playbook: Playbook): AnyBlock[] {
  return [
    ...(deal.nextTryAt === null
      ? []
      : [paragraph(['You will be reminded to try again ', { date: deal.nextTryAt }, '.'])]),
    rich(
      line({ bold: 'On voicemail' }),
      ...wordsOf(playbook, 'voicemail').map((template) => quote(...spoken(template, deal))),
      line({ bold: 'By mail' }),
      ...wordsOf(playbook, 'mail').map((template) => quote(...spoken(template, deal))),
    ),
  ];
}

function writtenFields(deal: Deal, playbook: Playbook): InputBlock[] {
  return writtenAnswers(deal)
    .slice(0, 20)
    .flatMap((answered: Answered) => {
      const step = playbook.steps.find(({ id }) => id === answered.stepId);
      if (step?.record === undefined) return [];
      const kind = FACT_KINDS[step.record.fact];
      if (kind !== 'text' && kind !== 'reasons') return [];
      return [
        textField({
          block: blockId(answered.stepId, answered.visit, 'text'),
          label: plainLine(step.record.label, deal),
          hint: 'They told you already. Their own words are best.',
          multiline: true,
        }),
      ];
    });
}

/** One of the inputs that can wait until after the call. */
export function fieldOf(name: FieldName, deal: Deal, currency: string): InputBlock {
  const { details } = deal;
  const block = FILL_IN[name];
  switch (name) {
    case 'manager':
      return personField({
        block,
        label: 'Who decides?',
        hint: 'They get the ask in the thread and by direct message.',
        initial: deal.ask?.manager ?? deal.manager,
      });
    case 'amount':
      return amountField({ block, label: 'What is it worth?', initial: details.amount, currency });
    case 'yesCosts':
      return amountField({
        block,
        label: 'What would a yes cost us?',
        hint: 'A rough amount will do: all that we would give away against our own offer.',
        initial: details.yesCosts,
        currency,
        example: '4,000',
      });
    case 'ourOffer':
      return textField({
        block,
        label: 'What did we offer?',
        hint: 'Price, delivery and terms in a line or two, to hold against the other offer.',
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
        initial: details.prospect,
        max: NAME_MAX,
      });
    case 'recommendation':
      return textField({
        block,
        label: 'What do you recommend?',
        hint: 'One or two sentences for the person who decides.',
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
