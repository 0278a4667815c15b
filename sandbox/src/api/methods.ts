import { SlackError } from '../errors';
import type { Handler } from './call';
import * as chat from './chat';
import * as conversations from './conversations';
import * as files from './files';
import * as misc from './misc';
import * as users from './users';
import * as views from './views';

/** Calls a minute of a method, per workspace and app; `post` is one message a second and channel. */
export type Tier = 't1' | 't2' | 't3' | 't4' | 'post' | 'often';

export interface Method {
  readonly token: 'bot' | 'app' | 'none';
  /** One of these is needed; scopes that depend on the conversation are checked by the handler. */
  readonly scopes: readonly string[];
  readonly tier: Tier;
  readonly run: Handler;
}

const bot = (tier: Tier, scopes: readonly string[], run: Handler): Method => ({
  token: 'bot',
  scopes,
  tier,
  run,
});

const READ = ['channels:read', 'groups:read', 'im:read', 'mpim:read'];
const HISTORY = ['channels:history', 'groups:history', 'im:history', 'mpim:history'];
const INVITE = [
  'channels:write.invites',
  'groups:write.invites',
  'channels:write',
  'groups:write',
  'channels:manage',
];

/** Every Web API method there is in this sandbox; all others are `unknown_method`. */
export const METHODS: Readonly<Record<string, Method>> = {
  'api.test': { token: 'none', scopes: [], tier: 't4', run: misc.apiTest },
  'auth.test': bot('often', [], misc.authTest),
  'apps.connections.open': {
    token: 'app',
    scopes: [],
    tier: 't3',
    run: ({ core }) => {
      if (core.deliverer.requestUrl !== undefined || !core.manifest.socketMode)
        throw new SlackError('socket_mode_disabled');
      return { url: core.socketUrl() };
    },
  },
  'bots.info': bot('t3', ['users:read'], misc.botsInfo),
  'chat.delete': bot('t3', ['chat:write'], chat.remove),
  'chat.getPermalink': bot('often', [], chat.getPermalink),
  'chat.postEphemeral': bot('t4', ['chat:write'], chat.postEphemeral),
  'chat.postMessage': bot('post', ['chat:write'], chat.postMessage),
  'chat.update': bot('t3', ['chat:write'], chat.update),
  'conversations.history': bot('t3', HISTORY, conversations.history),
  'conversations.info': bot('t3', READ, conversations.info),
  'conversations.invite': bot('t3', INVITE, conversations.invite),
  'conversations.join': bot('t3', ['channels:join'], conversations.join),
  'conversations.list': bot('t2', READ, conversations.list),
  'conversations.members': bot('t4', READ, conversations.members),
  'conversations.open': bot('t3', ['im:write', 'mpim:write'], conversations.open),
  'conversations.replies': bot('t3', HISTORY, conversations.replies),
  'files.completeUploadExternal': bot('t4', ['files:write'], files.completeUploadExternal),
  'files.getUploadURLExternal': bot('t4', ['files:write'], files.getUploadURLExternal),
  'reactions.add': bot('t3', ['reactions:write'], misc.reactionsAdd),
  'team.info': bot('t3', ['team:read'], misc.teamInfo),
  'users.conversations': bot('t3', READ, conversations.usersConversations),
  'users.info': bot('t4', ['users:read'], users.info),
  'users.list': bot('t2', ['users:read'], users.list),
  'users.lookupByEmail': bot('t3', ['users:read.email'], users.lookupByEmail),
  'views.open': bot('t4', [], views.open),
  'views.publish': bot('t4', [], views.publish),
  'views.push': bot('t4', [], views.push),
  'views.update': bot('t4', [], views.update),
};
