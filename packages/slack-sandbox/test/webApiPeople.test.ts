/** The Web API: people, teams, bots and conversations. */
import { codeOf, type Harness, startHarness } from './support/harness';
import { MANIFEST, manifestWithout } from './support/manifest';

const CHANNEL = 'C0REQUESTS';
let harness: Harness;
beforeEach(async () => {
  harness = await startHarness({
    manifest: MANIFEST.replace('users:read,', 'users:read, users:read.email, team:read, reactions:read,'),
  });
});
afterEach(() => harness.stop());

const call = (method: string, args: Record<string, unknown>) => codeOf(harness.web.apiCall(method, args));

it('finds active people by their email address', async () => {
  const found = await harness.web.users.lookupByEmail({ email: 'Maya@Example.com' });
  expect(found.user?.id).toBe('U00000MAYA');
  expect(await call('users.lookupByEmail', { email: 'nobody@example.com' })).toBe('users_not_found');
  await harness.client.admin({ do: 'deactivate', user: 'maya' });
  expect(await call('users.lookupByEmail', { email: 'maya@example.com' })).toBe('users_not_found');
});

it('describes its own team and bot, and no others', async () => {
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

it('lists the bot’s conversations, and those of a person that the bot can see', async () => {
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

it('adds a reaction once, to an existing message', async () => {
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

it('accepts a channel’s name for posts, and only its id elsewhere', async () => {
  expect((await harness.web.chat.postMessage({ channel: '#requests', text: 'by name' })).channel).toBe(
    CHANNEL,
  );
  expect(await call('conversations.history', { channel: '#requests' })).toBe('channel_not_found');
  expect(await call('conversations.info', { channel: 'requests' })).toBe('channel_not_found');
});

it('counts members on request', async () => {
  const { channel } = await harness.web.conversations.info({ channel: CHANNEL });
  expect(channel).not.toHaveProperty('num_members');
  const counted = await harness.web.conversations.info({ channel: CHANNEL, include_num_members: true });
  expect(counted.channel?.num_members).toBe(5);
});

it('tells the time zone, role and team of a person', async () => {
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

it('opens the same direct message twice, and none with a deactivated person', async () => {
  const first = await harness.web.conversations.open({ users: 'U0000ROBIN' });
  const second = await harness.web.conversations.open({ users: 'U0000ROBIN' });
  expect(second.channel?.id).toBe(first.channel?.id);
  expect(second.already_open).toBe(true);
  await harness.client.admin({ do: 'deactivate', user: 'sam' });
  expect(await codeOf(harness.web.conversations.open({ users: 'U000000SAM' }))).toBe('user_disabled');
});

it('lets the bot join public channels that are not archived', async () => {
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

it('needs the scope of the kind of conversation', async () => {
  const unscoped = await startHarness({
    manifest: manifestWithout(' groups:read,').replace(' groups:write.invites,', ''),
  });
  const needs = async (needed: string, call: Promise<unknown>) =>
    await expect(call).rejects.toMatchObject({ data: { error: 'missing_scope', needed } });
  await needs('groups:read', unscoped.web.conversations.info({ channel: 'C0REQUESTS' }));
  await needs('groups:read', unscoped.web.conversations.list({ types: 'public_channel,private_channel' }));
  await needs(
    'groups:write.invites,groups:write',
    unscoped.web.conversations.invite({ channel: 'C0REQUESTS', users: 'U000000KIM' }),
  );
  await needs('mpim:write', unscoped.web.conversations.open({ users: 'U0000ROBIN,U00000MAYA' }));
  expect((await unscoped.web.conversations.info({ channel: 'C0ANNOUNCE' })).ok).toBe(true);
  await unscoped.stop();
});

it('invites a person once', async () => {
  await harness.client.admin({ do: 'remove_member', channel: '#requests', user: 'sam' });
  await harness.web.conversations.invite({ channel: 'C0REQUESTS', users: 'U000000SAM' });
  expect(await codeOf(harness.web.conversations.invite({ channel: 'C0REQUESTS', users: 'U000000SAM' }))).toBe(
    'already_in_channel',
  );
  const { members = [] } = await harness.web.conversations.members({ channel: 'C0REQUESTS' });
  expect(members).toContain('U000000SAM');
});

it('hides private channels that the bot is not in', async () => {
  const names = async () =>
    (await harness.web.conversations.list({ types: 'public_channel,private_channel' })).channels?.map(
      (channel) => channel.name,
    );
  expect(await names()).toContain('requests');
  await harness.client.admin({ do: 'remove_member', channel: '#requests', user: 'probe' });
  expect(await names()).not.toContain('requests');
  expect(await codeOf(harness.web.conversations.list({ types: 'secret' }))).toBe('invalid_types');
});

it.each([
  ['multi_channel', { is_restricted: true, is_ultra_restricted: false, is_admin: false }],
  ['single_channel', { is_restricted: true, is_ultra_restricted: true, is_admin: false }],
  ['admin', { is_restricted: false, is_ultra_restricted: false, is_admin: true }],
] as const)('users.info says when an administrator makes somebody %s', async (role, roles) => {
  await harness.client.admin({ do: 'change_role', user: 'sam', role });
  expect((await harness.web.users.info({ user: 'U000000SAM' })).user).toMatchObject(roles);
});

it('refuses a role that Slack does not have', async () => {
  await expect(
    harness.client.admin({ do: 'change_role', user: 'sam', role: 'king' as 'member' }),
  ).rejects.toThrow('invalid_role');
});
