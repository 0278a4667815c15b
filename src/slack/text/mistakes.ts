/** What a rep reads who took a prospect's words for something else in a practice call. */
import type { PracticeAnswer } from '../../playbook/practice/answers';
import type { Mistake } from '../../playbook/practice/mistakes';
import type { Step } from '../../playbook/schema';
import { type Part, strong } from './parts';

const WORDS: Readonly<Record<Exclude<Mistake, 'other'>, string>> = {
  verbal_taken_for_signature: 'That was a verbal yes, not a signature.',
  promise_overheard: "They gave their word. That's a verbal yes.",
  signature_overheard: "They've signed, and a signature ends it.",
  open_taken_for_closed: 'Nothing is signed or promised yet.',
  dodge_taken_for_answer: "They dodged the question. That isn't an answer.",
  answer_taken_for_dodge: 'They did answer that.',
  unsure_taken_for_yes: "They weren't sure. That isn't a yes.",
  unsure_taken_for_no: "They weren't sure. You can ask once more.",
  no_taken_for_yes: "That wasn't a yes, and anything short of yes is a no.",
  yes_overheard: 'That was a yes.',
  refusal_overheard: 'They said no, so leave it.',
  permission_overheard: 'They said you can.',
  machine_taken_for_person: 'That was a machine. Nobody picked up.',
  person_taken_for_machine: "That was a person. They're on the line.",
  answer_overheard: 'They answered, so go on.',
  more_to_come: 'There was more to come. Ask once more.',
  nothing_more: "That was everything. Asking again won't bring more.",
  no_date_named: "They didn't name a date.",
  date_overheard: 'They named a date.',
  another_date: 'They named another date.',
  no_hour_agreed: "They didn't agree to a time.",
  hour_overheard: 'They agreed to a time.',
  greeting_overheard: 'The greeting gave a time.',
  obstacle_overheard: 'They named something in the way.',
  nothing_in_the_way: 'Nothing there stops you. Keep going.',
};

/** Names the right button where there is no sentence of its own. */
export function mistakeParts(
  mistake: Mistake,
  step: Step,
  { says, means }: { readonly says: string; readonly means: PracticeAnswer },
): readonly Part[] {
  if (mistake !== 'other') return [WORDS[mistake]];
  return [`They said: “${says}” That's `, ...strong([answerLabel(step, means)]), '.'];
}

/** The button of an answer. */
export function answerLabel(step: Step, answer: PracticeAnswer): string {
  if ('choice' in answer) return step.choices?.find(({ id }) => id === answer.choice)?.label ?? 'Next';
  if ('day' in answer) return step.one_tap?.find(({ id }) => id === answer.day)?.label ?? 'A date…';
  if ('unknown' in answer) return step.unknown_label ?? "Don't know";
  return 'again' in answer ? (step.again_label ?? 'Next') : (step.next_label ?? 'Next');
}
