/** The page on traps against the tests that it names: each trap is sprung, and each is answered. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '..', '..');
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

interface Trap {
  readonly number: number;
  readonly springs: readonly string[];
  readonly answers: readonly string[];
  /** Tests of other files: which file, and their titles there. */
  readonly elsewhere: readonly (readonly [file: string, title: string])[];
}

function trapsOf(page: string): readonly Trap[] {
  return page
    .split(/^## /mu)
    .slice(1)
    .map((section) => {
      const named = (who: string) =>
        [...section.matchAll(new RegExp(`^- ${who}: (.*)$`, 'gmu'))].map(([, title]) => title ?? '');
      const elsewhere = [...section.matchAll(/^- answers in `(.+?)`: (.*)$/gmu)];
      return {
        number: Number.parseInt(section, 10),
        springs: named('springs'),
        answers: named('answers'),
        elsewhere: elsewhere.map(([, file = '', title = '']) => [file, title] as const),
      };
    });
}

/** The titles of a file's tests without the trap's number; one with `%s` in it once for each of its cases. */
function titlesOf(file: string): readonly string[] {
  const source = read(file);
  const plain = [...source.matchAll(/^\s*(?:it|test)\('(.+?)', /gmu)].map(([, title]) => title ?? '');
  const tables = [...source.matchAll(/^\s*(?:it|test)\.each\(\[\n([\s\S]*?)\]\)\('(.+?)', /gmu)];
  const cases = tables.flatMap(([, rows = '', title = '']) =>
    [...rows.matchAll(/^\s*\['(.+?)',/gmu)].map(([, name = '']) => title.replace('%s', name)),
  );
  return [...plain, ...cases].map((title) => title.replace(/^\d+\. /u, ''));
}

const traps = trapsOf(read('packages/slack-sandbox/docs/traps.md'));

it('there are eleven, and each is sprung by a test and answered by one', () => {
  expect(traps.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
  const unproven = traps.filter(({ springs, answers }) => springs.length === 0 || answers.length === 0);
  expect(unproven).toEqual([]);
});

it.each([
  ['springs', 'packages/slack-sandbox/test/traps.test.ts'],
  ['answers', 'test/e2e/traps.test.ts'],
] as const)('the tests under "%s" are those of %s, all of them', (who, file) => {
  const named = traps.flatMap((trap) => trap[who]);
  expect([...named].sort()).toEqual([...titlesOf(file)].sort());
});

it('what it says of tests in other files is so', () => {
  const elsewhere = traps.flatMap((trap) => trap.elsewhere);
  expect(elsewhere).not.toEqual([]);
  for (const [file, title] of elsewhere)
    expect([file, titlesOf(file)]).toEqual([file, expect.arrayContaining([title])]);
});
