/** `npm run docs`: writes what is made from the code: parts of the pages, schemas for editors, sheets to print. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { FILES } from './docs/files';
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

for (const [path, make] of Object.entries(FILES)) writeFileSync(join(ROOT, path), make());
