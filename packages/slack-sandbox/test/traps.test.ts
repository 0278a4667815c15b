/** Eleven behaviours of Slack that surprise apps in production, shown with Slack's own SDKs (docs/traps.md). */
import { HTTPReceiver } from '@slack/bolt';
import { WebClient } from '@slack/web-api';
import type { Traffic } from '../src';
import { actionsBlock, button, modalView } from './support/blockKit';
import {
  codeOf,
  deliveries,
  type Harness,
  silentLogger,
  startHarness,
  type Transport,
  until,
  waitForDelivery,
} from './support/harness';
import { startHttpApp } from './support/httpApp';

const REQUESTS = 'C0REQUESTS';
const modal = (title = 'One') =>
  modalView(title, { callback_id: 'cb', blocks: [actionsBlock(button('More'))] });

let harness: Harness;
afterEach(() => harness.stop());

const acked = (name: string, attempt: number) =>
  waitForDelivery(harness, { name, attempt, outcome: 'acked' });

describe('1. an empty ack is `payload: {}`, and a 404 is no ack', () => {
  it('an empty ack over Socket Mode is `payload: {}`, and closes the view', async () => {
    harness = await startHarness();
    await harness.startApp((app) => {
      app.command('/probe', async ({ ack, body, client }) => {
        await ack();
        await client.views.open({ trigger_id: body.trigger_id, view: modal() });
      });
      app.view('cb', async ({ ack }) => ack());
    });
    const robin = harness.client.as('robin');
    await robin.slash('/probe');
    await (await robin.modal()).submit();
    await robin.noModal();
  });

  it('Bolt’s 404 for a command without a listener is no ack, and Slack does not send the command again', async () => {
    harness = await startHarness();
    const receiver = new HTTPReceiver({
      signingSecret: harness.sandbox.signingSecret,
      logger: silentLogger,
      unhandledRequestTimeoutMillis: 20,
    });
    await harness.startApp(() => undefined, { transport: 'http', receiver });
    expect((await harness.client.as('robin').slash('/probe')).delivery).toBe('failed');
    await harness.client.as('robin').waitForNotice('dispatch_failed');
    await harness.client.clock.advance(360_000);
    expect(await deliveries(harness)).toHaveLength(1);
  });

  it('Slack sends an event again after the same 404', async () => {
    harness = await startHarness();
    const app = await startHttpApp(() => ({ status: 404 }));
    await harness.sandbox.setRequestUrl(app.requestUrl);
    await harness.client.as('robin').post('hello?', { in: '#requests' });
    await waitForDelivery(harness, { attempt: 1 });
    expect(app.requests[1]?.headers).toMatchObject({
      'x-slack-retry-num': '1',
      'x-slack-retry-reason': 'http_error',
    });
    await app.stop();
  });
});

it('2. a trigger opens one view, within three seconds', async () => {
  harness = await startHarness();
  const codes: string[] = [];
  await harness.startApp((app) => {
    app.command('/probe', async ({ ack, body, client }) => {
      await ack();
      const open = () => codeOf(client.views.open({ trigger_id: body.trigger_id, view: modal() }));
      if (body.text === 'late') await harness.client.clock.advance(3_001);
      codes.push(await open(), await open());
    });
  });
  await harness.client.as('robin').slash('/probe');
  await harness.client.as('robin').modal();
  await harness.client.as('robin').slash('/probe late');
  await until(() => codes.length >= 3);
  expect(codes.slice(0, 3)).toEqual(['no error', 'exchanged_trigger_id', 'expired_trigger_id']);
});

describe.each<Transport>(['socket', 'http'])('3. retries over %s', (transport) => {
  const reason = transport === 'http' ? 'http_timeout' : 'timeout';
  const listening = async () => {
    harness = await startHarness();
    const received: unknown[][] = [];
    await harness.startApp(
      (app) => {
        app.message(async ({ body, context }) => {
          received.push([body.event_id, context.retryNum, context.retryReason]);
        });
      },
      { transport },
    );
    return received;
  };

  it('an event whose ack got lost comes again with the same event id', async () => {
    const received = await listening();
    await harness.client.faults({ delivery: 'message', times: 1, effect: { do: 'lose_ack' } });
    await harness.client.as('robin').post('once', { in: '#requests' });
    await acked('message', 1);
    await until(() => received.length === 2);
    const id = received[0]?.[0];
    expect(received).toEqual([
      [id, undefined, undefined],
      [id, 1, reason],
    ]);
  });

  it('an event that got lost first arrives as a retry, so an app that drops retries never sees it', async () => {
    const received = await listening();
    await harness.client.faults({ delivery: 'message', times: 1, effect: { do: 'lose' } });
    await harness.client.as('robin').post('once', { in: '#requests' });
    await acked('message', 1);
    await until(() => received.length > 0);
    expect(received).toEqual([[expect.stringMatching(/^Ev/), 1, reason]]);
  });
});

it('4. when Slack renews the socket, the SDK listens again only after five seconds', async () => {
  harness = await startHarness({ clock: Date.now });
  const received: unknown[] = [];
  await harness.startApp((app) => {
    app.message(async ({ message, context }) => {
      received.push([(message as { text?: string }).text, context.retryNum]);
    });
  });
  const opensConnection = (entry: Traffic) =>
    entry.kind === 'call' && entry.method === 'apps.connections.open';
  const [before] = (await harness.client.traffic()).filter(opensConnection);
  await harness.client.admin({ do: 'disconnect_sockets', reason: 'refresh_requested' });
  const disconnectedAt = Date.now();
  const robin = harness.client.as('robin');
  expect((await robin.slash('/probe')).delivery).toBe('not_connected');
  expect((await robin.post('in the gap', { in: '#requests' })).delivery).toBe('not_connected');
  const again = await harness.client.waitForTraffic(
    'new connection',
    (entry) => opensConnection(entry) && entry.seq !== before?.seq,
  );
  expect(again.at - disconnectedAt).toBeGreaterThan(4_900);
  await harness.client.connected();
  await harness.client.clock.advance(60_000);
  await acked('message', 2);
  await until(() => received.length > 0);
  expect(received).toEqual([['in the gap', 2]]);
});

describe('5. a refusal is HTTP 200, and a call that worked may look failed', () => {
  it('a refusal is HTTP 200, with the reason in response_metadata', async () => {
    harness = await startHarness();
    const blocks = [{ type: 'header', text: { type: 'plain_text', text: 'x'.repeat(151) } }] as never;
    await expect(
      harness.web.chat.postMessage({ channel: REQUESTS, text: 'x', blocks }),
    ).rejects.toMatchObject({
      code: 'slack_webapi_platform_error',
      data: {
        error: 'invalid_blocks',
        response_metadata: { messages: [expect.stringMatching(/^\[ERROR\] .*\/blocks\/0\/text/)] },
      },
    });
    expect((await harness.client.traffic()).map((entry) => entry.kind === 'call' && entry.status)).toEqual([
      200,
    ]);
  });

  it('the SDK posts a message again whose reply got lost', async () => {
    harness = await startHarness();
    const web = new WebClient(harness.sandbox.botToken, {
      slackApiUrl: harness.sandbox.apiUrl,
      retryConfig: { retries: 1, minTimeout: 1, maxTimeout: 1 },
      logger: silentLogger,
    });
    await harness.client.faults({ method: 'chat.postMessage', times: 1, effect: { do: 'drop_reply' } });
    expect((await web.chat.postMessage({ channel: REQUESTS, text: 'Acme' })).ok).toBe(true);
    expect(await harness.client.as('robin').channel('#requests').messages()).toHaveLength(2);
  });
});

it('6. a channel refuses more than a message a second, and says how long to wait', async () => {
  harness = await startHarness({ rateLimits: true });
  const post = () => harness.web.chat.postMessage({ channel: REQUESTS, text: 'again' });
  const outcomes = await Promise.allSettled([post(), post(), post(), post(), post()]);
  const refused = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []));
  expect(refused).toHaveLength(2);
  expect(refused).toEqual([
    expect.objectContaining({ code: 'slack_webapi_rate_limited_error', retryAfter: 1 }),
    expect.objectContaining({ retryAfter: 1 }),
  ]);
});

it('7. an update with an old hash fails, and so does a fourth view', async () => {
  harness = await startHarness();
  const codes: string[] = [];
  await harness.startApp((app) => {
    app.command('/probe', async ({ ack, body, client }) => {
      await ack();
      await client.views.open({ trigger_id: body.trigger_id, view: modal() });
    });
    app.action('more', async ({ ack, body, client }) => {
      await ack();
      if (body.type !== 'block_actions' || body.view === undefined) throw new Error('shape');
      const { id, hash } = body.view;
      await client.views.update({ view_id: id, hash, view: modal('New') });
      codes.push(await codeOf(client.views.update({ view_id: id, hash, view: modal('Old') })));
      codes.push(await codeOf(client.views.push({ trigger_id: body.trigger_id, view: modal('Next') })));
    });
  });
  const robin = harness.client.as('robin');
  await robin.slash('/probe');
  for (const depth of [1, 2, 3]) {
    await (await robin.modal()).click('More');
    await until(() => codes.length === 2 * depth);
  }
  expect(codes).toEqual([
    ...['hash_conflict', 'no error'],
    ...['hash_conflict', 'no error'],
    ...['hash_conflict', 'push_limit_reached'],
  ]);
});

it('8. the app’s own posts come back as events without a subtype, which Bolt hides by default', async () => {
  harness = await startHarness();
  const open: unknown[] = [];
  const app = await harness.startApp(
    (listening) => {
      listening.message(async ({ message }) => {
        const { subtype, bot_id, user, app_id } = message as unknown as Record<string, unknown>;
        open.push({ subtype, bot_id, user, app_id });
      });
    },
    { ignoreSelf: false },
  );
  await harness.web.chat.postMessage({ channel: REQUESTS, text: 'mine' });
  await until(() => open.length === 1);
  const { botUserId, appId } = harness.sandbox;
  expect(open).toEqual([{ subtype: undefined, bot_id: 'B0SANDBOX1', user: botUserId, app_id: appId }]);
  await app.stop();

  const hiding: unknown[] = [];
  await harness.startApp((listening) => {
    listening.message(async ({ message }) => {
      hiding.push(message);
    });
  });
  await harness.web.chat.postMessage({ channel: REQUESTS, text: 'mine too' });
  await harness.client.as('robin').post('yours', { in: '#requests' });
  await until(() => hiding.length > 0);
  expect(hiding).toEqual([expect.objectContaining({ text: 'yours' })]);
});

it('9. history shows only the type of metadata unless the app asks for all of it', async () => {
  harness = await startHarness();
  const metadata = { event_type: 'deal', event_payload: { id: 'd1' } };
  const { ts = '' } = await harness.web.chat.postMessage({ channel: REQUESTS, text: 'x', metadata });
  const read = async (method: 'history' | 'replies', all: boolean) => {
    const args = { channel: REQUESTS, ts, include_all_metadata: all };
    return (await harness.web.conversations[method](args)).messages?.[0]?.metadata;
  };
  for (const method of ['history', 'replies'] as const) {
    expect(await read(method, false)).toEqual({ event_type: 'deal' });
    expect(await read(method, true)).toEqual(metadata);
  }
});

it.each([
  ['five uses', 5, 0],
  ['half an hour', 0, 30 * 60_000 + 1],
])('10. a response URL fails after %s', async (_, uses, ms) => {
  harness = await startHarness();
  const outcomes: unknown[] = [];
  await harness.startApp((app) => {
    app.command('/probe', async ({ ack, respond }) => {
      await ack();
      for (let n = 0; n < uses; n += 1) await respond(`answer ${n}`);
      await harness.client.clock.advance(ms);
      await respond('one more').catch((error: unknown) => outcomes.push(error));
    });
  });
  await harness.client.as('robin').slash('/probe', { in: '#sales' });
  await harness.client.waitForTraffic(
    'refusal',
    (entry) => entry.kind === 'call' && entry.method === 'response_url' && !entry.response.ok,
  );
  const messages = await harness.client.as('robin').channel('#sales').messages();
  expect(messages.filter((message) => message.text().startsWith('answer'))).toHaveLength(uses);
  await harness.client.as('robin').channel('#sales').waitForNone('one more');
  await until(() => outcomes.length === 1);
  expect(outcomes[0]).toMatchObject({ statusCode: 404 });
});

it('11. without token verification Bolt calls auth.test on the first request, which waits for the answer', async () => {
  harness = await startHarness({ ackTimeoutMs: 100 });
  await harness.client.faults({ method: 'auth.test', times: 1, effect: { do: 'slow', ms: 300 } });
  let answered = false;
  await harness.startApp(
    (app) => {
      app.command('/probe', async ({ ack }) => {
        await ack('Here');
        answered = true;
      });
    },
    { tokenVerificationEnabled: false },
  );
  expect((await harness.client.as('robin').slash('/probe')).delivery).toBe('timeout');
  const [call] = (await harness.client.traffic()).filter(
    (entry) => entry.kind === 'call' && entry.method === 'auth.test',
  );
  expect(call).toMatchObject({ fault: { do: 'slow' } });
  await until(() => answered);
});
