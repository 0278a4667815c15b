/** What catches Slack apps out in production, one by one, on Slack's own SDKs: the sandbox springs each of them. */
import { App, HTTPReceiver, SocketModeReceiver } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import { WebClient } from '@slack/web-api';
import type { Traffic } from '../src';
import { appThat } from './support/appServer';
import { codeOf, type Mode, makeRig, type Rig, silent } from './support/rig';

const LOST_DEALS = 'C000LOSTDL';
const modal = (title = 'One'): ModalView => ({
  type: 'modal',
  callback_id: 'cb',
  title: { type: 'plain_text', text: title },
  submit: { type: 'plain_text', text: 'Go' },
  blocks: [
    {
      type: 'actions',
      elements: [{ type: 'button', action_id: 'more', text: { type: 'plain_text', text: 'More' } }],
    },
  ],
});

let rig: Rig;
afterEach(() => rig.stop());

const deliveries = async (name: string) =>
  (await rig.client.traffic()).filter((entry) => entry.kind === 'delivery' && entry.name === name);
const acked = (name: string, attempt: number) =>
  rig.client.waitForTraffic(
    `ack of attempt ${attempt} of ${name}`,
    (entry) =>
      entry.kind === 'delivery' &&
      entry.name === name &&
      entry.attempt === attempt &&
      entry.outcome === 'acked',
  );

describe('1. an ack that looks like none, and none that looks like an ack', () => {
  it('an empty ack over Socket Mode is `payload: {}`, and closes the view', async () => {
    rig = await makeRig();
    await rig.start((app) => {
      app.command('/probe', async ({ ack, body, client }) => {
        await ack();
        await client.views.open({ trigger_id: body.trigger_id, view: modal() });
      });
      app.view('cb', async ({ ack }) => ack());
    });
    const robin = rig.client.as('robin');
    await robin.slash('/probe');
    await (await robin.modal()).submit();
    await robin.noModal();
  });

  it('Bolt’s 404 for a command without a listener is no ack; nobody sends the command again', async () => {
    rig = await makeRig();
    const app = new App({
      token: rig.sandbox.botToken,
      receiver: new HTTPReceiver({
        signingSecret: rig.sandbox.signingSecret,
        logger: silent,
        unhandledRequestTimeoutMillis: 20,
      }),
      clientOptions: { slackApiUrl: rig.sandbox.apiUrl },
      logger: silent,
    });
    await rig.serve(app);
    expect((await rig.client.as('robin').slash('/probe')).delivery).toBe('failed');
    await rig.client.as('robin').waitForNotice('dispatch_failed');
    await rig.client.clock.advance(360_000);
    expect(await deliveries('/probe')).toHaveLength(1);
  });

  it('the same 404 for an event brings it again', async () => {
    rig = await makeRig();
    const server = await appThat(() => ({ status: 404 }));
    await rig.sandbox.setRequestUrl(server.url);
    await rig.client.as('robin').post('hello?', { in: '#lost-deals' });
    await rig.client.waitForTraffic('retry', (entry) => entry.kind === 'delivery' && entry.attempt === 1);
    expect(server.requests[1]?.headers).toMatchObject({
      'x-slack-retry-num': '1',
      'x-slack-retry-reason': 'http_error',
    });
    await server.stop();
  });
});

it('2. a trigger is good for one view and three seconds', async () => {
  rig = await makeRig();
  const codes: string[] = [];
  await rig.start((app) => {
    app.command('/probe', async ({ ack, body, client }) => {
      await ack();
      const open = () => codeOf(client.views.open({ trigger_id: body.trigger_id, view: modal() }));
      if (body.text === 'late') await rig.client.clock.advance(3_001);
      codes.push(await open(), await open());
    });
  });
  await rig.client.as('robin').slash('/probe');
  await rig.client.as('robin').modal();
  await rig.client.as('robin').slash('/probe late');
  await rig.eventually(() => codes.length >= 3);
  expect(codes.slice(0, 3)).toEqual(['no error', 'exchanged_trigger_id', 'expired_trigger_id']);
});

describe.each<Mode>(['socket', 'http'])('3. retries over %s', (mode) => {
  const reason = mode === 'http' ? 'http_timeout' : 'timeout';
  const listening = async () => {
    rig = await makeRig();
    const heard: unknown[][] = [];
    await rig.start((app) => {
      app.message(async ({ body, context }) => {
        heard.push([body.event_id, context.retryNum, context.retryReason]);
      });
    }, mode);
    return heard;
  };

  it('an event whose ack was lost comes again, under the same event id', async () => {
    const heard = await listening();
    await rig.client.faults({ delivery: 'message', times: 1, effect: { do: 'lose_ack' } });
    await rig.client.as('robin').post('once', { in: '#lost-deals' });
    await acked('message', 1);
    const id = heard[0]?.[0];
    expect(heard).toEqual([
      [id, undefined, undefined],
      [id, 1, reason],
    ]);
  });

  it('an event that got lost is first seen as a retry: whoever drops retries never sees it', async () => {
    const heard = await listening();
    await rig.client.faults({ delivery: 'message', times: 1, effect: { do: 'lose' } });
    await rig.client.as('robin').post('once', { in: '#lost-deals' });
    await acked('message', 1);
    expect(heard).toEqual([[expect.stringMatching(/^Ev/), 1, reason]]);
  });
});

it('4. when Slack renews the socket, five seconds go by in which nobody listens', async () => {
  rig = await makeRig();
  const heard: unknown[] = [];
  await rig.start((app) => {
    app.message(async ({ message, context }) => {
      heard.push([(message as { text?: string }).text, context.retryNum]);
    });
  });
  const isOpening = (entry: Traffic) => entry.kind === 'call' && entry.method === 'apps.connections.open';
  const [before] = (await rig.client.traffic()).filter(isOpening);
  await rig.client.admin({ do: 'disconnect_sockets', reason: 'refresh_requested' });
  const since = Date.now();
  const robin = rig.client.as('robin');
  expect((await robin.slash('/probe')).delivery).toBe('not_connected');
  expect((await robin.post('in the gap', { in: '#lost-deals' })).delivery).toBe('not_connected');
  const patient = rig.patient(10_000);
  const again = await patient.waitForTraffic(
    'new connection',
    (entry) => isOpening(entry) && entry.seq !== before?.seq,
  );
  expect(again.at - since).toBeGreaterThan(4_900);
  await rig.client.connected();
  await rig.client.clock.advance(60_000);
  await acked('message', 2);
  expect(heard).toEqual([['in the gap', 2]]);
});

describe('5. a call that failed well, and one that worked badly', () => {
  it('a refusal is HTTP 200, with what is wrong in response_metadata', async () => {
    rig = await makeRig();
    const blocks = [{ type: 'header', text: { type: 'plain_text', text: 'x'.repeat(151) } }] as never;
    await expect(rig.web.chat.postMessage({ channel: LOST_DEALS, text: 'x', blocks })).rejects.toMatchObject({
      code: 'slack_webapi_platform_error',
      data: {
        error: 'invalid_blocks',
        response_metadata: { messages: [expect.stringMatching(/^\[ERROR\] .*\/blocks\/0\/text/)] },
      },
    });
    expect((await rig.client.traffic()).map((entry) => entry.kind === 'call' && entry.status)).toEqual([200]);
  });

  it('a post whose reply was lost is posted again by the SDK', async () => {
    rig = await makeRig();
    const web = new WebClient(rig.sandbox.botToken, {
      slackApiUrl: rig.sandbox.apiUrl,
      retryConfig: { retries: 1, minTimeout: 1, maxTimeout: 1 },
      logger: silent,
    });
    await rig.client.faults({ method: 'chat.postMessage', times: 1, effect: { do: 'drop_reply' } });
    expect((await web.chat.postMessage({ channel: LOST_DEALS, text: 'Acme' })).ok).toBe(true);
    expect(await rig.client.as('robin').channel('#lost-deals').messages()).toHaveLength(2);
  });
});

it('6. more than a message a second in one channel is refused, with how long to wait', async () => {
  rig = await makeRig({ rateLimits: true });
  const post = () => rig.web.chat.postMessage({ channel: LOST_DEALS, text: 'again' });
  const outcomes = await Promise.allSettled([post(), post(), post(), post(), post()]);
  const refused = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []));
  expect(refused).toHaveLength(2);
  expect(refused).toEqual([
    expect.objectContaining({ code: 'slack_webapi_rate_limited_error', retryAfter: 1 }),
    expect.objectContaining({ retryAfter: 1 }),
  ]);
});

it('7. a view that changed meanwhile is not overwritten, and a fourth is one too many', async () => {
  rig = await makeRig();
  const codes: string[] = [];
  await rig.start((app) => {
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
  const robin = rig.client.as('robin');
  await robin.slash('/probe');
  for (const depth of [1, 2, 3]) {
    await (await robin.modal()).click('More');
    await rig.eventually(() => codes.length === 2 * depth);
  }
  expect(codes).toEqual([
    ...['hash_conflict', 'no error'],
    ...['hash_conflict', 'no error'],
    ...['hash_conflict', 'push_limit_reached'],
  ]);
});

it('8. the app’s own posts come back to it, without a subtype, and Bolt hides them unless told not to', async () => {
  rig = await makeRig();
  const heard: unknown[] = [];
  const app = new App({
    token: rig.sandbox.botToken,
    receiver: new SocketModeReceiver({
      appToken: rig.sandbox.appToken,
      logger: silent,
      installerOptions: { clientOptions: { slackApiUrl: rig.sandbox.apiUrl } },
    }),
    clientOptions: { slackApiUrl: rig.sandbox.apiUrl },
    ignoreSelf: false,
    logger: silent,
  });
  app.message(async ({ message }) => {
    const { subtype, bot_id, user, app_id } = message as unknown as Record<string, unknown>;
    heard.push({ subtype, bot_id, user, app_id });
  });
  await rig.serve(app);
  await rig.web.chat.postMessage({ channel: LOST_DEALS, text: 'mine' });
  await acked('message', 0);
  const { botUserId, appId } = rig.sandbox;
  expect(heard).toEqual([{ subtype: undefined, bot_id: 'B0SANDBOX1', user: botUserId, app_id: appId }]);
  await app.stop();
  const deaf: unknown[] = [];
  await rig.start((hidden) => {
    hidden.message(async ({ message }) => {
      deaf.push(message);
    });
  });
  await rig.web.chat.postMessage({ channel: LOST_DEALS, text: 'mine too' });
  await rig.client.as('robin').post('yours', { in: '#lost-deals' });
  expect(deaf).toEqual([expect.objectContaining({ text: 'yours' })]);
});

it('9. history tells of metadata only its type, unless all of it is asked for', async () => {
  rig = await makeRig();
  const metadata = { event_type: 'deal', event_payload: { id: 'd1' } };
  const { ts = '' } = await rig.web.chat.postMessage({ channel: LOST_DEALS, text: 'x', metadata });
  const read = async (method: 'history' | 'replies', all: boolean) => {
    const args = { channel: LOST_DEALS, ts, include_all_metadata: all };
    return (await rig.web.conversations[method](args)).messages?.[0]?.metadata;
  };
  for (const method of ['history', 'replies'] as const) {
    expect(await read(method, false)).toEqual({ event_type: 'deal' });
    expect(await read(method, true)).toEqual(metadata);
  }
});

it.each([
  ['the sixth use', 5, 0],
  ['half an hour', 0, 30 * 60_000 + 1],
])('10. a response URL does not outlive %s', async (_, uses, ms) => {
  rig = await makeRig();
  const outcomes: unknown[] = [];
  await rig.start((app) => {
    app.command('/probe', async ({ ack, respond }) => {
      await ack();
      for (let n = 0; n < uses; n += 1) await respond(`answer ${n}`);
      await rig.client.clock.advance(ms);
      await respond('one more').catch((error: unknown) => outcomes.push(error));
    });
  });
  await rig.client.as('robin').slash('/probe', { in: '#sales' });
  await rig.client.waitForTraffic(
    'refusal',
    (entry) => entry.kind === 'call' && entry.method === 'response_url' && !entry.response.ok,
  );
  const said = await rig.client.as('robin').channel('#sales').messages();
  expect(said.filter((message) => message.text().startsWith('answer'))).toHaveLength(uses);
  await rig.client.as('robin').channel('#sales').waitForNone('one more');
  await rig.eventually(() => outcomes.length === 1);
  expect(outcomes[0]).toMatchObject({ statusCode: 404 });
});

it('11. with Slack away at its start, Bolt asks who it is on the first command, which waits for that', async () => {
  rig = await makeRig({ ackTimeoutMs: 100 });
  await rig.client.faults({ method: 'auth.test', times: 1, effect: { do: 'slow', ms: 300 } });
  const clientOptions = { slackApiUrl: rig.sandbox.apiUrl, retryConfig: { retries: 0 }, logger: silent };
  const app = new App({
    token: rig.sandbox.botToken,
    tokenVerificationEnabled: false,
    receiver: new SocketModeReceiver({
      appToken: rig.sandbox.appToken,
      logger: silent,
      installerOptions: { clientOptions },
    }),
    clientOptions,
    logger: silent,
  });
  let answered = false;
  app.command('/probe', async ({ ack }) => {
    await ack('Here');
    answered = true;
  });
  await rig.serve(app);
  expect((await rig.client.as('robin').slash('/probe')).delivery).toBe('timeout');
  const [asked] = (await rig.client.traffic()).filter(
    (entry) => entry.kind === 'call' && entry.method === 'auth.test',
  );
  expect(asked).toMatchObject({ fault: { do: 'slow' } });
  await rig.eventually(() => answered);
});
