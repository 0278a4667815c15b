import { Bucket } from '../../src/reconciler/bucket';
import { createLimits, type Method } from '../../src/reconciler/limits';

describe('a bucket', () => {
  test('lets a burst go, and gives everybody after it a turn of their own, in order', () => {
    const bucket = new Bucket(1_000, 2);
    expect(['a', 'b', 'c', 'd'].map((holder) => bucket.book(holder, 5_000))).toEqual([
      5_000, 5_000, 6_000, 7_000,
    ]);
  });

  test('keeps a turn for its holder, who may ask as often as they like', () => {
    const bucket = new Bucket(1_000, 1);
    bucket.book('a', 0);
    expect(bucket.book('b', 0)).toBe(1_000);
    expect(bucket.book('b', 900)).toBe(1_000);
    expect(bucket.book('c', 900)).toBe(2_000);
  });

  test('fills up while nobody comes', () => {
    const bucket = new Bucket(1_000, 2);
    for (const holder of ['a', 'b', 'c']) {
      bucket.book(holder, 0);
      bucket.redeem(holder);
    }
    expect(bucket.isIdle(2_999)).toBe(false);
    expect(bucket.isIdle(3_000)).toBe(true);
    expect(bucket.book('d', 3_000)).toBe(3_000);
  });

  test('closed: nobody goes before, turns are moved, and no burst follows', () => {
    const bucket = new Bucket(1_000, 3);
    for (const holder of ['a', 'b', 'c']) {
      bucket.book(holder, 0);
      bucket.redeem(holder);
    }
    expect(bucket.book('d', 0)).toBe(1_000);
    bucket.closeUntil(30_000, 0);
    expect(bucket.book('d', 0)).toBe(31_000);
    expect(bucket.book('e', 0)).toBe(32_000);
  });

  test('forgets turns that nobody took', () => {
    const bucket = new Bucket(1_000, 1);
    bucket.book('a', 0);
    expect(bucket.book('a', 100_000)).toBe(100_000);
  });
});

describe('the limits', () => {
  let now = 0;
  const clock = { now: () => now };
  beforeEach(() => {
    now = 0;
  });
  const call = (method: Method, channel = 'C1', tenant = 'T1') => ({ tenant, method, channel });
  /** How many of these calls may go at once. */
  const atOnce = (limits: ReturnType<typeof createLimits>, calls: ReturnType<typeof call>[]) =>
    calls.filter((each, index) => limits.book(each, `holder ${index} ${each.channel} ${now}`) <= now).length;
  const many = <T>(count: number, make: (index: number) => T) =>
    Array.from({ length: count }, (_, index) => make(index));

  test('one message a second and channel, other channels unaffected', () => {
    const limits = createLimits(clock, { channelBurst: 1 });
    expect(limits.book(call('chat.postMessage'), 'a')).toBe(0);
    expect(limits.book(call('chat.postMessage'), 'b')).toBe(1_000);
    expect(limits.book(call('chat.postMessage', 'C2'), 'c')).toBe(0);
  });

  test('fifty updates a minute for the whole workspace, whatever the channel; other workspaces unaffected', () => {
    const limits = createLimits(clock, { methodBurst: 1 });
    expect(limits.book(call('chat.update', 'C1'), 'a')).toBe(0);
    expect(limits.book(call('chat.update', 'C2'), 'b')).toBe(1_200);
    expect(limits.book(call('chat.update', 'C1', 'T2'), 'c')).toBe(0);
    expect(limits.book(call('chat.postMessage'), 'd')).toBe(0);
  });

  test('the cap of a workspace is lowered by a 429, and recovers', () => {
    const limits = createLimits(clock, { postsPerSecond: 8 });
    const posts = () => many(20, (index) => call('chat.postMessage', `C${index}`));
    expect(atOnce(limits, posts())).toBe(8);
    now = 60_000;
    limits.rateLimited(call('chat.postMessage', 'CX'), 10_000);
    expect(limits.book(call('chat.postMessage', 'CX'), 'x')).toBe(70_000);
    // Half as many a second, and none saved up.
    const turns = many(3, (index) => limits.book(call('chat.postMessage', `D${index}`), `d${index}`));
    expect((turns[2] ?? 0) - (turns[1] ?? 0)).toBe(250);
    now = 600_000;
    expect(atOnce(limits, posts())).toBe(8);
  });

  test('a 429 of one method leaves the others alone', () => {
    const limits = createLimits(clock);
    limits.rateLimited(call('chat.update'), 30_000);
    expect(limits.book(call('chat.update', 'C2'), 'a')).toBe(30_000);
    expect(limits.book(call('chat.postMessage'), 'b')).toBe(0);
  });

  test('an unreachable Slack pauses the workspace, longer each time, until it answers', () => {
    const limits = createLimits(clock);
    const pauses: number[] = [];
    for (let failure = 0; failure < 7; failure++) {
      limits.unreachable('T1');
      // Calls under way at the same time fail with it.
      limits.unreachable('T1');
      const until = limits.book(call('chat.update'), 'a');
      pauses.push(until - now);
      now = until;
    }
    expect(pauses).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);
    limits.reached('T1');
    expect(limits.book(call('chat.update'), 'b')).toBe(now);
  });
});
