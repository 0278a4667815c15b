/** What `lostdeal check` prints. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { PlaybookError } from '../errors';
import type { Practice } from '../schema';
import { describeFault } from './faults';
import { BUILT_IN_DIR, isPractice, isTaxonomy, isYaml, loadPlaybooks, type PlaybookLibrary } from './loader';

export interface Report {
  /** Warnings are no faults. */
  readonly isSound: boolean;
  /** What was proved, or every fault. */
  readonly text: string;
}

/** Checks the built-in playbooks and those of a team's folder. */
export function checkFolder(extraDir?: string): Report {
  try {
    const library = loadPlaybooks({ builtInDir: BUILT_IN_DIR, extraDir: extraDir ?? null });
    const lines = [...report(library), ...(extraDir === undefined ? [] : schemaLines(extraDir))];
    return { isSound: true, text: `${lines.join('\n')}\n` };
  } catch (error) {
    if (!(error instanceof PlaybookError)) throw error;
    return { isSound: false, text: `${error.message}\n` };
  }
}

/** Prints the report as a command does: faults to `stderr`, and the process exits with 1. */
export function printReport({ isSound, text }: Report): void {
  process[isSound ? 'stdout' : 'stderr'].write(text);
  if (!isSound) process.exitCode = 1;
}

function report(library: PlaybookLibrary): string[] {
  const lines = library
    .list()
    .map(
      ({ id, hash, title, steps, practice }) =>
        `  ${id} ${hash}  “${title}”, ${steps.length} screens${prospectsIn(practice)}`,
    );
  const warnings = library.warnings.map((warning) => `  ${describeFault(warning)}`);
  return [
    'The playbooks have no faults:',
    ...lines,
    `  ${library.reasons.length} reasons`,
    'Every path ends, every line reads well with and without names, and every screen fits Slack.',
    ...(warnings.length === 0
      ? []
      : ['They are easier to read during a call when you mend this:', ...warnings]),
  ];
}

const prospectsIn = (practice: Practice | undefined): string =>
  practice?.prospects === undefined ? '' : `, ${practice.prospects.length} prospects`;

/** For each file of a folder that names no schema: the line with which an editor explains and checks it. */
function schemaLines(dir: string): string[] {
  const schemas = relative(dir, BUILT_IN_DIR).split(sep).join('/');
  const lines = readdirSync(dir)
    .filter(
      (name) => isYaml(name) && !readFileSync(join(dir, name), 'utf8').includes('yaml-language-server:'),
    )
    .map((name) => {
      const schema = isTaxonomy(name) ? 'taxonomy' : isPractice(name) ? 'practice' : 'playbook';
      return `  ${name}:  # yaml-language-server: $schema=${schemas}/${schema}.schema.json`;
    });
  return lines.length === 0
    ? []
    : ['Your editor explains a file while you type, when this is the first line:', ...lines];
}
