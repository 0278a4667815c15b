/** Attachments: the older form of message content. */
import { actionsBlock, button } from './support/blockKit';
import { codeOf, deliveries, type Harness, startHarness, waitForDelivery } from './support/harness';

const channel = 'C0REQUESTS';
const row = { ...actionsBlock(button('Press')), block_id: 'row' };
const attachment = {
  color: '#36a64f',
  title: 'Acme',
  text: 'They *went*',
  fields: [{ title: 'Amount', value: '5000', short: true }],
  mrkdwn_in: ['text' as const],
  footer: 'Probe',
  ts: '123456789',
};

let harness: Harness;
beforeEach(async () => {
  harness = await startHarness();
});
afterEach(() => harness.stop());
const post = (attachments: unknown, more: object = {}) =>
  harness.web.apiCall('chat.postMessage', { channel, attachments, ...more });
const requests = (name = 'robin') => harness.client.as(name).channel('#requests');

describe('attachments', () => {
  it('appear in the answer, the history and the event, with numbers and fallback texts', async () => {
    const { message } = (await post([attachment, { blocks: [row] }])) as {
      message?: { attachments?: unknown };
    };
    const expected = [
      { ...attachment, id: 1, fallback: '[no preview available]' },
      { id: 2, fallback: '[no preview available]', blocks: [expect.objectContaining({ block_id: 'row' })] },
    ];
    expect(message?.attachments).toEqual(expected);
    const { messages = [] } = await harness.web.conversations.history({ channel });
    expect(messages[0]?.attachments).toEqual(expected);
    expect((await deliveries(harness))[0]).toMatchObject({ payload: { event: { attachments: expected } } });
  });

  it('are text for people', async () => {
    await post([attachment], { text: 'Lost' });
    const message = await requests().waitFor('Acme');
    expect(message.text()).toBe('Lost\nAcme\nThey went\nAmount: 5000\nProbe');
    expect(message.seen.attachments?.[0]).toMatchObject({ id: 1, color: '#36a64f' });
  });

  it('send their number with a click on one of their buttons', async () => {
    await harness.startApp((app) => app.action('press', ({ ack }) => ack()));
    await post([attachment, { blocks: [row] }]);
    await (await requests().waitFor('[Press]')).click('Press');
    expect(await waitForDelivery(harness, { name: 'block_actions press' })).toMatchObject({
      payload: { container: { type: 'message_attachment', attachment_id: 2, is_app_unfurl: false } },
    });
  });

  it('stay, change or go with an update', async () => {
    const { ts = '' } = await harness.web.chat.postMessage({
      channel,
      text: 'Lost',
      attachments: [attachment],
    });
    const update = async (more: object) => {
      const answer = await harness.web.apiCall('chat.update', { channel, ts, ...more });
      return (answer as { message?: { attachments?: readonly unknown[] } }).message?.attachments;
    };
    expect(await update({ text: 'Still' })).toMatchObject([{ title: 'Acme' }]);
    expect(await update({ text: 'Other', attachments: [{ title: 'Globex' }] })).toMatchObject([
      { title: 'Globex' },
    ]);
    expect(await update({ text: 'None', attachments: [] })).toBeUndefined();
  });

  it('come with a scheduled message and an answer at a response URL', async () => {
    const post_at = Math.floor(harness.startedAt / 1000) + 60;
    await harness.web.chat.scheduleMessage({ channel, text: 'Later', post_at, attachments: [attachment] });
    await harness.client.clock.advance(61_000);
    expect((await requests().waitFor('Later')).text()).toContain('They went');
    await harness.startApp((app) => {
      app.command('/probe', async ({ ack, respond }) => {
        await ack();
        await respond({ attachments: [{ text: 'Only this' }] });
      });
    });
    await harness.client.as('robin').slash('/probe', { in: '#requests' });
    expect((await requests().waitFor('Only this')).ephemeral).toBe(true);
  });

  it.each([
    ['one hundred', 'no error', Array(100).fill({ text: 'x' })],
    ['one hundred and one', 'too_many_attachments', Array(101).fill({ text: 'x' })],
    ['none, without text', 'no_text', []],
    ['an object instead of a list', 'invalid_attachments', { text: 'x' }],
    ['a number as title', 'invalid_attachments', [{ title: 7 }]],
    ['a header block without text', 'invalid_attachments', [{ blocks: [{ type: 'header' }] }]],
    ['51 blocks', 'invalid_attachments', [{ blocks: Array(51).fill({ type: 'divider' }) }]],
  ])('%s: %s', async (_, code, attachments) => {
    expect(await codeOf(post(attachments))).toBe(code);
  });

  it('say where a block is wrong', async () => {
    await expect(post([{ text: 'x' }, { blocks: [{ type: 'header' }] }])).rejects.toMatchObject({
      data: { errors: ['missing required field: text [json-pointer:/attachments/1/blocks/0]'] },
    });
  });
});
