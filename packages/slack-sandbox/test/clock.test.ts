/** An advance of the sandbox's clock brings forward retries, expiries and ends of connections. */
import { EventEmitter, once } from 'node:events';
import { SandboxTime } from '../src/workspace/sandboxTime';
import { type Harness, newestResponseUrl, startHarness, until, waitForDelivery } from './support/harness';

it('runs what is due, the earliest first, and nothing that was called off', () => {
  const time = new SandboxTime(() => 1_000);
  const done: string[] = [];
  time.after(60_000, () => done.push('minute'));
  time.after(5_000, () => done.push('five seconds'));
  time.after(3_600_000, () => done.push('hour'));
  const callOff = time.after(30_000, () => done.push('called off'));
  callOff();
  time.advance(61_000);
  expect(done).toEqual(['five seconds', 'minute']);
  expect(time.now()).toBe(62_000);
  time.advance(-10_000);
  time.advance(3_600_000);
  expect(done).toEqual(['five seconds', 'minute', 'hour']);
  time.stop();
});

it('stops where the app has something to do, and leaves waits on real time', async () => {
  const time = new SandboxTime(() => 1_000);
  const done: string[] = [];
  const note = (what: string) => done.push(`${what} at ${time.now()}`);
  time.after(5_000, () => note('a retry'));
  time.whenDue(5_000, () => note('a scheduled message'));
  const dueAt = [3_000, 9_000, 20_000];
  time.follow({
    nextDue: async () => dueAt[0] ?? null,
    settle: async () => {
      for (; dueAt[0] !== undefined && dueAt[0] <= time.now(); dueAt.shift()) note('a reminder');
    },
  });
  await time.moveTo(10_000, () => note('a stop'));
  expect(done).toEqual([
    'a stop at 3000',
    'a reminder at 3000',
    'a scheduled message at 9000',
    'a stop at 9000',
    'a reminder at 9000',
    'a stop at 10000',
  ]);
  time.stop();
});

describe('a move of the clock by people', () => {
  it('is refused without an app that follows, into the past, too far, and during another', async () => {
    const harness = await startHarness();
    const move = (to: number) => harness.client.admin({ do: 'move_clock', to });
    const { startedAt } = harness;
    expect((await harness.client.workspace()).clock).toEqual({ now: startedAt, movable: false });
    await expect(move(startedAt + 1)).rejects.toThrow('clock_not_followed');
    const [settling, settled] = gate();
    const [asked, ask] = gate();
    const settle = () => {
      ask();
      return settling;
    };
    harness.sandbox.clock.follow({ nextDue: async () => null, settle });
    await expect(move(startedAt - 1)).rejects.toThrow('in_the_past');
    await expect(move(startedAt * 3)).rejects.toThrow('too_far');
    const moved = move(startedAt + 60_000);
    await asked;
    await expect(move(startedAt + 1)).rejects.toThrow('clock_is_moving');
    settled();
    expect(await moved).toMatchObject({ now: startedAt + 60_000 });
    expect((await harness.client.workspace()).clock).toEqual({ now: startedAt + 60_000, movable: true });
    await harness.stop();
  });
});

/** A promise, and a function that resolves it. */
function gate(): readonly [Promise<void>, () => void] {
  const opened = new EventEmitter();
  return [once(opened, 'open').then(() => undefined), () => opened.emit('open')];
}

describe('an advance of the clock', () => {
  let harness: Harness;
  beforeEach(async () => {
    harness = await startHarness();
  });
  afterEach(() => harness.stop());

  it('dates messages after it', async () => {
    expect(await harness.client.clock.advance(3_000)).toBe(harness.startedAt + 3_000);
    const { ts } = await harness.web.chat.postMessage({ channel: 'C0REQUESTS', text: 'later' });
    expect(Number(ts) * 1000).toBeGreaterThanOrEqual(harness.startedAt + 3_000);
  });

  it('lets response URLs expire after 30 minutes', async () => {
    await harness.client.as('robin').slash('/probe', { in: '#sales' });
    const url = await newestResponseUrl(harness);
    const use = async () => (await fetch(url, { method: 'POST', body: '{"text":"hi"}' })).status;
    await harness.client.clock.advance(29 * 60_000);
    expect(await use()).toBe(200);
    await harness.client.clock.advance(60_001);
    expect(await use()).toBe(404);
  });

  it('brings the next retry of an event', async () => {
    await harness.client.faults({ delivery: 'message', times: 2, effect: { do: 'lose' } });
    const retries: unknown[] = [];
    await harness.startApp((app) => {
      app.message(async ({ context }) => {
        retries.push([context.retryNum, context.retryReason]);
      });
    });
    await harness.client.as('robin').post('lost twice', { in: '#requests' });
    await waitForDelivery(harness, { attempt: 1 });
    expect(retries).toEqual([]);
    await harness.client.clock.advance(60_000);
    expect(await waitForDelivery(harness, { attempt: 2 })).toMatchObject({ outcome: 'acked' });
    await until(() => retries.length > 0);
    expect(retries).toEqual([[2, 'timeout']]);
  });

  it('ends a Socket Mode connection after its five hours', async () => {
    const app = await harness.startApp(() => undefined);
    expect((await harness.client.workspace()).app.connected).toBe(true);
    let closed = false;
    const { receiver } = app as unknown as { receiver: { client: NodeJS.EventEmitter } };
    receiver.client.once('close', () => {
      closed = true;
    });
    await harness.client.clock.advance(18_060_000);
    await until(() => closed);
    expect((await harness.client.workspace()).app.connected).toBe(false);
  });
});
