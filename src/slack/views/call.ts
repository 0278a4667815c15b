/** The screens of a call: one step of the playbook at a time, and the whole script to look ahead. */
import type { AnyBlock, ModalView } from '@slack/types';
import type { Deal, Position } from '../../deal/model/deal';
import type { AnswerValue } from '../../playbook/answer';
import { FACT_KINDS, type Playbook, type Reason, type Step } from '../../playbook/schema';
import { stepOf, wholeScript } from '../../playbook/walk';
import { ACTIONS, chooseAction, parseBlockId, type Ref, VIEWS } from '../ids';
import {
  type ButtonOptions,
  buttons,
  line,
  list,
  plainLine,
  quote,
  type RichPiece,
  rich,
  spoken,
  strong,
} from '../text';
import { type AnswerBlocks, answerFields, readAnswer } from './answerFields';
import { divider, quiet } from './blocks';
import { keptWhileTyped } from './draft';
import { errorBlock, modal } from './modal';
import type { ViewValues } from './values';

export interface StepOptions {
  /** The error on top when something failed. The ids stay the same, so Slack keeps what the rep typed. */
  readonly error?: string | undefined;
  /** The initial answer in the inputs; by default the one that the deal keeps for this step. */
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
  const initial = options.draft ?? keptFor(deal, position);
  const { visit } = position;
  const inputs = answerFields(current, deal, { visit, reasons, initial, screen: 'call' });
  const submits = inputs.length > 0 || current.next !== undefined;
  const view = modal({
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
  return keptWhileTyped(view);
}

/** Reads the inputs of a coaching screen; null when the rep typed and picked nothing, or the screen has no inputs. */
export function readStep(values: ViewValues, at: Position): AnswerValue | null {
  return readAnswer(values, blocksOf(values, at));
}

/** The input for a day or an hour, where the screen has one. */
export function whenBlock(values: ViewValues, at: Position): string | undefined {
  const { date, moment } = blocksOf(values, at);
  return date ?? moment;
}

/** The inputs of one showing of a step. Slack may also send those of another showing, which do not answer this one. */
function blocksOf(values: ViewValues, { stepId, visit }: Position): AnswerBlocks {
  return Object.fromEntries(
    Object.keys(values).flatMap((block) => {
      const parsed = parseBlockId(block);
      return parsed === null || parsed.stepId !== stepId || parsed.visit !== visit
        ? []
        : [[parsed.field, block] as const];
    }),
  );
}

function keptFor(deal: Deal, position: Position): AnswerValue | null {
  const draft = deal.draft;
  if (draft !== null && draft.stepId === position.stepId && draft.visit === position.visit)
    return draft.answer;
  return null;
}

/** The number of steps taken. It names no total: the number of steps to come depends on the answers. */
function stepNumber(deal: Deal, position: Position): number {
  const before = deal.trail.map(({ stepId }) => stepId).filter((stepId) => stepId !== position.stepId);
  return new Set(before).size + 1;
}

/** Hints for listening come first; the rep can read the reason for the step before the call. */
function hints(current: Step, deal: Deal): AnyBlock[] {
  const listen = (current.listen_for ?? []).slice(0, 3).map((hint) => plainLine(hint, deal));
  return [
    ...(listen.length === 0 ? [] : [quiet(`Listen for: ${listen.join(' · ')}`)]),
    ...(current.avoid === undefined ? [] : [quiet(`Avoid: ${plainLine(current.avoid, deal)}`)]),
    quiet(`Why: ${plainLine(current.why, deal)}`),
  ];
}

/**
 * The answers that the screen waits for stand in a row of their own. Where *Next* moves on, choices are ways out and
 * stand among the tools.
 */
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
  return buttons(...tools);
}

const MOST_BLOCKS = 90;

/** *Whole script*: every line of the playbook in order. The rep looks ahead or finds the way back. */
export function script(playbook: Playbook, deal: Deal): ModalView {
  const steps = wholeScript(playbook);
  const perBlock = Math.max(1, Math.ceil(steps.length / MOST_BLOCKS));
  const blocks: AnyBlock[] = [];
  for (let start = 0; start < steps.length; start += perBlock) {
    blocks.push(rich(...steps.slice(start, start + perBlock).flatMap((step) => piecesOf(step, deal))));
  }
  return modal({
    id: VIEWS.script,
    title: 'Whole script',
    close: 'Back to the call',
    ref: { deal: deal.id },
    blocks: [quiet(`${playbook.title}. ${playbook.summary}`), ...blocks],
  });
}

function piecesOf(step: Step, deal: Deal): RichPiece[] {
  const here = deal.position?.stepId === step.id ? ' (you are here)' : '';
  const answers = (step.choices ?? []).map((choice) => plainLine(choice.label, deal));
  return [
    line({ bold: `${plainLine(step.title, deal)}${here}` }),
    ...step.say.map((template) => quote(...spoken(template, deal))),
    list((step.prompts ?? []).map((prompt) => spoken(prompt, deal))),
    ...(answers.length === 0 ? [] : [line({ italic: answers.join(' · ') })]),
  ];
}
