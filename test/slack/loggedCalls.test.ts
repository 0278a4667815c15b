/** Every call to Slack that the product makes, failed one by one by something that gives back what it was sent: no log line quotes it. */
import { readdirSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { LogLevel, WebClient } from '@slack/web-api';
import { createLogger } from '../../src/log';
import { createSlackClient } from '../../src/reconciler/slackApi/slackClient';
import { readFailure } from '../../src/reconciler/slackApi/slackFailure';
import { slackFetch } from '../../src/reconciler/slackApi/slackFetch';
import { boltLogger } from '../../src/slack/install/boltLogger';

const PLANTED = 'Plantedwords';
const TOKEN = 'xoxb-1234-planted';
const SECRET = 'plantedsecret';
const words = `${PLANTED} ninety days ${TOKEN}`;
const blocks = [{ type: 'section' as const, text: { type: 'plain_text' as const, text: words } }];
const view = { type: 'modal' as const, title: { type: 'plain_text' as const, text: words }, blocks };
const home = { type: 'home' as const, blocks };

/** With customers' words wherever a call takes words. */
const CALLS: Readonly<Record<string, (client: WebClient) => Promise<unknown>>> = {
  'apps.connections.open': (client) => client.apps.connections.open(),
  'auth.test': (client) => client.auth.test(),
  'bots.info': (client) => client.bots.info({ bot: PLANTED }),
  'chat.delete': (client) => client.chat.delete({ channel: PLANTED, ts: '1.1' }),
  'chat.postEphemeral': (client) =>
    client.chat.postEphemeral({ channel: PLANTED, user: PLANTED, text: words }),
  'chat.postMessage': (client) => client.chat.postMessage({ channel: PLANTED, text: words, blocks }),
  'chat.update': (client) => client.chat.update({ channel: PLANTED, ts: '1.1', text: words, blocks }),
  'conversations.history': (client) => client.conversations.history({ channel: PLANTED, cursor: words }),
  'conversations.info': (client) => client.conversations.info({ channel: PLANTED }),
  'conversations.invite': (client) => client.conversations.invite({ channel: PLANTED, users: words }),
  'conversations.join': (client) => client.conversations.join({ channel: PLANTED }),
  'conversations.open': (client) => client.conversations.open({ users: words }),
  'conversations.replies': (client) =>
    client.conversations.replies({ channel: PLANTED, ts: '1.1', cursor: words }),
  'files.completeUploadExternal': (client) =>
    client.files.completeUploadExternal({
      files: [{ id: PLANTED, title: words }],
      channel_id: PLANTED,
      blocks,
    }),
  'files.getUploadURLExternal': (client) => client.files.getUploadURLExternal({ filename: words, length: 1 }),
  'oauth.v2.access': (client) =>
    client.oauth.v2.access({ client_id: '1.1', client_secret: SECRET, code: words }),
  'users.info': (client) => client.users.info({ user: PLANTED }),
  'views.open': (client) => client.views.open({ trigger_id: '1.1', view }),
  'views.publish': (client) => client.views.publish({ user_id: 'U1', view: home }),
  'views.push': (client) => client.views.push({ trigger_id: '1.1', view }),
  'views.update': (client) => client.views.update({ view_id: 'V1', view }),
};

/** Null: the connection ends without an answer. */
type Echo = (sent: string) => { readonly status: number; readonly body: string } | null;
const ECHOES: Readonly<Record<string, Echo>> = {
  'a page instead of JSON': (sent) => ({ status: 200, body: `<h1>Blocked</h1>${sent}` }),
  'a status and a page': (sent) => ({ status: 502, body: sent }),
  'a status that redirects': (sent) => ({ status: 302, body: sent }),
  'a rate limit with a page': (sent) => ({ status: 429, body: sent }),
  'an error that is no code': (sent) => ({ status: 200, body: JSON.stringify({ ok: false, error: sent }) }),
  'an error that is an object': (sent) => ({
    status: 200,
    body: JSON.stringify({ ok: false, error: { [sent]: sent } }),
  }),
  'an error that is one word of ours': () => ({
    status: 200,
    body: JSON.stringify({ ok: false, error: TOKEN }),
  }),
  'messages of a validation': (sent) => ({
    status: 200,
    body: JSON.stringify({
      ok: false,
      error: 'invalid_arguments',
      needed: sent,
      provided: sent,
      response_metadata: { messages: [`[ERROR] ${sent} [json-pointer:/view/blocks/0]`], warnings: [sent] },
    }),
  }),
  'half an answer': () => null,
};

/** True for a path to a method of the SDK's client, such as `views.open`. */
const isMethod = (path: string): boolean => {
  let found: unknown = new WebClient();
  for (const name of path.split('.'))
    found = (found as Readonly<Record<string, unknown>> | undefined)?.[name];
  return typeof found === 'function';
};

/** Methods of Slack that a file of the product calls. */
const calledIn = (source: string): string[] =>
  [...source.matchAll(/\b([a-z]+(?:\.\w+)+)\(/gu)]
    .map(([, path = '']) => path.replace(/^(?:.*\.)?client\./u, ''))
    .filter((path) => path.includes('.') && !path.startsWith('logger.') && isMethod(path));

let server: Server;
let echo: Echo = () => null;
let url = '';
const asked: string[] = [];
beforeAll(async () => {
  server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      asked.push(request.url?.split('/').pop() ?? '');
      const body = decodeURIComponent(Buffer.concat(parts).toString().replaceAll('+', ' '));
      const made = echo(`${request.headers.authorization} ${PLANTED} ${body}`);
      if (made === null) {
        response.writeHead(200, { 'content-length': 10_000 }).write(PLANTED);
        response.destroy();
        return;
      }
      response.writeHead(made.status, { 'content-type': 'application/json', location: `/${PLANTED}` });
      response.end(made.body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

/** A log of every level, and all that it holds. */
function capture() {
  const log = { text: '' };
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      log.text += chunk;
      done();
    },
  });
  return { log, logger: createLogger({ level: 'trace', pretty: false }, stream) };
}

describe.each(Object.entries(ECHOES))('%s', (_what, echoes) => {
  it.each(Object.entries(CALLS))('to %s leaves no word and no token in the log', async (method, call) => {
    echo = echoes;
    asked.length = 0;
    const { log, logger } = capture();
    const clients = [
      createSlackClient({ token: TOKEN, slackApiUrl: url, timeoutMs: 5_000 }),
      // As the Bolt app makes it for listeners: the SDK itself would quote the messages of a validation.
      new WebClient(TOKEN, {
        slackApiUrl: url,
        retryConfig: { retries: 0 },
        rejectRateLimitedCalls: true,
        fetch: slackFetch,
        logger: boltLogger(logger.child({}, { level: 'silent' })),
        logLevel: LogLevel.DEBUG,
      }),
    ];
    for (const client of clients) {
      const error: unknown = await call(client).then(
        () => null,
        (reason: unknown) => reason,
      );
      expect(error).toBeInstanceOf(Error);
      logger.error({ err: error }, 'the call failed');
      logger.warn({ failure: readFailure(error), err: { cause: error } }, 'the call is tried again');
    }
    expect(asked).toEqual([method, method]);
    expect(log.text.split('\n').length).toBe(5);
    expect(log.text).not.toMatch(new RegExp(`${PLANTED}|xox[bp]-|Bearer|ninety|${SECRET}|Blocked`, 'iu'));
  });
});

it('is tried for every method that the product calls', () => {
  const src = join(__dirname, '..', '..', 'src');
  const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((path) =>
    path.endsWith('.ts'),
  );
  const called = files.flatMap((path) => calledIn(readFileSync(join(src, path), 'utf8')));
  const missing = [...new Set(called)].filter((method) => !(method in CALLS));
  expect(missing).toEqual([]);
  expect(called.length).toBeGreaterThan(15);
});
