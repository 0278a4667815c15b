/**
 * `npm run build`: the app and its tools, each as one file of JavaScript with all that it imports. A start loads some 30
 * modules instead of 1,300, which takes half the time. The build also checks the built-in playbooks.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { BUILT_IN_DIR, isYaml, loadPlaybooks } from '../src/playbook/checking/loader';
import { PROVEN_FILE, type Proven, textHash } from '../src/playbook/checking/proven';
import { readYaml } from '../src/playbook/checking/yamlSource';

const ROOT = join(__dirname, '..');

const APP_AND_TOOLS = [
  'src/main.ts',
  'src/authoring/main.ts',
  'src/playbook/checking/check.ts',
  // A thread of the app.
  'src/store/sqlite/readWorker.ts',
  'src/store/tools/backup.ts',
  'src/store/tools/erase.ts',
  'src/store/tools/export.ts',
  'src/store/tools/migrateToPostgres.ts',
];

/** Stay outside of the file: native code, and a logger whose thread reads files of its own. */
const EXTERNAL = ['better-sqlite3', 'pg-native', 'pino', 'pino-pretty'];

export function bundle(entryPoints: readonly string[], to: { outdir: string } | { outfile: string }): void {
  buildSync({
    entryPoints: [...entryPoints],
    bundle: true,
    platform: 'node',
    target: 'node20',
    external: EXTERNAL,
    // Spaces are a third of the text, which a process keeps in memory. Names stay, for stacks, and so do short lines.
    minifyWhitespace: true,
    minifySyntax: true,
    lineLimit: 120,
    // `node --enable-source-maps` names lines of `src`; a start without it does not read the map.
    sourcemap: 'linked',
    logLevel: 'warning',
    ...to,
  });
}

/** Checks the built-in playbooks and returns their content. @throws PlaybookError naming every fault */
export function proveBuiltIn(): Proven {
  loadPlaybooks({ builtInDir: BUILT_IN_DIR });
  const contents = readdirSync(BUILT_IN_DIR)
    .filter(isYaml)
    .flatMap((name) => {
      const text = readFileSync(join(BUILT_IN_DIR, name), 'utf8');
      const yaml = readYaml(text);
      return yaml.ok ? [[textHash(text), yaml.data] as const] : [];
    });
  return Object.fromEntries(contents);
}

/** The script of the preview's page, for browsers. */
function bundlePage(outfile: string): void {
  buildSync({
    entryPoints: [join(ROOT, 'src/authoring/page/client.ts')],
    bundle: true,
    platform: 'browser',
    target: 'es2022',
    minify: true,
    logLevel: 'warning',
    outfile,
  });
}

if (require.main === module) {
  const outdir = join(ROOT, 'dist');
  bundlePage(join(outdir, 'authoring', 'page.js'));
  bundle(
    APP_AND_TOOLS.map((path) => join(ROOT, path)),
    { outdir },
  );
  writeFileSync(join(outdir, PROVEN_FILE), JSON.stringify(proveBuiltIn()));
}
