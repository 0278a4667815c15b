/** What a test can make go wrong: with calls, with deliveries, and with the workspace itself. */
import type { DeliveryFault } from '../src';
import { codeOf, type Harness, startHarness, until } from './support/harness';

let harness: Harness;
beforeEach(async () => {
  harness = await startHarness();
});
afterEach(() => harness.stop());

const post = (text = 'counted') => harness.web.chat.postMessage({ channel: 'C000LOSTDL', text });
const room = () => harness.client.as('robin').channel('#lost-deals');
const say = (text: string) => harness.client.as('robin').post(text, { in: '#lost-deals' });

describe('a call', () => {
  it('that comes twice is done twice, and answered once', async () => {
    await harness.client.faults({ method: 'chat.postMessage', times: 1, effect: { do: 'twice' } });
    const { ts } = await post();
    expect((await room().messages()).map((message) => message.ts)).toEqual([expect.any(String), ts]);
    await post();
    expect(await room().messages()).toHaveLength(3);
  });

  it('that comes twice finds its trigger used', async () => {
    await harness.client.as('robin').slash('/probe');
    const sent = (await harness.client.traffic()).findLast((entry) => entry.kind === 'delivery');
    const { trigger_id } = (sent?.kind === 'delivery' ? sent.payload : {}) as { trigger_id: string };
    await harness.client.faults({ method: 'views.open', times: 1, effect: { do: 'twice' } });
    const view = { type: 'modal' as const, title: { type: 'plain_text' as const, text: 'T' }, blocks: [] };
    expect(await codeOf(harness.web.views.open({ trigger_id, view }))).toBe('exchanged_trigger_id');
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

  it('can come twice at once', async () => {
    await fault('events_api', { do: 'twice' });
    await say('a');
    await until(() => received.length === 2);
    expect([...retries].sort()).toEqual([1, undefined]);
    await fault('/probe', { do: 'twice' });
    await harness.client.as('robin').slash('/probe');
    await until(() => received.length === 4);
  });

  it('can come late', async () => {
    await fault('message', { do: 'delay', ms: 60_000 });
    expect((await say('late')).delivery).toBe('none');
    await say('on time');
    expect(received).toEqual(['on time']);
    await harness.client.clock.advance(60_000);
    await until(() => received.length === 2);
    expect(received).toEqual(['on time', 'late']);
  });

  it('can be overtaken by the next', async () => {
    await fault('message', { do: 'swap' });
    await say('first');
    await say('second');
    await until(() => received.length === 2);
    expect(received).toEqual(['second', 'first']);
    expect(retries).toEqual([undefined, undefined]);
  });

  it('can get lost: an event is first seen as a retry, a command is not seen at all', async () => {
    await fault('*', { do: 'lose' }, 2);
    await harness.client.as('robin').slash('/probe');
    await harness.client.as('robin').waitForNotice('operation_timeout');
    await say('lost once');
    await until(() => received.length === 1);
    expect([received, retries]).toEqual([['lost once'], [1]]);
  });

  it('can lose its ack: the command worked, and the person is told that it failed', async () => {
    await fault('slash_commands', { do: 'lose_ack' });
    expect((await harness.client.as('robin').slash('/probe', { in: '#sales' })).delivery).toBe('timeout');
    expect(received).toEqual(['/probe']);
    await harness.client.as('robin').waitForNotice('operation_timeout');
    await harness.client.as('robin').channel('#sales').waitForNone('Here');
  });

  it('says in the traffic what was done to it', async () => {
    await fault('message', { do: 'lose' });
    await say('lost');
    expect((await harness.client.traffic()).find((entry) => entry.kind === 'delivery')).toMatchObject({
      outcome: 'timeout',
      fault: { do: 'lose' },
    });
  });
});

it.each([
  [{ method: 'chat.postMessage', times: 1, effect: { do: 'explode' } }],
  [{ method: 'chat.postMessage', times: 0, effect: { do: 'twice' } }],
  [{ method: 'chat.postMessage', times: 1, effect: { do: 'hang' } }],
  [{ delivery: 'message', times: 1, effect: { do: 'http_500' } }],
  [{ times: 1, effect: { do: 'twice' } }],
])('a fault that could not strike is refused: %j', async (fault) => {
  await expect(harness.client.faults(fault as never)).rejects.toThrow('invalid_fault');
});

describe('the workspace', () => {
  const events = async () =>
    (await harness.client.traffic()).flatMap((entry) =>
      entry.kind === 'delivery' && entry.attempt === 0
        ? [(entry.payload as { event?: Record<string, unknown> }).event]
        : [],
    );

  it('loses a person: the app is told, and nobody can write to them or act as them', async () => {
    await harness.client.admin({ do: 'deactivate', user: 'sam' });
    expect(await events()).toContainEqual(
      expect.objectContaining({
        type: 'user_change',
        user: expect.objectContaining({ id: 'U000000SAM', deleted: true }),
      }),
    );
    expect(await codeOf(harness.web.conversations.open({ users: 'U000000SAM' }))).toBe('user_disabled');
    await expect(harness.client.as('sam').post('hi', { in: '#sales' })).rejects.toThrow('user_deactivated');
    expect((await harness.web.conversations.members({ channel: 'C000LOSTDL' })).members).not.toContain(
      'U000000SAM',
    );
  });

  it('uninstalls the app: its token dies, its commands are gone, its buttons do nothing, no more events', async () => {
    const button = {
      type: 'actions' as const,
      elements: [
        { type: 'button' as const, action_id: 'go', text: { type: 'plain_text' as const, text: 'Go' } },
      ],
    };
    await harness.web.chat.postMessage({ channel: 'C000LOSTDL', text: 'Choose', blocks: [button] });
    await harness.client.admin({ do: 'uninstall' });
    expect((await events()).map((event) => event?.type)).toEqual([
      'message',
      'tokens_revoked',
      'app_uninstalled',
    ]);
    expect(await codeOf(post())).toBe('account_inactive');
    await harness.client.as('robin').slash('/probe');
    await harness.client.as('robin').waitForNotice('is not a valid command');
    const message = await room().waitFor(({ fallback }) => fallback === 'Choose');
    expect((await message.click('Go')).delivery).toBe('not_connected');
    expect((await say('anybody?')).delivery).toBe('none');
    expect(await events()).toHaveLength(3);
  });

  it('revokes the token: the app is told whose, and calls are refused until a reset', async () => {
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
