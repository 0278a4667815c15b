import { fillTexts } from './blockkit/fillTexts';
import { compact, type JsonObject } from './json';
import { extensionOf } from './workspace/mimetypes';
import type { Channel, FileRecord, Member, Message } from './workspace/model';
import { OTHER_TEAM, teamsOf } from './workspace/model';
import { composedBlock } from './workspace/typedText';
import type { StoredView } from './workspace/views';
import { isOrgShared, isShared, type Workspace } from './workspace/workspace';

/** Objects in Slack's shapes, for answers and payloads. */

export function memberJson(workspace: Workspace, member: Member): JsonObject {
  const offset = zoneOffsetSeconds(member.tz, workspace.clock());
  const sharesWithApp = [...workspace.channels.values()].some(
    (channel) => channel.members.has(member.id) && channel.members.has(workspace.app.botUserId),
  );
  const isHere = teamsOf(member).includes(workspace.team.id);
  const base: JsonObject = {
    id: member.id,
    team_id: member.teamId,
    name: member.name,
    deleted: member.deleted,
    profile: compact({
      title: member.title,
      real_name: member.realName,
      real_name_normalized: member.realName,
      display_name: member.name,
      display_name_normalized: member.name,
      team: member.teamId,
      email: workspace.people.has(member.id) && !member.isBot ? member.email : undefined,
      api_app_id: member.isBot ? workspace.app.appId : undefined,
      bot_id: member.isBot ? workspace.app.botId : undefined,
    }),
    is_bot: member.isBot,
    is_app_user: false,
    updated: member.updated,
  };
  // Slack omits zone, colour and roles of deactivated people.
  if (member.deleted) return base;
  return {
    ...base,
    ...(member.isStranger && !sharesWithApp ? { is_stranger: true } : {}),
    ...organizationFields(workspace, member),
    color: member.color.replace('#', ''),
    real_name: member.realName,
    tz: member.tz,
    tz_label: zoneLabel(member.tz, workspace.clock()),
    tz_offset: offset,
    is_admin: isHere && member.isAdmin,
    is_owner: isHere && member.isOwner,
    is_primary_owner: false,
    // Slack calls a guest of one channel both.
    is_restricted: member.guest !== undefined,
    is_ultra_restricted: member.guest === 'single_channel',
    is_email_confirmed: true,
    who_can_share_contact_card: 'EVERYONE',
  };
}

/** Slack describes members of the organization so, whichever of its workspaces they are in. */
function organizationFields({ team }: Workspace, member: Member): JsonObject {
  const { organization } = team;
  if (organization === undefined || member.isStranger || member.isBot) return {};
  return {
    enterprise_user: {
      id: member.id,
      enterprise_id: organization.id,
      enterprise_name: organization.name,
      is_admin: false,
      is_owner: false,
      teams: teamsOf(member),
    },
  };
}

export function channelJson(workspace: Workspace, channel: Channel, viewer: string): JsonObject {
  const base = {
    id: channel.id,
    created: channel.created,
    is_archived: channel.isArchived,
    is_im: channel.kind === 'im',
    is_org_shared: isOrgShared(workspace, channel),
    context_team_id: workspace.team.id,
    updated: channel.created * 1000,
  };
  if (channel.kind === 'im') {
    return {
      ...base,
      user: [...channel.members].find((id) => id !== viewer) ?? viewer,
      is_open: true,
      priority: 0,
    };
  }
  const shared = isShared(workspace, channel);
  return {
    ...base,
    name: channel.name,
    name_normalized: channel.name,
    is_channel: channel.kind === 'channel',
    is_group: false,
    is_mpim: channel.kind === 'mpim',
    is_private: channel.kind !== 'channel',
    is_general: channel.name === 'general',
    is_member: channel.members.has(viewer),
    is_shared: shared || isOrgShared(workspace, channel),
    is_ext_shared: shared,
    is_pending_ext_shared: !shared && channel.sharing === 'pending',
    pending_shared: !shared && channel.sharing === 'pending' ? [OTHER_TEAM] : [],
    creator: channel.creator,
    topic: { value: channel.topic, creator: channel.topic === '' ? '' : channel.creator, last_set: 0 },
    purpose: { value: '', creator: '', last_set: 0 },
    previous_names: [],
    num_members: channel.members.size,
  };
}

export function fileJson(workspace: Workspace, file: FileRecord, baseUrl: string): JsonObject {
  return {
    id: file.id,
    created: file.created,
    timestamp: file.created,
    name: file.name,
    title: file.title,
    mimetype: file.mimetype,
    filetype: extensionOf(file.name),
    size: file.content.length,
    user: file.userId,
    user_team: workspace.team.id,
    mode: 'hosted',
    is_external: false,
    is_public: false,
    url_private: `${baseUrl}/files-pri/${file.id}/${encodeURIComponent(file.name)}`,
    url_private_download: `${baseUrl}/files-pri/${file.id}/download/${encodeURIComponent(file.name)}`,
    permalink: `${baseUrl}/files/${file.id}/${encodeURIComponent(file.name)}`,
  };
}

/** A message. `metadata` is `full`, or `type` for the event_type alone, which history returns by default. */
export function messageJson(
  workspace: Workspace,
  channel: Channel,
  message: Message,
  options: { readonly metadata: 'full' | 'type'; readonly baseUrl: string },
): JsonObject {
  const { app, team } = workspace;
  const replies = message.threadTs === undefined ? workspace.repliesTo(channel, message.ts) : [];
  const root = message.threadTs === undefined ? undefined : workspace.findMessage(channel, message.threadTs);
  const author = workspace.people.get(message.userId);
  const replyUsers = [...new Set(replies.map((reply) => reply.userId))];
  return compact({
    type: 'message',
    subtype: message.subtype,
    hidden: message.subtype === 'tombstone' ? true : undefined,
    user: message.userId,
    inviter: message.inviterId,
    text: message.text,
    ts: message.ts,
    client_msg_id: message.clientMsgId,
    team: author?.teamId ?? team.id,
    bot_id: message.botId,
    app_id: message.botId === undefined ? undefined : app.appId,
    bot_profile: message.botId === undefined ? undefined : botProfile(workspace),
    blocks: blocksOf(message),
    attachments: message.attachments?.length ? message.attachments : undefined,
    thread_ts: message.threadTs ?? (replies.length > 0 ? message.ts : undefined),
    parent_user_id: message.threadTs === undefined ? undefined : (root?.userId ?? undefined),
    reply_count: replies.length > 0 ? replies.length : undefined,
    reply_users_count: replies.length > 0 ? replyUsers.length : undefined,
    reply_users: replies.length > 0 ? replyUsers : undefined,
    latest_reply: replies.at(-1)?.ts,
    is_locked: replies.length > 0 ? false : undefined,
    subscribed: replies.length > 0 ? false : undefined,
    edited: message.edited,
    reactions:
      message.reactions.length > 0
        ? message.reactions.map(({ name, userIds }) => ({ name, users: userIds, count: userIds.length }))
        : undefined,
    files:
      message.files.length > 0
        ? message.files.map((file) => fileJson(workspace, file, options.baseUrl))
        : undefined,
    upload: message.files.length > 0 ? false : undefined,
    metadata:
      message.metadata === undefined
        ? undefined
        : options.metadata === 'full'
          ? message.metadata
          : { event_type: message.metadata.event_type },
  });
}

/** The app's blocks, or the one that Slack's composer makes of a person's text. */
function blocksOf(message: Message): readonly JsonObject[] | undefined {
  if (message.blocks.length > 0) return message.blocks;
  const isTyped = message.botId === undefined && message.subtype === undefined;
  return isTyped ? [composedBlock(message.text, message.ts)] : undefined;
}

/** Slack's default icon for an app without one of its own. */
const PLUGIN = 'https://a.slack-edge.com/80588/img/plugins/app';
const BOT_ICONS = {
  image_36: `${PLUGIN}/bot_36.png`,
  image_48: `${PLUGIN}/bot_48.png`,
  image_72: `${PLUGIN}/service_72.png`,
};

export function botProfile(workspace: Workspace): JsonObject {
  const { app, team } = workspace;
  return {
    id: app.botId,
    app_id: app.appId,
    name: app.name,
    deleted: false,
    updated: 0,
    team_id: team.id,
    icons: BOT_ICONS,
  };
}

/** A view. Payloads contain its state, API answers an empty one. */
export function viewJson(workspace: Workspace, stored: StoredView, withState: boolean): JsonObject {
  const { view } = stored;
  const { app, team } = workspace;
  const text = (value: unknown) => (value === undefined ? null : fillTexts(value));
  const base = {
    id: stored.id,
    team_id: team.id,
    type: stored.type,
    blocks: stored.blocks,
    private_metadata: view.private_metadata ?? '',
    callback_id: view.callback_id ?? '',
    state: { values: withState ? stored.state : {} },
    hash: stored.hash,
    title: fillTexts(view.title ?? { type: 'plain_text', text: 'View Title' }),
    clear_on_close: view.clear_on_close ?? false,
    notify_on_close: view.notify_on_close ?? false,
    close: text(view.close),
    submit: text(view.submit),
    previous_view_id: stored.previousId,
    root_view_id: stored.rootId,
    app_id: app.appId,
    external_id: view.external_id ?? '',
    app_installed_team_id: team.id,
    bot_id: app.botId,
  };
  return base;
}

/** Seconds east of UTC at this moment, epoch ms. */
export function zoneOffsetSeconds(tz: string, at: number): number {
  const parts = new Intl.DateTimeFormat('en-US', { timeZone: tz, timeZoneName: 'longOffset' }).formatToParts(
    at,
  );
  const name = parts.find((part) => part.type === 'timeZoneName')?.value ?? 'GMT';
  const match = /GMT([+-])(\d{2}):(\d{2})/.exec(name);
  if (match === null) return 0;
  const seconds = Number(match[2]) * 3600 + Number(match[3]) * 60;
  return match[1] === '-' ? -seconds : seconds;
}

function zoneLabel(tz: string, at: number): string {
  const parts = new Intl.DateTimeFormat('en-US', { timeZone: tz, timeZoneName: 'long' }).formatToParts(at);
  return parts.find((part) => part.type === 'timeZoneName')?.value ?? tz;
}
