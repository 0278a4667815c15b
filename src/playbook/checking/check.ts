/**
 * `node dist/playbook/checking/check.js [folder]`: checks the built-in playbooks and those of a team's folder. Prints what
 * it found; exit code 1 when there is a fault. Warnings are no faults.
 */
import { PlaybookError } from '../errors';
import { describeFault } from './faults';
import { BUILT_IN_DIR, loadPlaybooks, type PlaybookLibrary } from './loader';

function report(library: PlaybookLibrary): string {
  const lines = library
    .list()
    .map(({ id, hash, title, steps }) => `  ${id} ${hash}  “${title}”, ${steps.length} screens`);
  const warnings = library.warnings.map((warning) => `  ${describeFault(warning)}`);
  return [
    'The playbooks have no faults:',
    ...lines,
    `  ${library.reasons.length} reasons`,
    ...(warnings.length === 0
      ? []
      : ['They are easier to read during a call when you mend this:', ...warnings]),
    '',
  ].join('\n');
}

const extraDir = process.argv[2] ?? null;
try {
  const library = loadPlaybooks({
    builtInDir: BUILT_IN_DIR,
    ...(extraDir === undefined ? {} : { extraDir }),
  });
  process.stdout.write(report(library));
} catch (error) {
  if (!(error instanceof PlaybookError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
