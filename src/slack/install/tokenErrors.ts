/** Errors by which Slack refuses a token for good: no retry helps, a person has to act. */
import { ErrorCode } from '@slack/web-api';

/** Error codes of https://docs.slack.dev/reference/methods/auth.test and apps.connections.open. */
const REFUSED = new Set([
  'invalid_auth',
  'not_authed',
  'account_inactive',
  'token_revoked',
  'token_expired',
  'not_allowed_token_type',
  'missing_scope',
  'user_removed_from_team',
  'team_disabled',
]);

type TokenSetting = 'SLACK_BOT_TOKEN' | 'SLACK_APP_TOKEN';

const WHAT_TO_DO: Readonly<Record<TokenSetting, string>> = {
  SLACK_BOT_TOKEN:
    'Copy the Bot User OAuth Token again: api.slack.com/apps, your app, OAuth & Permissions; install the app to the workspace if it has none.',
  SLACK_APP_TOKEN:
    'Copy an App-Level Token with the scope connections:write: api.slack.com/apps, your app, Basic Information; and see that Socket Mode is on.',
};

/** What `TokenRefusedError` says for a token that Slack accepts and we do not. */
export const WHOLE_ORGANIZATION = 'is_enterprise_install';

/** Slack does not accept a token of the environment, or we do not. */
export class TokenRefusedError extends Error {
  readonly code = 'token_refused';
  constructor(
    readonly setting: TokenSetting,
    readonly slackError: string,
  ) {
    super(
      slackError === WHOLE_ORGANIZATION
        ? `${setting} is of an installation in a whole organization, and Lostdeal serves one workspace. Install the app in a workspace (api.slack.com/apps, your app, Install App) and copy the Bot User OAuth Token of that installation.`
        : `Slack does not accept ${setting} (${slackError}). ${WHAT_TO_DO[setting]}`,
    );
    this.name = 'TokenRefusedError';
  }
}

/** A TokenRefusedError when Slack refused the token for good; any other error unchanged. */
export function asTokenError(error: unknown, setting: TokenSetting): unknown {
  const code = tokenRefusal(error);
  return code === null ? error : new TokenRefusedError(setting, code);
}

/** Slack's error code when it refused the token for good; else null. */
export function tokenRefusal(error: unknown): string | null {
  if (!(error instanceof Error) || !('code' in error) || error.code !== ErrorCode.PlatformError) return null;
  const code = (error as { data?: { error?: string } }).data?.error;
  return code !== undefined && REFUSED.has(code) ? code : null;
}
