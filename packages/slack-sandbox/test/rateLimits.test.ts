import { LogLevel, WebClient, WebClientEvent } from '@slack/web-api';
import { codeOf, type Harness, startHarness } from './support/harness';

let harness: Harness;
const start = async (options: Parameters<typeof startHarness>[0] = {}) => {
  harness = await startHarness({ rateLimits: true, ...options });
};
afterEach(() => harness.stop());

const post = (channel = 'C0REQUESTS') => harness.web.chat.postMessage({ channel, text: 'hello' });
/** @returns how many of so many posts succeed */
const postMany = async (times: number, channel?: string) => {
  const codes: string[] = [];
  for (let n = 0; n < times; n += 1) codes.push(await codeOf(post(channel)));
  return codes.filter((code) => code === 'no error').length;
};

it('lets a channel take three messages at once, then one a second, and says how long to wait', async () => {
  await start();
  expect(await postMany(3)).toBe(3);
  await expect(post()).rejects.toMatchObject({ retryAfter: 1 });
  const refused = await fetch(`${harness.sandbox.apiUrl}chat.postMessage`, {
    method: 'POST',
    headers: { authorization: `Bearer ${harness.sandbox.botToken}`, 'content-type': 'application/json' },
    body: JSON.stringify({ channel: 'C0REQUESTS', text: 'hello' }),
  });
  expect([refused.status, refused.headers.get('retry-after'), await refused.json()]).toEqual([
    429,
    '1',
    { ok: false, error: 'ratelimited' },
  ]);
  await harness.client.clock.advance(1000);
  expect(await postMany(2)).toBe(1);
});

it('limits neither other channels nor other methods', async () => {
  await start();
  await postMany(4);
  expect(await postMany(1, 'C0ANNOUNCE')).toBe(1);
  expect(await codeOf(harness.web.users.info({ user: 'U0000ROBIN' }))).toBe('no error');
});

it('allows a method as many calls a minute as its tier has', async () => {
  await start();
  const list = () => codeOf(harness.web.users.list({}));
  for (let n = 0; n < 20; n += 1) expect(await list()).toBe('no error');
  await expect(harness.web.users.list({})).rejects.toMatchObject({ retryAfter: 3 });
  await harness.client.clock.advance(3000);
  expect(await list()).toBe('no error');
});

it('caps the posts of a whole workspace on request', async () => {
  await start({ postsPerSecond: 4 });
  expect([await postMany(3, 'C0REQUESTS'), await postMany(3, 'C0ANNOUNCE')]).toEqual([3, 1]);
  await harness.client.clock.advance(1000);
  expect(await postMany(1, 'C0ANNOUNCE')).toBe(1);
});

it('limits nothing on request', async () => {
  await start({ rateLimits: false });
  expect(await postMany(30)).toBe(30);
});

it('lets Slack’s own client post after the wait it was given', async () => {
  await start();
  const retrying = new WebClient(harness.sandbox.botToken, {
    slackApiUrl: harness.sandbox.apiUrl,
    logLevel: LogLevel.ERROR,
    retryConfig: { retries: 1, minTimeout: 1, maxTimeout: 1 },
  });
  retrying.on(WebClientEvent.RATE_LIMITED, () => harness.client.clock.advance(1000));
  for (let n = 0; n < 4; n += 1) await retrying.chat.postMessage({ channel: 'C0REQUESTS', text: `${n}` });
  const calls = (await harness.client.traffic()).filter((entry) => entry.kind === 'call');
  expect(calls.map((entry) => entry.kind === 'call' && entry.status)).toEqual([200, 200, 200, 429, 200]);
});

describe('an app that is distributed commercially outside the Marketplace', () => {
  const read = (limit?: number, cursor?: string) =>
    harness.web.conversations.history({
      channel: 'C0REQUESTS',
      ...(limit === undefined ? {} : { limit }),
      ...(cursor === undefined ? {} : { cursor }),
    });

  it('reads history once a minute and replies once a minute, whatever else it calls', async () => {
    await start({ rationedHistory: true, rateLimits: false });
    const { ts = '' } = await post();
    const replies = () => harness.web.conversations.replies({ channel: 'C0REQUESTS', ts });
    await read();
    await replies();
    await expect(read()).rejects.toMatchObject({ retryAfter: 60 });
    await expect(replies()).rejects.toMatchObject({ retryAfter: 60 });
    expect(await postMany(30)).toBe(30);
    await harness.client.clock.advance(60_000);
    expect(await codeOf(read())).toBe('no error');
  });

  it('gets fifteen messages a page, however many it asks for, and a cursor for the rest', async () => {
    await start({ rationedHistory: true, rateLimits: false });
    await postMany(20);
    const first = await read(200);
    expect(first.messages).toHaveLength(15);
    await harness.client.clock.advance(60_000);
    const second = await read(200, first.response_metadata?.next_cursor);
    expect(second.messages?.length).toBeGreaterThanOrEqual(5);
    expect(second.has_more).toBe(false);
  });
});
