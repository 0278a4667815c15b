/** Faults on request: calls, deliveries and the workspace itself fail. */
import type { DeliveryFault } from '../src';
import { actionsBlock, button, modalView } from './support/blockKit';
import { codeOf, deliveries, type Harness, newTriggerId, startHarness, until } from './support/harness';

let harness: Harness;
beforeEach(async () => {
  harness = await startHarness();
});
afterEach(() => harness.stop());

const post = (text = 'counted') => harness.web.chat.postMessage({ channel: 'C0REQUESTS', text });
const requests = () => harness.client.as('robin').channel('#requests');
const say = (text: string) => harness.client.as('robin').post(text, { in: '#requests' });

describe('a call', () => {
  it('fails with an error, a rate limit or a 500, does nothing then, and works after that', async () => {
    await harness.client.faults(
      { method: 'chat.postMessage', times: 1, effect: { do: 'error', error: 'fatal_error' } },
      { method: '*', times: 1, effect: { do: 'rate_limit', retryAfter: 7 } },
      { method: 'chat.postMessage', times: 1, effect: { do: 'http_500' } },
    );
    expect(await codeOf(post())).toBe('fatal_error');
    await expect(post()).rejects.toMatchObject({ retryAfter: 7 });
    await expect(post()).rejects.toMatchObject({ statusCode: 500 });
    expect(await requests().messages()).toHaveLength(0);
    await post();
    expect(await requests().messages()).toHaveLength(1);
  });

  it('is done, and its reply gets lost', async () => {
    await harness.client.faults({ method: 'chat.postMessage', times: 1, effect: { do: 'drop_reply' } });
    await expect(post()).rejects.toThrow();
    expect(await requests().messages()).toHaveLength(1);
  });

  it('hangs and is not done, or is done and answered late', async () => {
    await harness.client.faults(
      { method: 'chat.postMessage', times: 1, effect: { do: 'hang', ms: 30 } },
      { method: 'chat.postMessage', times: 1, effect: { do: 'slow', ms: 30 } },
    );
    await expect(post()).rejects.toThrow();
    expect(await requests().messages()).toHaveLength(0);
    expect((await post()).ok).toBe(true);
  });

  it('arrives twice, is done twice, and gets one answer', async () => {
    await harness.client.faults({ method: 'chat.postMessage', times: 1, effect: { do: 'twice' } });
    const { ts } = await post();
    expect((await requests().messages()).map((message) => message.ts)).toEqual([expect.any(String), ts]);
    await post();
    expect(await requests().messages()).toHaveLength(3);
  });

  it('arrives twice, and the second finds its trigger used', async () => {
    const trigger_id = await newTriggerId(harness);
    await harness.client.faults({ method: 'views.open', times: 1, effect: { do: 'twice' } });
    expect(await codeOf(harness.web.views.open({ trigger_id, view: modalView('Title') }))).toBe(
      'exchanged_trigger_id',
    );
    await harness.client.as('robin').modal();
  });
});

describe('a delivery', () => {
  const received: string[] = [];
  const retries: (number | undefined)[] = [];
  beforeEach(async () => {
    received.length = 0;
    retries.length = 0;
    await harness.startApp((app) => {
      app.message(async ({ message, context }) => {
        received.push((message as { text?: string }).text ?? '');
        retries.push(context.retryNum);
      });
      app.command('/probe', async ({ ack }) => {
        received.push('/probe');
        await ack('Here');
      });
    });
  });
  const fault = (delivery: string, effect: DeliveryFault['effect'], times = 1) =>
    harness.client.faults({ delivery, times, effect });

  it('arrives twice at once', async () => {
    await fault('events_api', { do: 'twice' });
    await say('a');
    await until(() => received.length === 2);
    expect([...retries].sort()).toEqual([1, undefined]);
    await fault('/probe', { do: 'twice' });
    await harness.client.as('robin').slash('/probe');
    await until(() => received.length === 4);
  });

  it('arrives late', async () => {
    await fault('message', { do: 'delay', ms: 60_000 });
    expect((await say('late')).delivery).toBe('none');
    await say('on time');
    expect(received).toEqual(['on time']);
    await harness.client.clock.advance(60_000);
    await until(() => received.length === 2);
    expect(received).toEqual(['on time', 'late']);
  });

  it('arrives after the next one', async () => {
    await fault('message', { do: 'swap' });
    await say('first');
    await say('second');
    await until(() => received.length === 2);
    expect(received).toEqual(['second', 'first']);
    expect(retries).toEqual([undefined, undefined]);
  });

  it('gets lost: an event first arrives as a retry, a command never', async () => {
    await fault('*', { do: 'lose' }, 2);
    await harness.client.as('robin').slash('/probe');
    await harness.client.as('robin').waitForNotice('operation_timeout');
    await say('lost once');
    await until(() => received.length === 1);
    expect([received, retries]).toEqual([['lost once'], [1]]);
  });

  it('loses its ack: the command worked, and the person reads that it failed', async () => {
    await fault('slash_commands', { do: 'lose_ack' });
    expect((await harness.client.as('robin').slash('/probe', { in: '#sales' })).delivery).toBe('timeout');
    expect(received).toEqual(['/probe']);
    await harness.client.as('robin').waitForNotice('operation_timeout');
    await harness.client.as('robin').channel('#sales').waitForNone('Here');
  });

  it('shows the fault in the traffic', async () => {
    await fault('message', { do: 'lose' });
    await say('lost');
    expect((await deliveries(harness))[0]).toMatchObject({ outcome: 'timeout', fault: { do: 'lose' } });
  });
});

it.each([
  [{ method: 'chat.postMessage', times: 1, effect: { do: 'explode' } }],
  [{ method: 'chat.postMessage', times: 0, effect: { do: 'twice' } }],
  [{ method: 'chat.postMessage', times: 1, effect: { do: 'hang' } }],
  [{ delivery: 'message', times: 1, effect: { do: 'http_500' } }],
  [{ times: 1, effect: { do: 'twice' } }],
])('refuses a fault that could never happen: %j', async (fault) => {
  await expect(harness.client.faults(fault as never)).rejects.toThrow('invalid_fault');
});

describe('the workspace', () => {
  const events = async () =>
    (await deliveries(harness))
      .filter(({ attempt }) => attempt === 0)
      .map(({ payload }) => (payload as { event?: Record<string, unknown> }).event);

  it('loses a person: the app gets an event, and nobody can write to them or act as them', async () => {
    await harness.client.admin({ do: 'deactivate', user: 'sam' });
    expect(await events()).toContainEqual(
      expect.objectContaining({
        type: 'user_change',
        user: expect.objectContaining({ id: 'U000000SAM', deleted: true }),
      }),
    );
    expect(await codeOf(harness.web.conversations.open({ users: 'U000000SAM' }))).toBe('user_disabled');
    await expect(harness.client.as('sam').post('hi', { in: '#sales' })).rejects.toThrow('user_deactivated');
    expect((await harness.web.conversations.members({ channel: 'C0REQUESTS' })).members).not.toContain(
      'U000000SAM',
    );
  });

  it('uninstalls the app: its token and commands stop working, its buttons do nothing, no events come', async () => {
    await harness.web.chat.postMessage({
      channel: 'C0REQUESTS',
      text: 'Choose',
      blocks: [actionsBlock(button('Go'))],
    });
    await harness.client.admin({ do: 'uninstall' });
    expect((await events()).map((event) => event?.type)).toEqual([
      'message',
      'tokens_revoked',
      'app_uninstalled',
    ]);
    expect(await codeOf(post())).toBe('account_inactive');
    await harness.client.as('robin').slash('/probe');
    await harness.client.as('robin').waitForNotice('is not a valid command');
    const message = await requests().waitFor(({ fallback }) => fallback === 'Choose');
    expect((await message.click('Go')).delivery).toBe('not_connected');
    expect((await say('anybody?')).delivery).toBe('none');
    expect(await events()).toHaveLength(3);
  });

  it('revokes the token: an event says whose, and calls fail until a reset', async () => {
    await harness.client.admin({ do: 'revoke_token' });
    expect(await events()).toEqual([
      expect.objectContaining({
        type: 'tokens_revoked',
        tokens: { oauth: [], bot: [harness.sandbox.botUserId] },
      }),
    ]);
    expect(await codeOf(post())).toBe('token_revoked');
    await harness.client.admin({ do: 'reset' });
    expect(await codeOf(post())).toBe('no error');
  });
});
