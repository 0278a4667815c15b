/** Checks that everything fits a Slack screen, even with the longest names and answers. */

import { type LineToken, parseLine } from '../../line';
import type {
  Character,
  Choice,
  Ending,
  Mail,
  MergeField,
  PlaybookSource,
  Reason,
  Reply,
  Step,
} from '../../schema';
import type { FaultCode, FaultPath, Finding } from '../faults';
import { LONGEST_ON_SLACK, SAMPLE_FIELDS } from '../fields';

/**
 * Most characters of each text. Where Slack allows more, the smaller limit keeps a screen readable at a glance. Slack's
 * limits: modal title and submit 24, button and option 75, placeholder 150, label 2000, text of a block 3000.
 */
export const MAX_CHARACTERS = {
  'playbook title': 24,
  summary: 75,
  'step title': 60,
  'ending title': 60,
  why: 200,
  cue: 120,
  dont: 120,
  hint: 120,
  avoid: 200,
  'choice label': 30,
  next_label: 24,
  again_label: 30,
  unknown_label: 30,
  'one-tap label': 24,
  'mail subject': 75,
  'input label': 120,
  placeholder: 150,
  'reason label': 75,
  'name of a prospect': 40,
  company: 40,
  competitor: 40,
  about: 150,
  'practice line': 200,
} as const;
type Limited = keyof typeof MAX_CHARACTERS;

/** Most characters of a block's text on Slack, escapes included. */
const MAX_IN_BLOCK = 3000;
const MAX_CHOICES = 5;
const MAX_HINTS = 3;
const MAX_PROMPTS = 6;
const MAX_LINES = 5;
const MAX_REPLIES = 6;
const MAX_DAYS = 5;
/** Most options of a select menu. */
const MAX_REASONS = 100;

/** The title and summary of the playbook. */
export function checkCover(playbook: Pick<PlaybookSource, 'title' | 'summary'>): Finding[] {
  return [
    ...label(playbook.title, 'playbook title', ['title']),
    ...label(playbook.summary, 'summary', ['summary']),
  ];
}

export function checkStepScreen(step: Step, path: FaultPath): Finding[] {
  const at = (...keys: FaultPath) => [...path, ...keys];
  return [
    ...label(step.title, 'step title', at('title')),
    ...together(step.say, MAX_LINES, 'lines to say', at('say')),
    ...together(step.prompts ?? [], MAX_PROMPTS, 'prompts', at('prompts')),
    ...together(step.listen_for ?? [], MAX_HINTS, 'things to listen for', at('listen_for')),
    ...(step.listen_for ?? []).flatMap((hint, index) => note(hint, 'hint', at('listen_for', index))),
    ...note(step.why, 'why', at('why')),
    ...(step.cue === undefined ? [] : note(step.cue, 'cue', at('cue'))),
    ...(step.dont === undefined ? [] : note(step.dont, 'dont', at('dont'))),
    ...(step.avoid === undefined ? [] : note(step.avoid, 'avoid', at('avoid'))),
    ...optionalLabel(step.next_label, 'next_label', at('next_label')),
    ...optionalLabel(step.again_label, 'again_label', at('again_label')),
    ...optionalLabel(step.unknown_label, 'unknown_label', at('unknown_label')),
    ...optionalLabel(step.record?.label, 'input label', at('record', 'label')),
    ...optionalLabel(step.record?.placeholder, 'placeholder', at('record', 'placeholder')),
    ...checkChoices(step.choices ?? [], at('choices')),
    ...atMost(step.one_tap?.length ?? 0, MAX_DAYS, 'one-tap days', at('one_tap')),
    ...(step.one_tap ?? []).flatMap((day, index) =>
      label(day.label, 'one-tap label', at('one_tap', index, 'label')),
    ),
    ...checkRepliesScreen(step.they_say ?? [], at('they_say')),
  ];
}

export function checkEndingScreen(ending: Ending, path: FaultPath): Finding[] {
  return [
    ...label(ending.title, 'ending title', [...path, 'title']),
    ...together(ending.say, MAX_LINES, 'lines to say', [...path, 'say']),
    ...note(ending.why, 'why', [...path, 'why']),
  ];
}

/** Each line is an element of its own, which has room for as much as a block. */
export function checkWordsScreen(lines: readonly string[], path: FaultPath): Finding[] {
  return lines.flatMap((line, index) => together([line], 1, 'lines', [...path, index]));
}

export function checkMailScreen(mail: Mail, path: FaultPath): Finding[] {
  return [
    ...label(mail.subject, 'mail subject', [...path, 'subject']),
    ...checkWordsScreen(mail.text, [...path, 'text']),
  ];
}

export function checkRepliesScreen(replies: readonly Reply[], path: FaultPath): Finding[] {
  return [
    ...atMost(replies.length, MAX_REPLIES, 'replies', path),
    ...replies.flatMap(({ hear, reply }, index) => together([hear, reply], 2, 'lines', [...path, index])),
  ];
}

export function checkReasons(reasons: readonly Reason[], path: FaultPath): Finding[] {
  return [
    ...atMost(reasons.length, MAX_REASONS, 'reasons', path),
    ...reasons.flatMap((reason, index) => label(reason.label, 'reason label', [...path, index, 'label'])),
  ];
}

export function checkCharacterScreen(character: Character, path: FaultPath): Finding[] {
  const { name, company, competitor, about } = character;
  return [
    ...label(name, 'name of a prospect', [...path, 'name']),
    ...label(company, 'company', [...path, 'company']),
    ...optionalLabel(competitor, 'competitor', [...path, 'competitor']),
    ...label(about, 'about', [...path, 'about']),
  ];
}

export const checkPracticeLine = (text: string, path: FaultPath): Finding[] =>
  note(text, 'practice line', path);

function checkChoices(choices: readonly Choice[], path: FaultPath): Finding[] {
  return [
    ...atMost(choices.length, MAX_CHOICES, 'choices', path),
    ...choices.flatMap((choice, index) => label(choice.label, 'choice label', [...path, index, 'label'])),
  ];
}

/** Labels and titles are shown unchanged, so they have no marks. */
function label(text: string, what: Limited, path: FaultPath): Finding[] {
  const marked = /[{}[\]|]/.test(text);
  return [
    ...(marked
      ? [
          finding(
            'marks_in_label',
            path,
            `a ${what} cannot contain { } [ ] or |: use words that fit every deal`,
          ),
        ]
      : []),
    ...fits(encoded(text).length, what, path),
  ];
}

function optionalLabel(text: string | undefined, what: Limited, path: FaultPath): Finding[] {
  return text === undefined ? [] : label(text, what, path);
}

/** A note of one or two lines, measured with typical values, since it only has to look short. */
function note(text: string, what: Limited, path: FaultPath): Finding[] {
  return fits(
    lengthOf(text, (field) => SAMPLE_FIELDS[field].length),
    what,
    path,
  );
}

function fits(length: number, what: Limited, path: FaultPath): Finding[] {
  const most = MAX_CHARACTERS[what];
  if (length <= most) return [];
  return [
    finding('too_long_for_slack', path, `this ${what} has ${length} characters, at most ${most}: shorten it`),
  ];
}

/** Lines of one block. */
function together(lines: readonly string[], most: number, what: string, path: FaultPath): Finding[] {
  const longest = lines.reduce(
    (sum, line) => sum + lengthOf(line, (field) => LONGEST_ON_SLACK[field]) + 1,
    0,
  );
  return [
    ...atMost(lines.length, most, what, path),
    ...(longest <= MAX_IN_BLOCK
      ? []
      : [
          finding(
            'too_long_for_slack',
            path,
            `with the longest names and answers this has ${longest} characters, at most ${MAX_IN_BLOCK}: shorten it or name fewer fields`,
          ),
        ]),
  ];
}

function atMost(count: number, most: number, what: string, path: FaultPath): Finding[] {
  if (count <= most) return [];
  return [finding('too_many', path, `there are ${count} ${what}, at most ${most}: keep the best`)];
}

/** Characters of a line with every mark at its longest. `lines.ts` checks broken marks. */
function lengthOf(line: string, fieldLength: (field: MergeField) => number): number {
  const sizeOf = (token: LineToken): number => {
    switch (token.kind) {
      case 'text':
        return encoded(token.text).length;
      case 'either':
        return Math.max(encoded(token.forNew).length, encoded(token.forCustomer).length);
      case 'field':
        return fieldLength(token.field);
      case 'optional':
        return token.tokens.reduce((sum, part) => sum + sizeOf(part), 0);
    }
  };
  return parseLine(line).tokens.reduce((sum, token) => sum + sizeOf(token), 0);
}

/** Slack counts these three characters by their escapes. */
function encoded(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function finding(code: FaultCode, path: FaultPath, reason: string): Finding {
  return { code, path, reason };
}
