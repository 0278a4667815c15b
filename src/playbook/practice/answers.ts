/** What a prospect's words can mean on a screen of the call, and where each meaning leads. */
import type { AnswerValue } from '../answer';
import { FACT_KINDS, type Playbook, type Step, type Target } from '../schema';
import { againTarget, nextTarget } from '../walk';

export type PracticeAnswer =
  | { readonly choice: string }
  /** Goes on: they answered in their own words, named a date, or there was nothing to answer. */
  | { readonly next: true }
  /** There is more to come. */
  | { readonly again: true }
  /** The id of a one-tap day. */
  | { readonly day: string }
  /** They named an hour, or agreed to one. */
  | { readonly hour: true }
  /** They know no date, or agree to no hour. */
  | { readonly unknown: true };

/** Every answer that a step takes, the usual one first, by the word that names it in a file: an id, or the key. */
export function answersOf(step: Step): ReadonlyMap<string, PracticeAnswer> {
  const kind = step.record === undefined ? null : FACT_KINDS[step.record.fact];
  const goesOn: readonly PracticeAnswer[] = step.next === undefined ? [] : onwards(kind);
  return new Map(
    [
      ...goesOn,
      ...(step.one_tap ?? []).map(({ id }): PracticeAnswer => ({ day: id })),
      ...(step.choices ?? []).map((choice): PracticeAnswer => ({ choice: choice.id })),
      ...(step.again_label === undefined ? [] : [{ again: true } as const]),
    ].map((answer) => [wordOf(answer), answer]),
  );
}

function onwards(kind: (typeof FACT_KINDS)[keyof typeof FACT_KINDS] | null): readonly PracticeAnswer[] {
  switch (kind) {
    case 'date':
      return [{ next: true }, { unknown: true }];
    case 'datetime':
      return [{ hour: true }, { unknown: true }];
    case 'text':
    case 'reasons':
    case 'choice':
    case null:
      return [{ next: true }];
  }
}

export function wordOf(answer: PracticeAnswer): string {
  if ('choice' in answer) return answer.choice;
  if ('day' in answer) return answer.day;
  if ('hour' in answer) return 'hour';
  if ('unknown' in answer) return 'unknown';
  return 'again' in answer ? 'again' : 'next';
}

/** Where an answer leads. @throws PlaybookError as `nextTarget` and `againTarget` do */
export function targetOf(playbook: Playbook, stepId: string, answer: PracticeAnswer): Target {
  if ('again' in answer) return againTarget(playbook, stepId);
  const value: AnswerValue =
    'choice' in answer ? { kind: 'choice', choice: answer.choice } : { kind: 'told' };
  return nextTarget(playbook, stepId, value);
}

/** Whether the answer is the rep's to give, so that no tap of it is wrong: whether we can do it. */
export const isForTheRep = (step: Step): boolean =>
  step.record?.source === 'rep' && FACT_KINDS[step.record.fact] === 'choice';
