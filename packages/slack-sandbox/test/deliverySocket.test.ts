/** Slack's end of Socket Mode, frame by frame, without an SDK, because SDKs hide the frames. */
import { once } from 'node:events';
import { WebSocket } from 'ws';
import { codeOf, type Harness, startHarness, until, waitForDelivery, webClient } from './support/harness';

type Frame = { readonly type?: string; readonly envelope_id?: string } & Readonly<Record<string, unknown>>;

/** A Socket Mode connection without an SDK, with every frame that it has received. */
class Connection {
  readonly frames: Frame[] = [];

  constructor(
    readonly socket: WebSocket,
    onEnvelope: (frame: Frame, connection: Connection) => void,
  ) {
    socket.on('message', (data) => {
      const frame = JSON.parse(String(data)) as Frame;
      this.frames.push(frame);
      if (frame.envelope_id !== undefined) onEnvelope(frame, this);
    });
  }

  /** Waits for the first frame of this type. */
  async frame(type: string): Promise<Frame> {
    await until(() => this.all(type).length > 0);
    return this.all(type)[0] ?? {};
  }

  all(type: string): readonly Frame[] {
    return this.frames.filter((frame) => frame.type === type);
  }

  ack({ envelope_id }: Frame, payload?: unknown): void {
    this.socket.send(JSON.stringify({ envelope_id, ...(payload === undefined ? {} : { payload }) }));
  }
}

let harness: Harness;
const connections: Connection[] = [];
afterEach(async () => {
  for (const { socket } of connections.splice(0)) socket.terminate();
  await harness.stop();
});

const ackAll = (frame: Frame, connection: Connection) => connection.ack(frame);
/** A WebSocket URL with a fresh ticket. */
const newUrl = async () =>
  (await webClient(harness.sandbox, harness.sandbox.appToken).apps.connections.open({})).url ?? '';
/** Opens a connection and waits for its first frame. */
async function connect(
  onEnvelope: (frame: Frame, connection: Connection) => void = ackAll,
  query = '',
): Promise<Connection> {
  const connection = new Connection(new WebSocket(`${await newUrl()}${query}`), onEnvelope);
  connections.push(connection);
  await until(() => connection.frames.length > 0);
  return connection;
}
const textOf = ({ payload }: Frame) => (payload as { text: string }).text;
const say = (text: string) => harness.client.as('robin').post(text, { in: '#requests' });

it('greets a connection with the number of connections and the lifetime of this one', async () => {
  harness = await startHarness();
  await connect();
  expect(await (await connect(ackAll, '&debug_reconnects=true')).frame('hello')).toEqual({
    type: 'hello',
    num_connections: 2,
    connection_info: { app_id: harness.sandbox.appId },
    debug_info: { host: 'sandbox', build_number: 1, approximate_connection_time: 360 },
  });
});

it('refuses a connection whose ticket was used or is missing', async () => {
  harness = await startHarness();
  const { socket } = await connect();
  for (const bad of [socket.url, socket.url.replace(/ticket=\w+/, '')]) {
    const [error] = await once(new WebSocket(bad), 'error');
    expect((error as Error).message).toContain('401');
  }
});

it('lets the ack of a command carry an answer, which the person sees; events take none', async () => {
  harness = await startHarness();
  const connection = await connect((frame, from) =>
    from.ack(frame, frame.type === 'slash_commands' ? { text: 'Aha' } : undefined),
  );
  expect((await say('hello')).delivery).toBe('acked');
  await harness.client.as('robin').slash('/probe x', { in: '#sales' });
  expect(await connection.frame('events_api')).toMatchObject({
    accepts_response_payload: false,
    payload: { type: 'event_callback', event: { type: 'message', text: 'hello' } },
  });
  expect(await connection.frame('events_api')).not.toHaveProperty('retry_attempt');
  expect(await connection.frame('slash_commands')).toMatchObject({
    accepts_response_payload: true,
    payload: { command: '/probe', text: 'x' },
  });
  await harness.client.as('robin').channel('#sales').waitFor('Aha');
});

it('sends an event again that is not acked in time, with the reason beside the payload', async () => {
  harness = await startHarness({ ackTimeoutMs: 40 });
  const connection = await connect(() => undefined);
  expect((await say('slow')).delivery).toBe('timeout');
  await until(() => connection.all('events_api').length > 1);
  const [first, again] = connection.all('events_api');
  expect(again).toMatchObject({ retry_attempt: 1, retry_reason: 'timeout', payload: first?.payload });
  expect(again?.envelope_id).not.toBe(first?.envelope_id);
});

it('spreads deliveries over ten connections, and refuses the eleventh', async () => {
  harness = await startHarness();
  const open: Connection[] = [];
  for (let n = 0; n < 10; n += 1) open.push(await connect());
  const eleventh = await connect();
  expect(await eleventh.frame('disconnect')).toMatchObject({ reason: 'too_many_websockets' });
  for (let n = 0; n < 20; n += 1) expect((await say(`${n}`)).delivery).toBe('acked');
  const counts = open.map((connection) => connection.all('events_api').length);
  expect(counts).toEqual(new Array(10).fill(2));
  expect(eleventh.frames).toHaveLength(1);
});

it('warns a connection ten seconds before its end, announces the end, and closes it five seconds later', async () => {
  harness = await startHarness();
  const connection = await connect(ackAll, '&debug_reconnects=true');
  await harness.client.clock.advance(350_000);
  expect(await connection.frame('disconnect')).toMatchObject({ reason: 'warning' });
  expect((await say('still there')).delivery).toBe('acked');
  await harness.client.clock.advance(10_000);
  expect((await say('and still')).delivery).toBe('acked');
  const closed = once(connection.socket, 'close');
  await harness.client.clock.advance(5_000);
  expect((await closed)[0]).toBe(1000);
  expect(connection.all('disconnect')).toMatchObject([
    { reason: 'warning' },
    { reason: 'refresh_requested' },
  ]);
  expect((await say('gone')).delivery).toBe('not_connected');
});

it('renews a connection on request, and serves the old one like the new one until it closes', async () => {
  harness = await startHarness();
  const old = await connect();
  await harness.client.admin({ do: 'renew_sockets' });
  expect(await old.frame('disconnect')).toMatchObject({ reason: 'warning' });
  const renewed = await connect();
  expect(await renewed.frame('hello')).toMatchObject({ num_connections: 2 });
  for (const text of ['1', '2', '3', '4']) await say(text);
  await harness.client.clock.advance(10_000);
  for (const text of ['5', '6', '7', '8']) await say(text);
  const closed = once(old.socket, 'close');
  await harness.client.clock.advance(5_000);
  await closed;
  await say('9');
  const disconnects = ['warning', 'refresh_requested'];
  expect((await harness.client.workspace()).app.connections).toEqual([
    { number: 1, disconnects, sent: 4, acked: 4, end: { code: 1000, leftOpen: 1 } },
    { number: 2, disconnects: [], sent: 5, acked: 5, end: null },
  ]);
});

it('accepts an ack on another connection, and counts it for neither', async () => {
  harness = await startHarness();
  const other = await connect();
  await connect((frame) => other.ack(frame));
  expect((await say('to the other')).delivery).toBe('acked');
  expect((await say('to this one')).delivery).toBe('acked');
  expect((await harness.client.workspace()).app.connections).toMatchObject([
    { number: 1, sent: 1, acked: 1 },
    { number: 2, sent: 1, acked: 0 },
  ]);
});

it('lists how each connection ended, and how many were open then', async () => {
  harness = await startHarness();
  const [first] = [await connect(), await connect(), await connect()];
  const closed = once(first.socket, 'close');
  first.socket.close(1000);
  await closed;
  await harness.client.admin({ do: 'drop_sockets' });
  const { app } = await harness.client.workspace();
  expect(app.connections.map(({ end }) => end)).toEqual([
    { code: 1000, leftOpen: 2 },
    { code: 1006, leftOpen: 1 },
    { code: 1006, leftOpen: 0 },
  ]);
});

it('disconnects everybody when Socket Mode is switched off, and opens no connection until it is on again', async () => {
  harness = await startHarness();
  const connection = await connect();
  await harness.client.admin({ do: 'socket_mode', enabled: false });
  expect(await connection.frame('disconnect')).toMatchObject({ reason: 'link_disabled' });
  expect(await codeOf(newUrl())).toBe('socket_mode_disabled');
  await harness.client.admin({ do: 'socket_mode', enabled: true });
  expect(await (await connect()).frame('hello')).toMatchObject({ num_connections: 1 });
});

it('breaks connections off without a frame, as a network does', async () => {
  harness = await startHarness();
  const connection = await connect();
  const closed = once(connection.socket, 'close');
  await harness.client.admin({ do: 'drop_sockets' });
  expect((await closed)[0]).toBe(1006);
  expect(connection.frames).toHaveLength(1);
  expect((await say('anybody?')).delivery).toBe('not_connected');
});

it('sends an envelope to one connection only, even if that connection is closing', async () => {
  harness = await startHarness({ ackTimeoutMs: 40 });
  const [leaving, staying] = [await connect(() => undefined), await connect()];
  await harness.client.admin({ do: 'hold_sockets', held: true });
  leaving.socket.close(1000);
  // Each connection gets one of the two. The sandbox holds back the acks of both, like the close frame.
  const both = [harness.client.as('robin').slash('/probe 1'), harness.client.as('robin').slash('/probe 2')];
  const lost = await leaving.frame('slash_commands');
  expect((await Promise.all(both)).map(({ delivery }) => delivery)).toEqual(['timeout', 'timeout']);
  const closed = once(leaving.socket, 'close');
  await harness.client.admin({ do: 'hold_sockets', held: false });
  await closed;
  await harness.client.as('robin').slash('/probe 3');
  await until(() => staying.all('slash_commands').length > 1);
  expect(staying.all('slash_commands').map(textOf)).toEqual([expect.not.stringMatching(textOf(lost)), '3']);
});

it('retries an event that found no connection as soon as one is open', async () => {
  harness = await startHarness();
  await say('nobody listens');
  await waitForDelivery(harness, { attempt: 1 });
  const connection = await connect();
  await harness.client.clock.advance(60_000);
  expect(await connection.frame('events_api')).toMatchObject({
    retry_attempt: 2,
    retry_reason: 'connection_failed',
    payload: { event: { text: 'nobody listens' } },
  });
});
