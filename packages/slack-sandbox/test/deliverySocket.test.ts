/** Slack's end of Socket Mode, frame by frame: what no SDK lets a test see. */
import { once } from 'node:events';
import { WebClient } from '@slack/web-api';
import { WebSocket } from 'ws';
import { codeOf, type Harness, silentLogger, startHarness } from './support/harness';

type Frame = { readonly type?: string; readonly envelope_id?: string } & Readonly<Record<string, unknown>>;

/** One connection, with every frame that came on it. */
class Line {
  readonly frames: Frame[] = [];
  private readonly waiting: (() => void)[] = [];

  constructor(
    readonly socket: WebSocket,
    answer: (frame: Frame, line: Line) => void,
  ) {
    socket.on('message', (data) => {
      const frame = JSON.parse(String(data)) as Frame;
      this.frames.push(frame);
      if (frame.envelope_id !== undefined) answer(frame, this);
      for (const look of this.waiting.splice(0)) look();
    });
  }

  async frame(type: string): Promise<Frame> {
    for (;;) {
      const found = this.frames.find((frame) => frame.type === type);
      if (found !== undefined) return found;
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    }
  }

  ack({ envelope_id }: Frame, payload?: unknown): void {
    this.socket.send(JSON.stringify({ envelope_id, ...(payload === undefined ? {} : { payload }) }));
  }
}

let harness: Harness;
const lines: Line[] = [];
afterEach(async () => {
  for (const { socket } of lines.splice(0)) socket.terminate();
  await harness.stop();
});

const ackAll = (frame: Frame, line: Line) => line.ack(frame);
const address = async () => {
  const web = new WebClient(harness.sandbox.appToken, {
    slackApiUrl: harness.sandbox.apiUrl,
    retryConfig: { retries: 0 },
    logger: silentLogger,
  });
  return (await web.apps.connections.open({})).url ?? '';
};
async function dial(answer: (frame: Frame, line: Line) => void = ackAll, more = ''): Promise<Line> {
  const line = new Line(new WebSocket(`${await address()}${more}`), answer);
  lines.push(line);
  await once(line.socket, 'open');
  return line;
}
const say = (text: string) => harness.client.as('robin').post(text, { in: '#lost-deals' });

it('greets with hello, how many connections there are, and how long this one is to last', async () => {
  harness = await startHarness();
  await (await dial()).frame('hello');
  expect(await (await dial(ackAll, '&debug_reconnects=true')).frame('hello')).toEqual({
    type: 'hello',
    num_connections: 2,
    connection_info: { app_id: harness.sandbox.appId },
    debug_info: { host: 'sandbox', build_number: 1, approximate_connection_time: 360 },
  });
});

it('lets nobody in with a ticket that was used, or with none', async () => {
  harness = await startHarness();
  const url = await address();
  lines.push(new Line(new WebSocket(url), ackAll));
  await lines[0]?.frame('hello');
  for (const bad of [url, url.replace(/ticket=\w+/, '')]) {
    const [error] = await once(new WebSocket(bad), 'error');
    expect((error as Error).message).toContain('401');
  }
});

it('sends events without, commands with a place for an answer, and shows what the ack says', async () => {
  harness = await startHarness();
  const line = await dial((frame, from) =>
    from.ack(frame, frame.type === 'slash_commands' ? { text: 'Aha' } : undefined),
  );
  await line.frame('hello');
  expect((await say('hello')).delivery).toBe('acked');
  await harness.client.as('robin').slash('/probe x', { in: '#sales' });
  expect(await line.frame('events_api')).toMatchObject({
    accepts_response_payload: false,
    payload: { type: 'event_callback', event: { type: 'message', text: 'hello' } },
  });
  expect(await line.frame('events_api')).not.toHaveProperty('retry_attempt');
  expect(await line.frame('slash_commands')).toMatchObject({
    accepts_response_payload: true,
    payload: { command: '/probe', text: 'x' },
  });
  await harness.client.as('robin').channel('#sales').waitFor('Aha');
});

it('sends an event that is not acked in time again, and says so beside the payload', async () => {
  harness = await startHarness({ ackTimeoutMs: 40 });
  const line = await dial((frame, from) => {
    if (frame.retry_attempt === 1) from.ack(frame);
  });
  await line.frame('hello');
  expect((await say('slow')).delivery).toBe('timeout');
  await harness.client.waitForTraffic(
    'retry',
    (entry) => entry.kind === 'delivery' && entry.outcome === 'acked',
  );
  const [first, again] = line.frames.filter((frame) => frame.type === 'events_api');
  expect(again).toMatchObject({ retry_attempt: 1, retry_reason: 'timeout', payload: first?.payload });
  expect(again?.envelope_id).not.toBe(first?.envelope_id);
});

it('takes ten connections, spreads what it sends over them, and turns the eleventh away', async () => {
  harness = await startHarness();
  const open: Line[] = [];
  for (let n = 0; n < 10; n += 1) open.push(await dial());
  await Promise.all(open.map((line) => line.frame('hello')));
  const eleventh = await dial();
  expect(await eleventh.frame('disconnect')).toMatchObject({ reason: 'too_many_websockets' });
  for (let n = 0; n < 20; n += 1) expect((await say(`${n}`)).delivery).toBe('acked');
  const shares = open.map((line) => line.frames.filter((frame) => frame.type === 'events_api').length);
  expect(shares).toEqual(new Array(10).fill(2));
  expect(eleventh.frames).toHaveLength(1);
});

it('warns ten seconds ahead, says when the time has come, and closes five seconds later', async () => {
  harness = await startHarness();
  const line = await dial(ackAll, '&debug_reconnects=true');
  await line.frame('hello');
  await harness.client.clock.advance(350_000);
  expect(await line.frame('disconnect')).toMatchObject({ reason: 'warning' });
  expect((await say('still there')).delivery).toBe('acked');
  await harness.client.clock.advance(10_000);
  expect((await say('and still')).delivery).toBe('acked');
  const closed = once(line.socket, 'close');
  await harness.client.clock.advance(5_000);
  expect((await closed)[0]).toBe(1000);
  expect(line.frames.filter(({ type }) => type === 'disconnect')).toMatchObject([
    { reason: 'warning' },
    { reason: 'refresh_requested' },
  ]);
  expect((await say('gone')).delivery).toBe('not_connected');
});

it('renews a connection when it is told to; until it is closed it is served like the new one', async () => {
  harness = await startHarness();
  const old = await dial();
  await old.frame('hello');
  await harness.client.admin({ do: 'renew_sockets' });
  expect(await old.frame('disconnect')).toMatchObject({ reason: 'warning' });
  const fresh = await dial();
  expect(await fresh.frame('hello')).toMatchObject({ num_connections: 2 });
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

it('takes an ack on another connection, and tells that it was not acked on its own', async () => {
  harness = await startHarness();
  const other = await dial();
  await other.frame('hello');
  const line = await dial((frame) => other.ack(frame));
  await line.frame('hello');
  expect((await say('to the other')).delivery).toBe('acked');
  expect((await say('to this one')).delivery).toBe('acked');
  expect((await harness.client.workspace()).app.connections).toMatchObject([
    { number: 1, sent: 1, acked: 1 },
    { number: 2, sent: 1, acked: 0 },
  ]);
});

it('tells how a connection ended, and who was left then', async () => {
  harness = await startHarness();
  const lines = [await dial(), await dial(), await dial()];
  for (const line of lines) await line.frame('hello');
  const closed = once(lines[0]?.socket as WebSocket, 'close');
  lines[0]?.socket.close(1000);
  await closed;
  await harness.client.admin({ do: 'drop_sockets' });
  const { connections } = (await harness.client.workspace()).app;
  expect(connections.map(({ end }) => end)).toEqual([
    { code: 1000, leftOpen: 2 },
    { code: 1006, leftOpen: 1 },
    { code: 1006, leftOpen: 0 },
  ]);
});

it('is switched off and on again: connections are told, and no new ones open meanwhile', async () => {
  harness = await startHarness();
  const line = await dial();
  await line.frame('hello');
  await harness.client.admin({ do: 'socket_mode', enabled: false });
  expect(await line.frame('disconnect')).toMatchObject({ reason: 'link_disabled' });
  expect(await codeOf(address())).toBe('socket_mode_disabled');
  await harness.client.admin({ do: 'socket_mode', enabled: true });
  expect(await (await dial()).frame('hello')).toMatchObject({ num_connections: 1 });
});

it('breaks off without a word', async () => {
  harness = await startHarness();
  const line = await dial();
  await line.frame('hello');
  const closed = once(line.socket, 'close');
  await harness.client.admin({ do: 'drop_sockets' });
  expect((await closed)[0]).toBe(1006);
  expect(line.frames).toHaveLength(1);
  expect((await say('anybody?')).delivery).toBe('not_connected');
});

it('does not know of a goodbye that is on its way: what it sends meanwhile comes after it, to nobody else', async () => {
  harness = await startHarness({ ackTimeoutMs: 40 });
  const [leaving, staying] = [await dial(() => undefined), await dial()];
  await Promise.all([leaving.frame('hello'), staying.frame('hello')]);
  await harness.client.admin({ do: 'hold_sockets', held: true });
  leaving.socket.close(1000);
  // One of the two goes to each connection, and the acks of both are on their way as well.
  const both = [harness.client.as('robin').slash('/probe 1'), harness.client.as('robin').slash('/probe 2')];
  const crossed = await leaving.frame('slash_commands');
  expect((await Promise.all(both)).map(({ delivery }) => delivery)).toEqual(['timeout', 'timeout']);
  const closed = once(leaving.socket, 'close');
  await harness.client.admin({ do: 'hold_sockets', held: false });
  await closed;
  expect((await harness.client.as('robin').slash('/probe 3')).delivery).toBe('acked');
  const texts = staying.frames.flatMap(
    ({ payload }) => (payload as { text?: string } | undefined)?.text ?? [],
  );
  expect(texts).not.toContain((crossed.payload as { text: string }).text);
});

it('keeps what happened while nobody listened for the next one who does', async () => {
  harness = await startHarness();
  await say('in the dark');
  await harness.client.waitForTraffic(
    'first retry',
    (entry) => entry.kind === 'delivery' && entry.attempt === 1,
  );
  const line = await dial();
  await line.frame('hello');
  await harness.client.clock.advance(60_000);
  expect(await line.frame('events_api')).toMatchObject({
    retry_attempt: 2,
    retry_reason: 'connection_failed',
    payload: { event: { text: 'in the dark' } },
  });
});
