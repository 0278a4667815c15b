/** Direct messages between the app and several people. */
import { codeOf, type Harness, newestPayload, startHarness } from './support/harness';
import { MANIFEST } from './support/manifest';

const SCOPES = 'mpim:write, mpim:read, mpim:history';
const manifest = MANIFEST.replace('bot: [', `bot: [${SCOPES}, `).replace(
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

describe('a group direct message', () => {
  it('is visible to its people and the app only', async () => {
    const { channel } = await open(ROBIN, MAYA);
    const id = channel?.id ?? '';
    await harness.web.chat.postMessage({ channel: id, text: 'You two' });
    await harness.client.as('robin').channel(id).waitFor('You two');
    await harness.client.as('maya').channel(id).post('Yes?');
    expect(await newestPayload(harness)).toMatchObject({
      event: { type: 'message', channel_type: 'mpim', channel: id, text: 'Yes?' },
    });
    const { conversations } = await harness.client.as('sam').view();
    expect(conversations.map((conversation) => conversation.id)).not.toContain(id);
    const { messages = [] } = await harness.web.conversations.history({ channel: id });
    expect(messages.map(({ text }) => text)).toEqual(['Yes?', 'You two']);
  });

  it('is the same for the same people in another order', async () => {
    const first = await open(ROBIN, MAYA);
    expect(first.already_open).toBeUndefined();
    expect(await open(MAYA, ROBIN)).toMatchObject({ already_open: true, channel: { id: first.channel?.id } });
    expect((await open(ROBIN, MAYA, SAM)).channel?.id).not.toBe(first.channel?.id);
  });

  it('is listed as private and as a group of its members', async () => {
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

  it('refuses a ninth person, a deactivated person and an invitation', async () => {
    expect(await codeOf(open(...Array(9).fill(ROBIN)))).toBe('too_many_users');
    await harness.client.admin({ do: 'deactivate', user: 'sam' });
    expect(await codeOf(open(ROBIN, SAM))).toBe('user_disabled');
    const { channel } = await open(ROBIN, MAYA);
    const invited = harness.web.conversations.invite({ channel: channel?.id ?? '', users: SAM });
    expect(await codeOf(invited)).toBe('method_not_supported_for_channel_type');
  });

  it('needs the scope mpim:write', async () => {
    const unscoped = await startHarness();
    const call = unscoped.web.conversations.open({ users: `${ROBIN},${MAYA}` });
    await expect(call).rejects.toMatchObject({ data: { error: 'missing_scope', needed: 'mpim:write' } });
    await unscoped.stop();
  });
});
