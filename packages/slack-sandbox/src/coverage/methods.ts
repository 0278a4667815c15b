import { full, type MethodRow, partly } from './support';

const READ = ['channels:read', 'groups:read', 'im:read', 'mpim:read'];
const HISTORY = ['channels:history', 'groups:history', 'im:history', 'mpim:history'];
const WORDS = 'username and icons are ignored; nothing unfurls; buttons of attachments from before Block Kit';

/**
 * The Web API methods of this sandbox. The dispatcher takes scopes, tiers and token types from here, and the compiler
 * asks it for a handler of each. Facts are from docs.slack.dev/reference/methods (machine copy of 2026-08 in
 * slack-ruby/slack-api-ref).
 */
export const METHOD_COVERAGE = {
  'api.test': full('t4', [], 'none'),
  'apps.connections.open': full('t3', ['connections:write'], 'app'),
  'auth.revoke': full('t3', [], 'any'),
  'auth.test': full('often', [], 'any'),
  'bots.info': partly('t3', ['users:read'], 'bots of other apps'),
  'chat.delete': full('t3', ['chat:write']),
  'chat.deleteScheduledMessage': full('t3', ['chat:write']),
  'chat.getPermalink': full('often', []),
  'chat.postEphemeral': partly('t4', ['chat:write'], WORDS),
  'chat.postMessage': partly('post', ['chat:write'], WORDS),
  'chat.scheduleMessage': partly('t3', ['chat:write'], WORDS),
  'chat.scheduledMessages.list': full('t3', []),
  'chat.update': partly('t3', ['chat:write'], 'edit windows; file_ids'),
  'conversations.history': full('t3', HISTORY),
  'conversations.info': partly('t3', READ, 'include_locale'),
  'conversations.invite': partly(
    't3',
    [
      'channels:write.invites',
      'groups:write.invites',
      'channels:manage',
      'groups:write',
      'im:write',
      'mpim:write',
    ],
    'force',
  ),
  'conversations.join': full('t3', ['channels:join']),
  'conversations.list': full('t2', READ),
  'conversations.members': full('t4', READ),
  'conversations.open': full('t3', ['channels:manage', 'groups:write', 'im:write', 'mpim:write']),
  'conversations.replies': full('t3', HISTORY),
  'files.completeUploadExternal': partly('t4', ['files:write'], 'username and icons; snippets'),
  'files.getUploadURLExternal': partly('t4', ['files:write'], 'snippets'),
  'files.info': partly('t4', ['files:read'], 'comments, shares, previews'),
  'functions.completeError': full('t3', []),
  'functions.completeSuccess': partly('t3', [], 'types of outputs other than text, number, boolean and ids'),
  'oauth.v2.access': partly('often', [], 'token rotation, PKCE, incoming webhooks, organizations', 'none'),
  'reactions.add': partly('t3', ['reactions:write'], 'which emoji exist; limits on how many'),
  'team.info': partly('t3', ['team:read'], 'other teams'),
  'users.conversations': full('t3', READ),
  'users.info': partly('t4', ['users:read'], 'include_locale, status, pictures'),
  'users.list': partly('t2', ['users:read'], 'include_locale, status, pictures'),
  'users.lookupByEmail': full('t3', ['users:read.email']),
  'views.open': partly('t4', [], 'interactivity_pointer'),
  'views.publish': full('t4', []),
  'views.push': partly('t4', [], 'interactivity_pointer'),
  'views.update': full('t4', []),
} satisfies Readonly<Record<string, MethodRow>>;

export type ServedMethod = keyof typeof METHOD_COVERAGE;
