/** Reads the errors of Slack's client once, into codes of the error table. */
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
  /** The call may have done its work all the same. */
  readonly mayHaveWorked: boolean;
  /** Slack as a whole is in trouble. */
  readonly outage: boolean;
  /** Nobody knows this code. */
  readonly unknown: boolean;
  /** Slack did not answer, or not as Slack does. */
  readonly transport: boolean;
  /** Of `rate_limited`. */
  readonly retryAfterMs: number;
  /** Places in the blocks that Slack objects to; pointers only, as its words may quote customers. */
  readonly pointers: readonly string[];
}

/** Waited after a rate limit that comes without Retry-After, ms. */
const DEFAULT_RETRY_AFTER_MS = 5_000;

export function readFailure(error: unknown): SlackFailure {
  if (error instanceof WebAPIRateLimitedError) {
    return failure('ratelimited', known('ratelimited'), {
      retryAfterMs: Math.max(1, error.retryAfter) * 1000,
    });
  }
  if (error instanceof WebAPIPlatformError) {
    const { error: code, response_metadata: details } = error.data;
    // What is no code at all is the body of some proxy, which the client passes on in its place.
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
