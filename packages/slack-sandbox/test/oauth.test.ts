/** Installations through OAuth: Slack's page, the codes, and what the tokens allow. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { App, type Installation } from '@slack/bolt';
import { WebClient } from '@slack/web-api';
import { connectSandbox, type Sandbox, type SandboxClient, startSandbox } from '../src';
import { codeOf, silentLogger, webClient } from './support/harness';

const SCOPES = ['commands', 'chat:write', 'users:read'];

const manifest = (redirect: string) => `
display_information: { name: Installed }
features:
  app_home: { messages_tab_enabled: true }
  slash_commands: [{ command: /hi, description: Greets }]
oauth_config:
  redirect_urls: ["${redirect}"]
  scopes: { bot: [${SCOPES.join(', ')}, channels:read], user: [search:read] }
settings: { interactivity: { is_enabled: true } }
`;

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

let sandbox: Sandbox;
let client: SandboxClient;
let app: App | undefined;
let origin: string;
let redirectUri: string;

beforeEach(async () => {
  origin = `http://127.0.0.1:${await freePort()}`;
  redirectUri = `${origin}/slack/oauth_redirect`;
  sandbox = await startSandbox({ manifest: manifest(redirectUri), installed: false });
  client = connectSandbox(sandbox.url);
});
afterEach(async () => {
  await app?.stop();
  app = undefined;
  await sandbox.stop();
});

const attribute = (html: string, pattern: RegExp) =>
  (pattern.exec(html)?.[1] ?? '')
    .replace(/&#(\d+);/g, (_all, code: string) => String.fromCharCode(Number(code)))
    .replaceAll('&amp;', '&');

/** Submits the form of Slack's page as a browser does. @returns the URL of the redirect */
async function submitPage(page: string, decision: 'allow' | 'cancel', as = 'U00000DANA'): Promise<URL> {
  const fields = new URLSearchParams({ as, decision });
  for (const [input] of page.matchAll(/<input [^>]*>/g))
    fields.set(attribute(input, /name="([^"]*)"/), attribute(input, /value="([^"]*)"/));
  const action = new URL(attribute(page, /action="([^"]*)"/), sandbox.url);
  const response = await fetch(action, { method: 'POST', body: fields, redirect: 'manual' });
  expect(response.status).toBe(302);
  return new URL(response.headers.get('location') ?? '');
}

function authorizeUrl(more: Readonly<Record<string, string>> = {}): string {
  const query = {
    client_id: sandbox.clientId,
    scope: SCOPES.join(','),
    redirect_uri: redirectUri,
    state: 's',
  };
  return `${sandbox.authorizationUrl}?${new URLSearchParams({ ...query, ...more })}`;
}

/** Allows the installation. @returns the code that the app gets */
async function newCode(more: Readonly<Record<string, string>> = {}): Promise<string> {
  const page = await (await fetch(authorizeUrl(more))).text();
  return (await submitPage(page, 'allow')).searchParams.get('code') ?? '';
}

const exchange = (more: Readonly<Record<string, string>>) =>
  new WebClient(undefined, { slackApiUrl: sandbox.apiUrl, logger: silentLogger }).oauth.v2.access({
    client_id: sandbox.clientId,
    client_secret: sandbox.clientSecret,
    redirect_uri: redirectUri,
    ...more,
  });

describe('an installation with Bolt', () => {
  const installations = new Map<string, Installation>();

  async function startApp(): Promise<void> {
    installations.clear();
    const started = new App({
      signingSecret: sandbox.signingSecret,
      clientId: sandbox.clientId,
      clientSecret: sandbox.clientSecret,
      stateSecret: 'a state secret',
      scopes: SCOPES,
      redirectUri,
      installerOptions: {
        authorizationUrl: sandbox.authorizationUrl,
        redirectUriPath: '/slack/oauth_redirect',
        clientOptions: { slackApiUrl: sandbox.apiUrl },
      },
      installationStore: {
        storeInstallation: async (installation) => {
          installations.set(installation.team?.id ?? '', installation as Installation);
        },
        fetchInstallation: async (query) => {
          const found = installations.get(query.teamId ?? '');
          if (found === undefined) throw new Error('not installed');
          return found as Installation<'v2', false>;
        },
      },
      clientOptions: { slackApiUrl: sandbox.apiUrl },
      logger: silentLogger,
    });
    app = started;
    started.command('/hi', async ({ ack, command, client: web }) => {
      await ack();
      const { user } = await web.users.info({ user: command.user_id });
      await web.chat.postMessage({ channel: command.user_id, text: `Hi ${user?.real_name}` });
    });
    await started.start(Number(new URL(origin).port));
  }

  /** Follows the app's button to Slack's page. @returns the page, and the cookie of the app's state */
  async function openInstallPage() {
    const button = await fetch(`${origin}/slack/install`);
    const cookie = button.headers.getSetCookie()[0]?.split(';')[0] ?? '';
    const page = await (await fetch(attribute(await button.text(), /<a href="([^"]*)"/))).text();
    return { page, cookie };
  }

  it('leads from the Add to Slack button to a working command', async () => {
    await startApp();
    const robin = client.as('robin');
    expect((await robin.slash('/hi')).delivery).toBe('none');

    const { page, cookie } = await openInstallPage();
    for (const scope of SCOPES) expect(page).toContain(`<code>${scope}</code>`);
    expect(page).toContain('Brightwater');
    const back = await submitPage(page, 'allow');
    expect(back.origin + back.pathname).toBe(redirectUri);

    // A browser without the cookie of this state is refused.
    expect((await fetch(back)).status).toBe(400);
    expect(installations.size).toBe(0);
    const done = await fetch(back, { headers: { cookie } });
    expect(done.status).toBe(200);
    expect(installations.get('T000BRIGHT')).toMatchObject({
      team: { id: 'T000BRIGHT', name: 'Brightwater' },
      bot: { token: sandbox.botToken, scopes: SCOPES, userId: sandbox.botUserId, id: 'B0SANDBOX1' },
      user: { id: 'U00000DANA' },
      appId: sandbox.appId,
      isEnterpriseInstall: false,
    });

    await sandbox.setRequestUrl(`${origin}/slack/events`);
    expect((await robin.slash('/hi')).delivery).toBe('acked');
    await (await robin.dm('Installed')).waitFor('Hi Robin Adeyemi');
  });

  it('ends without a token when the person cancels', async () => {
    await startApp();
    const { page, cookie } = await openInstallPage();
    const back = await submitPage(page, 'cancel');
    expect(back.searchParams.get('error')).toBe('access_denied');
    expect(back.searchParams.get('code')).toBeNull();
    expect((await fetch(back, { headers: { cookie } })).status).toBe(500);
    expect(installations.size).toBe(0);
  });
});

describe('Slack’s page', () => {
  it.each([
    ['another client', { client_id: '1.2' }, 'Invalid client_id'],
    ['no scopes', { scope: '' }, 'No scopes requested'],
    ['scopes that the manifest lacks', { scope: 'files:write' }, 'files:write'],
    ['another redirect URL', { redirect_uri: 'http://evil.example/' }, 'did not match any configured'],
  ])('refuses %s', async (_what, more, words) => {
    const response = await fetch(authorizeUrl(more));
    expect(response.status).toBe(400);
    expect(await response.text()).toContain(words);
  });

  it('escapes what the URL brings', async () => {
    const page = await (await fetch(authorizeUrl({ state: '"><script>alert(1)</script>' }))).text();
    expect(page).not.toContain('<script>');
  });
});

describe('oauth.v2.access', () => {
  it('gives a token with the scopes that the app asked for, and adds those of later installations', async () => {
    const given = await exchange({ code: await newCode() });
    expect(given).toMatchObject({
      ok: true,
      app_id: sandbox.appId,
      token_type: 'bot',
      scope: SCOPES.join(','),
      bot_user_id: sandbox.botUserId,
      team: { id: 'T000BRIGHT', name: 'Brightwater' },
      enterprise: null,
      is_enterprise_install: false,
      authed_user: { id: 'U00000DANA' },
    });
    const web = webClient(sandbox, given.access_token);
    expect((await web.users.info({ user: 'U0000ROBIN' })).ok).toBe(true);
    await expect(web.conversations.list()).rejects.toMatchObject({
      data: {
        error: 'missing_scope',
        needed: expect.stringContaining('channels:read'),
        provided: SCOPES.join(','),
      },
    });
    await exchange({ code: await newCode({ scope: 'channels:read' }) });
    expect((await web.conversations.list()).ok).toBe(true);
  });

  it('accepts the client by HTTP Basic', async () => {
    const response = await fetch(`${sandbox.apiUrl}oauth.v2.access`, {
      method: 'POST',
      headers: {
        authorization: `Basic ${Buffer.from(`${sandbox.clientId}:${sandbox.clientSecret}`).toString('base64')}`,
      },
      body: new URLSearchParams({ code: await newCode(), redirect_uri: redirectUri }),
    });
    expect(await response.json()).toMatchObject({ ok: true, access_token: sandbox.botToken });
  });

  it('gives a token of the person for user_scope', async () => {
    const given = await exchange({ code: await newCode({ user_scope: 'search:read' }) });
    expect(given.authed_user).toMatchObject({ id: 'U00000DANA', scope: 'search:read', token_type: 'user' });
    const person = webClient(sandbox, given.authed_user?.access_token);
    expect(await person.auth.test()).toMatchObject({ user: 'dana', user_id: 'U00000DANA' });
    expect(await codeOf(person.users.list({}))).toBe('not_allowed_token_type');
    await person.auth.revoke();
    expect(await codeOf(person.auth.test())).toBe('token_revoked');
  });

  it('accepts a code once, within ten minutes, from the client that asked for it', async () => {
    const code = await newCode();
    expect(await codeOf(exchange({ code, client_id: '1.2' }))).toBe('invalid_client_id');
    expect(await codeOf(exchange({ code, client_secret: 'guess' }))).toBe('bad_client_secret');
    expect(await codeOf(exchange({ code, redirect_uri: `${redirectUri}/else` }))).toBe('bad_redirect_uri');
    expect(await codeOf(exchange({ code, grant_type: 'password' }))).toBe('invalid_grant_type');
    expect((await exchange({ code })).ok).toBe(true);
    expect(await codeOf(exchange({ code }))).toBe('invalid_code');
    const late = await newCode();
    await client.clock.advance(10 * 60_000 + 1000);
    expect(await codeOf(exchange({ code: late }))).toBe('invalid_code');
  });

  it('gives a new token after an uninstall, and the old one stays invalid', async () => {
    const before = await exchange({ code: await newCode() });
    await client.admin({ do: 'uninstall' });
    expect(await codeOf(webClient(sandbox, before.access_token).auth.test())).toBe('account_inactive');
    const after = await exchange({ code: await newCode() });
    expect(after.access_token).not.toBe(before.access_token);
    expect((await webClient(sandbox, after.access_token).auth.test()).ok).toBe(true);
    expect(await codeOf(webClient(sandbox, before.access_token).auth.test())).toBe('account_inactive');
  });
});

it('auth.revoke ends the bot’s token and memberships, but not the installation', async () => {
  const installed = await exchange({ code: await newCode({ scope: 'chat:write,channels:read' }) });
  const web = webClient(sandbox, installed.access_token);
  expect(await web.auth.revoke({ test: true })).toMatchObject({ revoked: false });
  expect((await web.chat.postMessage({ channel: 'C0ANNOUNCE', text: 'here' })).ok).toBe(true);
  expect(await web.auth.revoke()).toMatchObject({ revoked: true });
  expect(await codeOf(web.auth.test())).toBe('token_revoked');
  const again = await exchange({ code: await newCode({ scope: 'chat:write' }) });
  const renewed = webClient(sandbox, again.access_token);
  expect(await codeOf(renewed.chat.postMessage({ channel: 'C0ANNOUNCE', text: 'here' }))).toBe(
    'not_in_channel',
  );
});
