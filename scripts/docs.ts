/** `npm run docs`: writes the parts of docs/operations.md that are made from the code. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withPart } from './docs/page';
import { OPERATIONS_PARTS } from './docs/parts';

const path = join(__dirname, '..', 'docs', 'operations.md');
const page = Object.entries(OPERATIONS_PARTS).reduce(
  (text, [name, make]) => withPart(text, name, make()),
  readFileSync(path, 'utf8'),
);
writeFileSync(path, page);
