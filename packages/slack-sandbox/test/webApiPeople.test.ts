import { codeOf, type Harness, startHarness } from './support/harness';
import { MANIFEST } from './support/manifest';

const CHANNEL = 'C0REQUESTS';
let harness: Harness;
beforeEach(async () => {
  harness = await startHarness({
    manifest: MANIFEST.replace('users:read,', 'users:read, users:read.email, team:read, reactions:read,'),
  });
});
afterEach(() => harness.stop());

const call = (method: string, args: Record<string, unknown>) => codeOf(harness.web.apiCall(method, args));

it('people are found by their address, until they leave', async () => {
  const found = await harness.web.users.lookupByEmail({ email: 'Maya@Example.com' });
  expect(found.user?.id).toBe('U00000MAYA');
  expect(await call('users.lookupByEmail', { email: 'nobody@example.com' })).toBe('users_not_found');
  await harness.client.admin({ do: 'deactivate', user: 'maya' });
  expect(await call('users.lookupByEmail', { email: 'maya@example.com' })).toBe('users_not_found');
});

it('the team and the bot tell who they are; others are unknown', async () => {
  expect((await harness.web.team.info()).team).toMatchObject({ id: 'T000BRIGHT', domain: 'brightwater' });
  expect(await call('team.info', { team: 'T404' })).toBe('team_not_found');
  const { bot } = await harness.web.bots.info({ bot: 'B0SANDBOX1' });
  expect(bot).toMatchObject({
    app_id: harness.sandbox.appId,
    user_id: harness.sandbox.botUserId,
    name: 'Probe',
  });
  expect(await call('bots.info', { bot: 'B404' })).toBe('bot_not_found');
});

it('users.conversations lists the bot’s own, or what it sees of a person’s', async () => {
  const names = async (args: object) =>
    ((await harness.web.users.conversations(args)).channels ?? []).map((channel) => channel.name);
  const types = 'public_channel,private_channel';
  expect(await names({ types })).toEqual(['requests', 'announcements', 'northlight-partners']);
  expect(await names({ types, user: 'U00000DANA' })).toEqual([
    'general',
    'sales',
    'requests',
    'announcements',
  ]);
  await harness.client.admin({ do: 'remove_member', channel: '#requests', user: 'probe' });
  expect(await names({ types, user: 'U00000DANA' })).not.toContain('requests');
  await harness.client.admin({ do: 'archive_channel', channel: '#sales', archived: true });
  expect(await names({ user: 'U00000DANA', exclude_archived: true })).not.toContain('sales');
  expect(await call('users.conversations', { user: 'U404' })).toBe('user_not_found');
  const [first] = (await harness.web.users.conversations({})).channels ?? [];
  expect(first).not.toHaveProperty('is_member');
  expect(first).not.toHaveProperty('num_members');
});

it('a reaction stands once, on a message that is there', async () => {
  const { ts: timestamp = '' } = await harness.web.chat.postMessage({ channel: CHANNEL, text: 'x' });
  const react = (args: Record<string, unknown>) =>
    call('reactions.add', { channel: CHANNEL, timestamp, name: 'eyes', ...args });
  expect(await react({})).toBe('no error');
  expect(await react({})).toBe('already_reacted');
  expect(await react({ name: 'not an emoji' })).toBe('invalid_name');
  expect(await react({ timestamp: '' })).toBe('no_item_specified');
  expect(await react({ timestamp: 'today' })).toBe('bad_timestamp');
  expect(await react({ timestamp: '1.000001' })).toBe('message_not_found');
  expect(await react({ channel: 'C404' })).toBe('channel_not_found');
  expect(await react({ channel: 'C0000SALES' })).toBe('not_in_channel');
  const { messages = [] } = await harness.web.conversations.history({ channel: CHANNEL });
  expect(messages[0]?.reactions).toEqual([{ name: 'eyes', users: [harness.sandbox.botUserId], count: 1 }]);
});

it('names of channels work where messages are posted, ids everywhere else', async () => {
  expect((await harness.web.chat.postMessage({ channel: '#requests', text: 'by name' })).channel).toBe(
    CHANNEL,
  );
  expect(await call('conversations.history', { channel: '#requests' })).toBe('channel_not_found');
  expect(await call('conversations.info', { channel: 'requests' })).toBe('channel_not_found');
});

it('members are counted only for who asks', async () => {
  const { channel } = await harness.web.conversations.info({ channel: CHANNEL });
  expect(channel).not.toHaveProperty('num_members');
  const counted = await harness.web.conversations.info({ channel: CHANNEL, include_num_members: true });
  expect(counted.channel?.num_members).toBe(5);
});

describe('a JSON body', () => {
  const send = async (body: string, headers: Readonly<Record<string, string>>) => {
    const response = await fetch(`${harness.sandbox.apiUrl}auth.test`, {
      method: 'POST',
      headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
      body,
    });
    return ((await response.json()) as { readonly error?: string }).error;
  };
  const authorization = () => ({ authorization: `Bearer ${harness.sandbox.botToken}` });

  it('must be JSON, and an object', async () => {
    expect(await send('{}', authorization())).toBeUndefined();
    expect(await send('{', authorization())).toBe('invalid_json');
    expect(await send('[]', authorization())).toBe('json_not_object');
  });

  it('does not carry the token', async () => {
    expect(await send(JSON.stringify({ token: harness.sandbox.botToken }), {})).toBe('not_authed');
  });
});
