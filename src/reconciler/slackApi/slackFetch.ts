/**
 * How calls reach Slack. The same HTTP client as behind `fetch`, without its streams and its other machinery of a
 * browser: a call then costs half the processor time, and while people wait for their screens that is time they wait.
 */
import type { WebClientOptions } from '@slack/web-api';
import { request } from 'undici';

export type SlackFetch = NonNullable<WebClientOptions['fetch']>;
export type SlackResponse = Awaited<ReturnType<SlackFetch>>;

/**
 * For the SDK's clients. Redirects are not followed: the SDK takes every status but 200 for a failure.
 *
 * @throws what stood in the way of an answer: an error with Node's code (`ECONNREFUSED`), several of them in one
 * AggregateError, or the reason of the signal
 */
export const slackFetch: SlackFetch = async (url, { method = 'GET', headers, body, signal } = {}) => {
  if (typeof body === 'object') throw new TypeError('Lostdeal sends Slack no files');
  const answer = await request(url, {
    method,
    ...(headers === undefined ? {} : { headers }),
    ...(body === undefined ? {} : { body }),
    ...(signal === undefined ? {} : { signal }),
  });
  const bytes = Buffer.from(await answer.body.arrayBuffer());
  const told = new Map(
    Object.entries(answer.headers).map(([name, value]) => [name, [value ?? ''].flat().join(', ')] as const),
  );
  return {
    ok: answer.statusCode >= 200 && answer.statusCode < 300,
    status: answer.statusCode,
    statusText: answer.statusText,
    url: String(url),
    headers: { get: (name) => told.get(name.toLowerCase()) ?? null, entries: () => told.entries() },
    text: async () => bytes.toString(),
    json: async () => JSON.parse(bytes.toString()) as unknown,
    arrayBuffer: async () => new Uint8Array(bytes).buffer,
  };
};
