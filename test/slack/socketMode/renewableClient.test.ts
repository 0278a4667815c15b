/** Our overrides of the SDK, against the installed SDK. */
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
const emitted = (event: string) => new Promise((resolve) => client.once(event, resolve));
const command = async () => (await slack.as('robin').slash('/lostdeal')).delivery;

it('stays connected when Slack announces the end', async () => {
  await connect(RenewableClient);
  const announced = emitted(END_ANNOUNCED);
  await slack.admin({ do: 'disconnect_sockets', reason: 'warning' });
  expect(await announced).toBe('warning');
  expect(await command()).toBe('acked');
});

it('is needed as long as the SDK itself closes such a connection at once', async () => {
  await connect(SocketModeClient);
  const ended = emitted('disconnected');
  await slack.admin({ do: 'disconnect_sockets', reason: 'warning' });
  await ended;
  expect(await command()).toBe('not_connected');
});

it.each([
  ['without a reason', '{"type":"disconnect"}', 'unknown'],
  ['with an unknown reason', '{"type":"disconnect","reason":"moved"}', 'moved'],
])('announces the end %s', async (_how, frame, reason) => {
  await connect(RenewableClient);
  const announced = emitted(END_ANNOUNCED);
  client.emit('ws_message', frame, false);
  expect(await announced).toBe(reason);
});

it('passes to the SDK every other frame that contains the word', async () => {
  await connect(RenewableClient);
  const reasons: unknown[] = [];
  client.on(END_ANNOUNCED, (reason) => reasons.push(reason));
  const event = emitted('slack_event');
  client.emit('ws_message', 'disconnect', false);
  const envelope = { envelope_id: 'E1', type: 'interactive', payload: { words: 'disconnect' } };
  client.emit('ws_message', JSON.stringify(envelope), false);
  expect(await event).toMatchObject({ body: { words: 'disconnect' } });
  expect(reasons).toEqual([]);
});

it('survives an event that the SDK cannot read', async () => {
  await connect(RenewableClient);
  const failed = emitted('error');
  const rateLimited = { type: 'app_rate_limited', minute_rate_limited: 1_518_467_820 };
  const envelope = { envelope_id: 'E1', type: 'events_api', payload: rateLimited };
  client.emit('ws_message', JSON.stringify(envelope), false);
  expect(await failed).toMatchObject({ name: 'TypeError' });
  expect(await command()).toBe('acked');
});
