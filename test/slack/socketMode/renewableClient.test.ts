/** What we reach for beneath the SDK's surface, held against the SDK that is installed. */
import { SocketModeClient } from '@slack/socket-mode';
import { pino } from 'pino';
import { connectSandbox, type Sandbox, type SandboxClient, startSandbox } from 'slack-sandbox';
import { WORKSPACE } from '../../../scripts/workspace';
import { boltLogger } from '../../../src/slack/install/boltLogger';
import { END_ANNOUNCED, RenewableClient } from '../../../src/slack/socketMode/renewableClient';

let sandbox: Sandbox;
let slack: SandboxClient;
let client: SocketModeClient;
beforeEach(async () => {
  sandbox = await startSandbox(WORKSPACE);
  slack = connectSandbox(sandbox.url);
});
afterEach(async () => {
  await client.disconnect();
  await sandbox.stop();
});

async function connect(Client: typeof SocketModeClient): Promise<void> {
  client = new Client({
    appToken: sandbox.appToken,
    logger: boltLogger(pino({ level: 'silent' })),
    autoReconnectEnabled: false,
    clientOptions: { slackApiUrl: sandbox.apiUrl },
  });
  client.on('slash_commands', ({ ack }: { ack: () => Promise<void> }) => ack());
  await client.start();
}
const heard = (event: string) => new Promise((resolve) => client.once(event, resolve));
const command = async () => (await slack.as('robin').slash('/lostdeal')).delivery;

it('stays on a connection of which Slack says that it will end', async () => {
  await connect(RenewableClient);
  const announced = heard(END_ANNOUNCED);
  await slack.admin({ do: 'disconnect_sockets', reason: 'warning' });
  expect(await announced).toBe('warning');
  expect(await command()).toBe('acked');
});

it('the SDK leaves such a connection at once: once it does not, nothing need be changed about it', async () => {
  await connect(SocketModeClient);
  const ended = heard('disconnected');
  await slack.admin({ do: 'disconnect_sockets', reason: 'warning' });
  await ended;
  expect(await command()).toBe('not_connected');
});

it.each([
  ['without a reason', '{"type":"disconnect"}', 'unknown'],
  ['with one that nobody knows', '{"type":"disconnect","reason":"moved"}', 'moved'],
])('hears of the end %s', async (_how, frame, reason) => {
  await connect(RenewableClient);
  const announced = heard(END_ANNOUNCED);
  client.emit('ws_message', frame, false);
  expect(await announced).toBe(reason);
});

it('leaves to the SDK whatever only speaks of it', async () => {
  await connect(RenewableClient);
  const told: unknown[] = [];
  client.on(END_ANNOUNCED, (reason) => told.push(reason));
  const said = heard('slack_event');
  client.emit('ws_message', 'disconnect', false);
  const envelope = { envelope_id: 'E1', type: 'interactive', payload: { words: 'disconnect' } };
  client.emit('ws_message', JSON.stringify(envelope), false);
  expect(await said).toMatchObject({ body: { words: 'disconnect' } });
  expect(told).toEqual([]);
});

it('outlives an event that the SDK cannot read', async () => {
  await connect(RenewableClient);
  const failed = heard('error');
  const rateLimited = { type: 'app_rate_limited', minute_rate_limited: 1_518_467_820 };
  const envelope = { envelope_id: 'E1', type: 'events_api', payload: rateLimited };
  client.emit('ws_message', JSON.stringify(envelope), false);
  expect(await failed).toBeInstanceOf(TypeError);
  expect(await command()).toBe('acked');
});
