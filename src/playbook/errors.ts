/** Every way in which `playbook` throws, by code. */
import { describeFault, type Fault } from './checking/faults';

export const PLAYBOOK_ERRORS = {
  /** Files do not load; `faults` says where and why. */
  FAULTS: 'playbook_faults',
  /** No step of that id in this version of the playbook. */
  UNKNOWN_STEP: 'playbook_unknown_step',
  /** The step offers no such choice. */
  UNKNOWN_CHOICE: 'playbook_unknown_choice',
  /** The step has no *Next*: one of its choices is needed. */
  CHOICE_NEEDED: 'playbook_choice_needed',
  /** The step does not declare that it may be shown again. */
  NO_AGAIN: 'playbook_no_again',
  /** A line's marks are not closed or name no field. */
  BROKEN_LINE: 'playbook_broken_line',
  /** A line needs a field that was not given. */
  FIELD_MISSING: 'playbook_field_missing',
} as const;
export type PlaybookErrorCode = (typeof PLAYBOOK_ERRORS)[keyof typeof PLAYBOOK_ERRORS];

export class PlaybookError extends Error {
  override readonly name = 'PlaybookError';
  readonly code: PlaybookErrorCode;
  /** Filled with `playbook_faults`, in order of file and line; else empty. */
  readonly faults: readonly Fault[];

  constructor(code: PlaybookErrorCode, message: string, faults: readonly Fault[] = []) {
    super(message);
    this.code = code;
    this.faults = faults;
  }
}

/** The error for files that do not load: its message lists every fault, one a line. */
export function faultsError(faults: readonly Fault[]): PlaybookError {
  const count = faults.length === 1 ? '1 fault' : `${faults.length} faults`;
  const list = faults.map((fault) => `  ${describeFault(fault)}`).join('\n');
  return new PlaybookError(PLAYBOOK_ERRORS.FAULTS, `The playbooks have ${count}:\n${list}`, faults);
}
