import { SlackError } from '../errors';
import { compact } from '../json';
import type { Handler } from './call';

/**
 * `oauth.v2.access`: exchanges a code for tokens. Client id and secret come by HTTP Basic or as arguments. If the
 * authorize URL had a redirect_uri, the call must repeat it.
 * @throws SlackError invalid_client_id, bad_client_secret, invalid_grant_type, invalid_refresh_token, invalid_code,
 * bad_redirect_uri, pkce_not_allowed
 * @see https://docs.slack.dev/reference/methods/oauth.v2.access
 */
export const access: Handler = ({ core, args, basic }) => {
  const { credentials, oauthCodes, grants, workspace } = core;
  if ((basic?.id ?? args.string('client_id')) !== credentials.clientId)
    throw new SlackError('invalid_client_id');
  if ((basic?.secret ?? args.string('client_secret')) !== credentials.clientSecret)
    throw new SlackError('bad_client_secret');
  const grantType = args.string('grant_type') ?? 'authorization_code';
  if (grantType === 'refresh_token') throw new SlackError('invalid_refresh_token');
  if (grantType !== 'authorization_code') throw new SlackError('invalid_grant_type');
  if (args.has('code_verifier')) throw new SlackError('pkce_not_allowed');
  const code = args.string('code') ?? '';
  const consent = oauthCodes.find(code);
  if (consent === undefined) throw new SlackError('invalid_code');
  if (args.string('redirect_uri') !== consent.redirectUri) throw new SlackError('bad_redirect_uri');
  oauthCodes.use(code);

  const bot = consent.scopes.length > 0 ? grants.install(consent.scopes) : undefined;
  const user =
    consent.userScopes.length > 0 ? grants.addUser(consent.personId, consent.userScopes) : undefined;
  workspace.changes.bump();
  const { organization } = workspace.team;
  return {
    ...(bot === undefined
      ? {}
      : {
          access_token: bot.token,
          token_type: 'bot',
          scope: [...bot.scopes].join(','),
          bot_user_id: workspace.app.botUserId,
        }),
    app_id: workspace.app.appId,
    team: { id: workspace.team.id, name: workspace.team.name },
    enterprise: organization === undefined ? null : { id: organization.id, name: organization.name },
    is_enterprise_install: false,
    authed_user: compact({
      id: consent.personId,
      scope: user === undefined ? undefined : [...user.scopes].join(','),
      access_token: user?.token,
      token_type: user === undefined ? undefined : 'user',
    }),
  };
};
