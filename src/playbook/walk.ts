/** Where a conversation goes next. Pure; expects a playbook without faults. */
import type { AnswerValue } from './answer';
import { PLAYBOOK_ERRORS, PlaybookError } from './errors';
import type { Target, Verdict } from './schema';
import { FACT_CHOICES, FACT_KINDS, type Fact, type Playbook, type PlaybookSource, type Step } from './schema';

/** One way out of a screen. */
export interface Exit {
  readonly target: Target;
  /** The choice that leads there; null for *Next*. */
  readonly choice: string | null;
  /** Path of the target in the step. */
  readonly path: readonly (string | number)[];
}

/** Every way out of a step: *Next* first, then its choices. */
export function exitsOf(step: Step): Exit[] {
  const next: Exit[] = step.next === undefined ? [] : [{ target: step.next, choice: null, path: ['next'] }];
  const choices = (step.choices ?? []).map((choice, index) => ({
    target: choice.next,
    choice: choice.id,
    path: ['choices', index, 'next'],
  }));
  return [...next, ...choices];
}

/** @throws PlaybookError `playbook_unknown_step` */
export function stepOf(playbook: Playbook, stepId: string): Step {
  const step = playbook.steps.find((candidate) => candidate.id === stepId);
  if (step !== undefined) return step;
  throw new PlaybookError(
    PLAYBOOK_ERRORS.UNKNOWN_STEP,
    `Playbook ${playbook.id} (${playbook.hash}) has no step “${stepId}”.`,
  );
}

/**
 * Where an answer leads: a choice to its own target, anything else to *Next*.
 * @throws PlaybookError `playbook_unknown_step`, `playbook_unknown_choice`, or `playbook_choice_needed` when the step
 * has choices only and none was made
 */
export function nextTarget(playbook: Playbook, stepId: string, answer: AnswerValue): Target {
  const step = stepOf(playbook, stepId);
  if (answer.kind === 'choice') {
    const choice = step.choices?.find((candidate) => candidate.id === answer.choice);
    if (choice !== undefined) return choice.next;
    throw new PlaybookError(
      PLAYBOOK_ERRORS.UNKNOWN_CHOICE,
      `Step “${stepId}” of playbook ${playbook.id} offers no choice “${answer.choice}”.`,
    );
  }
  if (step.next !== undefined) return step.next;
  throw new PlaybookError(
    PLAYBOOK_ERRORS.CHOICE_NEEDED,
    `Step “${stepId}” of playbook ${playbook.id} needs one of its choices, not “${answer.kind}”.`,
  );
}

/**
 * Where the button of `again_label` leads: to the same step once more.
 * @throws PlaybookError `playbook_unknown_step`, `playbook_no_again`
 */
export function againTarget(playbook: Playbook, stepId: string): Target {
  if (stepOf(playbook, stepId).again_label !== undefined) return { step: stepId };
  throw new PlaybookError(
    PLAYBOOK_ERRORS.NO_AGAIN,
    `Step “${stepId}” of playbook ${playbook.id} is shown only once.`,
  );
}

/** Whose words an answer is, and the fact that it records; null: a way out, or the rep only said the line. */
export function sourceAndFact(
  step: Step,
  answer: AnswerValue,
): { readonly source: 'prospect' | 'rep'; readonly fact: Fact | null } {
  const fact = step.record?.fact ?? null;
  const recorded = step.record?.source;
  switch (answer.kind) {
    case 'said':
      return { source: 'rep', fact: null };
    case 'choice': {
      const choice = step.choices?.find((candidate) => candidate.id === answer.choice);
      const isValue = fact !== null && (FACT_CHOICES[fact]?.includes(answer.choice) ?? false);
      return { source: choice?.source ?? recorded ?? 'prospect', fact: isValue ? fact : null };
    }
    case 'told':
    case 'unknown':
    case 'text':
    case 'reasons':
    case 'date':
    case 'datetime':
      return { source: recorded ?? 'rep', fact };
  }
}

/** Whether the choices of a step are the values of its fact, so that the rep has to tap one. */
export function asksForChoice(step: Step): boolean {
  return step.record !== undefined && FACT_KINDS[step.record.fact] === 'choice';
}

/** The verdicts in which a playbook can end, in reading order. */
export function verdictsOf(playbook: PlaybookSource): Verdict[] {
  const verdicts = wholeScript(playbook)
    .flatMap(exitsOf)
    .flatMap(({ target }) => ('verdict' in target ? [target.verdict] : []));
  return [...new Set(verdicts)];
}

/** All steps in reading order: the order of the file, but no step before one that leads to it. */
export function wholeScript(playbook: PlaybookSource): Step[] {
  const script: Step[] = [];
  let waiting = [...playbook.steps];
  while (waiting.length > 0) {
    const ledTo = new Set(
      waiting.flatMap(exitsOf).flatMap(({ target }) => ('step' in target ? [target.step] : [])),
    );
    // A playbook without faults always has a step that is ready. The first one serves when there is a loop.
    const ready = waiting.find((step) => !ledTo.has(step.id)) ?? waiting[0];
    if (ready === undefined) break;
    script.push(ready);
    waiting = waiting.filter((step) => step !== ready);
  }
  return script;
}

/** How far a call is: questions up to this one, and on the longest path that can still follow. */
export interface Progress {
  readonly at: number;
  readonly about: number;
}

/**
 * A question that is asked once more counts once.
 * @param shown ids of the steps shown so far, the current one last
 */
export function progressOf(playbook: PlaybookSource, shown: readonly string[]): Progress {
  const { isSame, after } = pathsOf(playbook);
  const at = shown.filter((id, index) => index === 0 || !isSame(id, shown[index - 1] ?? '')).length;
  return { at, about: at + after(shown.at(-1) ?? '') };
}

interface Paths {
  /** Both ask the same question. */
  readonly isSame: (one: string, other: string) => boolean;
  /** Questions on the longest path behind a step. */
  readonly after: (id: string) => number;
}

/** Cached: a playbook never changes, and each screen of a call asks. */
const paths = new WeakMap<PlaybookSource, Paths>();

function pathsOf(playbook: PlaybookSource): Paths {
  const kept = paths.get(playbook);
  if (kept !== undefined) return kept;
  const byId = new Map(playbook.steps.map((step) => [step.id, step]));
  const isSame = (one: string, other: string): boolean => {
    const fact = byId.get(one)?.record?.fact;
    return one === other || (fact !== undefined && fact === byId.get(other)?.record?.fact);
  };
  const longest = new Map<string, number>();
  const after = (id: string): number => {
    const known = longest.get(id);
    if (known !== undefined) return known;
    // Ends the walk in a loop, which a playbook without faults does not have.
    longest.set(id, 0);
    const step = byId.get(id);
    const lengths = (step === undefined ? [] : exitsOf(step)).map(({ target }) =>
      'step' in target ? (isSame(id, target.step) ? 0 : 1) + after(target.step) : 0,
    );
    const most = Math.max(0, ...lengths);
    longest.set(id, most);
    return most;
  };
  const made = { isSame, after };
  paths.set(playbook, made);
  return made;
}
