import type { JsonObject } from './json';

/** A Web API answer `{ok:false, error: code, …extra}`, with Slack's own codes. */
export class SlackError extends Error {
  constructor(
    readonly code: string,
    readonly extra: JsonObject = {},
  ) {
    super(code);
    this.name = 'SlackError';
  }
}

/** Something a person of the workspace cannot do: HTTP 400 of the control API. */
export class ControlRefusal extends Error {
  constructor(
    readonly code: string,
    readonly detail: string,
  ) {
    super(`${code}: ${detail}`);
    this.name = 'ControlRefusal';
  }
}

export type SandboxErrorCode =
  | 'invalid_manifest'
  | 'invalid_seed'
  | 'invalid_state'
  | 'url_verification_failed'
  | 'control_failed'
  | 'timeout'
  | 'not_visible';

/** A sandbox that cannot start, or a test client that did not see what it waited for. */
export class SandboxError extends Error {
  constructor(
    readonly code: SandboxErrorCode,
    message: string,
  ) {
    super(message);
    this.name = 'SandboxError';
  }
}

/** Tells the operator of something that went wrong where nobody waits. As text: a test runner's realm has Errors of its own. */
export function warn(error: unknown): void {
  process.emitWarning(error instanceof Error ? (error.stack ?? error.message) : String(error));
}
