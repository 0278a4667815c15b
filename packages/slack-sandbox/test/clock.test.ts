import { SandboxTime } from '../src/workspace/sandboxTime';
import { codeOf, makeRig, type Rig, triggerFor } from './support/rig';

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
  let rig: Rig;
  beforeEach(async () => {
    rig = await makeRig({ rateLimits: true });
  });
  afterEach(() => rig.stop());

  it('ages triggers, and the messages that follow are dated after it', async () => {
    const trigger_id = await triggerFor(rig);
    const before = await rig.client.clock.advance(0);
    expect(await rig.client.clock.advance(3_001)).toBeGreaterThanOrEqual(before + 3_001);
    const view = {
      type: 'modal' as const,
      title: { type: 'plain_text' as const, text: 'Late' },
      blocks: [],
    };
    expect(await codeOf(rig.web.views.open({ trigger_id, view }))).toBe('expired_trigger_id');
    const { ts } = await rig.web.chat.postMessage({ channel: 'C000LOSTDL', text: 'later' });
    expect(Number(ts) * 1000).toBeGreaterThanOrEqual(before + 3_001);
  });

  it('ages response URLs', async () => {
    await rig.client.as('robin').slash('/probe', { in: '#sales' });
    const [sent] = await rig.client.traffic();
    const url = sent?.kind === 'delivery' ? (sent.payload as { response_url: string }).response_url : '';
    const use = async () => (await fetch(url, { method: 'POST', body: '{"text":"hi"}' })).status;
    await rig.client.clock.advance(29 * 60_000);
    expect(await use()).toBe(200);
    await rig.client.clock.advance(60_001);
    expect(await use()).toBe(404);
  });

  it('fills up rate limits', async () => {
    const post = () => codeOf(rig.web.chat.postMessage({ channel: 'C000LOSTDL', text: 'again' }));
    const outcomes = [await post(), await post(), await post(), await post()];
    expect(outcomes.filter((code) => code === 'no error')).toHaveLength(3);
    await rig.client.clock.advance(3_000);
    expect([await post(), await post(), await post()]).toEqual(['no error', 'no error', 'no error']);
  });

  it('brings the retry of an event that was lost: a minute, and five', async () => {
    await rig.client.faults({ delivery: 'message', times: 2, effect: { do: 'lose' } });
    const tries: unknown[] = [];
    await rig.start((app) => {
      app.message(async ({ context }) => {
        tries.push([context.retryNum, context.retryReason]);
      });
    });
    await rig.client.as('robin').post('lost twice', { in: '#lost-deals' });
    const attempt = (number: number) =>
      rig.client.waitForTraffic(
        `attempt ${number}`,
        (entry) => entry.kind === 'delivery' && entry.attempt === number,
      );
    expect((await attempt(1)).kind === 'delivery' && tries).toEqual([]);
    await rig.client.clock.advance(60_000);
    expect(await attempt(2)).toMatchObject({ outcome: 'acked' });
    expect(tries).toEqual([[2, 'timeout']]);
  });

  it('renews connections after their hours, with a warning first', async () => {
    const app = await rig.start(() => undefined);
    expect((await rig.client.workspace()).app.connected).toBe(true);
    const gone = new Promise((resolve) =>
      (app as unknown as { receiver: { client: NodeJS.EventEmitter } }).receiver.client.once(
        'close',
        resolve,
      ),
    );
    await rig.client.clock.advance(18_060_000);
    await gone;
    expect((await rig.client.workspace()).app.connected).toBe(false);
  });
});
