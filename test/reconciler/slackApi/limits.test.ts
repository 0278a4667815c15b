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
  /** How many of these calls may go at once. */
  const atOnce = async (limits: Limits, calls: ReturnType<typeof call>[]) => {
    const turns = await Promise.all(
      calls.map((each, index) => limits.book(each, `holder ${index} ${each.channel} ${now}`)),
    );
    return turns.filter((at) => at <= now).length;
  };
  const many = <T>(count: number, make: (index: number) => T) =>
    Array.from({ length: count }, (_, index) => make(index));

  test('one message a second and channel, other channels unaffected', async () => {
    const limits = limitsWith({ channelBurst: 1 });
    expect(await limits.book(call('chat.postMessage'), 'a')).toBe(0);
    expect(await limits.book(call('chat.postMessage'), 'b')).toBe(1_000);
    expect(await limits.book(call('chat.postMessage', 'C2'), 'c')).toBe(0);
  });

  test('fifty updates a minute for the whole workspace, whatever the channel; other workspaces unaffected', async () => {
    const limits = limitsWith({ methodBurst: 1 });
    expect(await limits.book(call('chat.update', 'C1'), 'a')).toBe(0);
    expect(await limits.book(call('chat.update', 'C2'), 'b')).toBe(1_200);
    expect(await limits.book(call('chat.update', 'C1', 'T2'), 'c')).toBe(0);
    expect(await limits.book(call('chat.postMessage'), 'd')).toBe(0);
  });

  test('the cap of a workspace is lowered by a 429, and recovers', async () => {
    const limits = limitsWith({ postsPerSecond: 8 });
    const posts = () => many(20, (index) => call('chat.postMessage', `C${index}`));
    expect(await atOnce(limits, posts())).toBe(8);
    now = 60_000;
    await limits.rateLimited(call('chat.postMessage', 'CX'), 10_000);
    expect(await limits.book(call('chat.postMessage', 'CX'), 'x')).toBe(70_000);
    // Half as many a second, and none saved up.
    const turns = await Promise.all(
      many(3, (index) => limits.book(call('chat.postMessage', `D${index}`), `d${index}`)),
    );
    expect((turns[2] ?? 0) - (turns[1] ?? 0)).toBe(250);
    now = 600_000;
    expect(await atOnce(limits, posts())).toBe(8);
  });

  test('a 429 of one method leaves the others alone', async () => {
    const limits = limitsWith();
    await limits.rateLimited(call('chat.update'), 30_000);
    expect(await limits.book(call('chat.update', 'C2'), 'a')).toBe(30_000);
    expect(await limits.book(call('chat.postMessage'), 'b')).toBe(0);
  });

  test('answers of 429 that come at the same time pause their method once', async () => {
    const limits = limitsWith();
    for (let answer = 0; answer < 8; answer++) {
      now = answer * 10;
      await limits.rateLimited(call('conversations.history'), 60_000);
    }
    expect(await limits.book(call('conversations.history'), 'a')).toBe(60_070);
  });

  test('reads keep the pace of Slack’s last 429 for ten minutes, and writes are not slowed by theirs', async () => {
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

  test('those who wait for an unreachable Slack come back one after the other, so that others get their turns too', async () => {
    const limits = limitsWith({ postsPerSecond: 20 });
    limits.unreachable(tenant('T1'));
    const turns = await Promise.all(
      many(4, (index) => limits.book(call('chat.postMessage', `C${index}`), `${index}`)),
    );
    expect(turns).toEqual([1_000, 1_050, 1_100, 1_150]);
    // The first of them finds that it is still away.
    now = 1_000;
    limits.unreachable(tenant('T1'));
    expect(await limits.book(call('chat.postMessage', 'C0'), '0')).toBe(3_000);
    expect(await limits.book(call('chat.postMessage', 'C9', 'T2'), '9')).toBe(1_000);
  });

  test('an unreachable Slack pauses the workspace, longer each time, until it answers', async () => {
    const limits = limitsWith();
    const pauses: number[] = [];
    for (let failure = 0; failure < 7; failure++) {
      limits.unreachable(tenant('T1'));
      // Calls under way at the same time fail with it.
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
