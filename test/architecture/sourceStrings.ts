/** The strings of a source file that a person could read, by its syntax tree. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSync } from '@swc/core';

export const SRC = join(__dirname, '..', '..', 'src');

/** Words of an error are for who runs the app, and words of a log line too. */
const isForOperators = (callee: string): boolean => /Error$|^(log|debug|info|warn|error)$/u.test(callee);

/** The strings of a file that a person could read. */
export function stringsIn(file: string): string[] {
  const found: string[] = [];
  const walk = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    const { type, value, cooked } = node as Record<string, unknown>;
    if ((type === 'NewExpression' || type === 'CallExpression') && isForOperators(calleeOf(node))) return;
    if (type === 'ImportDeclaration' || type === 'TsLiteralType') return;
    if (type === 'StringLiteral' && typeof value === 'string') found.push(value);
    if (type === 'TemplateElement' && typeof cooked === 'string') found.push(cooked);
    for (const part of Object.values(node)) walk(part);
  };
  walk(parseSync(readFileSync(file, 'utf8'), { syntax: 'typescript' }).body);
  return found;
}

/** `Error` of `new Error(…)`, `warn` of `logger.warn(…)`. */
function calleeOf(call: object): string {
  const { callee } = call as { callee: { value?: string; property?: { value?: string } } };
  return callee.property?.value ?? callee.value ?? '';
}

/** Its TypeScript files, from `src`. */
export const filesOf = (room: string): string[] =>
  readdirSync(join(SRC, room), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .map((path) => `${room}/${path}`);
