/** The app that cannot start, or not at once: its output, its exit code and its health. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { connectSandbox, type Fault, type Sandbox, startSandbox } from 'slack-sandbox';
import { beginCall } from '../../scripts/play';
import { SAID } from '../../scripts/story';
import { WORKSPACE } from '../../scripts/workspace';
import { PRIVATE_CHANNEL, ROOT } from '../e2e/support/world';
import { freePort } from '../freePort';
import { temporaryFolder } from '../temporaryFolder';
import { waitForAgreement } from './support/agreement';
import { type AppProcess, type Environment, endAll, startApp } from './support/appProcess';
import { type Act, NO_OBSERVER, playStory } from './support/storyPlayers';
import { startSupervised } from './support/supervised';

describe('starting', () => {
  let sandbox: Sandbox;
  /** Other parts that a test started; stopped after it. */
  const others: { stop(): Promise<void> }[] = [];
  const folder = temporaryFolder();
  const file = (name: string) => join(folder.path, name);
  beforeAll(async () => {
    sandbox = await startSandbox(WORKSPACE);
  });
  afterEach(async () => {
    await endAll();
    for (const other of others.splice(0)) await other.stop();
  });
  afterAll(async () => {
    await sandbox.stop();
    folder.remove();
  });

  /** Everything the app needs, with a database of its own; a test overrides the setting that it tests. */
  function settings(over: Environment = {}): Environment {
    return {
      SLACK_API_URL: sandbox.apiUrl,
      SLACK_BOT_TOKEN: sandbox.botToken,
      SLACK_APP_TOKEN: sandbox.appToken,
      LOSTDEAL_CHANNEL: PRIVATE_CHANNEL,
      DATABASE_URL: `file:${file(`${expect.getState().currentTestName?.replace(/\W+/gu, '-')}.db`)}`,
      PORT: '0',
      ADMIN_PORT: '0',
      ...over,
    };
  }

  /** Starts a Slack on this free port. */
  async function slackOn(port: number): Promise<Sandbox> {
    const { botToken, appToken } = sandbox;
    const late = await startSandbox({ ...WORKSPACE, port, botToken, appToken });
    others.push(late);
    return late;
  }

  /** The output of a start that the app refuses; expects its exit code. */
  async function refusal(env: Environment): Promise<string> {
    const app = startApp(env);
    expect(await app.ended).toEqual({ code: 1, signal: null });
    const said = app.output();
    // Words for a person: no stack trace, nothing of Node's.
    expect(said).not.toMatch(/^\s+at /mu);
    expect(said).not.toContain('node:internal');
    expect(said).not.toContain('Lostdeal is ready');
    return said;
  }

  describe('with settings', () => {
    it('that are missing, the app names all of them at once', async () => {
      expect(await refusal({})).toBe(`Lostdeal cannot start: 2 settings need attention.
  - SLACK_BOT_TOKEN is missing: the bot token of your Slack app, xoxb-… (OAuth & Permissions page)
  - SLACK_APP_TOKEN is missing: set it (xapp-…) to use Socket Mode, or set SLACK_SIGNING_SECRET to receive Slack over HTTP
Settings come from the environment or a .env file; .env.example explains each one.
`);
    });

    it('that contradict each other or are malformed, the app names each and repeats no secret', async () => {
      const said = await refusal(
        settings({
          SLACK_CLIENT_ID: '123.456',
          SLACK_BOT_TOKEN: 'xoxp-a-users-token',
          SLACK_STATE_SECRET: 'too short',
          PORT: 'http',
          LOSTDEAL_CHANNEL: '#lost-deals',
        }),
      );
      expect(said).toContain('Lostdeal cannot start: 8 settings need attention.');
      for (const fault of [
        'SLACK_BOT_TOKEN must start with xoxb-',
        'SLACK_BOT_TOKEN must not be set together with SLACK_CLIENT_ID',
        'SLACK_CLIENT_SECRET is missing',
        'SLACK_STATE_SECRET must have at least 16 characters',
        'ENCRYPTION_KEY is missing',
        'PORT must be a whole number',
        'LOSTDEAL_CHANNEL must be a channel id',
        'LOSTDEAL_CHANNEL must not be set together with SLACK_CLIENT_ID',
      ]) {
        expect(said).toContain(`  - ${fault}`);
      }
      for (const secret of ['xoxp-a-users-token', 'too short']) expect(said).not.toContain(secret);
    });

    it('that hold a wrong bot token, the app says that Slack refuses it and what to do', async () => {
      const said = await refusal(settings({ SLACK_BOT_TOKEN: 'xoxb-of-another-app' }));
      expect(said).toContain('Lostdeal cannot start: Slack does not accept SLACK_BOT_TOKEN (invalid_auth).');
      expect(said).toContain('OAuth & Permissions');
      expect(said).not.toContain('xoxb-of-another-app');
    });

    it('that hold a wrong app token, the app says that Slack refuses it and what to do', async () => {
      const said = await refusal(settings({ SLACK_APP_TOKEN: 'xapp-of-another-app' }));
      expect(said).toContain('Lostdeal cannot start: Slack does not accept SLACK_APP_TOKEN (invalid_auth).');
      expect(said).toContain('connections:write');
      expect(said).not.toContain('xapp-of-another-app');
    });

    it('that hold a taken port, the app names it', async () => {
      const other = await listen();
      const { port } = other.address() as AddressInfo;
      const said = await refusal(settings({ PORT: String(port) }));
      expect(said).toContain(`Lostdeal cannot start: Port ${port} cannot be listened on (EADDRINUSE).`);
      expect(said).toContain('set PORT to a free one');
      await new Promise((resolve) => other.close(resolve));
    });
  });

  describe('with a database', () => {
    it('whose folder cannot be written, the app says which and what to do', async () => {
      // Beneath a file: not even root can make a folder there.
      writeFileSync(file('a-file'), '');
      const path = file('a-file/data/lostdeal.db');
      const said = await refusal(settings({ DATABASE_URL: `file:${path}` }));
      expect(said).toContain(`Lostdeal cannot start: The database ${path} cannot be opened for writing.`);
      expect(said).toContain('set DATABASE_URL to another place');
    });

    it('that is corrupt, the app refuses it and leaves it as it is', async () => {
      const path = file('corrupt.db');
      const rubbish = Buffer.alloc(8192, 'no database ');
      writeFileSync(path, rubbish);
      const said = await refusal(settings({ DATABASE_URL: `file:${path}` }));
      expect(said).toContain(
        `Lostdeal cannot start: The file ${path} is not a Lostdeal database or is damaged.`,
      );
      expect(said).toContain('put the last backup in its place');
      expect(readFileSync(path).equals(rubbish)).toBe(true);
    });

    it('that another process holds, the app refuses to be the second', async () => {
      const env = settings();
      const first = startApp(env);
      await first.says('Lostdeal is ready');
      const said = await refusal(env);
      expect(said).toContain('Lostdeal cannot start: Another Lostdeal process is using the database');
      expect(said).toContain('Stop the other one first');
      // The first process goes on.
      expect((await health(first, '/readyz')).status).toBe(200);
      expect(await first.kill('SIGTERM')).toEqual({ code: 0, signal: null });
    });
  });

  it('with a faulty playbook, the app names file, line and reason', async () => {
    const playbooks = file('playbooks');
    mkdirSync(playbooks);
    const lines = readFileSync(join(ROOT, 'playbooks', 'heartbeat.yml'), 'utf8').split('\n');
    const at = lines.indexOf('    next: { step: picture }');
    writeFileSync(join(playbooks, 'ours.yml'), lines.with(at, '    next: { step: nowhere }').join('\n'));
    const said = await refusal(settings({ PLAYBOOKS_DIR: playbooks }));
    expect(said).toContain('Lostdeal cannot start: The playbooks have');
    expect(said).toContain(`${join(playbooks, 'ours.yml')}:${at + 1}`);
    expect(said).toContain('nowhere');
  });

  describe('while Slack is away', () => {
    it('the app says so, serves health, keeps trying, and works as soon as Slack is there', async () => {
      const port = await freePort();
      const app = startApp(settings({ SLACK_API_URL: `http://127.0.0.1:${port}/api/` }));
      await app.says(`Slack cannot be reached at http://127.0.0.1:${port}/api/; trying again`);
      await app.says('Lostdeal runs and goes on trying to reach Slack');
      expect(app.output()).toContain('ECONNREFUSED');
      expect((await health(app, '/healthz')).status).toBe(200);
      expect(await health(app, '/readyz')).toEqual({
        status: 503,
        body: { ready: false, parts: { database: 'ok', slack: 'not connected', reconciler: 'ok' } },
      });

      const late = await slackOn(port);
      await app.says('connected to Slack by Socket Mode');
      await app.says('Slack is reached again');
      expect((await health(app, '/readyz')).status).toBe(200);
      const rep = connectSandbox(late.url).as('robin');
      expect((await beginCall(rep, 'Acme')).text()).toContain('Thank you for');
      expect(await app.kill('SIGTERM')).toEqual({ code: 0, signal: null });
    });

    it('the app stops when Slack returns and refuses the token', async () => {
      const port = await freePort();
      const app = startApp(
        settings({ SLACK_API_URL: `http://127.0.0.1:${port}/api/`, SLACK_BOT_TOKEN: 'xoxb-of-another-app' }),
      );
      await app.says('Lostdeal runs and goes on trying to reach Slack');
      await slackOn(port);
      expect(await app.ended).toEqual({ code: 1, signal: null });
      expect(app.output()).toContain(
        'Lostdeal cannot go on: Slack does not accept SLACK_BOT_TOKEN (invalid_auth).',
      );
    });

    it('the app reconnects when Slack goes and returns, and when Slack renews the connection', async () => {
      const port = await freePort();
      const slack = await startSandbox({
        ...WORKSPACE,
        port,
        botToken: sandbox.botToken,
        appToken: sandbox.appToken,
      });
      const app = startApp(settings({ SLACK_API_URL: slack.apiUrl }));
      await app.says('Lostdeal is ready');
      await connectSandbox(slack.url).admin({ do: 'disconnect_sockets', reason: 'refresh_requested' });
      await app.says(/connected to Slack by Socket Mode.*connected to Slack by Socket Mode/su);
      await slack.stop();
      await app.says('trying again');
      expect((await health(app, '/healthz')).status).toBe(200);
      expect((await health(app, '/readyz')).status).toBe(503);
      const returned = await slackOn(port);
      await app.says(/trying again.*Slack is reached again/su);
      const rep = connectSandbox(returned.url).as('robin');
      expect((await beginCall(rep, 'Acme')).text()).toContain('Thank you for');
      expect(await app.kill('SIGTERM')).toEqual({ code: 0, signal: null });
    });

    it('the app ends at once on SIGTERM', async () => {
      const port = await freePort();
      const app = startApp(settings({ SLACK_API_URL: `http://127.0.0.1:${port}/api/` }));
      await app.says('trying again');
      await app.says('Lostdeal runs');
      expect(await app.kill('SIGTERM')).toEqual({ code: 0, signal: null });
    });
  });

  it('the app logs no token, name, amount or word of anybody, not even at LOG_LEVEL=trace', async () => {
    const app = await startSupervised({ env: { LOG_LEVEL: 'trace' } });
    others.push(app);
    const { slack } = app;
    await app.up();
    // Errors are logged too: a screen or a message that Slack refuses, a lookup without an answer.
    await slack.faults({
      method: 'views.open',
      times: 1,
      effect: { do: 'error', error: 'invalid_arguments' },
    });
    await slack.as('sam').slash('/lostdeal Initech');
    // The app opens the screen after the ack; wait for it, since other faults soon replace this one.
    await slack.waitForTraffic(
      'refused screen',
      (entry) => entry.kind === 'call' && entry.method === 'views.open' && !entry.response.ok,
    );
    const faultsBefore: Readonly<Partial<Record<Act, readonly Fault[]>>> = {
      fill_in: [
        { method: 'users.info', times: 1, effect: { do: 'http_500' } },
        { method: 'chat.postMessage', times: 1, effect: { do: 'rate_limit', retryAfter: 1 } },
      ],
      remark: [{ method: '*', times: 1, effect: { do: 'http_500' } }],
      counter: [],
      // Stays until the ask is edited, whatever people do first.
      terms: [{ method: 'chat.update', times: 1, effect: { do: 'error', error: 'internal_error' } }],
    };
    await playStory(app, {
      ...NO_OBSERVER,
      before: async (act) => {
        if (act === 'counter') await app.end('SIGTERM');
        const faults = faultsBefore[act];
        if (faults !== undefined) await slack.faults(...faults);
      },
    });
    await waitForAgreement(app);
    await (await app.up()).kill('SIGTERM');
    const written = app.output();
    // The errors are in the log.
    expect(written).toContain('the first screen could not be opened');
    expect(written).toContain('a person could not be looked up');
    expect(written).toContain('Slack call failed');
    const { people } = await slack.workspace();
    const secret = [
      app.sandbox.botToken,
      app.sandbox.appToken,
      app.sandbox.signingSecret,
      'ticket=',
      'Acme',
      'Globex',
      'Initech',
      '48,000',
      '48k',
      ...Object.values(SAID),
      ...people.filter(({ isBot }) => !isBot).map(({ realName }) => realName),
    ];
    expect(secret.filter((words) => written.includes(words))).toEqual([]);
  });
});

/** As an operator sees it. */
async function health(app: AppProcess, path: string): Promise<{ status: number; body: unknown }> {
  const port = /"adminPort":(\d+)/u.exec(await app.says(/"adminPort":\d+/u))?.[1];
  const response = await fetch(`http://127.0.0.1:${port}${path}`);
  return { status: response.status, body: await response.json() };
}

function listen(): Promise<Server> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, () => resolve(server));
  });
}
