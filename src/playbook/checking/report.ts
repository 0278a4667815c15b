/** What `lostdeal check` prints. */
import { PlaybookError } from '../errors';
import { describeFault } from './faults';
import { BUILT_IN_DIR, loadPlaybooks, type PlaybookLibrary } from './loader';

/**
 * Checks the built-in playbooks and those of a team's folder. Prints what it proved, or every fault; then the process exits
 * with 1. Warnings are no faults.
 */
export function checkFolder(extraDir?: string): void {
  try {
    process.stdout.write(
      report(loadPlaybooks({ builtInDir: BUILT_IN_DIR, ...(extraDir === undefined ? {} : { extraDir }) })),
    );
  } catch (error) {
    if (!(error instanceof PlaybookError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}

function report(library: PlaybookLibrary): string {
  const lines = library
    .list()
    .map(({ id, hash, title, steps }) => `  ${id} ${hash}  “${title}”, ${steps.length} screens`);
  const warnings = library.warnings.map((warning) => `  ${describeFault(warning)}`);
  return [
    'The playbooks have no faults:',
    ...lines,
    `  ${library.reasons.length} reasons`,
    'Every path ends, every line reads well with and without names, and every screen fits Slack.',
    ...(warnings.length === 0
      ? []
      : ['They are easier to read during a call when you mend this:', ...warnings]),
    '',
  ].join('\n');
}
