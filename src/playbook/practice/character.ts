/** What the author of a prospect has decided: their answer at a step, and their words for it. */
import type { Character, Playbook, PlaybookSource, Practice, Step } from '../schema';
import { answersOf, type PracticeAnswer } from './answers';
import { genericLines } from './generic';

/**
 * The answer that a prospect gives at a step; null: none is decided. The answer of another step serves that says the same
 * words. Where nothing is decided, a step that goes on by itself goes on.
 * @param visit counts the showings of the step from 1; nobody has more to say on a second one
 */
export function decidedAnswer(
  { steps }: Pick<PlaybookSource, 'steps'>,
  { answers, lines }: Pick<Character, 'answers' | 'lines'>,
  step: Step,
  visit: number,
): PracticeAnswer | null {
  const offered = answersOf(step);
  const decided = sameQuestion(steps, step).map((id) => answers?.[id] ?? firstOf(lines?.[id]));
  const word = decided.find((candidate) => candidate !== undefined && offered.has(candidate));
  const [usual = null] = step.next === undefined ? [] : offered.values();
  if (word === undefined || (word === 'again' && visit > 1)) return usual;
  return offered.get(word) ?? usual;
}

/** Their own words for an answer, else those of the playbook's practice, else those of any playbook; never empty. */
export function linesFor(
  { steps, practice, language }: Pick<Playbook, 'steps' | 'practice' | 'language'>,
  character: Pick<Character, 'lines'> | null,
  step: Step,
  word: string,
): readonly string[] {
  const ids = sameQuestion(steps, step);
  const written = (lines: Practice['steps']) => {
    const id = ids.find((candidate) => lines?.[candidate]?.[word] !== undefined);
    return id === undefined ? undefined : lines?.[id]?.[word];
  };
  return written(character?.lines) ?? written(practice?.steps) ?? genericLines(step, word, language);
}

/** The step, then the others that say the same and record the same. */
function sameQuestion(steps: readonly Step[], step: Step): readonly string[] {
  const asked = ({ say, record }: Step) => JSON.stringify([say, record?.fact]);
  const others = steps.filter((other) => other.id !== step.id && asked(other) === asked(step));
  return [step.id, ...others.map(({ id }) => id)];
}

/** Somebody with more to say says it first. */
const firstOf = (lines: Readonly<Record<string, unknown>> | undefined): string | undefined => {
  const words = Object.keys(lines ?? {});
  return words.includes('again') ? 'again' : words[0];
};
