/** Requests over a socket reach Bolt, and Bolt's acks reach Slack. */
import type { App, ReceiverEvent } from '@slack/bolt';
import { pino } from 'pino';
import { connectSandbox, type Sandbox, type SandboxClient, startSandbox } from 'slack-sandbox';
import { WORKSPACE } from '../../../scripts/workspace';
import { slackFetch } from '../../../src/reconciler/slackApi/slackFetch';
import { createSocketReceiver, type SocketReceiver } from '../../../src/slack/socketMode/socketReceiver';

let sandbox: Sandbox;
let slack: SandboxClient;
let receiver: SocketReceiver;
const received: ReceiverEvent[] = [];
/** Handles an event. */
let take: (event: ReceiverEvent) => Promise<void>;
beforeEach(async () => {
  sandbox = await startSandbox({ ...WORKSPACE, ackTimeoutMs: 200 });
  slack = connectSandbox(sandbox.url);
  receiver = createSocketReceiver({
    fetch: slackFetch,
    appToken: sandbox.appToken,
    clientOptions: { slackApiUrl: sandbox.apiUrl, retryConfig: { retries: 0 } },
    logger: pino({ level: 'silent' }),
  });
  received.length = 0;
  const app = {
    processEvent(event: ReceiverEvent) {
      received.push(event);
      return take(event);
    },
  };
  receiver.init(app as unknown as App);
});
afterEach(async () => {
  await receiver.stop();
  await sandbox.stop();
});

const command = () => slack.as('robin').slash('/lostdeal list', { in: '#sales' });

it('says how often, and why, Slack repeats an event', async () => {
  take = (event) => event.ack();
  await receiver.open();
  await slack.faults({ delivery: 'message', times: 1, effect: { do: 'lose_ack' } });
  await slack.as('robin').post('Twice', { in: '#lost-deals' });
  await slack.waitForTraffic('retry', (it) => it.kind === 'delivery' && it.attempt === 1);
  expect(received.map(({ retryNum, retryReason }) => [retryNum, retryReason])).toEqual([
    [undefined, undefined],
    [1, 'timeout'],
  ]);
});

it.each([
  ['text', 'On its way', { text: 'On its way' }],
  ['a payload', { text: 'On its way', response_type: 'ephemeral' }, { text: 'On its way' }],
  ['nothing', undefined, null],
])('an ack with %s reaches Slack on the connection of its envelope', async (_what, answer, expected) => {
  take = async (event) => {
    await event.ack(answer);
    // Slack accepts the first ack only.
    await event.ack('twice');
  };
  await receiver.open();
  expect((await command()).delivery).toBe('acked');
  const sent = (await slack.traffic()).find((entry) => entry.kind === 'delivery');
  if (expected === null) expect(sent?.response).toBeNull();
  else expect(sent?.response).toMatchObject(expected);
});

it.each([
  ['text', 'On its way', { text: 'On its way' }],
  ['nothing', undefined, null],
])(
  'an ack with %s reaches Slack on another connection when its own has ended',
  async (_what, answer, expected) => {
    let meanwhile: () => Promise<unknown> = () => Promise.resolve();
    take = async (event) => {
      await meanwhile();
      await event.ack(answer);
    };
    const old = await receiver.open();
    meanwhile = async () => {
      await slack.admin({ do: 'drop_sockets' });
      await old.gone;
      await receiver.open();
    };
    expect((await command()).delivery).toBe('acked');
    const sent = (await slack.traffic()).find((entry) => entry.kind === 'delivery');
    if (expected === null) expect(sent?.response).toBeNull();
    else expect(sent?.response).toMatchObject(expected);
  },
);

it('a command that Bolt fails to handle is not acked, and the next one is served', async () => {
  take = () => Promise.reject(new Error('failed'));
  await receiver.open();
  expect((await command()).delivery).toBe('timeout');
  take = (event) => event.ack();
  expect((await command()).delivery).toBe('acked');
});

it('a stop while a connection is being opened leaves none open, however late Slack answers', async () => {
  await slack.faults({ method: 'apps.connections.open', times: 1, effect: { do: 'slow', ms: 100 } });
  const opening = receiver.open();
  await Promise.all([expect(opening).rejects.toBeDefined(), receiver.stop()]);
  const { connections } = (await slack.workspace()).app;
  expect(connections.filter(({ end }) => end === null)).toEqual([]);
});
