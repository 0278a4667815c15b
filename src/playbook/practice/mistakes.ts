/** What a rep misheard in a practice call: the meaning of the words, and the tap that took them otherwise. */
import { FACT_KINDS, type Step, VERDICT_TRAITS } from '../schema';
import { isForTheRep, type PracticeAnswer, wordOf } from './answers';

export const MISTAKES = [
  'verbal_taken_for_signature',
  'promise_overheard',
  'signature_overheard',
  'open_taken_for_closed',
  'dodge_taken_for_answer',
  'answer_taken_for_dodge',
  'unsure_taken_for_yes',
  'unsure_taken_for_no',
  'no_taken_for_yes',
  'yes_overheard',
  'refusal_overheard',
  'permission_overheard',
  'machine_taken_for_person',
  'person_taken_for_machine',
  'answer_overheard',
  'more_to_come',
  'nothing_more',
  'no_date_named',
  'date_overheard',
  'another_date',
  'no_hour_agreed',
  'hour_overheard',
  'greeting_overheard',
  'obstacle_overheard',
  'nothing_in_the_way',
  /** None of the special ones. */
  'other',
] as const;
export type Mistake = (typeof MISTAKES)[number];

/** By fact, then by what they meant and what was tapped; `*` is any other. */
const OF_FACTS: Readonly<
  Partial<Record<NonNullable<Step['record']>['fact'], Readonly<Record<string, Mistake>>>>
> = {
  signed: {
    'verbal signed': 'verbal_taken_for_signature',
    'verbal no': 'promise_overheard',
    'verbal *': 'answer_taken_for_dodge',
    'signed *': 'signature_overheard',
    'wont_say *': 'dodge_taken_for_answer',
    'no wont_say': 'answer_taken_for_dodge',
    'no *': 'open_taken_for_closed',
  },
  would_have_kept: {
    'unclear yes': 'unsure_taken_for_yes',
    'unclear no': 'unsure_taken_for_no',
    'no yes': 'no_taken_for_yes',
    'yes *': 'yes_overheard',
  },
  may_check: { 'no yes': 'refusal_overheard', 'yes no': 'permission_overheard' },
  may_call_again: { 'no yes': 'refusal_overheard', 'yes no': 'permission_overheard' },
  obstacle: { 'next *': 'obstacle_overheard' },
  next_attempt: { 'hour unknown': 'greeting_overheard' },
};

/**
 * What was misheard; null: nothing. Any day or hour may also be picked by hand, which is *Next*, and what only the rep can
 * know is never wrong.
 */
export function mistakeOf(step: Step, meant: PracticeAnswer, tapped: PracticeAnswer): Mistake | null {
  const [was, took] = [wordOf(meant), wordOf(tapped)];
  if (was === took || isForTheRep(step)) return null;
  const kind = step.record === undefined ? null : FACT_KINDS[step.record.fact];
  if ('next' in tapped && ('day' in meant || 'hour' in meant)) return null;
  // The rep picks when to try again, whatever the machine says.
  if (step.record?.fact === 'next_attempt' && 'hour' in tapped) return null;

  const ofFact = step.record === undefined ? undefined : OF_FACTS[step.record.fact];
  const special = ofFact?.[`${was} ${took}`] ?? ofFact?.[`${was} *`];
  if (special !== undefined) return special;
  if (isMachine(step, meant)) return 'machine_taken_for_person';
  if (isMachine(step, tapped)) return 'person_taken_for_machine';
  // A question that records nothing asks whether the rep may go on.
  const asksLeave = step.record === undefined;
  if (isDodge(step, meant)) return asksLeave ? 'refusal_overheard' : 'dodge_taken_for_answer';
  if (isDodge(step, tapped)) return asksLeave ? 'permission_overheard' : 'answer_taken_for_dodge';
  if ('again' in meant) return 'more_to_come';
  if ('again' in tapped) return 'nothing_more';
  if (kind === 'date' && !('choice' in meant) && !('choice' in tapped)) {
    if ('unknown' in meant) return 'no_date_named';
    return 'unknown' in tapped ? 'date_overheard' : 'another_date';
  }
  if (kind === 'datetime' && !('choice' in meant) && !('choice' in tapped)) {
    return 'unknown' in meant ? 'no_hour_agreed' : 'hour_overheard';
  }
  if ('next' in meant) return step.record === undefined ? 'nothing_in_the_way' : 'answer_overheard';
  return 'other';
}

const choiceOf = (step: Step, answer: PracticeAnswer) =>
  'choice' in answer ? step.choices?.find(({ id }) => id === answer.choice) : undefined;

/** A way out that only the rep can see is nobody's answer. */
const isMachine = (step: Step, answer: PracticeAnswer): boolean =>
  choiceOf(step, answer)?.source === 'rep' && step.record?.source !== 'rep';

function isDodge(step: Step, answer: PracticeAnswer): boolean {
  const next = choiceOf(step, answer)?.next;
  return next !== undefined && 'verdict' in next && VERDICT_TRAITS[next.verdict].isDodge;
}
