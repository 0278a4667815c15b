import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { signRequest } from '../src/delivery/httpDelivery';
import { codeOf, type Harness, startHarness } from './support/harness';

let harness: Harness;
afterEach(() => harness.stop());

it('signs as Slack documents', () => {
  const body =
    'token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c';
  harness = { stop: async () => undefined } as Harness;
  expect(signRequest('8f742231b10e8888abcd99yyyzzz85a5', 1531420618, body)).toBe(
    'v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503',
  );
});

describe('what the person is told', () => {
  it('when a command does not exist, is not answered, or finds no app', async () => {
    harness = await startHarness({ ackTimeoutMs: 50 });
    const robin = harness.client.as('robin');
    await robin.slash('/prob');
    await robin.waitForNotice('/prob is not a valid command');
    expect((await robin.slash('/probe')).delivery).toBe('not_connected');
    await robin.waitForNotice('/probe failed with the error "dispatch_failed"');
    await harness.startApp(() => undefined);
    expect((await robin.slash('/probe')).delivery).toBe('timeout');
    await robin.waitForNotice('/probe failed with the error "operation_timeout"');
    const attempts = (await harness.client.traffic()).filter((entry) => entry.kind === 'delivery');
    expect(attempts).toHaveLength(2);
  });
});

describe('events', () => {
  it('carry the app’s own posts, edits and deletions, as Slack writes them', async () => {
    harness = await startHarness();
    const { ts = '' } = await harness.web.chat.postMessage({ channel: 'C000LOSTDL', text: 'one' });
    await harness.web.chat.update({ channel: 'C000LOSTDL', ts, text: 'two' });
    await harness.client.as('robin').post('reply', { in: '#lost-deals', thread: ts });
    await harness.web.chat.delete({ channel: 'C000LOSTDL', ts });
    const events = (await harness.client.traffic())
      .filter((entry) => entry.kind === 'delivery' && entry.attempt === 0)
      .map((entry) => (entry.kind === 'delivery' ? (entry.payload as { event: object }).event : {}));
    expect(events).toMatchObject([
      {
        type: 'message',
        channel_type: 'group',
        text: 'one',
        user: harness.sandbox.botUserId,
        bot_id: 'B0SANDBOX1',
        app_id: harness.sandbox.appId,
      },
      {
        subtype: 'message_changed',
        hidden: true,
        message: { text: 'two' },
        previous_message: { text: 'one' },
      },
      { text: 'reply', thread_ts: ts, parent_user_id: harness.sandbox.botUserId, user: 'U0000ROBIN' },
      { subtype: 'message_deleted', deleted_ts: ts, previous_message: { text: 'two' } },
    ]);
    expect(events[0]).not.toHaveProperty('subtype');
  });

  it.each([
    { channel: '#closed-lost-public', family: 'channel' },
    { channel: '#lost-deals', family: 'group' },
  ])(
    'tell in $channel who came, and that it was archived and is in use again',
    async ({ channel, family }) => {
      harness = await startHarness();
      await harness.client.admin({ do: 'remove_member', channel, user: 'probe' });
      await harness.client.admin({ do: 'add_member', channel, user: 'probe' });
      for (const archived of [true, false])
        await harness.client.admin({ do: 'archive_channel', channel, archived });
      const messages = (await harness.client.traffic()).flatMap((entry) => {
        if (entry.kind !== 'delivery' || entry.attempt > 0) return [];
        const { event } = entry.payload as { event: { type: string } };
        return event.type === 'message' ? [event] : [];
      });
      const bot = harness.sandbox.botUserId;
      const base = { type: 'message', channel_type: family };
      expect(messages).toMatchObject([
        { ...base, subtype: `${family}_join`, user: bot, inviter: 'U00000DANA' },
        { ...base, subtype: `${family}_archive`, user: 'U00000DANA' },
        { ...base, subtype: `${family}_unarchive`, text: `<@U00000DANA> un-archived the ${family}` },
      ]);
    },
  );

  it('stay away from channels the bot is not in', async () => {
    harness = await startHarness();
    expect((await harness.client.as('robin').post('hi', { in: '#sales' })).delivery).toBe('none');
  });

  it('that found no socket come again when there is one', async () => {
    harness = await startHarness({ retryScale: 0.001 });
    const received: unknown[] = [];
    await harness.client.as('robin').post('anybody there?', { in: '#lost-deals' });
    await harness.startApp((app) => {
      app.message(async ({ message, context }) => {
        received.push([message.ts, context.retryNum]);
      });
    });
    const again = await harness.client.waitForTraffic(
      'acked retry',
      (entry) => entry.kind === 'delivery' && entry.attempt > 0 && entry.outcome === 'acked',
    );
    expect(again).toMatchObject({ name: 'message', via: 'socket' });
    expect(received).toHaveLength(1);
  });

  it('are sent again on request, with the same event id', async () => {
    harness = await startHarness();
    const ids: string[] = [];
    await harness.startApp((app) => {
      app.message(async ({ body }) => {
        ids.push(body.event_id);
      });
    });
    await harness.client.as('robin').post('once', { in: '#lost-deals' });
    const sent = await harness.client.waitForTraffic(
      'message',
      (entry) => entry.kind === 'delivery' && entry.name === 'message',
    );
    expect((await harness.client.admin({ do: 'redeliver', seq: sent.seq })).delivery).toBe('acked');
    expect(ids).toHaveLength(2);
    expect(new Set(ids).size).toBe(1);
  });
});

describe('HTTP delivery', () => {
  let server: Server;
  afterEach(() => new Promise((resolve) => server.close(resolve)));

  async function startHttpApp(
    answer: (body: string, headers: IncomingHttpHeaders) => readonly [number, string],
  ): Promise<string> {
    server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const [status, text] = answer(Buffer.concat(chunks).toString(), request.headers);
        response.writeHead(status).end(text);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/slack/events`;
  }

  it('retries an event three times, saying which time and why', async () => {
    harness = await startHarness({ retryScale: 0.0001 });
    const retries: unknown[] = [];
    const url = await startHttpApp((body, headers) => {
      const { challenge } = JSON.parse(body) as { challenge?: string };
      if (challenge !== undefined) return [200, challenge];
      retries.push([headers['x-slack-retry-num'], headers['x-slack-retry-reason']]);
      return [500, ''];
    });
    await harness.sandbox.setRequestUrl(url);
    await harness.client.as('robin').post('hello?', { in: '#lost-deals' });
    await harness.client.waitForTraffic(
      'third retry',
      (entry) => entry.kind === 'delivery' && entry.attempt === 3,
    );
    expect(retries).toEqual([
      [undefined, undefined],
      ['1', 'http_error'],
      ['2', 'http_error'],
      ['3', 'http_error'],
    ]);
  });

  it('needs the challenge answered, and switches Socket Mode off', async () => {
    harness = await startHarness();
    const url = await startHttpApp(() => [200, 'what?']);
    await expect(harness.sandbox.setRequestUrl(url)).rejects.toMatchObject({
      code: 'url_verification_failed',
    });
    expect((await harness.client.workspace()).app.connected).toBe(false);
  });
});

describe('faults', () => {
  const post = () => harness.web.chat.postMessage({ channel: 'C000LOSTDL', text: 'counted' });
  const count = async () => (await harness.client.as('robin').channel('#lost-deals').messages()).length;
  beforeEach(async () => {
    harness = await startHarness();
  });

  it('answer with an error, a rate limit or a 500 without doing the work, then end', async () => {
    await harness.client.faults(
      { method: 'chat.postMessage', times: 1, effect: { do: 'error', error: 'fatal_error' } },
      { method: '*', times: 1, effect: { do: 'rate_limit', retryAfter: 7 } },
      { method: 'chat.postMessage', times: 1, effect: { do: 'http_500' } },
    );
    expect(await codeOf(post())).toBe('fatal_error');
    await expect(post()).rejects.toMatchObject({ retryAfter: 7 });
    await expect(post()).rejects.toMatchObject({ statusCode: 500 });
    expect(await count()).toBe(0);
    await post();
    expect(await count()).toBe(1);
  });

  it('do the work and lose the reply', async () => {
    await harness.client.faults({ method: 'chat.postMessage', times: 1, effect: { do: 'drop_reply' } });
    await expect(post()).rejects.toThrow();
    expect(await count()).toBe(1);
  });

  it('hang without doing the work, or do it and answer late', async () => {
    await harness.client.faults(
      { method: 'chat.postMessage', times: 1, effect: { do: 'hang', ms: 30 } },
      { method: 'chat.postMessage', times: 1, effect: { do: 'slow', ms: 30 } },
    );
    await expect(post()).rejects.toThrow();
    expect(await count()).toBe(0);
    expect((await post()).ok).toBe(true);
  });
});

describe('a response URL', () => {
  it('is good for five uses', async () => {
    harness = await startHarness();
    const robin = harness.client.as('robin');
    await robin.slash('/probe', { in: '#sales' });
    const [sent] = await harness.client.traffic();
    const url = sent?.kind === 'delivery' ? (sent.payload as { response_url: string }).response_url : '';
    const use = async () =>
      (
        await fetch(url, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: '{"text":"again"}',
        })
      ).status;
    expect([await use(), await use(), await use(), await use(), await use(), await use()]).toEqual([
      200, 200, 200, 200, 200, 404,
    ]);
    expect(
      (await robin.channel('#sales').messages()).filter((message) => message.text() === 'again'),
    ).toHaveLength(5);
  });
});

describe('Socket Mode', () => {
  it('sends each payload to one of several connections, and a ticket is good once', async () => {
    harness = await startHarness();
    let received = 0;
    const listen = (app: Parameters<Parameters<Harness['startApp']>[0]>[0]) => {
      app.message(async () => {
        received += 1;
      });
    };
    await harness.startApp(listen);
    await harness.startApp(listen);
    for (const text of ['a', 'b', 'c']) await harness.client.as('robin').post(text, { in: '#lost-deals' });
    expect(received).toBe(3);
  });

  it('tells connections to refresh', async () => {
    harness = await startHarness();
    await harness.startApp(() => undefined);
    await harness.client.admin({ do: 'disconnect_sockets', reason: 'refresh_requested' });
    expect((await harness.client.workspace()).app.connected).toBe(false);
  });
});
