import { plainText } from './support/blockKit';
import { codeOf, type Harness, startHarness } from './support/harness';

const channel = 'C0REQUESTS';
const button = { type: 'button' as const, action_id: 'press', text: plainText('Press') };
const row = { type: 'actions' as const, block_id: 'row', elements: [button] };
const legacy = {
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

it('they are in the answer, the history and the event, numbered and with words for notifications', async () => {
  const { message } = (await post([legacy, { blocks: [row] }])) as { message?: { attachments?: unknown } };
  const expected = [
    { ...legacy, id: 1, fallback: '[no preview available]' },
    { id: 2, fallback: '[no preview available]', blocks: [expect.objectContaining({ block_id: 'row' })] },
  ];
  expect(message?.attachments).toEqual(expected);
  const { messages = [] } = await harness.web.conversations.history({ channel });
  expect(messages[0]?.attachments).toEqual(expected);
  const told = await harness.client.waitForTraffic('event', (entry) => entry.kind === 'delivery');
  expect(told).toMatchObject({ payload: { event: { attachments: expected } } });
});

it('people read them', async () => {
  await post([legacy], { text: 'Lost' });
  const message = await requests().waitFor('Acme');
  expect(message.text()).toBe('Lost\nAcme\nThey went\nAmount: 5000\nProbe');
  expect(message.seen.attachments?.[0]).toMatchObject({ id: 1, color: '#36a64f' });
});

it('a click on a button in one tells which attachment it was', async () => {
  await harness.startApp((app) => app.action('press', ({ ack }) => ack()));
  await post([legacy, { blocks: [row] }]);
  await (await requests().waitFor('[Press]')).click('Press');
  const press = await harness.client.waitForTraffic('click', (entry) =>
    entry.kind === 'delivery' ? entry.name === 'block_actions press' : false,
  );
  expect(press).toMatchObject({
    payload: { container: { type: 'message_attachment', attachment_id: 2, is_app_unfurl: false } },
  });
});

it('an update keeps them, replaces them, or takes them away', async () => {
  const { ts = '' } = await harness.web.chat.postMessage({ channel, text: 'Lost', attachments: [legacy] });
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

it('come with a scheduled message and with the answer at a response URL', async () => {
  const post_at = Math.floor(harness.startedAt / 1000) + 60;
  await harness.web.chat.scheduleMessage({ channel, text: 'Later', post_at, attachments: [legacy] });
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

it.each<[string, unknown, string]>([
  ['a hundred', Array(100).fill({ text: 'x' }), 'no error'],
  ['one more', Array(101).fill({ text: 'x' }), 'too_many_attachments'],
  ['none, and no text', [], 'no_text'],
  ['no list', { text: 'x' }, 'invalid_attachments'],
  ['a number for a title', [{ title: 7 }], 'invalid_attachments'],
  ['broken blocks', [{ blocks: [{ type: 'header' }] }], 'invalid_attachments'],
  ['51 blocks', [{ blocks: Array(51).fill({ type: 'divider' }) }], 'invalid_attachments'],
])('%s', async (_, attachments, code) => {
  expect(await codeOf(post(attachments))).toBe(code);
});

it('says where blocks in one are wrong', async () => {
  await expect(post([{ text: 'x' }, { blocks: [{ type: 'header' }] }])).rejects.toMatchObject({
    data: { errors: ['missing required field: text [json-pointer:/attachments/1/blocks/0]'] },
  });
});
