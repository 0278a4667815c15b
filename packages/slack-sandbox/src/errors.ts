import type { JsonObject } from './json';

/** A Web API answer `{ok:false, error: code, …extra}`. The codes are Slack's. */
export class SlackError extends Error {
  constructor(
    readonly code: string,
    readonly extra: JsonObject = {},
  ) {
    super(code);
    this.name = 'SlackError';
  }
}

/** An action that the workspace does not allow. The control API answers it with HTTP 400. */
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

/** A sandbox that cannot start, or a test client that waited in vain. */
export class SandboxError extends Error {
  constructor(
    readonly code: SandboxErrorCode,
    message: string,
  ) {
    super(message);
    this.name = 'SandboxError';
  }
}

/**
 * Warns the operator of an error that no caller waits for. Passes text, since a test runner's realm has Error classes
 * of its own.
 */
export function warn(error: unknown): void {
  process.emitWarning(error instanceof Error ? (error.stack ?? error.message) : String(error));
}
