import { sendEvent } from '../delivery/events';
import { SlackError } from '../errors';
import { isDirect } from '../workspace/model';
import type { Handler } from './call';
import { knownPerson, visibleChannel } from './lookup';

export const apiTest: Handler = ({ args }) => {
  const error = args.string('error');
  if (error !== undefined) throw new SlackError(error);
  return {};
};

export const authTest: Handler = ({ core, grant }) => {
  const { team, app } = core.workspace;
  const self = knownPerson(core, grant.userId);
  return {
    url: `https://${team.domain}.slack.com/`,
    team: team.name,
    user: self.name,
    team_id: team.id,
    user_id: self.id,
    ...(grant.kind === 'bot' ? { bot_id: app.botId } : {}),
    ...(team.organization === undefined ? {} : { enterprise_id: team.organization.id }),
    is_enterprise_install: false,
  };
};

/**
 * Revokes the calling token. Revoking a bot token "will not uninstall the bot user or the app. It will, however,
 * deactivate the bot user and remove its channel memberships."
 * @see https://api.slack.com/methods/auth.revoke
 */
export const authRevoke: Handler = ({ core, args, grant }) => {
  if (args.boolean('test')) return { revoked: false };
  const { workspace } = core;
  core.grants.revoke(grant);
  if (grant.kind === 'bot') {
    for (const channel of workspace.channels.values())
      if (!isDirect(channel)) channel.members.delete(grant.userId);
  }
  workspace.changes.bump();
  if (core.manifest.botEvents.has('tokens_revoked')) {
    const tokens =
      grant.kind === 'bot' ? { oauth: [], bot: [grant.userId] } : { oauth: [grant.userId], bot: [] };
    void sendEvent(core, { type: 'tokens_revoked', tokens, event_ts: workspace.nextTs() });
  }
  return { revoked: true };
};

export const teamInfo: Handler = ({ core, args }) => {
  const { team } = core.workspace;
  if ((args.string('team') ?? team.id) !== team.id) throw new SlackError('team_not_found');
  const { organization } = team;
  const of =
    organization === undefined ? {} : { enterprise_id: organization.id, enterprise_name: organization.name };
  return { team: { id: team.id, name: team.name, domain: team.domain, email_domain: '', icon: {}, ...of } };
};

export const botsInfo: Handler = ({ core, args }) => {
  const { app } = core.workspace;
  if ((args.string('bot') ?? app.botId) !== app.botId) throw new SlackError('bot_not_found');
  return {
    bot: {
      id: app.botId,
      deleted: false,
      name: app.name,
      updated: 0,
      app_id: app.appId,
      user_id: app.botUserId,
      icons: {},
    },
  };
};

export const reactionsAdd: Handler = ({ core, args }) => {
  const { workspace } = core;
  const name = args.required('name').replaceAll(':', '');
  if (!/^[a-z0-9_+'-]+$/.test(name)) throw new SlackError('invalid_name');
  const timestamp = args.string('timestamp');
  const channelId = args.string('channel');
  if (timestamp === undefined || channelId === undefined) throw new SlackError('no_item_specified');
  if (!/^\d+\.\d{6}$/.test(timestamp)) throw new SlackError('bad_timestamp');
  const channel = visibleChannel(core, channelId);
  if (!channel.members.has(workspace.app.botUserId)) throw new SlackError('not_in_channel');
  if (channel.isArchived) throw new SlackError('is_archived');
  const message = workspace.findMessage(channel, timestamp);
  if (message === undefined || message.ephemeralTo !== undefined) throw new SlackError('message_not_found');
  const had = message.reactions.find((reaction) => reaction.name === name);
  if (had?.userIds.includes(workspace.app.botUserId) === true) throw new SlackError('already_reacted');
  void workspace.react(channel, message, workspace.app.botUserId, name);
  return {};
};
