/** The playbooks that a preview shows, as their files are now. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Fault } from '../../playbook/checking/faults';
import {
  BUILT_IN_DIR,
  isPractice,
  isTaxonomy,
  isYaml,
  loadPlaybooks,
  readPlaybook,
} from '../../playbook/checking/loader';
import { PlaybookError } from '../../playbook/errors';
import type { Playbook, Reason } from '../../playbook/schema';

export interface ShownFault {
  /** `file:line:column`. */
  readonly place: string;
  readonly reason: string;
  /** The line of the file; null: it has none, or the file cannot be read. */
  readonly text: string | null;
}

export interface Files {
  /** Empty: none can be shown. */
  readonly playbooks: readonly Playbook[];
  readonly reasons: readonly Reason[];
  readonly faults: readonly ShownFault[];
  readonly warnings: readonly ShownFault[];
}

/** The folder whose changes matter. */
export const folderOf = (file: string | null): string => (file === null ? BUILT_IN_DIR : dirname(file));

/** @param file the author's; null: the built-in ones */
export function readFiles(file: string | null): Files {
  const reasons = reasonsBeside(file);
  if (file === null) {
    const files = readdirSync(BUILT_IN_DIR).filter(
      (name) => isYaml(name) && !isTaxonomy(name) && !isPractice(name),
    );
    const read = files.map((name) => readPlaybook(join(BUILT_IN_DIR, name)));
    return together(read, reasons);
  }
  return together([readPlaybook(file)], reasons);
}

function together(read: readonly ReturnType<typeof readPlaybook>[], reasons: readonly Reason[]): Files {
  const faults = read.flatMap((it) => it.faults);
  return {
    playbooks: read.flatMap(({ playbook, faults }) =>
      playbook === null || faults.length > 0 ? [] : [playbook],
    ),
    reasons,
    faults: faults.map(shown),
    warnings: read.flatMap((it) => it.warnings).map(shown),
  };
}

/** Those of the author's folder where it has some without faults, else the built-in ones. */
function reasonsBeside(file: string | null): readonly Reason[] {
  const builtIn = { builtInDir: BUILT_IN_DIR };
  if (file === null || !existsSync(join(dirname(file), 'taxonomy.yml')))
    return loadPlaybooks(builtIn).reasons;
  try {
    return loadPlaybooks({ ...builtIn, extraDir: dirname(file) }).reasons;
  } catch (error) {
    if (!(error instanceof PlaybookError)) throw error;
    return loadPlaybooks(builtIn).reasons;
  }
}

function shown({ file, line, column, reason }: Fault): ShownFault {
  return {
    place: [basename(file), line, column].filter((it) => it !== null).join(':'),
    reason,
    text: line === null ? null : (readFileSync(file, 'utf8').split('\n')[line - 1] ?? null),
  };
}
