/**
 * The reconciler's own Web API client. The SDK by default repeats a post whose response was lost, and Slack has no
 * idempotency key, so this client retries nothing: it rejects at once, and the reconciler decides. It rejects a 429
 * too, since the SDK would hold up every channel and method while it waits.
 */

import { LogLevel, WebClient, type WebClientOptions } from '@slack/web-api';
import { NEVER_CONNECTED } from './slackErrors';
import { type SlackFetch, type SlackResponse, slackFetch } from './slackFetch';

export interface SlackClientOptions {
  readonly token: string;
  /** Ends with a slash. */
  readonly slackApiUrl: string;
  /** ms; the same as `Timing.callTimeoutMs`. */
  readonly timeoutMs: number;
  /** Makes the calls; default: directly. */
  readonly fetch?: SlackFetch;
  /** Its abort ends running calls as if their response was lost. */
  readonly stopping?: AbortSignal;
}

export function createSlackClient(options: SlackClientOptions): WebClient {
  return new WebClient(options.token, {
    slackApiUrl: options.slackApiUrl,
    timeout: options.timeoutMs,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logger: silentLogger,
    fetch: fetchWithCauses(options.fetch ?? slackFetch, options.stopping),
  });
}

/** No connection was made, so Slack never received the call. */
export class NeverConnectedError extends Error {
  override readonly name = 'NeverConnectedError';
}

/** Retry-After for a 429 without one, seconds. */
const UNSTATED_RETRY_AFTER = '5';

/**
 * Adds what the SDK's errors lack. The SDK reports a 429 without a readable Retry-After as an error without a code, so
 * such an answer gets the header; and it does not tell a call that was never sent from one whose response was lost.
 */
const fetchWithCauses =
  (fetch: SlackFetch, stopping: AbortSignal | undefined): SlackFetch =>
  async (url, init = {}) => {
    const response = await endingWith([init.signal, stopping], (signal) =>
      connected(() => fetch(url, { ...init, signal })),
    );
    const { headers } = response;
    if (response.status !== 429 || /^\s*\d+/.test(headers.get('retry-after') ?? '')) return response;
    const get = (name: string) =>
      name.toLowerCase() === 'retry-after' ? UNSTATED_RETRY_AFTER : headers.get(name);
    return { ...response, headers: { get, entries: () => headers.entries() } };
  };

/** Not `AbortSignal.any`: Node 20 keeps every signal made from one that lives as long as the process. */
async function endingWith<T>(
  signals: readonly (AbortSignal | undefined)[],
  call: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const ending = new AbortController();
  const heard = signals.filter((signal) => signal !== undefined);
  const end = ({ target }: Event): void => ending.abort((target as AbortSignal).reason);
  for (const signal of heard) {
    if (signal.aborted) ending.abort(signal.reason);
    signal.addEventListener('abort', end);
  }
  try {
    return await call(ending.signal);
  } finally {
    for (const signal of heard) signal.removeEventListener('abort', end);
  }
}

async function connected(call: () => Promise<SlackResponse>): Promise<SlackResponse> {
  try {
    return await call();
  } catch (error) {
    if (neverConnected(error)) throw new NeverConnectedError('no connection to Slack', { cause: error });
    throw error;
  }
}

/** Node puts the failures of several addresses into one AggregateError. */
function neverConnected(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  const { code, cause, errors } = error as { code?: unknown; cause?: unknown; errors?: unknown };
  if (Array.isArray(errors) && errors.length > 0) return errors.every(neverConnected);
  return (typeof code === 'string' && NEVER_CONNECTED.has(code)) || neverConnected(cause);
}

/**
 * Silent: the SDK logs request bodies at debug level and validation messages at error level, and both can hold
 * customers' words. We log each error by its code.
 */
const quiet = (): void => undefined;
const silentLogger: NonNullable<WebClientOptions['logger']> = {
  debug: quiet,
  info: quiet,
  warn: quiet,
  error: quiet,
  setLevel: quiet,
  getLevel: () => LogLevel.ERROR,
  setName: quiet,
};
