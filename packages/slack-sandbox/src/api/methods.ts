import { METHOD_COVERAGE, type ServedMethod } from '../coverage/methods';
import type { MethodRow } from '../coverage/support';
import { SlackError } from '../errors';
import type { Handler } from './call';
import * as chat from './chat';
import * as conversations from './conversations';
import * as files from './files';
import * as functions from './functions';
import * as misc from './misc';
import { access } from './oauth';
import * as schedule from './schedule';
import * as users from './users';
import * as views from './views';

/** The handler of each method. The coverage table says which token, scopes and tier it has. */
const HANDLERS: Readonly<Record<ServedMethod, Handler>> = {
  'api.test': misc.apiTest,
  'apps.connections.open': ({ core }) => {
    if (core.deliverer.requestUrl !== undefined || !core.manifest.socketMode)
      throw new SlackError('socket_mode_disabled');
    return { url: core.socketUrl() };
  },
  'auth.revoke': misc.authRevoke,
  'auth.test': misc.authTest,
  'bots.info': misc.botsInfo,
  'chat.delete': chat.remove,
  'chat.deleteScheduledMessage': schedule.deleteScheduledMessage,
  'chat.getPermalink': chat.getPermalink,
  'chat.postEphemeral': chat.postEphemeral,
  'chat.postMessage': chat.postMessage,
  'chat.scheduleMessage': schedule.scheduleMessage,
  'chat.scheduledMessages.list': schedule.listScheduledMessages,
  'chat.update': chat.update,
  'conversations.history': conversations.history,
  'conversations.info': conversations.info,
  'conversations.invite': conversations.invite,
  'conversations.join': conversations.join,
  'conversations.list': conversations.list,
  'conversations.members': conversations.members,
  'conversations.open': conversations.open,
  'conversations.replies': conversations.replies,
  'files.completeUploadExternal': files.completeUploadExternal,
  'files.getUploadURLExternal': files.getUploadURLExternal,
  'files.info': files.info,
  'functions.completeError': functions.completeError,
  'functions.completeSuccess': functions.completeSuccess,
  'oauth.v2.access': access,
  'reactions.add': misc.reactionsAdd,
  'team.info': misc.teamInfo,
  'users.conversations': conversations.usersConversations,
  'users.info': users.info,
  'users.list': users.list,
  'users.lookupByEmail': users.lookupByEmail,
  'views.open': views.open,
  'views.publish': views.publish,
  'views.push': views.push,
  'views.update': views.update,
};

export interface Method extends MethodRow {
  readonly run: Handler;
}

/** Every Web API method of this sandbox. All other names get `unknown_method`. */
export const METHODS: Readonly<Record<string, Method>> = Object.fromEntries(
  Object.entries(HANDLERS).map(([name, run]) => [name, { ...METHOD_COVERAGE[name as ServedMethod], run }]),
);
