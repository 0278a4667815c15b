/**
 * What a rep can take in during a call: lengths that make a screen better, and that nothing breaks without. They are
 * faults in the built-in playbooks and warnings in a team's.
 */
import { renderLine } from '../../line';
import type { PlaybookSource, Step } from '../../schema';
import { cueOf } from '../../words';
import type { FaultCode, FaultPath, Finding } from '../faults';
import { SAMPLE_FIELDS } from '../fields';
import { countWords, MAX_WORDS } from './lines';

/** Most words of a cue or a don't. */
export const MAX_HINT_WORDS = 8;
/** Most characters of a label: Slack cuts a title of a modal there, and a button of that length fits a phone. */
export const MAX_LABEL = 24;

/** Expects a playbook without faults. */
export function checkLengths({ steps, endings }: PlaybookSource): Finding[] {
  return [
    ...steps.flatMap((step, index) => checkStepLengths(step, ['steps', index])),
    ...Object.entries(endings).flatMap(([verdict, ending]) => toSay(ending.say, ['endings', verdict, 'say'])),
  ];
}

function checkStepLengths(step: Step, path: FaultPath): Finding[] {
  const at = (...keys: FaultPath) => [...path, ...keys];
  const cue = cueOf(step);
  return [
    ...toSay(step.say, at('say')),
    ...(cue === null ? [] : hint(cue, 'cue', at(...(step.cue === undefined ? ['listen_for', 0] : ['cue'])))),
    ...(step.dont === undefined ? [] : hint(step.dont, 'don’t', at('dont'))),
    ...(step.dont !== undefined || step.avoid === undefined ? [] : hint(step.avoid, 'don’t', at('avoid'))),
    ...label(step.title, at('title')),
    ...label(step.next_label, at('next_label')),
    ...label(step.again_label, at('again_label')),
    ...label(step.unknown_label, at('unknown_label')),
    ...(step.choices ?? []).flatMap((choice, index) => label(choice.label, at('choices', index, 'label'))),
  ];
}

function toSay(lines: readonly string[], path: FaultPath): Finding[] {
  const words = lines.reduce((sum, line) => sum + mostWords(line), 0);
  if (words <= MAX_WORDS) return [];
  const reason = `this screen has ${words} words to say, at most ${MAX_WORDS} (15 seconds): shorten it or make it two screens`;
  return [finding('too_much_to_say', path, reason)];
}

function hint(text: string, what: string, path: FaultPath): Finding[] {
  const words = mostWords(text);
  if (words <= MAX_HINT_WORDS) return [];
  return [
    finding(
      'too_long_to_read',
      path,
      `this ${what} has ${words} words, at most ${MAX_HINT_WORDS}: shorten it`,
    ),
  ];
}

function label(text: string | undefined, path: FaultPath): Finding[] {
  if (text === undefined || text.length <= MAX_LABEL) return [];
  const reason = `this label has ${text.length} characters, at most ${MAX_LABEL}: shorten it`;
  return [finding('label_too_long', path, reason)];
}

/** With everything known, people by their first names, and for the business that needs more words. */
export function mostWords(line: string): number {
  return Math.max(
    ...(['new', 'customer'] as const).map((business) =>
      countWords(renderLine(line, { business, fields: { ...SAMPLE_FIELDS, prospect: 'Jane' } })),
    ),
  );
}

function finding(code: FaultCode, path: FaultPath, reason: string): Finding {
  return { code, path, reason };
}
