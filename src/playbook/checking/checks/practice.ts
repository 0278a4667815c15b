/** Checks that a practice call reaches an ending with each prospect, and that all its words have a place on its screens. */
import { answersOf, isForTheRep, targetOf, wordOf } from '../../practice/answers';
import { decidedAnswer } from '../../practice/character';
import type { Character, Playbook, Practice, Step } from '../../schema';
import type { FaultCode, FaultPath, Finding } from '../faults';
import { checkLine, NOTE } from './lines';
import { checkCharacterScreen, checkPracticeLine } from './screens';
import { repeated } from './steps';

/** @param playbook the one that it belongs to, without faults */
export function checkPractice({ steps = {}, prospects = [] }: Practice, playbook: Playbook): Finding[] {
  return [
    ...checkPracticeLines(steps, playbook, ['steps']),
    ...missingLines(steps, playbook),
    ...repeated(
      prospects.map(({ id }) => id),
      'prospect',
      ['prospects'],
    ),
    ...prospects.flatMap((prospect, index) => checkCharacter(prospect, playbook, ['prospects', index])),
  ];
}

/** Steps and answers that are there, and lines that read well. */
function checkPracticeLines(
  lines: NonNullable<Practice['steps']>,
  playbook: Playbook,
  path: FaultPath,
): Finding[] {
  return Object.entries(lines).flatMap(([stepId, byAnswer]) => [
    ...Object.keys(byAnswer).flatMap((word) =>
      unknownAnswer(playbook, stepId, word, [...path, stepId], word),
    ),
    ...Object.entries(byAnswer).flatMap(([word, texts]) =>
      texts.flatMap((text, index) => {
        const place = [...path, stepId, word, index];
        return [...checkLine(text, 'practice', NOTE, place), ...checkPracticeLine(text, place)];
      }),
    ),
  ]);
}

/** @param key the key of the answer below `path`, where it has one */
function unknownAnswer(
  playbook: Playbook,
  stepId: string,
  word: string,
  path: FaultPath,
  key?: string,
): Finding[] {
  const step = playbook.steps.find(({ id }) => id === stepId);
  if (step === undefined) {
    const reason = `there is no step “${stepId}” in playbook “${playbook.id}”: correct the name or remove it`;
    return [finding('no_such_step', path, reason)];
  }
  const offered = [...answersOf(step).keys()];
  if (offered.includes(word)) return [];
  const reason = `“${word}” is no answer of step “${stepId}”: use one of ${offered.join(', ')}`;
  return [finding('no_such_answer', key === undefined ? path : [...path, key], reason)];
}

/** A step with lines has some for each of its answers, so that no prospect falls out of tone there. */
function missingLines(lines: NonNullable<Practice['steps']>, playbook: Playbook): Finding[] {
  return playbook.steps.flatMap((step) => {
    const written = lines[step.id];
    if (written === undefined) return [];
    const missing = [...answersOf(step).keys()].filter((word) => written[word] === undefined);
    return missing.map((word) =>
      finding(
        'lines_missing',
        ['steps', step.id],
        `nobody says anything here that means “${word}”: add a line`,
      ),
    );
  });
}

function checkCharacter(character: Character, playbook: Playbook, path: FaultPath): Finding[] {
  const { answers = {}, lines = {} } = character;
  const named = [
    ...Object.entries(answers).flatMap(([stepId, word]) =>
      unknownAnswer(playbook, stepId, word, [...path, 'answers', stepId]),
    ),
    ...checkPracticeLines(lines, playbook, [...path, 'lines']),
    ...contradictions(character, path),
  ];
  return [
    ...checkCharacterScreen(character, path),
    ...named,
    // A wrong name would show again as a step without an answer.
    ...(named.length === 0 ? checkWay(character, playbook, path) : []),
  ];
}

/** A prospect gives one answer at a step, and more than one only where there was more to come. */
function contradictions({ answers = {}, lines = {} }: Character, path: FaultPath): Finding[] {
  return Object.entries(lines).flatMap(([stepId, byAnswer]) => {
    const words = new Set([...Object.keys(byAnswer), ...(stepId in answers ? [answers[stepId]] : [])]);
    if (words.has('again')) words.delete('next');
    if (words.size < 2) return [];
    const reason = `this prospect answers step “${stepId}” with ${[...words].join(' and with ')}: keep one`;
    return [finding('two_answers', [...path, 'lines', stepId], reason)];
  });
}

/**
 * Walks every way that the prospect's answers leave open: only the rep's own choices do. Each step on it has an answer,
 * and each answer that was written is given on one.
 */
function checkWay(character: Character, playbook: Playbook, path: FaultPath): Finding[] {
  const findings: Finding[] = [];
  const given = new Set<string>();
  const waiting: { readonly stepId: string; readonly way: readonly string[] }[] = [
    { stepId: playbook.start, way: [playbook.start] },
  ];
  const seen = new Set<string>();
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    const { stepId, way } = at;
    const step = playbook.steps.find(({ id }) => id === stepId);
    if (step === undefined || seen.has(stepId)) continue;
    seen.add(stepId);
    const first = decidedAnswer(playbook, character, step, 1);
    if (first === null) {
      const reason = `this prospect comes to step “${stepId}” (${way.join(' → ')}) and has no answer: add “${stepId}” to “answers” or “lines” with one of ${[...answersOf(step).keys()].join(', ')}`;
      findings.push(finding('no_answer', [...path, 'id'], reason));
      continue;
    }
    const last = 'again' in first ? (decidedAnswer(playbook, character, step, 2) ?? first) : first;
    for (const answer of [first, last]) given.add(`${stepId} ${wordOf(answer)}`);
    for (const answer of isForTheRep(step) ? answersOf(step).values() : [last]) {
      const target = targetOf(playbook, stepId, answer);
      if ('step' in target) waiting.push({ stepId: target.step, way: [...way, target.step] });
    }
  }
  return findings.length > 0 ? findings : neverGiven(character, playbook, given, path);
}

function neverGiven(
  { answers = {}, lines = {} }: Character,
  { steps }: Playbook,
  given: ReadonlySet<string>,
  path: FaultPath,
): Finding[] {
  const isGiven = (stepId: string, word: string) => {
    const step = steps.find(({ id }) => id === stepId);
    const asked = ({ say }: Step) => JSON.stringify(say);
    return steps.some(
      (other) => step !== undefined && asked(other) === asked(step) && given.has(`${other.id} ${word}`),
    );
  };
  const never = (stepId: string, word: string, place: FaultPath) =>
    isGiven(stepId, word)
      ? []
      : [
          finding(
            'never_said',
            [...path, ...place],
            `this prospect never answers step “${stepId}” with “${word}”: remove it, or change the answers before`,
          ),
        ];
  return [
    ...Object.entries(answers).flatMap(([stepId, word]) => never(stepId, word, ['answers', stepId])),
    ...Object.entries(lines).flatMap(([stepId, byAnswer]) =>
      Object.keys(byAnswer).flatMap((word) => never(stepId, word, ['lines', stepId, word])),
    ),
  ];
}

function finding(code: FaultCode, path: FaultPath, reason: string): Finding {
  return { code, path, reason };
}
