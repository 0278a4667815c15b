/** The Events API over HTTP: signatures, redirects, retries, and how an app stops them. */
import { HttpDelivery, signRequest } from '../src/delivery/httpDelivery';
import { type Harness, startHarness } from './support/harness';
import { type Answer, type HttpApp, startHttpApp } from './support/httpApp';

let harness: Harness;
let server: HttpApp;
afterEach(async () => {
  await harness.stop();
  await server.stop();
});

async function serve(
  answer: (path: string, body: string, count: number) => Answer | undefined,
  more: Parameters<typeof startHarness>[0] = {},
): Promise<void> {
  harness = await startHarness(more);
  server = await startHttpApp(answer);
  await harness.sandbox.setRequestUrl(server.url);
}
const say = () => harness.client.as('robin').post('hello', { in: '#lost-deals' });
const attempt = (number: number) =>
  harness.client.waitForTraffic(
    `attempt ${number}`,
    (entry) => entry.kind === 'delivery' && entry.attempt === number,
  );
const attempts = async () =>
  (await harness.client.traffic()).filter((entry) => entry.kind === 'delivery').length;

it('signs what it sends with the moment and the body', async () => {
  await serve(() => ({ status: 200 }));
  await say();
  const [request] = server.requests;
  const seconds = Number(request?.headers['x-slack-request-timestamp']);
  expect(Math.abs(seconds - Date.now() / 1000)).toBeLessThan(5);
  expect(request?.headers['x-slack-signature']).toBe(
    signRequest(harness.sandbox.signingSecret, seconds, request?.body ?? ''),
  );
  expect(request?.headers['content-type']).toBe('application/json');
});

it('writes commands as a form, and interactions as one field of a form', async () => {
  await serve(() => ({ status: 200 }));
  await harness.client.as('robin').slash('/probe Müller & Söhne', { in: '#sales' });
  await harness.client.as('robin').shortcut('Start');
  const [command, shortcut] = server.requests.map(({ body }) => new URLSearchParams(body));
  expect(command?.get('text')).toBe('Müller & Söhne');
  expect(JSON.parse(shortcut?.get('payload') ?? '')).toMatchObject({
    type: 'shortcut',
    callback_id: 'start',
  });
});

it('takes any 2xx for an event, but only 200 for a command', async () => {
  await serve(() => ({ status: 202 }));
  expect((await say()).delivery).toBe('acked');
  expect((await harness.client.as('robin').slash('/probe')).delivery).toBe('failed');
});

it('follows two redirects of an event, not three', async () => {
  let hops = 2;
  await serve((path) => {
    const hop = Number(/hop(\d)/.exec(path)?.[1] ?? 0);
    return hop < hops
      ? { status: hop === 0 ? 301 : 302, headers: { location: `/hop${hop + 1}` } }
      : { status: 200 };
  });
  expect((await say()).delivery).toBe('acked');
  expect(server.requests.map(({ path }) => path)).toEqual(['/slack/events', '/hop1', '/hop2']);
  hops = 3;
  expect((await say()).delivery).toBe('failed');
  await attempt(1);
  expect(server.requests.at(-1)?.headers['x-slack-retry-reason']).toBe('too_many_redirects');
});

it('sends an event up to three times more: at once, after a minute, after five', async () => {
  await serve(() => ({ status: 500 }));
  await say();
  await attempt(1);
  await harness.client.clock.advance(59_000);
  expect(await attempts()).toBe(2);
  await harness.client.clock.advance(1_000);
  await attempt(2);
  await harness.client.clock.advance(299_000);
  expect(await attempts()).toBe(3);
  await harness.client.clock.advance(1_000);
  await attempt(3);
  await harness.client.clock.advance(3_600_000);
  expect(await attempts()).toBe(4);
  expect(server.requests.map(({ headers }) => headers['x-slack-retry-num'])).toEqual([
    undefined,
    '1',
    '2',
    '3',
  ]);
  expect(new Set(server.requests.map(({ body }) => body)).size).toBe(1);
});

it('stops when the app says x-slack-no-retry', async () => {
  await serve(() => ({ status: 500, headers: { 'x-slack-no-retry': '1' } }));
  expect((await say()).delivery).toBe('failed');
  await harness.client.clock.advance(360_000);
  expect(await attempts()).toBe(1);
});

it('gives up on an answer that does not come in time', async () => {
  await serve((_path, _body, count) => (count === 1 ? undefined : { status: 200 }), { ackTimeoutMs: 700 });
  expect((await say()).delivery).toBe('timeout');
  expect(await attempt(1)).toMatchObject({ outcome: 'acked' });
  expect(server.requests[1]?.headers).toMatchObject({
    'x-slack-retry-num': '1',
    'x-slack-retry-reason': 'http_timeout',
  });
});

it('tells a refused connection from a TLS handshake that fails', async () => {
  await serve(() => ({ status: 200 }));
  const reasonAt = async (url: string) => {
    const options = { signingSecret: 's', ackTimeoutMs: 3000, clock: Date.now };
    const event = { type: 'events_api', name: 'message', payload: {} } as const;
    return (await new HttpDelivery(url, options).send(event, { number: 0 })).reason;
  };
  expect(await reasonAt(server.url.replace('http:', 'https:'))).toBe('ssl_error');
  await server.stop();
  expect(await reasonAt(server.url)).toBe('connection_failed');
});

it('takes over from Socket Mode, whose connections are told to go', async () => {
  harness = await startHarness();
  await harness.startApp(() => undefined);
  server = await startHttpApp(() => ({ status: 200 }));
  await harness.sandbox.setRequestUrl(server.url);
  await say();
  expect(server.requests).toHaveLength(1);
  await harness.sandbox.setRequestUrl(undefined);
  expect((await harness.client.workspace()).app.connected).toBe(false);
});
