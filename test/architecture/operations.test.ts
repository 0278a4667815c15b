/** The parts of the operator's page that are made from the code are as the code would make them. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { partOf } from '../../scripts/docs/page';
import { OPERATIONS_PARTS } from '../../scripts/docs/parts';

const page = readFileSync(join(__dirname, '..', '..', 'docs', 'operations.md'), 'utf8');

it.each(Object.entries(OPERATIONS_PARTS))('"%s" is up to date (npm run docs)', (name, make) => {
  expect(partOf(page, name)).toBe(make());
});
