import { codeOf, type Harness, startHarness } from './support/harness';
import { MANIFEST, manifestWithout } from './support/manifest';

const MPIM = 'mpim:write, mpim:read, mpim:history';
const manifest = MANIFEST.replace('bot: [', `bot: [${MPIM}, `).replace(
  'bot_events: [',
  'bot_events: [message.mpim, ',
);
const [ROBIN, MAYA, SAM] = ['U0000ROBIN', 'U00000MAYA', 'U000000SAM'];

let harness: Harness;
beforeEach(async () => {
  harness = await startHarness({ manifest });
});
afterEach(() => harness.stop());
const open = (...users: readonly string[]) => harness.web.conversations.open({ users: users.join(',') });

it('the app talks with several people at once, and nobody else sees it', async () => {
  const { channel } = await open(ROBIN, MAYA);
  const id = channel?.id ?? '';
  await harness.web.chat.postMessage({ channel: id, text: 'You two' });
  await harness.client.as('robin').channel(id).waitFor('You two');
  await harness.client.as('maya').channel(id).post('Yes?');
  const told = await harness.client.waitForTraffic(
    'message of maya',
    (entry) => entry.kind === 'delivery' && JSON.stringify(entry.payload).includes('Yes?'),
  );
  expect(told).toMatchObject({ payload: { event: { type: 'message', channel_type: 'mpim', channel: id } } });
  const { conversations } = await harness.client.as('sam').view();
  expect(conversations.map((one) => one.id)).not.toContain(id);
  const { messages = [] } = await harness.web.conversations.history({ channel: id });
  expect(messages.map(({ text }) => text)).toEqual(['Yes?', 'You two']);
});

it('the same people get the same conversation, in whatever order', async () => {
  const first = await open(ROBIN, MAYA);
  expect(first.already_open).toBeUndefined();
  expect(await open(MAYA, ROBIN)).toMatchObject({ already_open: true, channel: { id: first.channel?.id } });
  expect((await open(ROBIN, MAYA, SAM)).channel?.id).not.toBe(first.channel?.id);
});

it('is listed and told of as what it is', async () => {
  const { channel } = await open(ROBIN, MAYA);
  const { channels = [] } = await harness.web.conversations.list({ types: 'mpim' });
  const expected = { id: channel?.id, is_mpim: true, is_private: true, is_im: false, is_channel: false };
  expect(channels).toMatchObject([{ ...expected, name: 'mpdm-probe--robin--maya-1' }]);
  const { members = [] } = await harness.web.conversations.members({ channel: channel?.id ?? '' });
  expect([...members].sort()).toEqual([harness.sandbox.botUserId, ROBIN, MAYA].sort());
  expect((await harness.web.conversations.list({ types: 'private_channel' })).channels).not.toContainEqual(
    expect.objectContaining({ id: channel?.id }),
  );
});

it('takes eight people and no ninth, nobody who has left, and nobody by invitation', async () => {
  expect(await codeOf(open(...Array(9).fill(ROBIN)))).toBe('too_many_users');
  await harness.client.admin({ do: 'deactivate', user: 'sam' });
  expect(await codeOf(open(ROBIN, SAM))).toBe('user_disabled');
  const { channel } = await open(ROBIN, MAYA);
  const invited = harness.web.conversations.invite({ channel: channel?.id ?? '', users: SAM });
  expect(await codeOf(invited)).toBe('method_not_supported_for_channel_type');
});

it('needs the scope mpim:write', async () => {
  const poor = await startHarness({ manifest: manifestWithout('nothing') });
  const call = poor.web.conversations.open({ users: `${ROBIN},${MAYA}` });
  await expect(call).rejects.toMatchObject({ data: { error: 'missing_scope', needed: 'mpim:write' } });
  await poor.stop();
});
