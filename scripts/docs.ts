/** `npm run docs`: writes the parts of the pages that are made from the code. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withPart } from './docs/page';
import { PARTS } from './docs/parts';

for (const [page, parts] of Object.entries(PARTS)) {
  const path = join(__dirname, '..', page);
  const before = readFileSync(path, 'utf8');
  writeFileSync(
    path,
    Object.entries(parts).reduce((text, [name, make]) => withPart(text, name, make()), before),
  );
}
