/** The traps that the sandbox's page lists against the end-to-end tests that show what Lostdeal does about each. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const read = (path: string): string => readFileSync(join(__dirname, '..', '..', path), 'utf8');
const traps = [...read('packages/slack-sandbox/docs/traps.md').matchAll(/^## (\d+)\. (.*)$/gmu)];
const tests = read('test/e2e/traps.test.ts');

/** What other files test, by the number of the trap. */
const ELSEWHERE = [
  [
    4,
    'test/slack/socketMode/connection.test.ts',
    'opens another one at once, and only then closes the old one',
  ],
  [
    5,
    'test/faults/lostReplies.test.ts',
    'with a refused message, the rest of the thread goes on and other words are tried at once',
  ],
] as const;

it.each(traps.map(([, number, title]) => [number, title]))('trap %s has a test: %s', (number) => {
  expect(tests).toMatch(new RegExp(`^(?:it|describe)\\('${number}\\. `, 'mu'));
});

it.each(ELSEWHERE)('trap %i has another one in %s', (_number, file, title) => {
  expect(read(file)).toContain(title);
});
