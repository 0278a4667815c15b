/** The Events API over HTTP: signatures, redirects, retries, and how an app stops retries. */
import { HttpTransport, signRequest } from '../src/delivery/httpTransport';
import { deliveries, type Harness, startHarness, waitForDelivery } from './support/harness';
import { type Answer, type HttpApp, startHttpApp } from './support/httpApp';

it('signs as Slack’s documents do', () => {
  const body =
    'token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c';
  expect(signRequest('8f742231b10e8888abcd99yyyzzz85a5', 1531420618, body)).toBe(
    'v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503',
  );
});

describe('a request URL', () => {
  let harness: Harness;
  let app: HttpApp;
  afterEach(async () => {
    await harness.stop();
    await app.stop();
  });

  async function serve(
    answer: (path: string, body: string, count: number) => Answer | undefined,
    options: Parameters<typeof startHarness>[0] = {},
  ): Promise<void> {
    app = await startHttpApp(answer);
    harness = await startHarness({ requestUrl: app.requestUrl, ...options });
  }
  const say = () => harness.client.as('robin').post('hello', { in: '#requests' });
  const attempts = async () => (await deliveries(harness)).length;

  it('is accepted only if it answers the challenge', async () => {
    app = await startHttpApp(
      () => undefined,
      () => 'something else',
    );
    harness = await startHarness();
    await expect(harness.sandbox.setRequestUrl(app.requestUrl)).rejects.toMatchObject({
      code: 'url_verification_failed',
    });
    expect((await harness.client.workspace()).app.connected).toBe(false);
  });

  it('takes the place of Socket Mode, whose connections close', async () => {
    harness = await startHarness();
    await harness.startApp(() => undefined);
    app = await startHttpApp(() => ({ status: 200 }));
    await harness.sandbox.setRequestUrl(app.requestUrl);
    await say();
    expect(app.requests).toHaveLength(1);
    await harness.sandbox.setRequestUrl(undefined);
    expect((await harness.client.workspace()).app.connected).toBe(false);
  });

  it('receives requests that are signed with the time and the body', async () => {
    await serve(() => ({ status: 200 }));
    const before = Math.floor(Date.now() / 1000);
    await say();
    const [request] = app.requests;
    const seconds = Number(request?.headers['x-slack-request-timestamp']);
    expect(seconds).toBeGreaterThanOrEqual(before);
    expect(seconds).toBeLessThanOrEqual(Date.now() / 1000);
    expect(request?.headers['x-slack-signature']).toBe(
      signRequest(harness.sandbox.signingSecret, seconds, request?.body ?? ''),
    );
    expect(request?.headers['content-type']).toBe('application/json');
  });

  it('receives a command as a form, and an interaction as one field of a form', async () => {
    await serve(() => ({ status: 200 }));
    await harness.client.as('robin').slash('/probe Müller & Söhne', { in: '#sales' });
    await harness.client.as('robin').shortcut('Start');
    const [command, shortcut] = app.requests.map(({ body }) => new URLSearchParams(body));
    expect(command?.get('text')).toBe('Müller & Söhne');
    expect(JSON.parse(shortcut?.get('payload') ?? '')).toMatchObject({
      type: 'shortcut',
      callback_id: 'start',
    });
  });

  it('acks an event with any 2xx, a command only with 200', async () => {
    await serve(() => ({ status: 202 }));
    expect((await say()).delivery).toBe('acked');
    expect((await harness.client.as('robin').slash('/probe')).delivery).toBe('failed');
  });

  it('may redirect an event twice, not three times', async () => {
    let hops = 2;
    await serve((path) => {
      const hop = Number(/hop(\d)/.exec(path)?.[1] ?? 0);
      return hop < hops
        ? { status: hop === 0 ? 301 : 302, headers: { location: `/hop${hop + 1}` } }
        : { status: 200 };
    });
    expect((await say()).delivery).toBe('acked');
    expect(app.requests.map(({ path }) => path)).toEqual(['/slack/events', '/hop1', '/hop2']);
    hops = 3;
    expect((await say()).delivery).toBe('failed');
    await waitForDelivery(harness, { attempt: 1 });
    expect(app.requests.at(-1)?.headers['x-slack-retry-reason']).toBe('too_many_redirects');
  });

  it('receives an event that failed again at once, after a minute and after five', async () => {
    await serve(() => ({ status: 500 }));
    const { clock } = harness.client;
    await say();
    await waitForDelivery(harness, { attempt: 1 });
    await clock.advance(59_000);
    expect(await attempts()).toBe(2);
    await clock.advance(1_000);
    await waitForDelivery(harness, { attempt: 2 });
    await clock.advance(299_000);
    expect(await attempts()).toBe(3);
    await clock.advance(1_000);
    await waitForDelivery(harness, { attempt: 3 });
    await clock.advance(3_600_000);
    expect(await attempts()).toBe(4);
    expect(
      app.requests.map(({ headers }) => [headers['x-slack-retry-num'], headers['x-slack-retry-reason']]),
    ).toEqual([
      [undefined, undefined],
      ['1', 'http_error'],
      ['2', 'http_error'],
      ['3', 'http_error'],
    ]);
    expect(new Set(app.requests.map(({ body }) => body)).size).toBe(1);
  });

  it('stops retries with x-slack-no-retry', async () => {
    await serve(() => ({ status: 500, headers: { 'x-slack-no-retry': '1' } }));
    expect((await say()).delivery).toBe('failed');
    await harness.client.clock.advance(360_000);
    expect(await attempts()).toBe(1);
  });

  it('receives an event again that it did not answer in time', async () => {
    await serve(() => undefined, { ackTimeoutMs: 40 });
    expect((await say()).delivery).toBe('timeout');
    await waitForDelivery(harness, { attempt: 1 });
    expect(app.requests[1]?.headers).toMatchObject({
      'x-slack-retry-num': '1',
      'x-slack-retry-reason': 'http_timeout',
    });
  });

  it('fails for one reason when nobody listens, for another when TLS fails', async () => {
    await serve(() => ({ status: 200 }));
    const reasonAt = async (url: string) => {
      const options = { signingSecret: 's', ackTimeoutMs: 60_000, clock: Date.now };
      const event = { type: 'events_api', name: 'message', payload: {} } as const;
      return (await new HttpTransport(url, options).send(event, { number: 0 })).reason;
    };
    expect(await reasonAt(app.requestUrl.replace('http:', 'https:'))).toBe('ssl_error');
    await app.stop();
    expect(await reasonAt(app.requestUrl)).toBe('connection_failed');
  });
});
