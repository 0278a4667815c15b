/** The inputs of one step of the playbook, on its own screen and on the screen of `/lostdeal after`. */
import type { InputBlock } from '@slack/types';
import type { Deal } from '../../deal/model/deal';
import type { AnswerValue } from '../../playbook/answer';
import { FACT_CHOICES, FACT_KINDS, type Reason, type Step } from '../../playbook/schema';
import { blockId, type StepField } from '../ids';
import { plainLine } from '../text';
import { dateField, manyField, momentField, selectField, textField } from './fields';
import { readDate, readMoment, readOption, readOptions, readText, type ViewValues } from './values';

export interface AnswerFieldsOptions {
  /** The showing that the block ids name. */
  readonly visit: number;
  readonly reasons: readonly Reason[];
  /** The initial answer in the inputs; absent: none. */
  readonly initial?: AnswerValue | null;
  /** During a call choices are buttons. The screen after a call has a menu for them, and no placeholders. */
  readonly screen: 'call' | 'after';
}

/** The inputs for the answer that a step records; none for a step that records nothing. */
export function answerFields(step: Step, deal: Deal, options: AnswerFieldsOptions): InputBlock[] {
  const { record } = step;
  if (record === undefined) return [];
  const { reasons, initial = null } = options;
  const at = (field: StepField) => blockId(step.id, options.visit, field);
  const label = plainLine(record.label, deal);
  const words = () =>
    textField({
      block: at('text'),
      label,
      multiline: true,
      placeholder:
        options.screen === 'call' && record.placeholder !== undefined
          ? plainLine(record.placeholder, deal)
          : undefined,
      initial: initial !== null && 'text' in initial ? initial.text : null,
    });
  switch (FACT_KINDS[record.fact]) {
    case 'text':
      return [words()];
    case 'reasons': {
      if (reasons.length === 0) return [words()];
      const ticked = initial !== null && 'reasons' in initial ? initial.reasons : [];
      const boxes = reasons.map(({ id, label: name }) => ({ value: id, label: name }));
      return [
        manyField({ block: at('reasons'), label: 'Reasons', options: boxes, initial: ticked }),
        words(),
      ];
    }
    case 'date':
      return [
        dateField({ block: at('date'), label, initial: initial?.kind === 'date' ? initial.date : null }),
      ];
    case 'datetime':
      return [
        momentField({
          block: at('moment'),
          label,
          initial: initial?.kind === 'datetime' ? initial.at : null,
        }),
      ];
    case 'choice': {
      const known = FACT_CHOICES[record.fact] ?? [];
      const offered = (step.choices ?? [])
        .filter(({ id }) => known.includes(id))
        .map(({ id, label: name }) => ({ value: id, label: plainLine(name, deal) }));
      return options.screen === 'after' && offered.length > 0
        ? [selectField({ block: at('choice'), label, options: offered })]
        : [];
    }
  }
}

/** Block ids of those inputs for one answer that the screen shows. */
export type AnswerBlocks = Readonly<Partial<Record<StepField, string>>>;

/** Reads those inputs; null when the rep typed and picked nothing. */
export function readAnswer(values: ViewValues, blocks: AnswerBlocks): AnswerValue | null {
  const { text, reasons, date, moment, choice } = blocks;
  const words = text === undefined ? null : readText(values, text);
  if (reasons !== undefined) {
    const ticked = readOptions(values, reasons);
    return words === null && ticked.length === 0
      ? null
      : { kind: 'reasons', text: words ?? '', reasons: ticked };
  }
  if (text !== undefined) return words === null ? null : { kind: 'text', text: words };
  if (choice !== undefined) {
    const chosen = readOption(values, choice);
    return chosen === null ? null : { kind: 'choice', choice: chosen };
  }
  if (date !== undefined) {
    const day = readDate(values, date);
    return day === null ? null : { kind: 'date', date: day };
  }
  const at = moment === undefined ? null : readMoment(values, moment);
  return at === null ? null : { kind: 'datetime', at };
}
