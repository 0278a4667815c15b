import type { Core } from '../core';
import type { PublishedEvent } from '../coverage/events';
import { compact, type JsonObject, stringOf } from '../json';
import { memberJson, messageJson, viewJson } from '../slackJson';
import type { Channel, WorkspaceEvent } from '../workspace/model';
import { OTHER_TEAM, teamsOf } from '../workspace/model';
import { type DeliveryOutcome, isShared, type Workspace } from '../workspace/workspace';
import type { Delivery } from './transport';

interface SubscribedEvent {
  /** As in the manifest's `bot_events`. */
  readonly subscription: PublishedEvent;
  readonly event: JsonObject;
  /** If set, Slack sends the event only if the bot is a member. */
  readonly channel?: Channel;
}

/** Makes the event of the Events API for a change in the workspace. */
function eventOf(core: Core, change: WorkspaceEvent): SubscribedEvent | undefined {
  const { workspace, baseUrl } = core;
  const eventTs = workspace.nextTs();
  const full = { metadata: 'full', baseUrl: baseUrl() } as const;
  switch (change.type) {
    case 'message_posted': {
      const { channel, message } = change;
      const root =
        message.subtype === 'thread_broadcast' && message.threadTs !== undefined
          ? workspace.findMessage(channel, message.threadTs)
          : undefined;
      const event = {
        ...messageJson(workspace, channel, message, full),
        ...(root === undefined ? {} : { root: messageJson(workspace, channel, root, full) }),
        channel: channel.id,
        channel_type: channel.kind,
        event_ts: message.ts,
      };
      return { subscription: messageSubscription(channel), event, channel };
    }
    case 'message_changed': {
      const { channel, message, previous } = change;
      const event = {
        type: 'message',
        subtype: 'message_changed',
        hidden: true,
        message: {
          ...messageJson(workspace, channel, message, full),
          source_team: workspace.team.id,
          user_team: workspace.team.id,
        },
        previous_message: messageJson(workspace, channel, previous, full),
        channel: channel.id,
        channel_type: channel.kind,
        ts: eventTs,
        event_ts: eventTs,
      };
      return { subscription: messageSubscription(channel), event, channel };
    }
    case 'message_deleted': {
      const { channel, previous } = change;
      const event = {
        type: 'message',
        subtype: 'message_deleted',
        hidden: true,
        deleted_ts: previous.ts,
        previous_message: messageJson(workspace, channel, previous, full),
        channel: channel.id,
        channel_type: channel.kind,
        ts: eventTs,
        event_ts: eventTs,
      };
      return { subscription: messageSubscription(channel), event, channel };
    }
    case 'member_joined':
    case 'member_left': {
      const { channel, userId } = change;
      const type = change.type === 'member_joined' ? 'member_joined_channel' : 'member_left_channel';
      const event = compact({
        type,
        user: userId,
        channel: channel.id,
        channel_type: channel.kind === 'group' ? 'G' : 'C',
        team: workspace.people.get(userId)?.teamId ?? workspace.team.id,
        inviter: change.type === 'member_joined' ? change.inviterId : undefined,
        event_ts: eventTs,
      });
      return { subscription: type, event, channel };
    }
    case 'user_changed':
      return {
        subscription: 'user_change',
        event: {
          type: 'user_change',
          user: memberJson(workspace, change.member),
          cache_ts: workspace.seconds(),
          event_ts: eventTs,
        },
      };
    case 'channel_archived':
    case 'channel_unarchived':
    case 'channel_deleted': {
      const { channel, userId } = change;
      const family = channel.kind === 'group' ? 'group' : 'channel';
      const what = {
        channel_archived: 'archive',
        channel_unarchived: 'unarchive',
        channel_deleted: 'deleted',
      } as const;
      const type = `${family}_${what[change.type]}` as const;
      return {
        subscription: type,
        event: { type, channel: channel.id, user: userId, event_ts: eventTs },
        channel,
      };
    }
    case 'channel_shared':
      return {
        subscription: 'channel_shared',
        event: {
          type: 'channel_shared',
          connected_team_id: OTHER_TEAM,
          channel: change.channel.id,
          event_ts: eventTs,
        },
        channel: change.channel,
      };
    case 'channel_unshared':
      return {
        subscription: 'channel_unshared',
        event: {
          type: 'channel_unshared',
          previously_connected_team_id: OTHER_TEAM,
          channel: change.channel.id,
          is_ext_shared: false,
          event_ts: eventTs,
        },
        channel: change.channel,
      };
    case 'reaction_added': {
      const { channel, message, userId, reaction } = change;
      const event = {
        type: 'reaction_added',
        user: userId,
        reaction,
        item_user: message.userId,
        item: { type: 'message', channel: channel.id, ts: message.ts },
        event_ts: eventTs,
      };
      return { subscription: 'reaction_added', event, channel };
    }
    case 'home_opened': {
      const { userId, channel, tab } = change;
      const home = core.views.homeOf(userId);
      const event = compact({
        type: 'app_home_opened',
        user: userId,
        channel: channel.id,
        tab,
        view: tab === 'home' && home !== undefined ? viewJson(workspace, home, true) : undefined,
        event_ts: eventTs,
      });
      return { subscription: 'app_home_opened', event };
    }
  }
}

function messageSubscription(channel: Channel): PublishedEvent {
  return (
    { channel: 'message.channels', group: 'message.groups', im: 'message.im', mpim: 'message.mpim' } as const
  )[channel.kind];
}

/** Sends the event if the app subscribed to it and the bot is a member of its channel. */
export function publish(core: Core, change: WorkspaceEvent): Promise<DeliveryOutcome> {
  // An uninstalled app gets no events.
  if (!core.installation.installed) return Promise.resolve('none');
  const described = eventOf(core, change);
  if (described === undefined || !core.manifest.botEvents.has(described.subscription))
    return Promise.resolve('none');
  if (described.channel !== undefined && !described.channel.members.has(core.workspace.app.botUserId))
    return Promise.resolve('none');
  return sendEvent(core, described.event, described.channel);
}

/**
 * The workspace that an event names: for a message of somebody from elsewhere theirs, while `authorizations` names ours.
 * @see https://github.com/slackapi/bolt-js/issues/935
 */
function teamOfAuthor({ people, team }: Workspace, event: JsonObject): string {
  const author = event.type === 'message' ? people.get(stringOf(event.user) ?? '') : undefined;
  return author === undefined || teamsOf(author).includes(team.id) ? team.id : author.teamId;
}

/** Sends one event in its outer envelope, without a look at subscriptions. */
export async function sendEvent(core: Core, event: JsonObject, channel?: Channel): Promise<DeliveryOutcome> {
  const { workspace, ids } = core;
  const { team, app } = workspace;
  const enterpriseId = team.organization?.id ?? null;
  const delivery: Delivery = {
    type: 'events_api',
    name: [stringOf(event.type), stringOf(event.subtype)].filter((part) => part !== undefined).join('.'),
    payload: {
      token: 'sandbox-verification-token',
      team_id: teamOfAuthor(workspace, event),
      ...(enterpriseId === null ? {} : { enterprise_id: enterpriseId }),
      context_team_id: team.id,
      context_enterprise_id: enterpriseId,
      api_app_id: app.appId,
      event,
      type: 'event_callback',
      event_id: ids.next('Ev'),
      event_time: workspace.seconds(),
      authorizations: [
        {
          enterprise_id: enterpriseId,
          team_id: team.id,
          user_id: app.botUserId,
          is_bot: true,
          is_enterprise_install: false,
        },
      ],
      is_ext_shared_channel: channel !== undefined && isShared(workspace, channel),
      event_context: `4-${ids.next('').toLowerCase()}`,
    },
  };
  const answer = await core.deliverer.send(delivery);
  return answer.outcome;
}
