import type { InputBlock, ModalView } from '@slack/types';
import type { Deal, Details, UserId } from '../../deal/model/deal';
import type { AnswerValue } from '../../playbook/answer';
import {
  FACT_CHOICES,
  FACT_KINDS,
  type Fact,
  type Playbook,
  type Reason,
  type Step,
  VERDICTS,
  type Verdict,
} from '../../playbook/schema';
import { verdictsOf, wholeScript } from '../../playbook/walk';
import { blockId, fieldId, type StepField, VIEWS } from '../ids';
import { plainLine, VERDICT_LABELS } from '../text';
import { FILL_IN, fieldOf } from './fillIn';
import {
  dateField,
  manyField,
  momentField,
  type Read,
  type ReadContext,
  readDate,
  readMoment,
  readMoney,
  readOption,
  readOptions,
  readPerson,
  readText,
  selectField,
  textField,
  type ViewValues,
} from './form';
import { modal } from './modal';
import { quiet } from './small';

export const AFTER = { verdict: fieldId('verdict') } as const;

/** Visit number in block ids of a screen that shows each step once. */
const ONCE = 0;

/** `/lostdeal after`: a finished call on one screen. Only how it ended is required. */
export function after(
  deal: Deal,
  playbook: Playbook,
  reasons: readonly Reason[],
  { currency }: { readonly currency: string },
): ModalView {
  const ends = verdictsOf(playbook);
  const possible = VERDICTS.filter((verdict) => verdict !== 'unreached' && ends.includes(verdict));
  return modal({
    id: VIEWS.after,
    title: 'After the call',
    submit: 'Save',
    close: 'Later',
    ref: { deal: deal.id },
    blocks: [
      quiet(`${deal.account}  ·  ${deal.business}  ·  Only the first question needs an answer.`),
      selectField({
        block: AFTER.verdict,
        label: 'How did it end?',
        required: true,
        options: possible.map((verdict) => ({ value: verdict, label: VERDICT_LABELS[verdict] })),
      }),
      ...factSteps(playbook).flatMap((step) => stepFields(step, deal, reasons)),
      ...(
        [
          'amount',
          'ourOffer',
          'yesCosts',
          'competitor',
          'prospect',
          'recommendation',
          'notes',
          'manager',
        ] as const
      ).map((name) => fieldOf(name, deal, currency)),
    ],
  });
}

export interface AfterValue {
  readonly verdict: Verdict;
  /** In the order of the script; what was left empty is left out. */
  readonly answers: readonly { readonly stepId: string; readonly answer: AnswerValue }[];
  readonly details: Details;
  readonly manager: UserId | null;
}

/** Everything that was typed there, to show again when it could not be kept. */
export function typedAfter({ answers, details }: Pick<AfterValue, 'answers' | 'details'>): string {
  const heard = answers.flatMap(({ answer }) => ('text' in answer ? [answer.text] : []));
  const { ourOffer, competitor, prospect, recommendation, notes } = details;
  return [...heard, ourOffer, competitor, prospect, recommendation, notes].filter((it) => it).join('\n');
}

/** Reads the screen of `/lostdeal after`. */
export function readAfter(
  values: ViewValues,
  playbook: Playbook,
  { currency }: ReadContext,
): Read<AfterValue> {
  const chosen = readOption(values, AFTER.verdict);
  const verdict = VERDICTS.find((known) => known === chosen);
  const amount = readMoney(values, FILL_IN.amount, currency);
  // Two amounts of one deal are compared, so the second is meant as the first was written.
  const other = amount.ok ? amount.amount : null;
  const costs = readMoney(values, FILL_IN.yesCosts, other?.currency ?? currency, { zero: true });
  if (verdict === undefined || !amount.ok || !costs.ok) {
    return {
      ok: false,
      errors: {
        ...(verdict === undefined ? { [AFTER.verdict]: 'Please say how the call ended.' } : {}),
        ...(amount.ok ? {} : { [FILL_IN.amount]: amount.error }),
        ...(costs.ok ? {} : { [FILL_IN.yesCosts]: costs.error }),
      },
    };
  }
  return {
    ok: true,
    value: {
      verdict,
      answers: factSteps(playbook).flatMap((step) => {
        const answer = readFact(step, values);
        return answer === null ? [] : [{ stepId: step.id, answer }];
      }),
      details: {
        amount: amount.amount,
        yesCosts: costs.amount,
        ourOffer: readText(values, FILL_IN.ourOffer),
        competitor: readText(values, FILL_IN.competitor),
        prospect: readText(values, FILL_IN.prospect),
        recommendation: readText(values, FILL_IN.recommendation),
        notes: readText(values, FILL_IN.notes),
      },
      manager: readPerson(values, FILL_IN.manager),
    },
  };
}

/** The first step of each fact, in the order of the script. When to try again is no question after a call. */
function factSteps(playbook: Playbook): Step[] {
  const seen = new Set<Fact>(['next_attempt']);
  return wholeScript(playbook).filter((step) => {
    const fact = step.record?.fact;
    if (fact === undefined || seen.has(fact)) return false;
    seen.add(fact);
    return true;
  });
}

function stepFields(step: Step, deal: Deal, reasons: readonly Reason[]): InputBlock[] {
  const record = step.record;
  if (record === undefined) return [];
  const at = (field: StepField) => blockId(step.id, ONCE, field);
  const label = plainLine(record.label, deal);
  switch (FACT_KINDS[record.fact]) {
    case 'text':
      return [textField({ block: at('text'), label, multiline: true })];
    case 'reasons':
      return [
        ...(reasons.length === 0
          ? []
          : [
              manyField({
                block: at('reasons'),
                label: 'Reasons',
                options: reasons.map((reason) => ({ value: reason.id, label: reason.label })),
              }),
            ]),
        textField({ block: at('text'), label, multiline: true }),
      ];
    case 'choice': {
      const known = FACT_CHOICES[record.fact] ?? [];
      const options = (step.choices ?? []).filter((choice) => known.includes(choice.id));
      if (options.length === 0) return [];
      return [
        selectField({
          block: at('choice'),
          label,
          options: options.map((choice) => ({ value: choice.id, label: plainLine(choice.label, deal) })),
        }),
      ];
    }
    case 'date':
      return [dateField({ block: at('date'), label })];
    case 'datetime':
      return [momentField({ block: at('moment'), label })];
  }
}

function readFact(step: Step, values: ViewValues): AnswerValue | null {
  if (step.record === undefined) return null;
  const at = (field: StepField) => blockId(step.id, ONCE, field);
  switch (FACT_KINDS[step.record.fact]) {
    case 'text': {
      const text = readText(values, at('text'));
      return text === null ? null : { kind: 'text', text };
    }
    case 'reasons': {
      const text = readText(values, at('text')) ?? '';
      const reasons = readOptions(values, at('reasons'));
      return text === '' && reasons.length === 0 ? null : { kind: 'reasons', text, reasons };
    }
    case 'choice': {
      const choice = readOption(values, at('choice'));
      return choice === null ? null : { kind: 'choice', choice };
    }
    case 'date': {
      const date = readDate(values, at('date'));
      return date === null ? null : { kind: 'date', date };
    }
    case 'datetime': {
      const moment = readMoment(values, at('moment'));
      return moment === null ? null : { kind: 'datetime', at: moment };
    }
  }
}
