/** The real app over signed HTTP, on a Slack that says yes to everything and remembers each request. */
import { createHmac, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { learn, reportOver } from '../../../src/coach/learn';
import { readConfig } from '../../../src/config';
import type { Tenant } from '../../../src/deal/model/deal';
import { createLogger } from '../../../src/log';
import { type Lostdeal, startLostdeal } from '../../../src/lostdeal';
import { openStore } from '../../../src/store/open';
import { ANY_HOUR, idOf, known, OTHER, OWN, PEOPLE, settingsOf } from './people';

const AN_HOUR = 3_600_000;
const SECRET = 'a-signing-secret';
const KEY = randomBytes(32).toString('base64');

export interface Answer {
  readonly status: number;
  readonly body: string;
}

interface Forgery {
  readonly secret?: string;
  readonly ageSeconds?: number;
}

const FORM = 'application/x-www-form-urlencoded';

export interface Harness {
  readonly lostdeal: Lostdeal;
  /** Screens the app asked Slack to show, by the trigger or the screen they are for; App Home by its person. */
  readonly shown: ReadonlyMap<string, string>;
  /** Resolves when all work is over and Slack has shown its screens. */
  settle(): Promise<void>;
  /** Sends a payload as Slack does; each change to it is a forgery. */
  post(payload: object, forged?: Forgery): Promise<Answer>;
  /** Sends a command as Slack does. */
  command(fields: Readonly<Record<string, string>>): Promise<Answer>;
  /** Sends an event as Slack does. */
  event(event: object): Promise<Answer>;
  /** Resolves when all work is over. */
  stop(): Promise<void>;
}

export async function startHarness(): Promise<Harness> {
  const folder = mkdtempSync(join(tmpdir(), 'lostdeal-permissions-'));
  const url = `file:${join(folder, 'lostdeal.db')}`;
  await prepare(url);
  const shown = new Map<string, string>();
  const slack = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => {
      body += chunk.toString();
    });
    request.on('end', () => {
      const method = (request.url ?? '').split('/').pop() ?? '';
      if (method.startsWith('views.')) {
        const form = new URLSearchParams(body);
        const key = form.get('trigger_id') ?? form.get('user_id') ?? (form.get('view_id') ?? '').slice(1);
        shown.set(key, `${shown.get(key) ?? ''}${form.get('view')}`);
      }
      response.setHeader('content-type', 'application/json');
      // Messages have tests of their own; without a channel the reconciler does nothing.
      const known = method.startsWith('views.') || method === 'auth.test';
      const error = method === 'users.info' ? 'user_not_found' : 'account_inactive';
      response.end(JSON.stringify(known ? { ok: true, view: {} } : { ok: false, error }));
    });
  });
  await new Promise<void>((resolve) => slack.listen(0, '127.0.0.1', resolve));
  const lostdeal = await startLostdeal(
    readConfig({
      SLACK_API_URL: `http://127.0.0.1:${(slack.address() as AddressInfo).port}/api/`,
      SLACK_SIGNING_SECRET: SECRET,
      SLACK_CLIENT_ID: 'c',
      SLACK_CLIENT_SECRET: 'c',
      SLACK_STATE_SECRET: 'a state secret of some length',
      ENCRYPTION_KEY: KEY,
      DATABASE_URL: url,
      PORT: '0',
      ADMIN_PORT: '0',
    }),
    {
      logger: createLogger({ level: process.env.TEST_LOG ?? 'silent', pretty: false }),
      // Nothing should appear in Slack, so the reconciler has nothing to look at.
      timing: { pollMs: AN_HOUR, gatherMs: AN_HOUR, gatherMaxMs: AN_HOUR },
    },
  );

  // The first figures wait for their thread to start: on a busy machine longer than a screen may.
  const admin = { tenant: OWN, userId: idOf('admin'), teamId: OWN.teamId };
  await learn(lostdeal.coach, admin, await reportOver(lostdeal.coach, admin, '', null));

  async function send(
    body: string,
    type: string,
    { secret = SECRET, ageSeconds = 0 }: Forgery = {},
  ): Promise<Answer> {
    const timestamp = String(Math.floor(Date.now() / 1000) - ageSeconds);
    const hmac = createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex');
    const response = await fetch(`http://127.0.0.1:${lostdeal.port}/slack/events`, {
      method: 'POST',
      headers: {
        'content-type': type,
        'x-slack-request-timestamp': timestamp,
        'x-slack-signature': `v0=${hmac}`,
      },
      body,
    });
    return { status: response.status, body: await response.text() };
  }

  return {
    lostdeal,
    shown,
    settle: () => lostdeal.stop(),
    post: (payload, forged) =>
      send(new URLSearchParams({ payload: JSON.stringify(payload) }).toString(), FORM, forged),
    command: (fields) => send(new URLSearchParams(fields).toString(), FORM),
    event: (event) => send(JSON.stringify(event), 'application/json'),
    async stop() {
      await lostdeal.stop();
      await new Promise((resolve) => slack.close(resolve));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Two workspaces that have installed the app, and everybody known to them. */
async function prepare(url: string): Promise<void> {
  const store = await openStore(url, { encryptionKey: KEY });
  const now = Date.now();
  const people = (tenant: Tenant) =>
    PEOPLE.filter(
      (it) => (it === 'foreigner') === (tenant === OTHER) || it === 'otherManager' || it === 'otherRep',
    );
  for (const tenant of [OWN, OTHER]) {
    await store.workspace.saveInstallation({
      tenant,
      botToken: `xoxb-${tenant.teamId}`,
      botId: `B${tenant.teamId}`,
      botUserId: `UBOT${tenant.teamId}`,
      appId: 'A1',
      teamName: tenant.teamId,
      channel: null,
    });
    for (const person of people(tenant).filter((it) => it !== 'unknown'))
      await store.workspace.savePerson(tenant, known(person, now));
  }
  await store.workspace.saveSettings(OWN, settingsOf(new Date(now - 86_400_000).toISOString().slice(0, 10)));
  await store.workspace.saveSettings(OTHER, { admins: [idOf('foreigner')], workingDay: ANY_HOUR });
  await store.close();
}
