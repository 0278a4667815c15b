/** The screens of a call, one step of the playbook at a time. */
import type { AnyBlock, ModalView } from '@slack/types';
import { isPromised } from '../../deal/asking/suggestedTimes';
import type { Business, Deal, Position } from '../../deal/model/deal';
import type { AnswerValue } from '../../playbook/answer';
import { FACT_KINDS, type Playbook, type Reason, type Step } from '../../playbook/schema';
import { progressOf, stepOf } from '../../playbook/walk';
import { cueOf } from '../../playbook/words';
import { ACTIONS, chooseAction, parseBlockId, type Ref, VIEWS } from '../ids';
import {
  type ButtonOptions,
  buttons,
  list,
  momentLabel,
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
import { dontOf } from './script';
import type { ViewValues } from './values';

export interface StepOptions {
  /** The error on top when something failed. The ids stay the same, so Slack keeps what the rep typed. */
  readonly error?: string | undefined;
  /** The initial answer in the inputs; by default the one that the deal keeps for this step. */
  readonly draft?: AnswerValue | null | undefined;
  /** The picker for any day or hour stands in place of the button that brings it. */
  readonly picking?: boolean;
  /** Something may be given here without asking. */
  readonly offers?: boolean;
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
  // Buttons answer faster than an empty picker, which waits behind one of them.
  const times = suggestedFor(current, deal);
  const picks =
    options.picking === true ||
    (times.length === 0 && current.one_tap === undefined) ||
    isOther(initial, times);
  const first: AnswerValue | null = times[0] === undefined ? null : { kind: 'datetime', at: times[0] };
  const inputs = picks
    ? answerFields(current, deal, { visit, reasons, initial: initial ?? first, screen: 'call' })
    : [];
  const submits = picks && (inputs.length > 0 || current.next !== undefined);
  const view = modal({
    id: VIEWS.step,
    title: plainLine(current.title, deal),
    submit: submits ? plainLine(current.next_label ?? 'Next', deal) : null,
    close: 'Finish later',
    notifyOnClose: true,
    ref,
    blocks: [
      ...(options.error === undefined ? [] : [errorBlock(options.error)]),
      quiet(placeText(deal, playbook, position)),
      rich(...linesToSay(current, deal, playbook)),
      ...hints(current, deal, playbook),
      ...inputs,
      ...answerRow(current, deal, ref, { times, picks }),
      toolRow(current, deal, ref, options.offers === true),
    ],
  });
  return keptWhileTyped(view);
}

const BUSINESS: Readonly<Record<Business, string>> = { new: 'new business', customer: 'customer' };

const FIRST_HINT = "Lower and slower than your pitch. You're not selling.";

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

/** Where the rep is: "Acme · new business · 4 of about 9". */
export const placeText = (deal: Deal, playbook: Playbook, position: Position): string =>
  [deal.account, BUSINESS[deal.business], progressText(deal, playbook, position)].join('  ·  ');

/** The words of a step that the rep reads aloud. */
export const linesToSay = (current: Step, deal: Deal, of: Playbook): RichPiece[] => [
  ...current.say.map((template) => quote(...strong(spoken(template, deal, { atOnce: true, of })))),
  list((current.prompts ?? []).map((prompt) => strong(spoken(prompt, deal, { of })))),
];

/** "4 of about 9": the length of the rest depends on the answers, so the longest counts. */
function progressText(deal: Deal, playbook: Playbook, { stepId }: Position): string {
  const { at, about } = progressOf(playbook, [...deal.trail.map((it) => it.stepId), stepId]);
  return `${at} of about ${about}`;
}

/** One thing to listen for and one to leave out: more cannot be read during a call. *Whole script* has the rest, the reason
 * why too, which belongs to practice and not to a call. */
export function hints(current: Step, deal: Deal, of: Playbook, { why = false } = {}): AnyBlock[] {
  const cue = cueOf(current);
  const dont = dontOf(current);
  const all = [
    ...(cue === null ? [] : [`Listen for: ${plainLine(cue, deal, of)}`]),
    ...(dont === null ? [] : [plainLine(dont, deal, of)]),
    ...(deal.trail.length === 0 ? [FIRST_HINT] : []),
    ...(why ? [`Why: ${plainLine(current.why, deal, of)}`] : []),
  ];
  return all.length === 0 ? [] : [quiet(all.join('\n'))];
}

/** Answers stand apart from the tools, and none stands out: no answer of the prospect's is the right one. */
function answerRow(current: Step, deal: Deal, ref: Ref, { times, picks }: Offered): AnyBlock[] {
  const kind = current.record === undefined ? null : FACT_KINDS[current.record.fact];
  const other = kind === 'datetime' ? 'Another time…' : 'A date…';
  const answers: ButtonOptions[] = [
    ...timeButtons(times, deal, ref),
    ...(current.one_tap ?? []).map(({ id, label }) => ({ action: chooseAction(id), label, ref })),
    ...(picks ? [] : [{ action: ACTIONS.otherTime, label: other, ref }]),
    ...(current.choices ?? []).map((choice) => ({
      action: chooseAction(choice.id),
      label: plainLine(choice.label, deal),
      ref,
    })),
  ];
  if (current.again_label !== undefined) {
    answers.push({ action: ACTIONS.again, label: plainLine(current.again_label, deal), ref });
  }
  if (current.next !== undefined && (kind === 'date' || kind === 'datetime')) {
    const label = plainLine(current.unknown_label ?? "Don't know", deal);
    answers.push({ action: ACTIONS.dontKnow, label, ref });
  }
  return answers.length === 0 ? [] : [buttons(...answers), divider()];
}

interface Offered {
  /** Hours, the one in the line first. */
  readonly times: readonly number[];
  /** The picker for any other stands on the screen. */
  readonly picks: boolean;
}

/** The hours worked out for this showing. */
function suggestedFor({ record }: Step, { position, suggestedTimes }: Deal): readonly number[] {
  const isHere = isPromised(record?.fact) && suggestedTimes?.visit === position?.visit;
  // A row cannot hold an id twice, and there are two.
  return isHere && suggestedTimes !== null ? [suggestedTimes.at, ...suggestedTimes.others].slice(0, 2) : [];
}

/** A day or hour that the rep has picked, and that no button names. */
const isOther = (answer: AnswerValue | null, times: readonly number[]): boolean =>
  answer?.kind === 'date' || (answer?.kind === 'datetime' && !times.includes(answer.at));

function timeButtons(times: readonly number[], deal: Deal, ref: Ref): ButtonOptions[] {
  const reading = { zone: deal.zone ?? 'UTC', from: deal.suggestedTimes?.madeAt ?? 0 };
  return times.map((at, index) => ({
    action: index === 0 ? ACTIONS.suggested : ACTIONS.suggestedOther,
    label: momentLabel(at, reading),
    ref: { ...ref, at },
  }));
}

function toolRow(current: Step, deal: Deal, ref: Ref, offers: boolean): AnyBlock {
  const tools: ButtonOptions[] = [{ action: ACTIONS.wholeScript, label: 'Whole script', ref }];
  if (current.they_say !== undefined) tools.unshift({ action: ACTIONS.theySay, label: 'They say…', ref });
  if (offers) tools.unshift({ action: ACTIONS.whatCanIOffer, label: 'What can I offer?', ref });
  if (deal.trail.length > 0) tools.unshift({ action: ACTIONS.back, label: 'Back', ref });
  return buttons(...tools);
}
