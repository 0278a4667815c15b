/** Words for people stand in `slack/` alone: the rooms below it answer with codes and facts. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSync } from '@swc/core';

const SRC = join(__dirname, '..', '..', 'src');

/** Words of an error are for who runs the app, and words of a log line too. */
const isForOperators = (callee: string): boolean => /Error$|^(log|debug|info|warn|error)$/u.test(callee);

/** The strings of a file that a person could read. */
function stringsIn(file: string): string[] {
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

const filesOf = (room: string): string[] =>
  readdirSync(join(SRC, room), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .map((path) => `${room}/${path}`);

test.each(filesOf('deal'))('%s has no words for people', (file) => {
  expect(stringsIn(join(SRC, file)).filter((it) => /\S\s+\S/u.test(it))).toEqual([]);
});

/** A message of its own, and the table that the page for operators shows. */
const EXEMPT = ['reconciler/pass/channelNotice.ts', 'reconciler/slackApi/errorPolicy.ts'];
const ROOMS = [...filesOf('coach'), ...filesOf('reconciler')].filter((file) => !EXEMPT.includes(file));

test.each(ROOMS)('%s has no sentences', (file) => {
  expect(stringsIn(join(SRC, file)).filter((it) => /^\p{Lu}\S*\s+\S/u.test(it))).toEqual([]);
});

test('a sentence in the domain would be found', () => {
  expect(stringsIn(join(SRC, 'slack/text/refusals.ts'))).toContain('Please name the account.');
});
