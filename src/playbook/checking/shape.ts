/** What the schemas refuse, in words for the author of a playbook. */
import type * as z from 'zod';
import { VERDICTS } from '../schema';
import type { FaultPath, Finding } from './faults';

type Issue = z.core.$ZodIssue;

/** A finding for each issue of a schema with `data`. */
export function shapeFindings(data: unknown, issues: readonly Issue[]): Finding[] {
  return issues.flatMap((issue) => describe(data, issue));
}

function describe(data: unknown, issue: Issue): Finding[] {
  const path = issue.path.filter((key) => typeof key !== 'symbol');
  const at = (reason: string, place: FaultPath = path): Finding => ({ code: 'shape', path: place, reason });
  const value = valueAt(data, path);
  const name = nameOf(path);

  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) =>
      at(`“${key}” is not a key of ${name}: correct or remove it`, [...path, key]),
    );
  }
  if (value === undefined) return [at(`${name} is missing: add it`)];
  if (value === null) return [at(`${name} is empty: fill it in or remove it`)];
  switch (issue.code) {
    case 'invalid_type':
      return [
        at(
          `${name} must be ${kindWanted[issue.expected] ?? issue.expected}, not ${kindOf(value)}${hint(issue.expected, value)}`,
        ),
      ];
    case 'invalid_value':
      return [at(`${name} is ${show(value)}: use one of ${issue.values.map(String).join(', ')}`)];
    case 'invalid_format':
      return [at(`${name} is ${show(value)}: ${issue.message}`)];
    case 'too_small':
      return [at(`${name} is empty: fill it in or remove it`)];
    case 'invalid_union':
      return [
        at(
          `${name} must be either { step: <id> } or { verdict: <name> }; the verdicts are ${VERDICTS.join(', ')}`,
        ),
      ];
    default:
      return [at(`${name} is wrong: ${issue.message}`)];
  }
}

const kindWanted: Readonly<Record<string, string>> = {
  string: 'text',
  array: 'a list',
  object: 'keys with values',
  record: 'keys with values',
};

function hint(expected: string, value: unknown): string {
  if (expected === 'string' && typeof value === 'object' && value !== null) {
    return ' (text that holds “: ”, or begins with { or [, needs quotes)';
  }
  if (expected === 'string') return ' (put it in quotes)';
  return '';
}

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  switch (typeof value) {
    case 'string':
      return 'text';
    case 'number':
      return 'a number';
    case 'boolean':
      return 'true or false';
    default:
      return 'keys with values';
  }
}

function show(value: unknown): string {
  return typeof value === 'string' ? `“${value}”` : kindOf(value);
}

function nameOf(path: FaultPath): string {
  const key = path.at(-1);
  if (key === undefined) return 'the file';
  if (typeof key === 'string') return `“${key}”`;
  const list = path.at(-2);
  return list === undefined ? `item ${key + 1}` : `item ${key + 1} of “${list}”`;
}

function valueAt(data: unknown, path: FaultPath): unknown {
  let value = data;
  for (const key of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as Record<string | number, unknown>)[key];
  }
  return value;
}
