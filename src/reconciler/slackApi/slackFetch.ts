/**
 * Sends calls to Slack with the HTTP client behind `fetch`, without its streams. A call then takes half the processor
 * time, which shortens the wait of people for their screens.
 */
import type { WebClientOptions } from '@slack/web-api';
import { type Agent, type Dispatcher, EnvHttpProxyAgent, request } from 'undici';

export type SlackFetch = NonNullable<WebClientOptions['fetch']>;
export type SlackResponse = Awaited<ReturnType<SlackFetch>>;

/** The proxy between this machine and Slack. */
export interface ProxySettings {
  /** For `https:` and `wss:`; null: the one for `http:`. It may hold a password. */
  readonly https: string | null;
  /** For `http:` and `ws:`, as of a local Slack. */
  readonly http: string | null;
  /** Hosts that are reached without it, separated by commas; empty: none. */
  readonly except: string;
}

/** Makes what opens the connections of one way out. */
export type DispatcherWith = (factory?: Agent.Options['factory']) => Dispatcher;

export function proxyDispatcher({ https, http, except }: ProxySettings): DispatcherWith {
  // Empty texts, because the agent reads the environment itself for what is undefined.
  const settings = { httpsProxy: https ?? '', httpProxy: http ?? '', noProxy: except };
  return (factory) => new EnvHttpProxyAgent({ ...settings, ...(factory === undefined ? {} : { factory }) });
}

/**
 * For the SDK's clients. It follows no redirects, as the SDK treats every status except 200 as a failure.
 *
 * @throws if there is no answer: an error with Node's code (`ECONNREFUSED`), an AggregateError of several, or the
 * reason of the signal
 */
export const slackFetch: SlackFetch = (url, init) => send(url, init);

/** The same through a dispatcher. @throws the same */
export const slackFetchThrough =
  (dispatcher: Dispatcher): SlackFetch =>
  (url, init) =>
    send(url, init, dispatcher);

async function send(
  url: Parameters<SlackFetch>[0],
  { method = 'GET', headers, body, signal }: NonNullable<Parameters<SlackFetch>[1]> = {},
  dispatcher?: Dispatcher,
): Promise<SlackResponse> {
  if (typeof body === 'object') throw new TypeError('Lostdeal sends Slack no files');
  const answer = await request(url, {
    method,
    ...(dispatcher === undefined ? {} : { dispatcher }),
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
}
