/** Checks that a line reads well, whatever is known about the deal, and can be said in one breath. */

import { fieldsOf, parseLine, renderLine } from '../../line';
import type { MergeField } from '../../schema';
import type { FaultCode, FaultPath, Finding } from '../faults';
import { KNOWN_FIELDS, type Moment, SAMPLE_FIELDS } from '../fields';

/** 15 seconds at a calm three words a second. */
export const MAX_WORDS = 45;

export interface LineKind {
  /** It has to end like a sentence; hints need not. */
  readonly sentence: boolean;
  /** The rep reads it aloud, so it has to fit one breath. */
  readonly spoken: boolean;
  /** It completes a sentence that the screen begins, so it may begin with a small letter. */
  readonly completes?: true;
}
export const SPOKEN: LineKind = { sentence: true, spoken: true };
export const NOTE: LineKind = { sentence: true, spoken: false };
export const HINT: LineKind = { sentence: false, spoken: false };
export const FRAGMENT: LineKind = { sentence: false, spoken: false, completes: true };

/** Every fault of a line, tried for both kinds of business and for every combination of known fields. */
export function checkLine(line: string, moment: Moment, kind: LineKind, path: FaultPath): Finding[] {
  const { tokens, problems } = parseLine(line);
  if (problems.length > 0) return problems.map((problem) => ({ ...problem, path }));

  const { needed, optional } = fieldsOf(tokens);
  const known = KNOWN_FIELDS[moment];
  const anywhere = [...known.always, ...known.sometimes];
  const unknown = [...new Set([...needed, ...optional])].filter((field) => !anywhere.includes(field));
  const unsure = needed.filter((field) => known.sometimes.includes(field));
  if (unknown.length + unsure.length > 0) {
    return [
      ...unknown.map((field) =>
        finding('field_not_here', path, `{${field}} is never known here: use one of ${list(anywhere)}`),
      ),
      ...unsure.map((field) =>
        finding(
          'field_maybe_unknown',
          path,
          `{${field}} is not always known here: put it and the words around it in [ ]`,
        ),
      ),
    ];
  }
  const maybe = optional.filter((field) => known.sometimes.includes(field));
  return checkReadings(line, readings(line, maybe), kind, path);
}

interface Reading {
  readonly text: string;
  /** The case in which the line reads so: "new, without {prospect}". */
  readonly when: string;
}

function readings(line: string, maybe: readonly MergeField[]): Reading[] {
  const all: Reading[] = [];
  for (let bits = 0; bits < 2 ** maybe.length; bits += 1) {
    const unknown = maybe.filter((_, index) => (bits & (1 << index)) !== 0);
    const fields: Partial<Record<MergeField, string>> = { ...SAMPLE_FIELDS };
    for (const field of unknown) delete fields[field];
    for (const business of ['new', 'customer'] as const) {
      const without = unknown.length === 0 ? '' : `, without ${list(unknown)}`;
      all.push({ text: renderLine(line, { business, fields }), when: `${business}${without}` });
    }
  }
  return all;
}

function checkReadings(line: string, all: readonly Reading[], kind: LineKind, path: FaultPath): Finding[] {
  const findings = FLAWS.filter(
    (flaw) => (kind.sentence || !flaw.atEnd) && (!kind.completes || !flaw.atStart),
  ).flatMap((flaw) => {
    const bad = all.find(({ text }) => flaw.shows(text));
    if (bad === undefined) return [];
    const shown = `“${bad.text.replaceAll(/[\n\r\t]/g, '⏎')}”`;
    const place = bad.text === line ? shown : `${shown} (${bad.when})`;
    return [finding('reads_badly', path, `${place} ${flaw.what}: ${flaw.remedy}`)];
  });
  if (!kind.spoken) return findings;
  const longest = Math.max(...all.map(({ text }) => countWords(text)));
  if (longest <= MAX_WORDS) return findings;
  const reason = `this line takes more than 15 seconds to say (${longest} words, at most ${MAX_WORDS}): split it into two lines or shorten it`;
  return [...findings, finding('too_long_to_say', path, reason)];
}

interface Flaw {
  readonly what: string;
  readonly remedy: string;
  /** Only sentences have it. */
  readonly atEnd?: true;
  /** Only lines that begin a sentence have it. */
  readonly atStart?: true;
  readonly shows: (text: string) => boolean;
}

/** Ways in which a line reads badly. An empty line has only the first one. */
export const FLAWS: readonly Flaw[] = [
  {
    what: 'is empty',
    remedy: 'keep some words outside [ ]',
    shows: (text) => text.trim() === '',
  },
  {
    what: 'has two spaces in a row, or a space at the start or end',
    remedy: 'move the space into [ ] or out of it',
    shows: (text) => text.trim() !== '' && (text !== text.trim() || /[^\S\n]{2}/.test(text)),
  },
  {
    what: 'has a line break',
    remedy: 'make it two lines of the list',
    shows: (text) => /[\n\r\t]/.test(text),
  },
  {
    what: 'has a space on the wrong side of a punctuation mark',
    remedy: 'move the space into [ ] or out of it',
    // French has a narrow space before some of them.
    shows: (text) => /[^\S\u00a0\u202f][,.;:!?)”]|[(“]\s/.test(text),
  },
  {
    what: 'has two punctuation marks together',
    remedy: 'move one into [ ] or remove it',
    shows: (text) => /[,;:]\s*[,;:.!?]|(?<!\.)\.\.(?!\.)|!!|\?\?|\(\s*\)|“\s*”/.test(text),
  },
  {
    what: 'does not begin with a capital letter',
    remedy: 'begin with one, outside [ ]',
    atStart: true,
    shows: (text) => text.trim() !== '' && !/^["'“‘„«¿¡(]*[\p{Lu}\p{N}\p{Lo}]/u.test(text.trim()),
  },
  {
    what: 'does not end with a full stop, question mark or the like',
    remedy: 'end with one, outside [ ]',
    atEnd: true,
    shows: (text) => text.trim() !== '' && !/[.!?…。！？؟]["'”’“»)]?$/.test(text.trim()),
  },
];

export function countWords(text: string): number {
  return text.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
}

function list(fields: readonly MergeField[]): string {
  return fields.map((field) => `{${field}}`).join(', ');
}

function finding(code: FaultCode, path: FaultPath, reason: string): Finding {
  return { code, path, reason };
}
