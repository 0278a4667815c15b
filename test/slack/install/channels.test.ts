/** Who reads a channel is asked anew every hour, for workspaces whose Slack reports no sharing. */
import { connectSandbox, type Sandbox, type SandboxClient, startSandbox, type Traffic } from 'slack-sandbox';
import { WORKSPACE } from '../../../scripts/workspace';
import { createLogger } from '../../../src/log';
import { createSlackClient } from '../../../src/reconciler/slackApi/slackClient';
import { type Channels, createChannels } from '../../../src/slack/install/channels';
import type { Store } from '../../../src/store/store';
import { type OpenedStore, openSqliteForTest, until } from '../../store/harness';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const TENANT = { enterpriseId: '', teamId: 'T000BRIGHT' };
const GONE = { enterpriseId: '', teamId: 'T0000GONE' };
const CHANNEL = 'C000LOSTDL';

let opened: OpenedStore;
let store: Store;
let sandbox: Sandbox;
let slack: SandboxClient;
let channels: Channels;
let now = Date.UTC(2026, 10, 30, 9);

beforeEach(async () => {
  now = Date.UTC(2026, 10, 30, 9);
  opened = await openSqliteForTest();
  ({ store } = opened);
  sandbox = await startSandbox({ ...WORKSPACE, rateLimits: false });
  slack = connectSandbox(sandbox.url);
  const client = createSlackClient({
    token: sandbox.botToken,
    slackApiUrl: sandbox.apiUrl,
    timeoutMs: 30_000,
  });
  channels = createChannels({
    store,
    clientFor: ({ teamId }) => (teamId === TENANT.teamId ? client : null),
    now: () => now,
    logger: createLogger({ level: 'silent', pretty: false }),
  });
});
afterEach(async () => {
  await sandbox.stop();
  await opened.dispose();
});

const closed = (channel: string, fetchedAt = now) => ({
  channel,
  isPrivate: true,
  isShared: false,
  fetchedAt,
});
const share = (sharing: 'none' | 'pending' | 'shared') =>
  slack.admin({ do: 'share_channel', channel: CHANNEL, sharing });
const asked = async () =>
  (await slack.traffic())
    .filter((entry): entry is Traffic & { kind: 'call' } => entry.kind === 'call')
    .filter(({ method }) => method === 'conversations.info').length;
/** Waits for a sweep, which begins two seconds after the change. */
const swept = () =>
  until(async () => {
    const sweeps = await store.work.sweeps();
    return sweeps.length === 0 ? null : sweeps.map(({ kind, about }) => `${kind} ${about}`);
  });

test.each(['pending', 'shared'] as const)(
  'a channel that became %s without a report is known an hour later, and its threads are gone over',
  async (sharing) => {
    await store.workspace.saveChannel(TENANT, closed(CHANNEL));
    await share(sharing);
    now += HOUR;
    await channels.round();
    expect(await asked()).toBe(0);
    now += 1;
    await channels.round();
    expect(await store.workspace.channel(TENANT, CHANNEL)).toEqual({
      ...closed(CHANNEL),
      isShared: true,
    });
    expect(await swept()).toEqual([`threads ${CHANNEL}`]);
    await channels.round();
    expect(await asked()).toBe(1);
  },
);

test('a channel that is shared no longer is known so an hour later', async () => {
  await store.workspace.saveChannel(TENANT, { ...closed(CHANNEL), isShared: true });
  now += HOUR + 1;
  await channels.round();
  expect(await store.workspace.channel(TENANT, CHANNEL)).toEqual(closed(CHANNEL));
});

test('what was known of a channel stays for another hour where Slack does not tell', async () => {
  await store.workspace.saveChannel(TENANT, closed(CHANNEL));
  await store.workspace.saveChannel(GONE, closed('C0000GONE'));
  await share('shared');
  await slack.faults({
    method: 'conversations.info',
    times: 1,
    effect: { do: 'error', error: 'fatal_error' },
  });
  now += HOUR + 1;
  await channels.round();
  expect(await store.workspace.channel(TENANT, CHANNEL)).toEqual(closed(CHANNEL));
  expect(await store.workspace.channel(GONE, 'C0000GONE')).toEqual(closed('C0000GONE'));
  await channels.round();
  expect(await asked()).toBe(1);

  now += HOUR + 1;
  await channels.round();
  expect(await store.workspace.channel(TENANT, CHANNEL)).toMatchObject({ isShared: true });
});

test('a round asks about twenty channels, those that were asked about longest ago', async () => {
  for (let index = 0; index < 25; index++)
    await store.workspace.saveChannel(TENANT, closed(`C00000000${index}`, now + index));
  now += HOUR + MINUTE;
  await channels.round();
  expect(await asked()).toBe(20);
  expect(await store.workspace.channelsToAsk(now, 100)).toHaveLength(5);
  await channels.round();
  expect(await asked()).toBe(25);
});
