import { codeOf, type Harness, startHarness, webClient } from './support/harness';
import { manifestWithout } from './support/manifest';

let harness: Harness;
beforeEach(async () => {
  harness = await startHarness();
});
afterEach(() => harness.stop());

const post = (channel: string, more: object = {}) =>
  harness.web.chat.postMessage({ channel, text: 'hello', ...more });

describe('who may call', () => {
  it('knows its bot', async () => {
    expect(await harness.web.auth.test()).toMatchObject({
      user_id: harness.sandbox.botUserId,
      bot_id: 'B0SANDBOX1',
      team: 'Brightwater',
    });
  });

  it('refuses no token, a wrong token, and the wrong kind of token', async () => {
    const bare = await fetch(`${harness.sandbox.apiUrl}auth.test`, { method: 'POST' });
    expect(await bare.json()).toEqual({ ok: false, error: 'not_authed' });
    expect(await codeOf(webClient(harness.sandbox, 'xoxb-other').auth.test())).toBe('invalid_auth');
    expect(await codeOf(webClient(harness.sandbox, harness.sandbox.appToken).auth.test())).toBe(
      'not_allowed_token_type',
    );
    expect(await codeOf(harness.web.apps.connections.open())).toBe('not_allowed_token_type');
    expect(await codeOf(harness.web.apiCall('chat.shout'))).toBe('unknown_method');
  });

  it('names the scope that is missing', async () => {
    const poor = await startHarness({
      manifest: manifestWithout(' users:read,').replace('user_change, ', ''),
    });
    const call = poor.web.users.info({ user: 'U0000ROBIN' });
    await expect(call).rejects.toMatchObject({ data: { error: 'missing_scope', needed: 'users:read' } });
    await poor.stop();
  });

  it('dies with the installation', async () => {
    await harness.client.admin({ do: 'uninstall' });
    expect(await codeOf(harness.web.auth.test())).toBe('account_inactive');
  });

  it('takes JSON bodies too', async () => {
    const response = await fetch(`${harness.sandbox.apiUrl}chat.postMessage`, {
      method: 'POST',
      headers: { authorization: `Bearer ${harness.sandbox.botToken}`, 'content-type': 'application/json' },
      body: JSON.stringify({ channel: 'C0REQUESTS', text: 'from JSON' }),
    });
    expect(await response.json()).toMatchObject({ ok: true, channel: 'C0REQUESTS' });
  });
});

describe('messages', () => {
  it('go only where the bot is', async () => {
    expect(await codeOf(post('C0000SALES'))).toBe('not_in_channel');
    expect(await codeOf(post('C00NOWHERE'))).toBe('channel_not_found');
    await harness.client.admin({ do: 'remove_member', channel: '#requests', user: 'probe' });
    expect(await codeOf(post('C0REQUESTS'))).toBe('channel_not_found');
    await harness.web.conversations.join({ channel: 'C0000SALES' });
    expect((await post('C0000SALES')).ok).toBe(true);
    await harness.client.admin({ do: 'archive_channel', channel: '#sales', archived: true });
    expect(await codeOf(post('C0000SALES'))).toBe('is_archived');
  });

  it('need words, not too many', async () => {
    expect(await codeOf(post('C0REQUESTS', { text: '' }))).toBe('no_text');
    const { ts = '' } = await post('C0REQUESTS');
    expect(await codeOf(harness.web.chat.update({ channel: 'C0REQUESTS', ts, text: 'x'.repeat(4001) }))).toBe(
      'msg_too_long',
    );
    expect(await codeOf(post('C0REQUESTS', { attachments: Array(101).fill({ text: 'x' }) }))).toBe(
      'too_many_attachments',
    );
    const section = (length: number) => ({
      type: 'section',
      text: { type: 'plain_text', text: 'x'.repeat(length) },
    });
    const long = [section(3000), section(3000), section(3000), section(3000)];
    expect((await post('C0REQUESTS', { blocks: long })).ok).toBe(true);
    expect(await codeOf(post('C0REQUESTS', { blocks: [...long, section(1)] }))).toBe('msg_blocks_too_long');
  });

  it('say what is wrong with their blocks', async () => {
    const blocks = [{ type: 'section', text: { type: 'plain_text', text: '' } }];
    await expect(post('C0REQUESTS', { blocks })).rejects.toMatchObject({
      data: {
        error: 'invalid_blocks',
        response_metadata: {
          messages: [
            '[ERROR] failed to match all allowed schemas [json-pointer:/blocks/0/text]',
            '[ERROR] must be more than 0 characters [json-pointer:/blocks/0/text/text]',
          ],
        },
      },
    });
    expect(await codeOf(post('C0REQUESTS', { blocks: '{' }))).toBe('invalid_blocks_format');
  });

  it('are changed and deleted by their author only', async () => {
    const { ts = '' } = await harness.client.as('robin').post('mine', { in: '#requests' });
    expect(await codeOf(harness.web.chat.update({ channel: 'C0REQUESTS', ts, text: 'yours' }))).toBe(
      'cant_update_message',
    );
    expect(await codeOf(harness.web.chat.delete({ channel: 'C0REQUESTS', ts }))).toBe('cant_delete_message');
    expect(await codeOf(harness.web.chat.delete({ channel: 'C0REQUESTS', ts: '1.000001' }))).toBe(
      'message_not_found',
    );
  });

  it('leave a tombstone when their thread goes on', async () => {
    const { ts = '' } = await post('C0REQUESTS');
    await post('C0REQUESTS', { text: 'reply', thread_ts: ts });
    await harness.web.chat.delete({ channel: 'C0REQUESTS', ts });
    const { messages = [] } = await harness.web.conversations.replies({ channel: 'C0REQUESTS', ts });
    expect(messages.map((message) => message.text)).toEqual(['This message was deleted.', 'reply']);
    expect(await codeOf(harness.web.chat.update({ channel: 'C0REQUESTS', ts, text: 'back' }))).toBe(
      'message_not_found',
    );
    expect(await codeOf(post('C0REQUESTS', { thread_ts: '1.000001' }))).toBe('cannot_reply_to_message');
  });

  it('show metadata in full only when asked', async () => {
    const metadata = { event_type: 'deal', event_payload: { id: 'd1' } };
    await post('C0REQUESTS', { metadata });
    const read = async (all: boolean) =>
      (await harness.web.conversations.history({ channel: 'C0REQUESTS', include_all_metadata: all }))
        .messages?.[0]?.metadata;
    expect(await read(false)).toEqual({ event_type: 'deal' });
    expect(await read(true)).toEqual(metadata);
    expect(await codeOf(post('C0REQUESTS', { metadata: { event_type: 'deal' } }))).toBe(
      'invalid_metadata_schema',
    );
  });

  it('are read back by page and window, newest first, without replies and ephemeral ones', async () => {
    const sent: string[] = [];
    for (const text of ['one', 'two', 'three', 'four'])
      sent.push((await post('C0REQUESTS', { text })).ts ?? '');
    await post('C0REQUESTS', { text: 'reply', thread_ts: sent[0] });
    await harness.web.chat.postEphemeral({ channel: 'C0REQUESTS', user: 'U0000ROBIN', text: 'psst' });
    const texts = async (args: object) =>
      (await harness.web.conversations.history({ channel: 'C0REQUESTS', ...args })).messages?.map(
        (message) => message.text,
      );
    expect(await texts({})).toEqual(['four', 'three', 'two', 'one']);
    expect(await texts({ oldest: sent[1] })).toEqual(['four', 'three']);
    expect(await texts({ oldest: sent[1], latest: sent[2], inclusive: true })).toEqual(['three', 'two']);
    const first = await harness.web.conversations.history({ channel: 'C0REQUESTS', limit: 3 });
    expect(first.has_more).toBe(true);
    expect(await texts({ limit: 3, cursor: first.response_metadata?.next_cursor })).toEqual(['one']);
    expect(
      await codeOf(harness.web.conversations.history({ channel: 'C0REQUESTS', cursor: 'nonsense' })),
    ).toBe('invalid_cursor');
  });

  it('reach one person only when ephemeral, and only a member', async () => {
    const args = { channel: 'C0REQUESTS', text: 'psst' };
    expect(await codeOf(harness.web.chat.postEphemeral({ ...args, user: 'U000000KIM' }))).toBe(
      'user_not_in_channel',
    );
    await harness.web.chat.postEphemeral({ ...args, user: 'U0000ROBIN' });
    await harness.client.as('robin').channel('#requests').waitFor('psst');
    await harness.client.as('maya').channel('#requests').waitForNone('psst');
  });
});

describe('people and conversations', () => {
  it('tells zone and roles of people', async () => {
    const { user } = await harness.web.users.info({ user: 'U00000DANA' });
    expect(user).toMatchObject({
      name: 'dana',
      tz: 'Asia/Tokyo',
      tz_offset: 32_400,
      is_admin: true,
      team_id: 'T000BRIGHT',
    });
    expect((await harness.web.users.info({ user: 'U000000KIM' })).user?.team_id).toBe('T00NORTHLT');
    expect(await codeOf(harness.web.users.info({ user: 'U404' }))).toBe('user_not_found');
  });

  it('opens the same direct conversation twice', async () => {
    const first = await harness.web.conversations.open({ users: 'U0000ROBIN' });
    const second = await harness.web.conversations.open({ users: 'U0000ROBIN' });
    expect(second.channel?.id).toBe(first.channel?.id);
    expect(second.already_open).toBe(true);
    await harness.client.admin({ do: 'deactivate', user: 'sam' });
    expect(await codeOf(harness.web.conversations.open({ users: 'U000000SAM' }))).toBe('user_disabled');
  });

  it('lets the bot join public channels only, while they live', async () => {
    const join = (channel: string) => codeOf(harness.web.conversations.join({ channel }));
    expect((await harness.web.conversations.join({ channel: 'C0ANNOUNCE' })).warning).toBe(
      'already_in_channel',
    );
    expect(await join('C0REQUESTS')).toBe('method_not_supported_for_channel_type');
    await harness.client.admin({ do: 'archive_channel', channel: '#sales', archived: true });
    expect(await join('C0000SALES')).toBe('is_archived');
    await harness.client.admin({ do: 'remove_member', channel: '#requests', user: 'probe' });
    expect(await join('C0REQUESTS')).toBe('channel_not_found');
  });

  it('asks for the scope of the kind of conversation', async () => {
    const poor = await startHarness({
      manifest: manifestWithout(' groups:read,').replace(' groups:write.invites,', ''),
    });
    const needs = async (needed: string, call: Promise<unknown>) =>
      await expect(call).rejects.toMatchObject({ data: { error: 'missing_scope', needed } });
    await needs('groups:read', poor.web.conversations.info({ channel: 'C0REQUESTS' }));
    await needs('groups:read', poor.web.conversations.list({ types: 'public_channel,private_channel' }));
    await needs(
      'groups:write.invites,groups:write',
      poor.web.conversations.invite({ channel: 'C0REQUESTS', users: 'U000000KIM' }),
    );
    await needs('mpim:write', poor.web.conversations.open({ users: 'U0000ROBIN,U00000MAYA' }));
    expect((await poor.web.conversations.info({ channel: 'C0ANNOUNCE' })).ok).toBe(true);
    await poor.stop();
  });

  it('invites, once', async () => {
    await harness.client.admin({ do: 'remove_member', channel: '#requests', user: 'sam' });
    await harness.web.conversations.invite({ channel: 'C0REQUESTS', users: 'U000000SAM' });
    expect(
      await codeOf(harness.web.conversations.invite({ channel: 'C0REQUESTS', users: 'U000000SAM' })),
    ).toBe('already_in_channel');
    const { members = [] } = await harness.web.conversations.members({ channel: 'C0REQUESTS' });
    expect(members).toContain('U000000SAM');
  });

  it('hides private channels the bot is not in', async () => {
    const names = async () =>
      (await harness.web.conversations.list({ types: 'public_channel,private_channel' })).channels?.map(
        (channel) => channel.name,
      );
    expect(await names()).toContain('requests');
    await harness.client.admin({ do: 'remove_member', channel: '#requests', user: 'probe' });
    expect(await names()).not.toContain('requests');
    expect(await codeOf(harness.web.conversations.list({ types: 'secret' }))).toBe('invalid_types');
  });

  it('shares a file in a message', async () => {
    await harness.web.filesUploadV2({
      channel_id: 'C0REQUESTS',
      filename: 'deals.csv',
      content: 'a,b\n1,2\n',
      initial_comment: 'All deals',
    });
    const message = await harness.client.as('robin').channel('#requests').waitFor('All deals');
    expect(message.text()).toBe('All deals\n(file: deals.csv)');
    const [file] = message.files;
    expect(await (await fetch(file?.url ?? '')).text()).toBe('a,b\n1,2\n');
  });
});

describe('bodies', () => {
  const call = async (body: string | FormData, type?: string) => {
    const headers = {
      authorization: `Bearer ${harness.sandbox.botToken}`,
      ...(type === undefined ? {} : { 'content-type': type }),
    };
    const url = `${harness.sandbox.apiUrl}chat.postMessage`;
    return (await (await fetch(url, { method: 'POST', headers, body })).json()) as {
      readonly ok: boolean;
      readonly error?: string;
      readonly message?: { readonly text: string };
    };
  };

  it.each<[string, () => [string | FormData, string?]]>([
    ['a form', () => ['channel=C0REQUESTS&text=Gr%C3%BC%C3%9Fe', 'application/x-www-form-urlencoded']],
    ['JSON', () => ['{"channel":"C0REQUESTS","text":"Grüße"}', 'application/json; charset=utf-8']],
    [
      'a multipart form',
      () => {
        const form = new FormData();
        form.set('channel', 'C0REQUESTS');
        form.set('text', 'Grüße');
        form.set('token', harness.sandbox.botToken);
        return [form];
      },
    ],
  ])('may be %s', async (_, given) => {
    expect((await call(...given())).message?.text).toBe('Grüße');
  });

  it.each([
    ['neither JSON', '{', 'application/json', 'invalid_json'],
    ['JSON but no object', '[]', 'application/json', 'json_not_object'],
    ['multipart without its boundary', 'channel', 'multipart/form-data', 'invalid_form_data'],
  ])('that is %s is refused', async (_, body, type, error) => {
    expect(await call(body, type)).toMatchObject({ ok: false, error });
  });
});
