/**
 * The log holds no word of a customer and no token, at any level, whatever fails and whatever answers in Slack's place.
 */
import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Writable } from 'node:stream';
import { connectSandbox, type Sandbox, startSandbox } from 'slack-sandbox';
import { beginCall, tapThrough } from '../../scripts/play';
import { TO_A_PULSE } from '../../scripts/story';
import { WORKSPACE } from '../../scripts/workspace';
import { readConfig } from '../../src/config';
import { createLogger } from '../../src/log';
import { type Lostdeal, startLostdeal } from '../../src/lostdeal';
import { temporaryFolder } from '../temporaryFolder';
import { until } from './support/until';
import { PRIVATE_CHANNEL, UNPACED } from './support/world';

const PLANTED = 'Plantedwords';

/** A server in Slack's place that echoes the request, as a proxy's error page does. */
const ECHOES: Readonly<Record<string, (sent: string) => { readonly status: number; readonly body: string }>> =
  {
    'a page instead of JSON': (sent) => ({ status: 200, body: `<h1>Blocked</h1>${sent}` }),
    'a status and a page': (sent) => ({ status: 502, body: sent }),
    'an error that is no code': (sent) => ({ status: 200, body: JSON.stringify({ ok: false, error: sent }) }),
    'messages of a validation': (sent) => ({
      status: 200,
      body: JSON.stringify({
        ok: false,
        error: 'invalid_arguments',
        response_metadata: { messages: [`[ERROR] ${sent}`] },
      }),
    }),
  };

/** The methods that the scene below calls in any case. */
const METHODS_TRIED = ['views.open', 'chat.postMessage'];
const METHODS = [
  'views.open',
  'views.update',
  'views.publish',
  'chat.postMessage',
  'chat.update',
  'users.info',
];

describe.each(Object.entries(ECHOES))('behind something that answers with %s', (_what, echo) => {
  const folder = temporaryFolder();
  let sandbox: Sandbox;
  let lostdeal: Lostdeal;
  let proxy: Server;
  let lines = '';
  let broken: ReadonlySet<string> = new Set();
  const echoed = new Set<string>();

  const comes = (what: string, look: () => boolean) =>
    until(
      sandbox,
      what,
      async () => look() || undefined,
      () => lines,
    );

  beforeAll(async () => {
    sandbox = await startSandbox({ ...WORKSPACE, rateLimits: false, ackTimeoutMs: 20_000 });
    proxy = createServer((asked, answer) => {
      const parts: Buffer[] = [];
      asked.on('data', (part: Buffer) => parts.push(part));
      asked.on('end', () => {
        const body = Buffer.concat(parts);
        const method = asked.url?.split('/').pop() ?? '';
        if (broken.has(method) || broken.has('all')) {
          echoed.add(method);
          const words = decodeURIComponent(body.toString().replaceAll('+', ' '));
          const made = echo(`${asked.headers.authorization} ${PLANTED} ${words}`);
          answer.writeHead(made.status, { 'content-type': 'application/json' }).end(made.body);
          return;
        }
        const { headers } = asked;
        const on = request(`${sandbox.url}${asked.url}`, { method: 'POST', headers }, (from) => {
          answer.writeHead(from.statusCode ?? 500, from.headers);
          from.pipe(answer);
        });
        on.end(body);
      });
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    const config = readConfig({
      SLACK_API_URL: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}${new URL(sandbox.apiUrl).pathname}`,
      SLACK_BOT_TOKEN: sandbox.botToken,
      SLACK_APP_TOKEN: sandbox.appToken,
      LOSTDEAL_CHANNEL: PRIVATE_CHANNEL,
      DATABASE_URL: `file:${folder.path}/lostdeal.db`,
      PORT: '0',
      ADMIN_PORT: '0',
    });
    const stream = new Writable({
      write(chunk: Buffer, _encoding, done) {
        lines += chunk;
        done();
      },
    });
    broken = new Set(['apps.connections.open', 'auth.test']);
    const started = startLostdeal(config, {
      logger: createLogger({ level: 'trace', pretty: false }, stream),
      limits: UNPACED,
    });
    await comes('a failed start', () => lines.includes('cannot be reached'));
    broken = new Set(['apps.connections.open']);
    await comes('the next call', () => echoed.has('apps.connections.open'));
    broken = new Set();
    lostdeal = await started;
    await comes('the connection', () => lines.includes('connected to Slack by Socket Mode'));
    // The first attempt failed, so the channel is said now.
    await comes('the channel', () => lines.includes('threads go to the channel of LOSTDEAL_CHANNEL'));
  });
  afterAll(async () => {
    broken = new Set();
    await lostdeal.stop();
    await sandbox.stop();
    proxy.closeAllConnections();
    proxy.close();
    folder.remove();
  });

  it('logs the failure and none of the words', async () => {
    const robin = connectSandbox(sandbox.url).as('robin');
    await beginCall(robin, `${PLANTED} first`);
    await tapThrough(robin, TO_A_PULSE);
    broken = new Set(METHODS);
    // The last screen closes, and the ask is posted.
    await (await robin.modal()).submit();
    await robin.slash(`/lostdeal ${PLANTED} second`);
    for (const method of METHODS_TRIED) await comes(method, () => echoed.has(method));
    await comes('the line', () => lines.includes('could not be opened'));
    broken = new Set(['all']);
    await robin.slash(`/lostdeal ${PLANTED} third`);
    await comes('a second line', () => lines.split('could not be opened').length > 2);
    expect(lines).not.toMatch(new RegExp(`${PLANTED}|Acme|xox[bp]-|xapp-|Bearer|ninety days`, 'iu'));
  }, 60_000);
});
