import type { AnyBlock, ModalView } from '@slack/types';
import type { Deal, Position } from '../../deal/model/deal';
import type { AnswerValue } from '../../playbook/answer';
import { FACT_KINDS, type Playbook, type Reason, type Step } from '../../playbook/schema';
import { stepOf } from '../../playbook/walk';
import { ACTIONS, blockId, chooseAction, parseBlockId, type Ref, type StepField, VIEWS } from '../ids';
import {
  type ButtonOptions,
  button,
  buttons,
  line,
  list,
  plainLine,
  quote,
  rich,
  spoken,
  strong,
} from '../text';
import {
  dateField,
  manyField,
  momentField,
  readDate,
  readMoment,
  readOptions,
  readText,
  textField,
  type ViewValues,
} from './form';
import { modal } from './modal';
import { divider, quiet } from './small';
import { errorBlock } from './withError';

export interface StepOptions {
  /** Said on top when something failed; the ids stay, so what was typed stays too. */
  readonly error?: string | undefined;
  /** What to show in the inputs; by default what the deal kept for this step. */
  readonly draft?: AnswerValue | null | undefined;
}

/**
 * One screen of the call: what to say, what to listen for, one tap to move on.
 * @throws PlaybookError `playbook_unknown_step`; Error when the deal is on no step.
 */
export function step(
  deal: Deal,
  playbook: Playbook,
  reasons: readonly Reason[],
  options: StepOptions = {},
): ModalView {
  const position = deal.position;
  if (position === null) throw new Error('The deal is not on a coaching screen');
  const current = stepOf(playbook, position.stepId);
  const ref = { deal: deal.id, step: position.stepId, visit: position.visit };
  const inputs = inputsOf(current, position, reasons, options.draft ?? keptFor(deal, position), deal);
  const submits = inputs.length > 0 || current.next !== undefined;
  return modal({
    id: VIEWS.step,
    title: 'Ask before you go',
    submit: submits ? plainLine(current.next_label ?? 'Next', deal) : null,
    close: 'Finish later',
    notifyOnClose: true,
    ref,
    blocks: [
      ...(options.error === undefined ? [] : [errorBlock(options.error)]),
      quiet(
        `${deal.account}  ·  ${deal.business}  ·  Step ${stepNumber(deal, position)}: ${plainLine(current.title, deal)}`,
      ),
      rich(
        line('Say'),
        ...current.say.map((template) => quote(...strong(spoken(template, deal)))),
        ...(current.prompts === undefined
          ? []
          : [line('Then ask'), list(current.prompts.map((prompt) => strong(spoken(prompt, deal))))]),
      ),
      ...hints(current, deal),
      ...inputs,
      ...answerRow(current, deal, ref),
      toolRow(current, deal, ref),
    ],
  });
}

/** What the inputs of a coaching screen say; null when nothing was typed or picked, or the screen has none. */
export function readStep(values: ViewValues): AnswerValue | null {
  const at = new Map(Object.keys(values).map((block) => [parseBlockId(block)?.field, block]));
  const [text, reasons, date, moment] = (['text', 'reasons', 'date', 'moment'] as const).map((name) =>
    at.get(name),
  );
  if (reasons !== undefined) {
    const words = text === undefined ? '' : (readText(values, text) ?? '');
    const ticked = readOptions(values, reasons);
    return words === '' && ticked.length === 0 ? null : { kind: 'reasons', text: words, reasons: ticked };
  }
  if (text !== undefined) {
    const words = readText(values, text);
    return words === null ? null : { kind: 'text', text: words };
  }
  if (date !== undefined) {
    const day = readDate(values, date);
    return day === null ? null : { kind: 'date', date: day };
  }
  const picked = moment === undefined ? null : readMoment(values, moment);
  return picked === null ? null : { kind: 'datetime', at: picked };
}

/** The input for a day or an hour, where the screen has one. */
export function whenBlock(values: ViewValues): string | undefined {
  return Object.keys(values).find((id) => ['date', 'moment'].includes(parseBlockId(id)?.field ?? ''));
}

function keptFor(deal: Deal, position: Position): AnswerValue | null {
  const draft = deal.draft;
  if (draft !== null && draft.stepId === position.stepId && draft.visit === position.visit)
    return draft.answer;
  return null;
}

/** How far into the call this is. How many are still to come depends on the answers, so that is not claimed. */
function stepNumber(deal: Deal, position: Position): number {
  const before = deal.trail.map(({ stepId }) => stepId).filter((stepId) => stepId !== position.stepId);
  return new Set(before).size + 1;
}

/** What helps while the prospect speaks comes first; the reason behind it can be read before the call. */
function hints(current: Step, deal: Deal): AnyBlock[] {
  const listen = (current.listen_for ?? []).slice(0, 3).map((hint) => plainLine(hint, deal));
  return [
    ...(listen.length === 0 ? [] : [quiet(`Listen for: ${listen.join(' · ')}`)]),
    ...(current.avoid === undefined ? [] : [quiet(`Avoid: ${plainLine(current.avoid, deal)}`)]),
    quiet(`Why: ${plainLine(current.why, deal)}`),
  ];
}

/** Answers that the screen waits for, in a row of their own. Where *Next* moves on, choices are ways out: tools. */
function answerRow(current: Step, deal: Deal, ref: Ref): AnyBlock[] {
  if (current.next !== undefined || current.choices === undefined) return [];
  return [buttons(...choiceButtons(current, deal, ref)), divider()];
}

function choiceButtons(current: Step, deal: Deal, ref: Ref): ButtonOptions[] {
  return (current.choices ?? []).map((choice) => ({
    action: chooseAction(choice.id),
    label: plainLine(choice.label, deal),
    ref,
    style: choice.style,
  }));
}

function inputsOf(
  current: Step,
  position: Position,
  reasons: readonly Reason[],
  kept: AnswerValue | null,
  deal: Deal,
): AnyBlock[] {
  const record = current.record;
  if (record === undefined) return [];
  const at = (field: StepField) => blockId(position.stepId, position.visit, field);
  const label = plainLine(record.label, deal);
  const placeholder = record.placeholder === undefined ? undefined : plainLine(record.placeholder, deal);
  const typed = kept !== null && 'text' in kept ? kept.text : null;
  switch (FACT_KINDS[record.fact]) {
    case 'text':
      return [textField({ block: at('text'), label, multiline: true, placeholder, initial: typed })];
    case 'reasons':
      return [
        ...(reasons.length === 0
          ? []
          : [
              manyField({
                block: at('reasons'),
                label: 'Reasons',
                options: reasons.map((reason) => ({ value: reason.id, label: reason.label })),
                initial: kept !== null && 'reasons' in kept ? kept.reasons : [],
              }),
            ]),
        textField({ block: at('text'), label, multiline: true, placeholder, initial: typed }),
      ];
    case 'date':
      return [dateField({ block: at('date'), label, initial: kept?.kind === 'date' ? kept.date : null })];
    case 'datetime':
      return [
        momentField({ block: at('moment'), label, initial: kept?.kind === 'datetime' ? kept.at : null }),
      ];
    case 'choice':
      return [];
  }
}

function toolRow(current: Step, deal: Deal, ref: Ref): AnyBlock {
  const kind = current.record === undefined ? null : FACT_KINDS[current.record.fact];
  const movesOn = current.next !== undefined;
  const tools: ButtonOptions[] = movesOn ? choiceButtons(current, deal, ref) : [];
  if (current.again_label !== undefined) {
    tools.push({ action: ACTIONS.again, label: plainLine(current.again_label, deal), ref });
  }
  if (movesOn && (kind === 'text' || kind === 'reasons') && current.record?.source === 'prospect') {
    tools.push({ action: ACTIONS.alreadyTold, label: 'Already told me', ref });
  }
  if (movesOn && (kind === 'date' || kind === 'datetime')) {
    tools.push({ action: ACTIONS.dontKnow, label: "Don't know", ref });
  }
  if (deal.trail.length > 0) tools.push({ action: ACTIONS.back, label: 'Back', ref });
  tools.push({ action: ACTIONS.wholeScript, label: 'Whole script', ref });
  return { type: 'actions', elements: tools.map(button) };
}
