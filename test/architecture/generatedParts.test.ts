/** What is made from the code is as the code makes it: parts of the pages, schemas for editors, sheets to print. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FILES } from '../../scripts/docs/files';
import { partOf } from '../../scripts/docs/page';
import { PARTS } from '../../scripts/docs/parts';

const read = (path: string) => readFileSync(join(__dirname, '..', '..', path), 'utf8');

const parts = Object.entries(PARTS).flatMap(([page, made]) =>
  Object.entries(made).map(([name, make]) => [page, name, make] as const),
);

it.each(parts)('%s: "%s" is up to date (npm run docs)', (page, name, make) => {
  expect(partOf(read(page), name)).toBe(make());
});

it.each(Object.entries(FILES))('%s is up to date (npm run docs)', (path, make) => {
  expect(read(path)).toBe(make());
});
