/** What can be wrong with a playbook file. `docs/playbooks.md` explains each code; a test compares the two. */

export const FAULT_CODES = [
  'unreadable',
  'yaml',
  'shape',
  'duplicate_id',
  'no_such_step',
  'unreachable_step',
  'dead_end',
  'loop',
  'pulse_not_earned',
  'rescue_after_signing',
  'ending_missing',
  'not_in_language',
  'choices_missing',
  'choice_not_of_fact',
  'next_missing',
  'next_not_allowed',
  'again_not_allowed',
  'never_shown',
  'marks',
  'marks_in_label',
  'unknown_field',
  'field_not_here',
  'field_maybe_unknown',
  'reads_badly',
  'too_long_to_say',
  'too_much_to_say',
  'too_long_to_read',
  'label_too_long',
  'too_many',
  'too_long_for_slack',
  'no_such_playbook',
  'no_such_answer',
  'lines_missing',
  'two_answers',
  'no_answer',
  'never_said',
] as const;
export type FaultCode = (typeof FAULT_CODES)[number];

/** The keys and list positions of a place in the file. */
export type FaultPath = readonly (string | number)[];

/** A fault before its file and line are known. */
export interface Finding {
  readonly code: FaultCode;
  readonly path: FaultPath;
  /** What is wrong and what to do, in words for the author of a playbook. */
  readonly reason: string;
}

export interface Fault {
  readonly code: FaultCode;
  readonly file: string;
  /** Both count from 1; null: the file or folder cannot be read. */
  readonly line: number | null;
  readonly column: number | null;
  readonly reason: string;
}

/** `file:line:column: reason`, the form of compilers, so that editors can jump there. */
export function describeFault({ file, line, column, reason }: Fault): string {
  const place = [file, line, column].filter((it) => it !== null).join(':');
  return `${place}: ${reason}`;
}

/** By file, then by line; faults on one line keep their order. */
export function inOrder(faults: readonly Fault[]): Fault[] {
  return [...faults].sort((a, b) => compare(a.file, b.file) || (a.line ?? 0) - (b.line ?? 0));
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
