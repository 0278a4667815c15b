import { SlackError } from '../errors';
import { compareTs } from '../ids';
import type { JsonObject } from '../json';
import { channelJson, messageJson } from '../slackJson';
import { type Channel, isDirect, type Message, teamsOf } from '../workspace/model';
import { isOrgShared } from '../workspace/workspace';
import { type Args, type Call, type Handler, invalid, requireScope } from './call';
import { knownPerson, paginate, readableHistory, readableInfo, visibleChannel } from './lookup';

const KINDS = { public_channel: 'channel', private_channel: 'group', im: 'im', mpim: 'mpim' } as const;
const LIST_SCOPES = {
  public_channel: 'channels:read',
  private_channel: 'groups:read',
  im: 'im:read',
  mpim: 'mpim:read',
} as const;

type ListType = keyof typeof KINDS;

function readTypes(args: Args): readonly ListType[] {
  const types = (args.string('types') ?? 'public_channel').split(',').map((type) => type.trim());
  if (!types.every((type): type is ListType => Object.hasOwn(KINDS, type)))
    throw new SlackError('invalid_types');
  return types;
}

/**
 * Page size: "an integer under 1000" for lists, "maximum of 999" for history, 1 to 1000 for replies.
 * @see https://docs.slack.dev/reference/methods/conversations.list
 */
function readLimit(args: Args, otherwise: number, most = 999): number {
  const limit = args.integer('limit', otherwise);
  if (limit < 1 || limit > most) throw new SlackError('invalid_limit');
  return limit;
}

/** For an app that is distributed commercially outside the Marketplace. */
const RATIONED_PAGE = 15;

/** Page size of history and replies. @see https://docs.slack.dev/reference/methods/conversations.history */
function readPage({ core, args }: Call, otherwise: number, most: number): number {
  if (!core.rationedHistory) return readLimit(args, otherwise, most);
  return Math.min(readLimit(args, RATIONED_PAGE, most), RATIONED_PAGE);
}

/** @param memberId lists only conversations of this person or bot; undefined lists all that the bot sees */
function listed({ core, args, grant }: Call, memberId?: string): readonly Channel[] {
  const { workspace } = core;
  const types = readTypes(args);
  for (const type of types) requireScope(grant, LIST_SCOPES[type]);
  const kinds = new Set<string>(types.map((type) => KINDS[type]));
  return [...workspace.channels.values()].filter(
    (channel) =>
      kinds.has(channel.kind) &&
      (channel.kind === 'channel' || channel.members.has(workspace.app.botUserId)) &&
      (memberId === undefined || channel.members.has(memberId)) &&
      !(args.boolean('exclude_archived') && channel.isArchived),
  );
}

export const list: Handler = (call) => {
  const { core, args } = call;
  const { workspace } = core;
  const channels = listed(call);
  const { items, nextCursor } = paginate(channels, args.string('cursor'), readLimit(args, 100));
  return {
    channels: items.map((channel) => channelJson(workspace, channel, workspace.app.botUserId)),
    response_metadata: { next_cursor: nextCursor },
  };
};

/** A channel as most methods return it: without `num_members`, which only lists and calls that ask for it contain. */
function uncounted({ core }: Call, channel: Channel): JsonObject {
  const { workspace } = core;
  const { num_members: _count, ...json } = channelJson(workspace, channel, workspace.app.botUserId);
  return json;
}

/**
 * Lists conversations of the bot or, with `user`, those of a person that the bot can see. Slack leaves out
 * `is_member` and `num_members` here.
 * @see https://docs.slack.dev/reference/methods/users.conversations
 */
export const usersConversations: Handler = (call) => {
  const { core, args } = call;
  const { workspace } = core;
  const bot = workspace.app.botUserId;
  const user = args.string('user');
  const memberId = user === undefined ? bot : knownPerson(core, user).id;
  const { items, nextCursor } = paginate(listed(call, memberId), args.string('cursor'), readLimit(args, 100));
  const withoutMembership = (channel: Channel): JsonObject => {
    const { is_member: _member, ...rest } = uncounted(call, channel);
    return rest;
  };
  return { channels: items.map(withoutMembership), response_metadata: { next_cursor: nextCursor } };
};

export const info: Handler = (call) => {
  const { core, args } = call;
  const channel = readableInfo(call, args.required('channel'));
  // Slack returns the count only on request: https://docs.slack.dev/reference/methods/conversations.info
  const { num_members: count, ...json } = channelJson(core.workspace, channel, core.workspace.app.botUserId);
  return { channel: args.boolean('include_num_members') ? { ...json, num_members: count } : json };
};

export const members: Handler = (call) => {
  const { args } = call;
  const channel = readableInfo(call, args.required('channel'));
  const { items, nextCursor } = paginate([...channel.members], args.string('cursor'), readLimit(args, 100));
  return { members: items, response_metadata: { next_cursor: nextCursor } };
};

export const open: Handler = ({ core, args, grant }) => {
  const { workspace } = core;
  const given = args.string('channel');
  if (given !== undefined) {
    const channel = visibleChannel(core, given);
    if (!isDirect(channel)) throw new SlackError('method_not_supported_for_channel_type');
    return { no_op: true, already_open: true, channel: { id: channel.id } };
  }
  const ids = (args.string('users') ?? '').split(',').filter((id) => id !== '');
  if (ids.length === 0) throw new SlackError('users_list_not_supplied');
  if (ids.length > 8) throw new SlackError('too_many_users');
  requireScope(grant, ids.length > 1 ? 'mpim:write' : 'im:write');
  const people = ids.map((id) => knownPerson(core, id));
  if (people.some((person) => person.deleted)) throw new SlackError('user_disabled');
  if (people.some((person) => person.isBot)) throw new SlackError('cannot_dm_bot');
  const bot = workspace.app.botUserId;
  const [only = '', ...others] = ids;
  const { channel, existed } =
    others.length === 0 ? workspace.directMessage(bot, only) : workspace.groupMessage([bot, ...ids]);
  const json = args.boolean('return_im') ? channelJson(workspace, channel, bot) : { id: channel.id };
  return { ...(existed ? { no_op: true, already_open: true } : {}), channel: json };
};

/** @see https://docs.slack.dev/reference/methods/conversations.join */
export const join: Handler = (call) => {
  const { core, args } = call;
  const { workspace } = core;
  const channel = visibleChannel(core, args.required('channel'));
  if (channel.kind !== 'channel') throw new SlackError('method_not_supported_for_channel_type');
  if (channel.isArchived) throw new SlackError('is_archived');
  const bot = workspace.app.botUserId;
  const already = channel.members.has(bot);
  if (!already) void workspace.join(channel, bot);
  return {
    channel: uncounted(call, channel),
    ...(already
      ? { warning: 'already_in_channel', response_metadata: { warnings: ['already_in_channel'] } }
      : {}),
  };
};

export const invite: Handler = (call) => {
  const { core, args, grant } = call;
  const { workspace } = core;
  const channel = visibleChannel(core, args.required('channel'));
  if (isDirect(channel)) throw new SlackError('method_not_supported_for_channel_type');
  if (channel.kind === 'group') requireScope(grant, 'groups:write.invites', 'groups:write');
  else requireScope(grant, 'channels:write.invites', 'channels:manage');
  const bot = workspace.app.botUserId;
  if (!channel.members.has(bot)) throw new SlackError('not_in_channel');
  if (channel.isArchived) throw new SlackError('is_archived');
  const ids = (args.string('users') ?? '').split(',').filter((id) => id !== '');
  if (ids.length === 0) throw new SlackError('no_user');
  if (ids.includes(bot)) throw new SlackError('cant_invite_self');
  const people = ids.map((id) => knownPerson(core, id));
  if (people.some((person) => person.deleted)) throw new SlackError('user_not_found');
  const { team } = workspace;
  const fromElsewhere = people.some(
    (person) => !person.isStranger && !teamsOf(person).includes(team.id) && !isOrgShared(workspace, channel),
  );
  if (fromElsewhere) throw new SlackError('org_user_not_in_team');
  if (people.some((person) => channel.members.has(person.id))) throw new SlackError('already_in_channel');
  for (const person of people) void workspace.join(channel, person.id, bot);
  return { channel: uncounted(call, channel) };
};

function toJson({ core, args }: Call, channel: Channel, messages: readonly Message[]): readonly JsonObject[] {
  const metadata = args.boolean('include_all_metadata') ? 'full' : 'type';
  return messages.map((message) =>
    messageJson(core.workspace, channel, message, { metadata, baseUrl: core.baseUrl() }),
  );
}

/** Matches messages between `oldest` and `latest`. The two ends match only with `inclusive`. */
function withinWindow(args: Args): (message: Message) => boolean {
  const oldest = args.string('oldest');
  const latest = args.string('latest');
  if (oldest !== undefined && !Number.isFinite(Number(oldest))) throw new SlackError('invalid_ts_oldest');
  if (latest !== undefined && !Number.isFinite(Number(latest))) throw new SlackError('invalid_ts_latest');
  const inclusive = args.boolean('inclusive');
  return ({ ts }) => {
    const fromOldest = oldest === undefined ? 1 : compareTs(ts, oldest);
    const toLatest = latest === undefined ? 1 : compareTs(latest, ts);
    return inclusive ? fromOldest >= 0 && toLatest >= 0 : fromOldest > 0 && toLatest > 0;
  };
}

export const history: Handler = (call) => {
  const { args } = call;
  const channel = readableHistory(call, args.required('channel'));
  const found = channel.messages
    .filter((message) => message.ephemeralTo === undefined)
    .filter((message) => message.threadTs === undefined || message.subtype === 'thread_broadcast')
    .filter(withinWindow(args))
    .reverse();
  const { items, nextCursor } = paginate(found, args.string('cursor'), readPage(call, 100, 999));
  return {
    messages: toJson(call, channel, items),
    has_more: nextCursor !== '',
    pin_count: 0,
    channel_actions_ts: null,
    channel_actions_count: 0,
    ...(nextCursor === '' ? {} : { response_metadata: { next_cursor: nextCursor } }),
  };
};

export const replies: Handler = (call) => {
  const { core, args } = call;
  const channel = readableHistory(call, args.required('channel'));
  const ts = args.required('ts');
  if (!/^\d+\.\d+$/.test(ts)) throw invalid('invalid ts [json-pointer:/ts]');
  const message = core.workspace.findMessage(channel, ts);
  if (message === undefined || message.ephemeralTo !== undefined) throw new SlackError('thread_not_found');
  const inThread = message.threadTs === undefined ? core.workspace.repliesTo(channel, ts) : [];
  const { items, nextCursor } = paginate(
    inThread.filter(withinWindow(args)),
    args.string('cursor'),
    readPage(call, 1000, 1000),
  );
  return {
    // Every page begins with the root.
    messages: toJson(call, channel, [message, ...items]),
    has_more: nextCursor !== '',
    ...(nextCursor === '' ? {} : { response_metadata: { next_cursor: nextCursor } }),
  };
};
