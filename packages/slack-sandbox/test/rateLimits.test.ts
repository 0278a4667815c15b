import { LogLevel, WebClient, WebClientEvent } from '@slack/web-api';
import { codeOf, type Harness, startHarness } from './support/harness';

let harness: Harness;
const limited = async (more: Parameters<typeof startHarness>[0] = {}) => {
  harness = await startHarness({ rateLimits: true, ...more });
};
afterEach(() => harness.stop());

const post = (channel = 'C000LOSTDL') => harness.web.chat.postMessage({ channel, text: 'hello' });
const posts = async (times: number, channel?: string) => {
  const codes: string[] = [];
  for (let n = 0; n < times; n += 1) codes.push(await codeOf(post(channel)));
  return codes.filter((code) => code === 'no error').length;
};

it('a channel takes one message a second after a short burst, and says when to come again', async () => {
  await limited();
  expect(await posts(3)).toBe(3);
  await expect(post()).rejects.toMatchObject({ retryAfter: 1 });
  const refused = await fetch(`${harness.sandbox.apiUrl}chat.postMessage`, {
    method: 'POST',
    headers: { authorization: `Bearer ${harness.sandbox.botToken}`, 'content-type': 'application/json' },
    body: JSON.stringify({ channel: 'C000LOSTDL', text: 'hello' }),
  });
  expect([refused.status, refused.headers.get('retry-after'), await refused.json()]).toEqual([
    429,
    '1',
    { ok: false, error: 'ratelimited' },
  ]);
  await harness.client.clock.advance(1000);
  expect(await posts(2)).toBe(1);
});

it('other channels and other methods go on', async () => {
  await limited();
  await posts(4);
  expect(await posts(1, 'C00CLOSEDP')).toBe(1);
  expect(await codeOf(harness.web.users.info({ user: 'U0000ROBIN' }))).toBe('no error');
});

it('a method has as many calls a minute as its tier', async () => {
  await limited();
  const list = () => codeOf(harness.web.users.list({}));
  for (let n = 0; n < 20; n += 1) expect(await list()).toBe('no error');
  await expect(harness.web.users.list({})).rejects.toMatchObject({ retryAfter: 3 });
  await harness.client.clock.advance(3000);
  expect(await list()).toBe('no error');
});

it('a workspace can have a cap of its own on posts', async () => {
  await limited({ postsPerSecond: 4 });
  expect([await posts(3, 'C000LOSTDL'), await posts(3, 'C00CLOSEDP')]).toEqual([3, 1]);
  await harness.client.clock.advance(1000);
  expect(await posts(1, 'C00CLOSEDP')).toBe(1);
});

it('nothing is limited where a load test says so', async () => {
  await limited({ rateLimits: false });
  expect(await posts(30)).toBe(30);
});

it('Slack’s own client waits as long as it is told, and posts then', async () => {
  harness = await startHarness({ rateLimits: true });
  const patient = new WebClient(harness.sandbox.botToken, {
    slackApiUrl: harness.sandbox.apiUrl,
    logLevel: LogLevel.ERROR,
    retryConfig: { retries: 1, minTimeout: 1, maxTimeout: 1 },
  });
  patient.on(WebClientEvent.RATE_LIMITED, () => harness.client.clock.advance(1000));
  for (let n = 0; n < 4; n += 1) await patient.chat.postMessage({ channel: 'C000LOSTDL', text: `${n}` });
  const calls = (await harness.client.traffic()).filter((entry) => entry.kind === 'call');
  expect(calls.map((entry) => entry.kind === 'call' && entry.status)).toEqual([200, 200, 200, 429, 200]);
});
