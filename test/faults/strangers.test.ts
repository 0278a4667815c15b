/** Requests of strangers over HTTP, and signed requests whose content is no request of Slack's. */
import fc from 'fast-check';
import { beginCall } from '../../scripts/play';
import { commandOf, FORM, openRaw, type Signed, sendSigned, unsignedHead } from '../e2e/support/signing';
import { type AppProcess, endAll, startApp } from './support/appProcess';
import { type Supervised, startSupervised } from './support/supervised';

const MB = 1_000_000;
const now = () => Math.floor(Date.now() / 1000);

describe('the front door', () => {
  let supervised: Supervised;
  let app: AppProcess;
  let port: number;
  let url: string;
  let secret: string;
  beforeAll(async () => {
    supervised = await startSupervised({ start: startApp, overHttp: true });
    secret = supervised.sandbox.signingSecret;
    app = await supervised.up();
    port = Number(/"port":(\d+)/u.exec(app.output())?.[1]);
    url = `http://127.0.0.1:${port}/slack/events`;
  });
  afterAll(async () => {
    await supervised.stop();
    await endAll();
  });
  const send = (signed: Signed) => sendSigned(url, secret, signed);
  const help = (): Signed => ({ body: commandOf('help'), contentType: FORM });

  it('lets in what Slack signed', async () => {
    expect((await send(help())).status).toBe(200);
    expect((await send({ ...help(), contentType: `${FORM}; charset=utf-8` })).status).toBe(200);
    expect((await send({ ...help(), contentType: 'Application/X-WWW-Form-Urlencoded' })).status).toBe(200);
    const challenge = { body: '{"type":"url_verification","challenge":"x"}' };
    expect(await (await send(challenge)).json()).toEqual({ challenge: 'x' });
    expect(
      await (await send({ ...challenge, contentType: 'application/json; charset=utf-8' })).json(),
    ).toEqual({ challenge: 'x' });
  });

  it('answers the probe of a certificate, which Slack does not sign, and does nothing else with it', async () => {
    const probe = (body: string, contentType = FORM) =>
      fetch(url, { method: 'POST', headers: { 'content-type': contentType }, body });
    expect((await probe('ssl_check=1&token=xxx')).status).toBe(200);
    expect(await (await probe(`ssl_check=1&${commandOf('help')}`)).text()).toBe('');
    expect((await probe('ssl_check=0&token=xxx')).status).toBe(401);
    expect((await probe('ssl_check=1', 'text/plain')).status).toBe(401);
    expect((await probe(`ssl_check=1&x=${'x'.repeat(2_000)}`)).status).toBe(401);
  });

  describe('refuses by the headers alone', () => {
    const inFuture = (s: number): Signed => ({ ...help(), timestamp: now() + s });
    it.each<[string, () => Signed, number]>([
      ['an hour in the future', () => inFuture(3_600), 401],
      ['six minutes in the future', () => inFuture(360), 401],
      ['six minutes ago', () => inFuture(-360), 401],
      ['four minutes in the future', () => inFuture(240), 200],
      ['four minutes ago', () => inFuture(-240), 200],
      ['a fraction', () => ({ ...help(), timestamp: `${now()}.5` }), 401],
      ['an exponent', () => ({ ...help(), timestamp: `${now()}e0` }), 401],
      ['hex digits', () => ({ ...help(), timestamp: `0x${now().toString(16)}` }), 401],
      ['a sign', () => ({ ...help(), timestamp: `+${now()}` }), 401],
      ['nothing', () => ({ ...help(), timestamp: '' }), 401],
      ['words', () => ({ ...help(), timestamp: 'NaN' }), 401],
      ['no time at all', () => ({ ...help(), timestamp: 'Infinity' }), 401],
    ])('a timestamp of %s', async (_what, signed, status) => {
      expect((await send(signed())).status).toBe(status);
    });

    it.each([
      ['another secret', `v0=${'0'.repeat(64)}`],
      ['another version', `v1=${'0'.repeat(64)}`],
      ['half a signature', `v0=${'0'.repeat(32)}`],
      ['no hex digits', `v0=${'é'.repeat(4)}`],
      ['none', ''],
    ])('a signature with %s', async (_what, signature) => {
      const response = await send({ ...help(), headers: { 'x-slack-signature': signature } });
      expect(response.status).toBe(401);
    });

    it.each([
      ['a body longer than any of Slack’s', unsignedHead(MB + 1), 413],
      ['a body of unknown length', unsignedHead(null, ['Transfer-Encoding: chunked']), 411],
      ['another method', unsignedHead(9 * MB).replace('POST', 'PUT'), 405],
      ['no signature', unsignedHead(MB).replace(/X-Slack-Signature.*\r\n/u, ''), 401],
      ['two signatures', unsignedHead(MB, [`X-Slack-Signature: v0=${'1'.repeat(64)}`]), 401],
      ['neither signature nor timestamp', unsignedHead(MB).replace(/X-Slack.*\r\n/gu, ''), 401],
    ])('%s, without waiting for the body', async (_what, head, status) => {
      const raw = openRaw(port, head);
      expect(await raw.answer()).toContain(`HTTP/1.1 ${status} `);
      raw.socket.destroy();
    });
  });

  it('closes on a body that does not come', async () => {
    const raw = openRaw(port, unsignedHead(1_000));
    expect(await raw.answer()).toContain('HTTP/1.1 408 ');
  });

  it('lets Slack in while a stranger holds as many bodies as he likes', async () => {
    const held = Array.from({ length: 60 }, () => openRaw(port, unsignedHead(MB)));
    try {
      for (const { socket } of held) socket.on('error', () => undefined).write(Buffer.alloc(MB - 1, 'x'));
      const answers = await Promise.all(Array.from({ length: 20 }, async () => (await send(help())).status));
      expect(answers).toEqual(Array(20).fill(200));
    } finally {
      for (const { socket } of held) socket.destroy();
    }
  });

  describe('a signed body ends nothing', () => {
    const alive = async () => {
      expect((await send(help())).status).toBe(200);
      const modal = await beginCall(supervised.slack.as('robin'), `Acme ${performance.now()}`);
      await modal.closeAll();
      expect(supervised.starts()).toBe(1);
    };
    beforeAll(() => supervised.sandbox.setRequestUrl(url));

    it.each(['null', '1', 'true', '"x"', '[]', '[null]', '', ' ', '{', 'undefined', '{"a":1}x', '\ud800'])(
      'that is no object: %j is answered with 400',
      async (json) => {
        expect((await send({ body: json })).status).toBe(400);
        const form = new URLSearchParams({ payload: json }).toString();
        expect((await send({ body: form, contentType: FORM })).status).toBe(400);
        await alive();
      },
    );

    it.each(['text/plain', 'multipart/form-data; boundary=x', '', 'application/jsonp'])(
      'of another kind: %j is answered with 400',
      async (contentType) => {
        expect((await send({ body: '{"type":"url_verification"}', contentType })).status).toBe(400);
      },
    );

    it('that is an object of any shape', async () => {
      const odd = fc.oneof(
        fc.constantFrom(null, undefined, true, 0, -1, '', [], {}, [null], { id: null }, 'T000BRIGHT'),
        fc.jsonValue({ maxDepth: 2 }),
      );
      const keys = [
        ...['type', 'command', 'event', 'actions', 'view', 'name', 'user', 'team', 'channel', 'message'],
        ...[
          'response_urls',
          'response_url',
          'authorizations',
          'is_enterprise_install',
          'enterprise',
          'state',
        ],
        ...['trigger_id', 'ssl_check', 'challenge', 'function_data', 'bot_access_token', 'item', '__proto__'],
      ];
      const types = fc.constantFrom(
        ...['event_callback', 'block_actions', 'view_submission', 'view_closed', 'shortcut'],
        ...[
          'block_suggestion',
          'message_action',
          'dialog_submission',
          'interactive_message',
          'app_rate_limited',
        ],
      );
      const event = fc.record(
        {
          type: fc.oneof(fc.constantFrom('message', 'app_uninstalled', 'user_change'), odd),
          channel: odd,
          item: odd,
        },
        { requiredKeys: [] },
      );
      const bodies = fc.tuple(
        fc.option(types, { nil: undefined }),
        fc.option(event, { nil: undefined }),
        fc.dictionary(fc.constantFrom(...keys), odd, { maxKeys: 5 }),
      );
      const sample = fc.sample(bodies, 300).map(([type, of, more]) => ({
        ...more,
        ...(type === undefined ? {} : { type }),
        ...(of === undefined ? {} : { event: of }),
      }));
      const deep = `${'{"event":'.repeat(90_000)}1${'}'.repeat(90_000)}`;
      const all = [
        ...sample.map((body) => JSON.stringify(body)),
        deep,
        `{"type":"view_submission","view":${deep}}`,
      ];
      // Fewer at once than it keeps connections: most are answered when nobody took them for 3 s.
      for (let from = 0; from < all.length; from += 100) {
        await Promise.all(
          all
            .slice(from, from + 100)
            .flatMap((body) => [
              send({ body }),
              send({ body: new URLSearchParams({ payload: body }).toString(), contentType: FORM }),
            ]),
        );
      }
      await alive();
    }, 120_000);
  });

  it('the log counts who was refused, and says why', () => {
    expect(app.output()).toMatch(/"refused":\{[^}]*\}[^}]*requests that Slack did not sign were refused/u);
    expect(app.output().match(/requests that Slack did not sign/gu)?.length).toBeLessThan(10);
  });
});
