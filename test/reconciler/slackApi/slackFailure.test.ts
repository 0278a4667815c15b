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

/** Below the ports that the system gives out, so that no other test's server stands there. */
const NOBODYS_PORT = 20_011;

/** What the real client makes of such an answer. */
async function failureOf(
  answer: RequestListener | null,
  { stopping, timeoutMs = 200 }: { stopping?: AbortSignal; timeoutMs?: number } = {},
): Promise<SlackFailure> {
  const listening = createServer(answer ?? ((_request, response) => response.end()));
  servers.push(listening);
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
  const port = answer === null ? NOBODYS_PORT : (listening.address() as AddressInfo).port;
  const client = createSlackClient({
    token: 'xoxb-1',
    slackApiUrl: `http://127.0.0.1:${port}/`,
    // A refused connection must not be taken for a slow answer on a busy machine.
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
  ['nobody listens: surely not done', null, { code: 'not_connected', mayHaveWorked: false, transport: true }],
  [
    'no answer in time: nobody knows',
    () => undefined,
    { code: 'no_reply', mayHaveWorked: true, transport: true },
  ],
  ['broken off', (request) => request.socket.destroy(), { code: 'no_reply', mayHaveWorked: true }],
  [
    'broken off in the middle of the answer',
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
  [
    '429 that does not say how long',
    json({ ok: false }, 429),
    { policy: 'rate_limited', retryAfterMs: 5_000 },
  ],
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
    'a code we do not know',
    json({ ok: false, error: 'something_new' }),
    { code: 'something_new', policy: 'retry', mayHaveWorked: true },
  ],
  [
    'where the blocks are wrong, without quoting them',
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

test('a stop ends a call under way as if its reply was lost, and one that comes after it', async () => {
  const stopping = new AbortController();
  const hangs: RequestListener = () => stopping.abort();
  const expected = { code: 'no_reply', mayHaveWorked: true };
  expect(await failureOf(hangs, { stopping: stopping.signal, timeoutMs: 60_000 })).toMatchObject(expected);
  expect(await failureOf(hangs, { stopping: stopping.signal, timeoutMs: 60_000 })).toMatchObject(expected);
});

test('a call that has ended leaves nothing behind on the signal, which lives as long as the process', async () => {
  const { signal } = new AbortController();
  await failureOf(json({ ok: false, error: 'is_archived' }), { stopping: signal });
  await failureOf(() => undefined, { stopping: signal });
  expect(getEventListeners(signal, 'abort')).toHaveLength(0);
});
