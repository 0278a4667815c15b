/** The errors of playbooks, by code. */
import { describeFault, type Fault } from './checking/faults';

export const PLAYBOOK_ERRORS = {
  /** Files do not load; `faults` lists where and why. */
  FAULTS: 'playbook_faults',
  /** This version of the playbook has no such step. */
  UNKNOWN_STEP: 'playbook_unknown_step',
  /** The step has no such choice. */
  UNKNOWN_CHOICE: 'playbook_unknown_choice',
  /** The step has no *Next*, so it needs one of its choices. */
  CHOICE_NEEDED: 'playbook_choice_needed',
  /** The step has no `again_label`. */
  NO_AGAIN: 'playbook_no_again',
  /** The marks of a line are not closed, or name no field. */
  BROKEN_LINE: 'playbook_broken_line',
  /** A field that a line needs is not given. */
  FIELD_MISSING: 'playbook_field_missing',
} as const;
export type PlaybookErrorCode = (typeof PLAYBOOK_ERRORS)[keyof typeof PLAYBOOK_ERRORS];

export class PlaybookError extends Error {
  override readonly name = 'PlaybookError';
  readonly code: PlaybookErrorCode;
  /** With `playbook_faults`: all of them, in order of file and line. Else empty. */
  readonly faults: readonly Fault[];

  constructor(code: PlaybookErrorCode, message: string, faults: readonly Fault[] = []) {
    super(message);
    this.code = code;
    this.faults = faults;
  }
}

/** The error for files that do not load. Its message lists every fault, one a line. */
export function faultsError(faults: readonly Fault[]): PlaybookError {
  const count = faults.length === 1 ? '1 fault' : `${faults.length} faults`;
  const list = faults.map((fault) => `  ${describeFault(fault)}`).join('\n');
  return new PlaybookError(PLAYBOOK_ERRORS.FAULTS, `The playbooks have ${count}:\n${list}`, faults);
}
