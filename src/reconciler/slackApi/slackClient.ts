/**
 * The reconciler's own Web API client. Slack has no idempotency key, and the SDK by default repeats a post whose
 * reply was lost, so here nothing is repeated blindly: each failure comes back at once and the reconciler decides.
 * A 429 is rejected too, as the SDK would hold up every channel and method while it waits.
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
  /** Aborted: calls under way end as if their reply was lost. */
  readonly stopping?: AbortSignal;
}

export function createSlackClient(options: SlackClientOptions): WebClient {
  return new WebClient(options.token, {
    slackApiUrl: options.slackApiUrl,
    timeout: options.timeoutMs,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logger: silentLogger,
    fetch: tellingFetch(options.fetch ?? slackFetch, options.stopping),
  });
}

/** No connection came about, so Slack never saw the call. */
export class NeverConnectedError extends Error {
  override readonly name = 'NeverConnectedError';
}

/** Waits this long, in seconds, after a 429 that does not say how long. */
const UNSTATED_RETRY_AFTER = '5';

/**
 * Tells what the SDK does not: it reports a 429 without a readable Retry-After as an error without a code, so such
 * an answer always gets one; and it makes no difference between a call that was never sent and one whose reply was
 * lost.
 */
const tellingFetch =
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

/** Not `AbortSignal.any`: of a signal that lives as long as the process Node 20 remembers every signal made from it. */
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

/** The connections to several addresses are kept in one AggregateError. */
function neverConnected(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  const { code, cause, errors } = error as { code?: unknown; cause?: unknown; errors?: unknown };
  if (Array.isArray(errors) && errors.length > 0) return errors.every(neverConnected);
  return (typeof code === 'string' && NEVER_CONNECTED.has(code)) || neverConnected(cause);
}

/**
 * The SDK logs request bodies at debug level and validation messages at error level; both can hold customers'
 * words. Whatever matters reaches us as an error, and is logged by its code.
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
