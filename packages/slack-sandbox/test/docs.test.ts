/** Holds the page on traps to the tests that it names. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const read = (path: string): string => readFileSync(join(__dirname, '..', path), 'utf8');

/** `NUMBER. TITLE` of each test; a title with `%s` appears once for each of its cases. */
function titlesOf(file: string): readonly string[] {
  const source = read(file);
  const blocks = source.split(/^(?=describe)/mu);
  return blocks.flatMap((block) => {
    const number = /^describe.*'(\d+)\. /u.exec(block)?.[1];
    const plain = [...block.matchAll(/^\s*it\('(.+?)', /gmu)].map(([, title = '']) => title);
    const tables = [...block.matchAll(/^\s*it\.each\(\[\n([\s\S]*?)\]\)\('(.+?)', /gmu)];
    const cases = tables.flatMap(([, rows = '', title = '']) =>
      [...rows.matchAll(/^\s*\['(.+?)',/gmu)].map(([, name = '']) => title.replace('%s', name)),
    );
    return [...plain, ...cases].map((title) => (/^\d+\. /u.test(title) ? title : `${number}. ${title}`));
  });
}

it('docs/traps.md names the tests of each of the eleven traps, and no others', () => {
  const traps = read('docs/traps.md').split(/^## /mu).slice(1);
  expect(traps.map((trap) => Number.parseInt(trap, 10))).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
  const named = traps.flatMap((trap) =>
    [...trap.matchAll(/^- (.*)$/gmu)].map(([, title = '']) => `${Number.parseInt(trap, 10)}. ${title}`),
  );
  expect([...named].sort()).toEqual([...titlesOf('test/traps.test.ts')].sort());
});
