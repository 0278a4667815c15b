/** The Web API: tokens and scopes, messages, request bodies. */
import { codeOf, type Harness, startHarness, webClient } from './support/harness';
import { manifestWithout } from './support/manifest';

let harness: Harness;
beforeEach(async () => {
  harness = await startHarness();
});
afterEach(() => harness.stop());

const post = (channel: string, more: object = {}) =>
  harness.web.chat.postMessage({ channel, text: 'hello', ...more });

describe('a call', () => {
  it('with the bot’s token is the bot’s', async () => {
    expect(await harness.web.auth.test()).toMatchObject({
      user_id: harness.sandbox.botUserId,
      bot_id: 'B0SANDBOX1',
      team: 'Brightwater',
    });
  });

  it('without a token, with an unknown one or with one of another kind is refused', async () => {
    const bare = await fetch(`${harness.sandbox.apiUrl}auth.test`, { method: 'POST' });
    expect(await bare.json()).toEqual({ ok: false, error: 'not_authed' });
    expect(await codeOf(webClient(harness.sandbox, 'xoxb-other').auth.test())).toBe('invalid_auth');
    expect(await codeOf(webClient(harness.sandbox, harness.sandbox.appToken).auth.test())).toBe(
      'not_allowed_token_type',
    );
    expect(await codeOf(harness.web.apps.connections.open())).toBe('not_allowed_token_type');
    expect(await codeOf(harness.web.apiCall('chat.shout'))).toBe('unknown_method');
  });

  it('without its scope is refused with the scope’s name', async () => {
    const unscoped = await startHarness({
      manifest: manifestWithout(' users:read,').replace('user_change, ', ''),
    });
    const call = unscoped.web.users.info({ user: 'U0000ROBIN' });
    await expect(call).rejects.toMatchObject({ data: { error: 'missing_scope', needed: 'users:read' } });
    await unscoped.stop();
  });

  it('after an uninstall is refused', async () => {
    await harness.client.admin({ do: 'uninstall' });
    expect(await codeOf(harness.web.auth.test())).toBe('account_inactive');
  });
});

describe('messages', () => {
  it('reach only channels that the bot is in', async () => {
    expect(await codeOf(post('C0000SALES'))).toBe('not_in_channel');
    expect(await codeOf(post('C00NOWHERE'))).toBe('channel_not_found');
    await harness.client.admin({ do: 'remove_member', channel: '#requests', user: 'probe' });
    expect(await codeOf(post('C0REQUESTS'))).toBe('channel_not_found');
    await harness.web.conversations.join({ channel: 'C0000SALES' });
    expect((await post('C0000SALES')).ok).toBe(true);
    await harness.client.admin({ do: 'archive_channel', channel: '#sales', archived: true });
    expect(await codeOf(post('C0000SALES'))).toBe('is_archived');
  });

  it('need a text below the limits', async () => {
    expect(await codeOf(post('C0REQUESTS', { text: '' }))).toBe('no_text');
    const { ts = '' } = await post('C0REQUESTS');
    expect(await codeOf(harness.web.chat.update({ channel: 'C0REQUESTS', ts, text: 'x'.repeat(4001) }))).toBe(
      'msg_too_long',
    );
    const section = (length: number) => ({
      type: 'section',
      text: { type: 'plain_text', text: 'x'.repeat(length) },
    });
    const long = [section(3000), section(3000), section(3000), section(3000)];
    expect((await post('C0REQUESTS', { blocks: long })).ok).toBe(true);
    expect(await codeOf(post('C0REQUESTS', { blocks: [...long, section(1)] }))).toBe('msg_blocks_too_long');
  });

  it('are refused with the faults of their blocks', async () => {
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

  it('can be changed and deleted by their author only', async () => {
    const { ts = '' } = await harness.client.as('robin').post('mine', { in: '#requests' });
    expect(await codeOf(harness.web.chat.update({ channel: 'C0REQUESTS', ts, text: 'yours' }))).toBe(
      'cant_update_message',
    );
    expect(await codeOf(harness.web.chat.delete({ channel: 'C0REQUESTS', ts }))).toBe('cant_delete_message');
    expect(await codeOf(harness.web.chat.delete({ channel: 'C0REQUESTS', ts: '1.000001' }))).toBe(
      'message_not_found',
    );
  });

  it('leave a tombstone when they have replies', async () => {
    const { ts = '' } = await post('C0REQUESTS');
    await post('C0REQUESTS', { text: 'reply', thread_ts: ts });
    await harness.web.chat.delete({ channel: 'C0REQUESTS', ts });
    const { messages = [] } = await harness.web.conversations.replies({ channel: 'C0REQUESTS', ts });
    expect(messages.map((message) => message.text)).toEqual(['This message was deleted.', 'reply']);
    expect(await codeOf(harness.web.chat.update({ channel: 'C0REQUESTS', ts, text: 'back' }))).toBe(
      'cant_update_message',
    );
    expect(await codeOf(harness.web.chat.delete({ channel: 'C0REQUESTS', ts }))).toBe('cant_delete_message');
    expect(await codeOf(post('C0REQUESTS', { thread_ts: '1.000001' }))).toBe('cannot_reply_to_message');
  });

  it('of a thread are shown in the channel too when they are posted so, and stay there when they are edited', async () => {
    const { ts = '' } = await post('C0REQUESTS', { text: 'root' });
    const reply = await post('C0REQUESTS', { text: 'news', thread_ts: ts, reply_broadcast: true });
    expect(reply.message).toMatchObject({ subtype: 'thread_broadcast', thread_ts: ts });
    const quiet = await post('C0REQUESTS', { text: 'quiet', thread_ts: ts });
    const seen = async () =>
      (await harness.client.as('robin').channel('#requests').messages())
        .filter(({ threadTs }) => threadTs === ts)
        .map((message) => [message.text(), message.broadcast]);
    expect(await seen()).toEqual([
      ['news', true],
      ['quiet', false],
    ]);
    await harness.web.chat.update({ channel: 'C0REQUESTS', ts: reply.ts ?? '', text: 'old news' });
    const { messages = [] } = await harness.web.conversations.history({ channel: 'C0REQUESTS' });
    expect(messages.map((message) => message.text)).toEqual(['old news', 'root']);
    const change = { channel: 'C0REQUESTS', ts: quiet.ts ?? '', reply_broadcast: true };
    expect(await codeOf(harness.web.chat.update({ ...change, text: 'loud' }))).toBe(
      'no_dual_broadcast_content_update',
    );
    await harness.web.chat.update({ ...change, text: 'quiet' });
    expect(await seen()).toEqual([
      ['old news', true],
      ['quiet', true],
    ]);
  });

  it('refuse metadata without a payload', async () => {
    const metadata = { event_type: 'deal' };
    expect(await codeOf(post('C0REQUESTS', { metadata }))).toBe('invalid_metadata_schema');
  });

  it('come from the history by page and time, newest first, without replies and ephemeral ones', async () => {
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

  it('reach one member only when they are ephemeral', async () => {
    const args = { channel: 'C0REQUESTS', text: 'psst' };
    expect(await codeOf(harness.web.chat.postEphemeral({ ...args, user: 'U000000KIM' }))).toBe(
      'user_not_in_channel',
    );
    await harness.web.chat.postEphemeral({ ...args, user: 'U0000ROBIN' });
    await harness.client.as('robin').channel('#requests').waitFor('psst');
    await harness.client.as('maya').channel('#requests').waitForNone('psst');
  });
});

describe('a body', () => {
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

  it('in JSON does not carry the token', async () => {
    const response = await fetch(`${harness.sandbox.apiUrl}auth.test`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ token: harness.sandbox.botToken }),
    });
    expect(await response.json()).toMatchObject({ error: 'not_authed' });
  });
});
