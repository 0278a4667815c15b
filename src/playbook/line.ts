/**
 * Lines with marks: `{field}`, `[, {prospect}]` (left out when one of its fields is not known) and `{won|kept}` (the word
 * for new business | for a customer). Only `{ } [ ] |` are special; none of them can be spoken.
 */
import { PLAYBOOK_ERRORS, PlaybookError } from './errors';
import { MERGE_FIELDS, type MergeField } from './schema';

export type LineToken =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'field'; readonly field: MergeField }
  | { readonly kind: 'either'; readonly forNew: string; readonly forCustomer: string }
  | { readonly kind: 'optional'; readonly tokens: readonly LineToken[] };

/** What is wrong with the marks of a line, in words for the author of a playbook. */
export interface LineProblem {
  readonly code: 'marks' | 'unknown_field';
  readonly reason: string;
}

export interface ParsedLine {
  /** Complete only without problems. */
  readonly tokens: readonly LineToken[];
  readonly problems: readonly LineProblem[];
}

export interface LineContext {
  readonly business: 'new' | 'customer';
  /** Known fields. A blank value counts as not known; any other is inserted unchanged. */
  readonly fields: Readonly<Partial<Record<MergeField, string>>>;
}

/** An optional part whose ] has not come yet. */
interface OpenPart {
  readonly tokens: LineToken[];
  /** Counts a misspelt field too, which is a problem of its own. */
  namesField: boolean;
  /** Forbidden [ inside this part whose ] has not come yet. */
  nested: number;
}

/** Splits a line into text and marks, and reports every problem. */
export function parseLine(line: string): ParsedLine {
  const problems: LineProblem[] = [];
  const outer: LineToken[] = [];
  let optional: OpenPart | null = null;

  for (const piece of line.match(/\{[^{}[\]]*\}|[{}[\]|]|[^{}[\]|]+/gu) ?? []) {
    const tokens: LineToken[] = optional?.tokens ?? outer;
    if (piece === '[') {
      if (optional === null) {
        optional = { tokens: [], namesField: false, nested: 0 };
      } else {
        optional.nested += 1;
        problems.push(wrong('one [ ] is inside another: put them one after the other'));
      }
    } else if (piece === ']') {
      if (optional === null) {
        problems.push(wrong('] has no [ before it'));
      } else if (optional.nested > 0) {
        optional.nested -= 1;
      } else {
        if (!optional.namesField) {
          problems.push(wrong('[ ] holds no field, so its words are always said: remove the brackets'));
        }
        outer.push({ kind: 'optional', tokens: optional.tokens });
        optional = null;
      }
    } else if (piece.length > 1 && piece.startsWith('{')) {
      const inside = piece.slice(1, -1);
      if (optional !== null && !inside.includes('|')) optional.namesField = true;
      const token = parseBraces(inside, problems);
      if (token !== null) tokens.push(token);
    } else if (piece === '{' || piece === '}' || piece === '|') {
      problems.push(wrong(strayMark[piece]));
    } else {
      tokens.push({ kind: 'text', text: piece });
    }
  }
  if (optional !== null) problems.push(wrong('[ is never closed: add ] where the optional part ends'));
  return { tokens: outer, problems };
}

/** Whether the line has no marks, as most lines have none. */
export const isFixed = (line: string): boolean => !/[{}[\]|]/u.test(line);

/**
 * The line as the rep says it. Inserts people's text unchanged; the caller escapes it.
 * @throws PlaybookError `playbook_field_missing` when a field outside [ ] is not known, `playbook_broken_line` when
 * the marks are wrong. Neither happens with a line of a loaded playbook and the fields of `KNOWN_FIELDS`.
 */
export function renderLine(line: string, context: LineContext): string {
  const { tokens, problems } = parseLine(line);
  if (problems.length > 0) {
    const reasons = problems.map((problem) => problem.reason).join('; ');
    throw new PlaybookError(PLAYBOOK_ERRORS.BROKEN_LINE, `The line “${line}” cannot be read: ${reasons}.`);
  }
  return tokens.map((token) => renderToken(token, line, context)).join('');
}

/** The fields of a line: outside [ ], and inside. */
export function fieldsOf(tokens: readonly LineToken[]): {
  readonly needed: readonly MergeField[];
  readonly optional: readonly MergeField[];
} {
  const named = (list: readonly LineToken[]) =>
    list.flatMap((token) => (token.kind === 'field' ? [token.field] : []));
  const inner = tokens.flatMap((token) => (token.kind === 'optional' ? named(token.tokens) : []));
  return { needed: [...new Set(named(tokens))], optional: [...new Set(inner)] };
}

const strayMark = {
  '{': '{ is never closed: write {field} or {for new|for customer}',
  '}': '} has no { before it',
  '|': '| is outside { }: write {for new|for customer}',
} as const;

function wrong(reason: string): LineProblem {
  return { code: 'marks', reason };
}

function parseBraces(inside: string, problems: LineProblem[]): LineToken | null {
  const [first = '', second, ...more] = inside.split('|');
  if (second !== undefined) {
    if (more.length === 0) return { kind: 'either', forNew: first, forCustomer: second };
    problems.push(wrong(`{${inside}} has more than two parts: write {for new|for customer}`));
    return null;
  }
  const field = MERGE_FIELDS.find((known) => known === first);
  if (field !== undefined) return { kind: 'field', field };
  problems.push({
    code: 'unknown_field',
    reason: `there is no field {${inside}}: use one of ${MERGE_FIELDS.join(', ')}`,
  });
  return null;
}

function knownValue(field: MergeField, context: LineContext): string | null {
  const value = context.fields[field];
  return value === undefined || value.trim() === '' ? null : value;
}

function renderToken(token: LineToken, line: string, context: LineContext): string {
  switch (token.kind) {
    case 'text':
      return token.text;
    case 'either':
      return context.business === 'new' ? token.forNew : token.forCustomer;
    case 'optional': {
      const known = token.tokens.every(
        (part) => part.kind !== 'field' || knownValue(part.field, context) !== null,
      );
      return known ? token.tokens.map((part) => renderToken(part, line, context)).join('') : '';
    }
    case 'field': {
      const value = knownValue(token.field, context);
      if (value !== null) return value;
      throw new PlaybookError(
        PLAYBOOK_ERRORS.FIELD_MISSING,
        `The line “${line}” needs {${token.field}}, which was not given.`,
      );
    }
  }
}
