/** Turns the errors of Slack's client into codes of the error table. */
import {
  WebAPIHTTPError,
  WebAPIPlatformError,
  WebAPIRateLimitedError,
  WebAPIRequestError,
} from '@slack/web-api';
import type { ErrorPolicy } from './errorPolicy';
import { NeverConnectedError } from './slackClient';
import { type ErrorRule, SLACK_ERRORS, TRANSPORT_ERRORS, UNKNOWN_ERROR } from './slackErrors';

export interface SlackFailure {
  /** Slack's code, or one of `TRANSPORT_ERRORS`. Safe to log. */
  readonly code: string;
  readonly policy: ErrorPolicy;
  /** The call may have worked all the same. */
  readonly mayHaveWorked: boolean;
  /** An outage of Slack. */
  readonly outage: boolean;
  /** The error table lacks this code. */
  readonly unknown: boolean;
  /** There was no answer of Slack's API. */
  readonly transport: boolean;
  /** For `rate_limited`; else 0. */
  readonly retryAfterMs: number;
  /** JSON pointers to the blocks that Slack refuses, without its messages, which may quote customers. */
  readonly pointers: readonly string[];
}

/** Pause after a rate limit without Retry-After, ms. */
const DEFAULT_RETRY_AFTER_MS = 5_000;

export function readFailure(error: unknown): SlackFailure {
  if (error instanceof WebAPIRateLimitedError) {
    return failure('ratelimited', known('ratelimited'), {
      retryAfterMs: Math.max(1, error.retryAfter) * 1000,
    });
  }
  if (error instanceof WebAPIPlatformError) {
    const { error: code, response_metadata: details } = error.data;
    // Anything else is the body of a proxy's answer, which the client puts in place of a code.
    if (!/^[a-z][a-z0-9_]{0,80}$/.test(code))
      return failure('http_error', TRANSPORT_ERRORS.http_error, { transport: true });
    const retryAfter = details?.retryAfter;
    return failure(code, known(code), {
      ...(retryAfter === undefined ? {} : { retryAfterMs: Math.max(1, retryAfter) * 1000 }),
      pointers: (details?.messages ?? []).flatMap((message) => message.match(/\/[\w/]+(?=\])/g) ?? []),
    });
  }
  if (error instanceof WebAPIHTTPError) {
    return failure('http_error', TRANSPORT_ERRORS.http_error, { transport: true });
  }
  const code =
    error instanceof WebAPIRequestError && error.original instanceof NeverConnectedError
      ? 'not_connected'
      : 'no_reply';
  return failure(code, TRANSPORT_ERRORS[code], { transport: true });
}

const known = (code: string): ErrorRule => SLACK_ERRORS[code] ?? UNKNOWN_ERROR;

function failure(code: string, rule: ErrorRule, more: Partial<SlackFailure>): SlackFailure {
  return {
    code,
    ...rule,
    unknown: rule === UNKNOWN_ERROR,
    transport: false,
    retryAfterMs: DEFAULT_RETRY_AFTER_MS,
    pointers: [],
    ...more,
  };
}
