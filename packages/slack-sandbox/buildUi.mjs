/** Builds the page into `ui-dist`, unless none of its inputs has changed since the last build. */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const here = import.meta.dirname;
const stamp = join(here, 'ui-dist', '.inputs');
// The page imports only types from `src`. The lock file pins the versions of its libraries.
const inputs = [
  ...readdirSync(join(here, 'ui'), { recursive: true }).map((path) => join('ui', path)),
  ...[
    'buildUi.mjs',
    'package.json',
    'vite.config.mts',
    '../../package-lock.json',
    '../../tsconfig.base.json',
  ],
]
  .sort()
  .filter((path) => existsSync(join(here, path)) && statSync(join(here, path)).isFile());

const hash = createHash('sha256');
for (const path of inputs)
  hash
    .update(`${path}\0`)
    .update(readFileSync(join(here, path)))
    .update('\0');
const digest = hash.digest('hex');

if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== digest) {
  const { build } = await import('vite');
  await build({ configFile: join(here, 'vite.config.mts'), logLevel: 'warn' });
  writeFileSync(stamp, digest);
}
