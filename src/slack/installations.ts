/**
 * Which workspace a payload belongs to and with which token we answer: known without I/O, so an ack never waits
 * for Slack. The bot's own ids are learned once by `auth.test` and kept in the database, for starts while Slack
 * cannot be reached.
 */
import { ErrorCode, WebClient } from '@slack/web-api';
import type { SlackConfig } from '../config';
import type { Tenant } from '../deal/deal';
import type { Logger } from '../log';
import type { Installation, Store } from '../store/store';

/** Answers of `auth.test` that no retry mends (https://docs.slack.dev/reference/methods/auth.test). */
const REFUSED = new Set([
  'invalid_auth',
  'not_authed',
  'account_inactive',
  'token_revoked',
  'token_expired',
  'not_allowed_token_type',
  'user_removed_from_team',
  'team_disabled',
]);

/** Slack does not accept the bot token. */
export class TokenRefusedError extends Error {
  readonly code = 'token_refused';
  constructor(readonly slackError: string) {
    super(
      `Slack does not accept SLACK_BOT_TOKEN (${slackError}). Copy the Bot User OAuth Token again: api.slack.com/apps, your app, OAuth & Permissions; install the app to the workspace if it has none.`,
    );
    this.name = 'TokenRefusedError';
  }
}

export interface Installations {
  /** @throws {TokenRefusedError} when Slack answers that the token is wrong */
  start(): Promise<void>;
  stop(): void;
  /** Null: this workspace has not installed the app. */
  find(teamId: string, enterpriseId?: string): Installation | null;
  forTenant(tenant: Tenant): Installation | null;
  add(installation: Installation): Promise<void>;
  remove(teamId: string): Promise<void>;
}

interface Deps {
  readonly config: SlackConfig;
  readonly store: Store;
  readonly logger: Logger;
}

export function createInstallations({ config, store, logger }: Deps): Installations {
  const byTeam = new Map<string, Installation>();
  let retry: NodeJS.Timeout | undefined;
  let stopped = false;

  /** The one workspace of the bot token. */
  async function learn(botToken: string, channel: string | null): Promise<void> {
    const client = new WebClient(botToken, {
      slackApiUrl: config.apiUrl,
      retryConfig: { retries: 0 },
      timeout: 5_000,
    });
    const me = await client.auth.test();
    const bot = me.bot_id ? await appIdOf(client, me.bot_id, logger) : '';
    const installation: Installation = {
      tenant: {
        enterpriseId: me.is_enterprise_install ? (me.enterprise_id ?? '') : '',
        teamId: me.team_id ?? '',
      },
      botToken: '',
      botId: me.bot_id ?? '',
      botUserId: me.user_id ?? '',
      appId: bot,
      teamName: me.team ?? '',
      channel,
    };
    await store.workspace.saveInstallation(installation);
    byTeam.clear();
    byTeam.set(installation.tenant.teamId, { ...installation, botToken });
  }

  async function learnOrRetry(botToken: string, channel: string | null, waitMs: number): Promise<void> {
    try {
      await learn(botToken, channel);
      if (waitMs > 1_000) logger.info('Slack answers again');
    } catch (error) {
      const refused = refusal(error);
      if (refused !== null) throw new TokenRefusedError(refused);
      logger.warn(
        { err: error, retryInMs: waitMs },
        `Slack cannot be reached at ${config.apiUrl}; trying again`,
      );
      if (stopped) return;
      retry = setTimeout(() => {
        learnOrRetry(botToken, channel, Math.min(waitMs * 2, 60_000)).catch((later: unknown) =>
          logger.fatal({ err: later }, 'Slack refuses the bot token'),
        );
      }, waitMs);
    }
  }

  return {
    async start() {
      const kept = await store.workspace.installations();
      const { tenancy } = config;
      if (tenancy.kind === 'many') {
        for (const installation of kept) byTeam.set(installation.tenant.teamId, installation);
        return;
      }
      for (const installation of kept) {
        if (installation.botToken === '') {
          byTeam.set(installation.tenant.teamId, {
            ...installation,
            botToken: tenancy.botToken,
            channel: tenancy.channel,
          });
        }
      }
      await learnOrRetry(tenancy.botToken, tenancy.channel, 1_000);
    },
    stop() {
      stopped = true;
      clearTimeout(retry);
    },
    find(teamId, enterpriseId) {
      const known = byTeam.get(teamId) ?? (enterpriseId === undefined ? undefined : byTeam.get(enterpriseId));
      if (known) return known;
      // A single-workspace bot is only ever called for its own workspace; a payload of another one is a person
      // from outside who acts in a shared channel.
      if (config.tenancy.kind === 'single') return byTeam.values().next().value ?? null;
      return null;
    },
    forTenant(tenant) {
      return byTeam.get(tenant.teamId) ?? null;
    },
    async add(installation) {
      await store.workspace.saveInstallation(installation);
      byTeam.set(installation.tenant.teamId, installation);
    },
    async remove(teamId) {
      const known = byTeam.get(teamId);
      byTeam.delete(teamId);
      if (known) await store.workspace.deleteInstallation(known.tenant);
    },
  };
}

async function appIdOf(client: WebClient, bot: string, logger: Logger): Promise<string> {
  try {
    return (await client.bots.info({ bot })).bot?.app_id ?? '';
  } catch (error) {
    logger.debug({ err: error }, 'bots.info did not answer; the app id stays unknown');
    return '';
  }
}

/** The Slack error code when the token is refused for good, else null. */
function refusal(error: unknown): string | null {
  if (!(error instanceof Error) || !('code' in error) || error.code !== ErrorCode.PlatformError) return null;
  const code = (error as { data?: { error?: string } }).data?.error;
  return code !== undefined && REFUSED.has(code) ? code : null;
}
