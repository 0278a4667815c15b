import {
  createLimits,
  type LimitSettings,
  type Limits,
  type Method,
} from '../../../src/reconciler/slackApi/limits';
import { createBucketsInMemory } from '../../../src/store/buckets/inMemory';

describe('the limits', () => {
  let now = 0;
  const clock = { now: () => now };
  beforeEach(() => {
    now = 0;
  });
  const limitsWith = (settings: Partial<LimitSettings> = {}) =>
    createLimits(clock, createBucketsInMemory(clock.now), settings);
  const tenant = (teamId: string) => ({ enterpriseId: '', teamId });
  const call = (method: Method, channel = 'C1', teamId = 'T1') => ({
    tenant: tenant(teamId),
    method,
    channel,
  });
  /** The number of these calls that may go now. */
  const allowedNow = async (limits: Limits, calls: ReturnType<typeof call>[]) => {
    const turns = await Promise.all(
      calls.map((each, index) => limits.book(each, `holder ${index} ${each.channel} ${now}`)),
    );
    return turns.filter((at) => at <= now).length;
  };
  const many = <T>(count: number, make: (index: number) => T) =>
    Array.from({ length: count }, (_, index) => make(index));

  test('let one message a second into each channel', async () => {
    const limits = limitsWith({ channelBurst: 1 });
    expect(await limits.book(call('chat.postMessage'), 'a')).toBe(0);
    expect(await limits.book(call('chat.postMessage'), 'b')).toBe(1_000);
    expect(await limits.book(call('chat.postMessage', 'C2'), 'c')).toBe(0);
  });

  test('let fifty updates a minute into each workspace, whatever the channel', async () => {
    const limits = limitsWith({ methodBurst: 1 });
    expect(await limits.book(call('chat.update', 'C1'), 'a')).toBe(0);
    expect(await limits.book(call('chat.update', 'C2'), 'b')).toBe(1_200);
    expect(await limits.book(call('chat.update', 'C1', 'T2'), 'c')).toBe(0);
    expect(await limits.book(call('chat.postMessage'), 'd')).toBe(0);
  });

  test('halve the posts of a workspace after a 429, and raise them again later', async () => {
    const limits = limitsWith({ postsPerSecond: 8 });
    const posts = () => many(20, (index) => call('chat.postMessage', `C${index}`));
    expect(await allowedNow(limits, posts())).toBe(8);
    now = 60_000;
    await limits.rateLimited(call('chat.postMessage', 'CX'), 10_000);
    expect(await limits.book(call('chat.postMessage', 'CX'), 'x')).toBe(70_000);
    // Half as many a second, and no burst.
    const turns = await Promise.all(
      many(3, (index) => limits.book(call('chat.postMessage', `D${index}`), `d${index}`)),
    );
    expect((turns[2] ?? 0) - (turns[1] ?? 0)).toBe(250);
    now = 600_000;
    expect(await allowedNow(limits, posts())).toBe(8);
  });

  test('pause only the method that got a 429', async () => {
    const limits = limitsWith();
    await limits.rateLimited(call('chat.update'), 30_000);
    expect(await limits.book(call('chat.update', 'C2'), 'a')).toBe(30_000);
    expect(await limits.book(call('chat.postMessage'), 'b')).toBe(0);
  });

  test('pause a method once for 429s that come at the same time', async () => {
    const limits = limitsWith();
    for (let answer = 0; answer < 8; answer++) {
      now = answer * 10;
      await limits.rateLimited(call('conversations.history'), 60_000);
    }
    expect(await limits.book(call('conversations.history'), 'a')).toBe(60_070);
  });

  test('hold reads to the pace of Slack’s last 429 for ten minutes, and do not slow writes after theirs', async () => {
    const limits = limitsWith();
    const read = call('conversations.history');
    await limits.worked(read);
    expect(await limits.book(read, 'a')).toBe(0);
    await limits.rateLimited(read, 60_000);
    now = 60_000;
    expect(await limits.book(read, 'b')).toBe(now);
    await limits.worked(read);
    expect(await limits.book(read, 'c')).toBe(121_200);
    expect(await limits.book(call('conversations.replies'), 'd')).toBe(now);
    now = 10 * 60_000;
    await limits.worked(read);
    expect(await limits.book(read, 'e')).toBe(now);

    await limits.rateLimited(call('chat.update'), 30_000);
    now += 30_000;
    await limits.worked(call('chat.update'));
    expect(await limits.book(call('chat.update'), 'f')).toBe(now);
  });

  test('let calls that waited for an unreachable Slack go one after the other, so that other workspaces get turns too', async () => {
    const limits = limitsWith({ postsPerSecond: 20 });
    limits.unreachable(tenant('T1'));
    const turns = await Promise.all(
      many(4, (index) => limits.book(call('chat.postMessage', `C${index}`), `${index}`)),
    );
    expect(turns).toEqual([1_000, 1_050, 1_100, 1_150]);
    // The first call finds Slack still unreachable.
    now = 1_000;
    limits.unreachable(tenant('T1'));
    expect(await limits.book(call('chat.postMessage', 'C0'), '0')).toBe(3_000);
    expect(await limits.book(call('chat.postMessage', 'C9', 'T2'), '9')).toBe(1_000);
  });

  test('pause a workspace whose Slack is unreachable, longer each time, until Slack answers', async () => {
    const limits = limitsWith();
    const pauses: number[] = [];
    for (let failure = 0; failure < 7; failure++) {
      limits.unreachable(tenant('T1'));
      // Another call was under way at the same time and fails too.
      limits.unreachable(tenant('T1'));
      const until = await limits.book(call('chat.update'), 'a');
      pauses.push(until - now);
      now = until;
    }
    expect(pauses).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);
    limits.reached(tenant('T1'));
    expect(await limits.book(call('chat.update'), 'b')).toBe(now);
  });
});
