/** An advance of the sandbox's clock brings forward retries, expiries and ends of connections. */
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
