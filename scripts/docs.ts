/** `npm run docs`: writes the parts of the pages, and the schemas for editors, that are made from the code. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SCHEMAS } from './docs/editorSchema';
import { withPart } from './docs/page';
import { PARTS } from './docs/parts';

const ROOT = join(__dirname, '..');

for (const [page, parts] of Object.entries(PARTS)) {
  const path = join(ROOT, page);
  const before = readFileSync(path, 'utf8');
  writeFileSync(
    path,
    Object.entries(parts).reduce((text, [name, make]) => withPart(text, name, make()), before),
  );
}

for (const [path, make] of Object.entries(SCHEMAS)) writeFileSync(join(ROOT, path), make());
