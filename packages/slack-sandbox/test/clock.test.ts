import { SandboxTime } from '../src/workspace/sandboxTime';
import { modalView } from './support/blockKit';
import { codeOf, type Harness, newTriggerId, startHarness } from './support/harness';

describe('the sandbox’s time', () => {
  it('brings what became due, the earliest first, and leaves the rest', () => {
    const time = new SandboxTime(() => 1_000);
    const done: string[] = [];
    time.after(60_000, () => done.push('minute'));
    time.after(5_000, () => done.push('five seconds'));
    time.after(3_600_000, () => done.push('hour'));
    const off = time.after(30_000, () => done.push('called off'));
    off();
    time.advance(61_000);
    expect(done).toEqual(['five seconds', 'minute']);
    expect(time.now()).toBe(62_000);
    time.advance(-10_000);
    time.advance(3_600_000);
    expect(done).toEqual(['five seconds', 'minute', 'hour']);
    time.stop();
  });
});

describe('a jump of the clock', () => {
  let harness: Harness;
  beforeEach(async () => {
    harness = await startHarness({ rateLimits: true });
  });
  afterEach(() => harness.stop());

  it('ages triggers, and the messages that follow are dated after it', async () => {
    const trigger_id = await newTriggerId(harness);
    const before = await harness.client.clock.advance(0);
    expect(await harness.client.clock.advance(3_001)).toBeGreaterThanOrEqual(before + 3_001);
    expect(await codeOf(harness.web.views.open({ trigger_id, view: modalView('Late') }))).toBe(
      'expired_trigger_id',
    );
    const { ts } = await harness.web.chat.postMessage({ channel: 'C000LOSTDL', text: 'later' });
    expect(Number(ts) * 1000).toBeGreaterThanOrEqual(before + 3_001);
  });

  it('ages response URLs', async () => {
    await harness.client.as('robin').slash('/probe', { in: '#sales' });
    const [sent] = await harness.client.traffic();
    const url = sent?.kind === 'delivery' ? (sent.payload as { response_url: string }).response_url : '';
    const use = async () => (await fetch(url, { method: 'POST', body: '{"text":"hi"}' })).status;
    await harness.client.clock.advance(29 * 60_000);
    expect(await use()).toBe(200);
    await harness.client.clock.advance(60_001);
    expect(await use()).toBe(404);
  });

  it('fills up rate limits', async () => {
    const post = () => codeOf(harness.web.chat.postMessage({ channel: 'C000LOSTDL', text: 'again' }));
    const outcomes = [await post(), await post(), await post(), await post()];
    expect(outcomes.filter((code) => code === 'no error')).toHaveLength(3);
    await harness.client.clock.advance(3_000);
    expect([await post(), await post(), await post()]).toEqual(['no error', 'no error', 'no error']);
  });

  it('brings the retry of an event that was lost: a minute, and five', async () => {
    await harness.client.faults({ delivery: 'message', times: 2, effect: { do: 'lose' } });
    const tries: unknown[] = [];
    await harness.startApp((app) => {
      app.message(async ({ context }) => {
        tries.push([context.retryNum, context.retryReason]);
      });
    });
    await harness.client.as('robin').post('lost twice', { in: '#lost-deals' });
    const attempt = (number: number) =>
      harness.client.waitForTraffic(
        `attempt ${number}`,
        (entry) => entry.kind === 'delivery' && entry.attempt === number,
      );
    expect((await attempt(1)).kind === 'delivery' && tries).toEqual([]);
    await harness.client.clock.advance(60_000);
    expect(await attempt(2)).toMatchObject({ outcome: 'acked' });
    expect(tries).toEqual([[2, 'timeout']]);
  });

  it('renews connections after their hours, with a warning first', async () => {
    const app = await harness.startApp(() => undefined);
    expect((await harness.client.workspace()).app.connected).toBe(true);
    const gone = new Promise((resolve) =>
      (app as unknown as { receiver: { client: NodeJS.EventEmitter } }).receiver.client.once(
        'close',
        resolve,
      ),
    );
    await harness.client.clock.advance(18_060_000);
    await gone;
    expect((await harness.client.workspace()).app.connected).toBe(false);
  });
});
