/** The browser's page at the end of an installation, and the log line about it. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Writable } from 'node:stream';
import { createLogger } from '../../../src/log';
import { installPages } from '../../../src/slack/bolt/requests';
import { boltLogger } from '../../../src/slack/install/boltLogger';
import { oauthOptions } from '../../../src/slack/install/oauth';
import type { Installation } from '../../../src/store/store';

type Answer = Readonly<Record<string, unknown>> | number;

const ACCESS = {
  ok: true,
  access_token: 'xoxb-secret-1',
  token_type: 'bot',
  scope: 'commands',
  bot_user_id: 'U0BOT',
  app_id: 'A0APP',
  team: { id: 'T0ACME', name: 'Acme <b>& Sons' },
  enterprise: null,
  is_enterprise_install: false,
  authed_user: { id: 'U0DANA' },
};

describe('the page at the end of an installation', () => {
  let server: Server;
  let origin: string;
  let lines: string;
  let added: Installation[];
  let answers: Readonly<Record<string, Answer>>;
  let calls: string[];
  let store: () => void;

  beforeEach(async () => {
    lines = '';
    added = [];
    calls = [];
    answers = { 'oauth.v2.access': ACCESS, 'auth.test': { ok: true, bot_id: 'B0BOT' } };
    store = () => undefined;
    const logger = createLogger(
      { level: 'trace', pretty: false },
      new Writable({
        write(chunk: Buffer, _encoding, done) {
          lines += chunk;
          done();
        },
      }),
    );
    const options = oauthOptions(
      { kind: 'many', clientId: '1.2', clientSecret: 'planted-secret', stateSecret: 'sixteen characters' },
      {
        installations: {
          add: async (installation) => {
            store();
            added.push(installation);
          },
          find: () => null,
          left: async () => false,
        },
        clientOptions: {
          slackApiUrl: 'https://slack.invalid/api/',
          retryConfig: { retries: 0 },
          rejectRateLimitedCalls: true,
          timeout: 50,
          fetch: (url, init) => {
            const method = String(url).split('/api/')[1] ?? '';
            calls.push(method);
            const answer = answers[method];
            if (answer !== undefined) {
              const isStatus = typeof answer === 'number';
              return Promise.resolve(
                new Response(JSON.stringify(isStatus ? {} : answer), {
                  status: isStatus ? answer : 200,
                  headers: { 'retry-after': '60' },
                }),
              );
            }
            return new Promise((_resolve, reject) => {
              init?.signal?.addEventListener('abort', () => reject(new Error('aborted')));
            });
          },
        },
        logger,
      },
    );
    const pages = installPages(options, boltLogger(logger.child({}, { level: 'silent' })));
    server = createServer((request, response) =>
      pages[(request.url ?? '').split('?')[0] ?? '']?.(request, response),
    );
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterEach(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  const get = async (path: string, cookie = '') => {
    const response = await fetch(`${origin}${path}`, { redirect: 'manual', headers: { cookie } });
    return { status: response.status, headers: response.headers, text: await response.text() };
  };
  /** Returns from Slack's page in the browser that went there. */
  async function finish(more = 'code=c1') {
    const offer = await get('/slack/install');
    const state = new URL(offer.headers.get('location') ?? '').searchParams.get('state') ?? '';
    const cookie = offer.headers.getSetCookie()[0]?.split(';')[0] ?? '';
    const path = `/slack/oauth_redirect?${more}&state=${state}`;
    return { page: await get(path, cookie), path, cookie };
  }
  const worstLevel = () => ['fatal', 'error', 'warn'].find((level) => lines.includes(`"level":"${level}"`));

  it('says where the app was installed and what to do next', async () => {
    const { page } = await finish();
    expect(page.status).toBe(200);
    expect(page.text).toContain('Lostdeal is installed in Acme &#60;b&#62;&#38; Sons');
    expect(page.text).toContain('Type /lostdeal in Slack.');
    expect(page.text).toContain('https://slack.com/app_redirect?app=A0APP&#38;team=T0ACME');
    expect(page.headers.get('referrer-policy')).toBe('no-referrer');
    expect(added).toMatchObject([{ tenant: { enterpriseId: '', teamId: 'T0ACME' }, botId: 'B0BOT' }]);
    expect(lines).toBe('');
  });

  it('is calm after Cancel on Slack’s page', async () => {
    const { page } = await finish('error=access_denied');
    expect(page.status).toBe(200);
    expect(page.text).toContain('Nothing was installed');
    expect(page.text).toContain('href="/slack/install"');
    expect(lines).toBe('');
  });

  it('is calm when the finished one is loaded again', async () => {
    const { path, cookie } = await finish();
    // The first answer told the browser to forget the cookie.
    const without = await get(path);
    answers = { ...answers, 'oauth.v2.access': { ok: false, error: 'invalid_code' } };
    const withCookie = await get(path, cookie);
    for (const page of [without, withCookie]) {
      expect(page.status).toBe(400);
      expect(page.text).toContain('If you have just installed Lostdeal, it’s there');
    }
    expect(added).toHaveLength(1);
    expect(lines).toBe('');
  });

  it('refuses a whole organization in words, and keeps no token of it', async () => {
    answers = {
      ...answers,
      'oauth.v2.access': {
        ...ACCESS,
        team: null,
        enterprise: { id: 'E0ORG', name: 'Org' },
        is_enterprise_install: true,
      },
    };
    const { page } = await finish();
    expect(page.status).toBe(400);
    expect(page.text).toContain('Lostdeal goes into one workspace at a time');
    expect(added).toEqual([]);
    expect(lines).toBe('');
  });

  it.each([
    '',
    '?',
    '?code=x',
    '?state=x',
    '?code=x&state=y',
    '?error=server_error',
    '?error=%3Cscript%3E',
    '?code=%',
    `?code=${'x'.repeat(5_000)}&state=${'y'.repeat(5_000)}`,
  ])('tells a stranger who asks for %j little, calls nobody and logs nothing', async (query) => {
    const page = await get(`/slack/oauth_redirect${query}`, 'slack-app-oauth-state=y');
    expect(page.status).toBe(400);
    expect(page.text).toContain('This page works once');
    expect(page.text).not.toMatch(/script>|slack_oauth|Error|xxxx| at /u);
    expect(calls).toEqual([]);
    expect(lines).toBe('');
  });

  it.each<[string, Readonly<Record<string, Answer>>]>([
    ['does not answer', {}],
    ['is out', { 'oauth.v2.access': 502 }],
    ['says that there were too many', { 'oauth.v2.access': 429 }],
    ['fails at the second call', { 'oauth.v2.access': ACCESS, 'auth.test': 503 }],
  ])('asks once and says so when Slack %s', async (_what, given) => {
    answers = given;
    const { page } = await finish();
    expect(page.status).toBe(503);
    expect(page.text).toContain('Slack didn’t answer');
    expect(calls).toHaveLength(Object.keys(given).length || 1);
    expect(worstLevel()).toBe('warn');
    expect(lines).not.toContain('stack');
  });

  it.each<[string, Answer, string, () => void]>([
    ['a wrong client secret', { ok: false, error: 'bad_client_secret' }, 'warn', () => undefined],
    [
      'a database that is out',
      ACCESS,
      'error',
      () => {
        throw new Error('database');
      },
    ],
  ])('sends people to the operator for %s, whose log has the reason', async (_what, access, level, fail) => {
    answers = { ...answers, 'oauth.v2.access': access };
    store = fail;
    const { page } = await finish();
    expect(page.text).toContain('Tell the people who run Lostdeal');
    expect(worstLevel()).toBe(level);
    expect(lines).not.toMatch(/planted-secret|xoxb-secret/u);
  });
});
