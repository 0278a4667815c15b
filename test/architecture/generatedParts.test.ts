/** The parts of the pages that are made from the code are as the code makes them. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { partOf } from '../../scripts/docs/page';
import { PARTS } from '../../scripts/docs/parts';

const parts = Object.entries(PARTS).flatMap(([page, made]) =>
  Object.entries(made).map(([name, make]) => [page, name, make] as const),
);

it.each(parts)('%s: "%s" is up to date (npm run docs)', (page, name, make) => {
  const text = readFileSync(join(__dirname, '..', '..', page), 'utf8');
  expect(partOf(text, name)).toBe(make());
});
