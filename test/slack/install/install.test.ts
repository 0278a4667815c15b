/** A person installs the app in their browser: Add to Slack, Slack's page, back to us; then a rep can start a call. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectSandbox, type Sandbox, startSandbox } from 'slack-sandbox';
import { beginCall } from '../../../scripts/play';
import { WORKSPACE } from '../../../scripts/workspace';
import { readConfig } from '../../../src/config';
import { createLogger } from '../../../src/log';
import { type Lostdeal, startLostdeal } from '../../../src/lostdeal';
import { openStore } from '../../../src/store/open';
import { freePort } from '../../freePort';
import { installInBrowser, redirectingTo } from '../../installing';

const KEY = Buffer.alloc(32, 7).toString('base64');

describe.each(['http', 'socket'] as const)('installing by OAuth, over %s', (transport) => {
  let origin: string;
  let sandbox: Sandbox;
  let lostdeal: Lostdeal | undefined;
  let folder: string;
  const database = () => `file:${join(folder, 'lostdeal.db')}`;

  beforeEach(async () => {
    origin = `http://127.0.0.1:${await freePort()}`;
    folder = mkdtempSync(join(tmpdir(), 'lostdeal-install-'));
    sandbox = await startSandbox({ ...WORKSPACE, manifest: redirectingTo(origin), installed: false });
    await start();
  });
  afterEach(async () => {
    await lostdeal?.stop();
    await sandbox.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  async function start(): Promise<void> {
    const config = readConfig({
      SLACK_API_URL: sandbox.apiUrl,
      SLACK_CLIENT_ID: sandbox.clientId,
      SLACK_CLIENT_SECRET: sandbox.clientSecret,
      SLACK_STATE_SECRET: 'a long random text',
      ENCRYPTION_KEY: KEY,
      ...(transport === 'http'
        ? { SLACK_SIGNING_SECRET: sandbox.signingSecret }
        : { SLACK_APP_TOKEN: sandbox.appToken }),
      DATABASE_URL: database(),
      PORT: new URL(origin).port,
      ADMIN_PORT: '0',
    });
    lostdeal = await startLostdeal(config, { logger: createLogger({ level: 'silent', pretty: false }) });
    if (transport === 'http') await sandbox.setRequestUrl(`${origin}/slack/events`);
  }

  const install = () => installInBrowser(origin, sandbox.url);

  it('keeps the token encrypted, and serves the workspace, also after a restart', async () => {
    expect((await install()).status).toBe(200);
    const robin = connectSandbox(sandbox.url).as('robin');
    await beginCall(robin, 'Acme');

    await lostdeal?.stop();
    await expect(openStore(database())).rejects.toMatchObject({ code: 'store_bad_key' });
    await start();
    await beginCall(robin, 'Globex');
  });

  it('stays installed when Slack reports an earlier uninstall late', async () => {
    await install();
    const client = connectSandbox(sandbox.url);
    await client.admin({ do: 'uninstall' });
    const reports = (await client.traffic()).flatMap((entry) =>
      entry.kind === 'delivery' && /^(app_uninstalled|tokens_revoked)$/.test(entry.name) ? [entry.seq] : [],
    );
    expect(reports.length).toBeGreaterThanOrEqual(2);
    expect((await install()).status).toBe(200);

    for (const seq of reports) await client.admin({ do: 'redeliver', seq });
    await beginCall(client.as('robin'), 'Acme');
  });

  it('deletes the token when the app is uninstalled', async () => {
    await install();
    const client = connectSandbox(sandbox.url);
    await client.admin({ do: 'uninstall' });
    await lostdeal?.stop();
    lostdeal = undefined;
    const store = await openStore(database(), { encryptionKey: KEY });
    expect(await store.workspace.installations()).toEqual([]);
    await store.close();
  });

  it('takes events only over HTTP and only signed, and answers every other path', async () => {
    const event = { method: 'POST', body: '{"type":"url_verification","challenge":"x"}' };
    expect((await fetch(`${origin}/slack/events`, event)).status).toBe(transport === 'http' ? 401 : 404);
    expect((await fetch(`${origin}/slack/nothing-here`)).status).toBe(404);
    expect((await fetch(`${origin}/healthz`)).status).toBe(200);
  });
});
