import { SlackError } from '../errors';
import type { Handler } from './call';
import { knownPerson, visibleChannel } from './lookup';

export const apiTest: Handler = ({ args }) => {
  const error = args.string('error');
  if (error !== undefined) throw new SlackError(error);
  return {};
};

export const authTest: Handler = ({ core }) => {
  const { team, app } = core.workspace;
  const bot = knownPerson(core, app.botUserId);
  return {
    url: `https://${team.domain}.slack.com/`,
    team: team.name,
    user: bot.name,
    team_id: team.id,
    user_id: app.botUserId,
    bot_id: app.botId,
    is_enterprise_install: false,
  };
};

export const teamInfo: Handler = ({ core }) => {
  const { team } = core.workspace;
  return { team: { id: team.id, name: team.name, domain: team.domain, email_domain: '', icon: {} } };
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
  const channel = visibleChannel(core, args.required('channel'));
  if (!channel.members.has(workspace.app.botUserId)) throw new SlackError('not_in_channel');
  if (channel.isArchived) throw new SlackError('is_archived');
  const message = workspace.findMessage(channel, args.required('timestamp'));
  if (message === undefined || message.ephemeralTo !== undefined) throw new SlackError('message_not_found');
  const had = message.reactions.find((reaction) => reaction.name === name);
  if (had?.userIds.includes(workspace.app.botUserId) === true) throw new SlackError('already_reacted');
  void workspace.react(channel, message, workspace.app.botUserId, name);
  return {};
};
