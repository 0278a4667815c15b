import { getEventListeners } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createSlackClient } from '../../../src/reconciler/slackApi/slackClient';
import { readFailure, type SlackFailure } from '../../../src/reconciler/slackApi/slackFailure';

const servers: Server[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

/** Lower than the ports that the system gives out, so that no other test's server listens there. */
const UNUSED_PORT = 20_011;

/** The failure that the real client reports for this answer; null: nobody listens. */
async function failureOf(
  answer: RequestListener | null,
  { stopping, timeoutMs = 200 }: { stopping?: AbortSignal; timeoutMs?: number } = {},
): Promise<SlackFailure> {
  const listening = createServer(answer ?? ((_request, response) => response.end()));
  servers.push(listening);
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
  const port = answer === null ? UNUSED_PORT : (listening.address() as AddressInfo).port;
  const client = createSlackClient({
    token: 'xoxb-1',
    slackApiUrl: `http://127.0.0.1:${port}/`,
    // On a busy machine the connection must be refused before this time is over.
    timeoutMs: answer === null ? 10_000 : timeoutMs,
    ...(stopping === undefined ? {} : { stopping }),
  });
  try {
    await client.chat.postMessage({ channel: 'C1', text: 'x' });
  } catch (error) {
    return readFailure(error);
  }
  throw new Error('the call worked');
}

const json =
  (body: object, status = 200, headers: Record<string, string> = {}): RequestListener =>
  (_request, response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
  };

test.each<[string, RequestListener | null, Partial<SlackFailure>]>([
  [
    'nobody listens: Slack did nothing',
    null,
    { code: 'not_connected', mayHaveWorked: false, transport: true },
  ],
  [
    'no answer in time: Slack may have done it',
    () => undefined,
    { code: 'no_reply', mayHaveWorked: true, transport: true },
  ],
  [
    'the connection breaks before the answer',
    (request) => request.socket.destroy(),
    { code: 'no_reply', mayHaveWorked: true },
  ],
  [
    'the connection breaks in the middle of the answer',
    (request, response) => {
      response.writeHead(200, { 'content-length': '100' }).write('{"ok":');
      setImmediate(() => request.socket.destroy());
    },
    { code: 'no_reply', mayHaveWorked: true },
  ],
  ['HTTP 500', json({}, 500), { code: 'http_error', mayHaveWorked: true, transport: true }],
  [
    'a proxy’s page',
    (_request, response) => response.end('<html>Bad gateway</html>'),
    { code: 'http_error', mayHaveWorked: true },
  ],
  [
    '429',
    json({ ok: false }, 429, { 'retry-after': '30' }),
    { policy: 'rate_limited', retryAfterMs: 30_000, mayHaveWorked: false },
  ],
  ['429 without Retry-After', json({ ok: false }, 429), { policy: 'rate_limited', retryAfterMs: 5_000 }],
  [
    'ratelimited with status 200',
    json({ ok: false, error: 'rate_limited' }),
    { policy: 'rate_limited', retryAfterMs: 5_000 },
  ],
  [
    'a refusal',
    json({ ok: false, error: 'channel_not_found' }),
    { policy: 'channel_unusable', mayHaveWorked: false, transport: false },
  ],
  [
    'an error that may come after the work',
    json({ ok: false, error: 'fatal_error' }),
    { policy: 'retry', mayHaveWorked: true },
  ],
  [
    'an unknown code',
    json({ ok: false, error: 'something_new' }),
    { code: 'something_new', policy: 'retry', mayHaveWorked: true },
  ],
  [
    'invalid blocks: says where, without their words',
    json({
      ok: false,
      error: 'invalid_blocks',
      response_metadata: { messages: ['[ERROR] no "secret" [json-pointer:/blocks/0/text]'] },
    }),
    { policy: 'set_aside', pointers: ['/blocks/0/text'] },
  ],
])('%s', async (_case, answer, expected) => {
  expect(await failureOf(answer)).toMatchObject(expected);
});

test('a stop ends a running call, and every later one, as if its reply was lost', async () => {
  const stopping = new AbortController();
  const hangs: RequestListener = () => stopping.abort();
  const expected = { code: 'no_reply', mayHaveWorked: true };
  expect(await failureOf(hangs, { stopping: stopping.signal, timeoutMs: 60_000 })).toMatchObject(expected);
  expect(await failureOf(hangs, { stopping: stopping.signal, timeoutMs: 60_000 })).toMatchObject(expected);
});

test('a finished call leaves no listener on the signal, which lives as long as the process', async () => {
  const { signal } = new AbortController();
  await failureOf(json({ ok: false, error: 'is_archived' }), { stopping: signal });
  await failureOf(() => undefined, { stopping: signal });
  expect(getEventListeners(signal, 'abort')).toHaveLength(0);
});
