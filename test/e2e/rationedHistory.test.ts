/**
 * An app that is distributed commercially outside the Marketplace, which Slack lets read history once a minute, 15
 * messages at a time. It is installed by OAuth, and some replies of Slack's to its posts are lost.
 */
import { connectSandbox, type Sandbox, type SandboxClient, startSandbox, type Traffic } from 'slack-sandbox';
import { WORKSPACE } from '../../scripts/workspace';
import { readConfig } from '../../src/config';
import { createLogger } from '../../src/log';
import { type Lostdeal, startLostdeal } from '../../src/lostdeal';
import { freePort } from '../freePort';
import { installInBrowser, redirectingTo } from '../installing';
import { temporaryFolder } from '../temporaryFolder';
import { allAbout, asked, beginning, LOST_DEALS, noteCall } from './support/shortcuts';
import { until } from './support/until';
import { PRIVATE_CHANNEL, TENANT, UNPACED } from './support/world';

const MINUTE = 60_000;
/** How far both clocks move while a test waits for something that only time brings. */
const STRIDE_MS = 5_000;
const DAY = 24 * 60 * MINUTE;

let sandbox: Sandbox;
let slack: SandboxClient;
let lostdeal: Lostdeal;
let removeFolder: () => void;
let offset = 0;

beforeEach(async () => {
  const folder = temporaryFolder();
  removeFolder = folder.remove;
  const origin = `http://127.0.0.1:${await freePort()}`;
  sandbox = await startSandbox({
    ...WORKSPACE,
    manifest: redirectingTo(origin),
    installed: false,
    rateLimits: false,
    rationedHistory: true,
  });
  offset = 0;
  const config = readConfig({
    SLACK_API_URL: sandbox.apiUrl,
    SLACK_CLIENT_ID: sandbox.clientId,
    SLACK_CLIENT_SECRET: sandbox.clientSecret,
    SLACK_STATE_SECRET: 'a long random text',
    ENCRYPTION_KEY: Buffer.alloc(32, 7).toString('base64'),
    SLACK_APP_TOKEN: sandbox.appToken,
    DATABASE_URL: `file:${folder.path}/lostdeal.db`,
    PORT: new URL(origin).port,
    ADMIN_PORT: '0',
  });
  lostdeal = await startLostdeal(config, {
    logger: createLogger({ level: process.env.TEST_LOG ?? 'silent', pretty: false }),
    clock: { now: () => Date.now() + offset },
    limits: UNPACED,
    timing: { callTimeoutMs: 1_000, settleMs: 1_000, duplicateMs: 3_000, pollMs: 100 },
  });
  expect((await installInBrowser(origin, sandbox.url)).status).toBe(200);
  await lostdeal.coach.store.workspace.saveSettings(TENANT, { channel: PRIVATE_CHANNEL });
  slack = connectSandbox(sandbox.url);
});
afterEach(async () => {
  await lostdeal.stop();
  await sandbox.stop();
  removeFolder();
});

async function pass(ms: number): Promise<void> {
  // Slack's clock first: the other way round the app may ask between the two, before Slack's minute is over.
  await slack.clock.advance(ms);
  offset += ms;
  lostdeal.reconciler.wake();
}

type Call = Extract<Traffic, { kind: 'call' }>;
const reads = async (): Promise<Call[]> =>
  (await slack.traffic()).filter(
    (entry): entry is Call =>
      entry.kind === 'call' && /^conversations\.(history|replies)$/u.test(entry.method),
  );
const room = () => slack.as('robin').channel(LOST_DEALS);
const roots = async (account: string) =>
  (await allAbout(room(), account)).filter((text) => text.startsWith(`${account}  ·  `));

it('our own message events tell that a post was made whose reply was lost, so that no history is read', async () => {
  await slack.faults({ method: 'chat.postMessage', times: 2, effect: { do: 'drop_reply' } });
  await asked({ slack }, 'Acme');
  await lostdeal.reconciler.idle();
  expect(await roots('Acme')).toHaveLength(1);
  expect(lostdeal.reconciler.status().counts.failures.get('no_reply')).toBe(2);
  expect(await reads()).toEqual([]);
});

it('a post whose event is late too is found a page a minute, in a channel where much was said since', async () => {
  await slack.faults(
    { method: 'chat.postMessage', times: 1, effect: { do: 'drop_reply' } },
    { delivery: 'message', times: 1, effect: { do: 'delay', ms: DAY } },
  );
  await noteCall({ slack }, 'Globex');
  await until(sandbox, 'lost reply', async () =>
    lostdeal.reconciler.status().counts.failures.has('no_reply') ? true : undefined,
  );
  for (let said = 0; said < 40; said++) await slack.as('sam').post('lunch?', { in: LOST_DEALS });
  await until(sandbox, 'found message', async () => {
    if (lostdeal.reconciler.status().counts.found > 0) return true;
    await pass(STRIDE_MS);
    return undefined;
  });
  await room().waitFor(beginning('Globex (', 'would have'));

  expect(await roots('Globex')).toHaveLength(1);
  const worked = (await reads()).filter(({ status }) => status === 200);
  expect(worked.length).toBeGreaterThanOrEqual(2);
  for (const [index, { at }] of worked.entries())
    expect(at - (worked[index - 1]?.at ?? 0)).toBeGreaterThanOrEqual(MINUTE - STRIDE_MS);
  // One refusal tells the pace.
  expect((await reads()).filter(({ status }) => status === 429)).toHaveLength(1);
});
