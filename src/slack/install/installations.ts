/**
 * Which workspace a payload belongs to and with which token we answer: known without I/O, so an ack never waits
 * for Slack. The bot's own ids are learned once by `auth.test` and kept in the database, for starts while Slack
 * cannot be reached.
 */
import { WebClient } from '@slack/web-api';
import type { SlackConfig } from '../../config';
import type { Tenant } from '../../deal/model/deal';
import type { Logger } from '../../log';
import type { Installation, Store } from '../../store/store';
import { boltLogger } from './boltLogger';
import { orRefused, refusalIn } from './tokenErrors';

export interface Installations {
  /** What the database knows, of earlier starts and of other instances. */
  load(): Promise<void>;
  /** Another instance may have changed this one. */
  reload(tenant: Tenant): Promise<void>;
  /**
   * Asks Slack whose bot this is, once; nothing to ask where workspaces install the app by OAuth.
   * @throws TokenRefusedError, or why Slack could not be asked
   */
  learn(): Promise<void>;
  /** Null: this workspace has not installed the app. */
  find(teamId: string, enterpriseId?: string): Installation | null;
  forTenant(tenant: Tenant): Installation | null;
  /** There is one workspace, and neither Slack nor the database has told which. */
  areUnknown(): boolean;
  add(installation: Installation): Promise<void>;
  /**
   * Slack says that we have left. It may say so late, when the workspace has installed us again meanwhile; so its
   * token is forgotten only when it opens nothing any more. @returns whether it was
   * @throws why Slack could not be asked; then it is to say so again
   */
  left(teamId: string): Promise<boolean>;
}

interface Deps {
  readonly config: SlackConfig;
  readonly store: Store;
  readonly logger: Logger;
}

export function createInstallations({ config, store, logger }: Deps): Installations {
  const byTeam = new Map<string, Installation>();
  let learned = config.tenancy.kind === 'many';

  const clientOf = (botToken: string): WebClient =>
    new WebClient(botToken, {
      slackApiUrl: config.apiUrl,
      retryConfig: { retries: 0 },
      timeout: 5_000,
      logger: boltLogger(logger.child({}, { level: 'silent' })),
    });

  async function isAccepted(botToken: string): Promise<boolean> {
    try {
      await clientOf(botToken).auth.test();
      return true;
    } catch (error) {
      if (refusalIn(error) === null) throw error;
      return false;
    }
  }

  /** The one workspace of the bot token. */
  async function ask(botToken: string, channel: string | null): Promise<Installation> {
    const client = clientOf(botToken);
    const me = await client.auth.test();
    return {
      tenant: {
        enterpriseId: me.is_enterprise_install ? (me.enterprise_id ?? '') : '',
        teamId: me.team_id ?? '',
      },
      botToken: '',
      botId: me.bot_id ?? '',
      botUserId: me.user_id ?? '',
      appId: me.bot_id ? await appIdOf(client, me.bot_id, logger) : '',
      teamName: me.team ?? '',
      channel,
    };
  }

  return {
    async load() {
      const { tenancy } = config;
      for (const installation of await store.workspace.installations()) {
        const { teamId } = installation.tenant;
        if (tenancy.kind === 'many') byTeam.set(teamId, installation);
        else if (installation.botToken === '') {
          byTeam.set(teamId, { ...installation, botToken: tenancy.botToken, channel: tenancy.channel });
        }
      }
    },
    async reload(tenant) {
      if (config.tenancy.kind !== 'many') return;
      const installation = await store.workspace.installation(tenant);
      if (installation === null) byTeam.delete(tenant.teamId);
      else byTeam.set(tenant.teamId, installation);
    },
    async learn() {
      const { tenancy } = config;
      if (learned || tenancy.kind === 'many') return;
      const { botToken, channel } = tenancy;
      const installation = await ask(botToken, channel).catch((error: unknown) => {
        throw orRefused(error, 'SLACK_BOT_TOKEN');
      });
      await store.workspace.saveInstallation(installation);
      byTeam.clear();
      byTeam.set(installation.tenant.teamId, { ...installation, botToken });
      learned = true;
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
    areUnknown: () => !learned && byTeam.size === 0,
    async add(installation) {
      await store.workspace.saveInstallation(installation);
      byTeam.set(installation.tenant.teamId, installation);
    },
    async left(teamId) {
      const known = byTeam.get(teamId);
      if (known === undefined) return false;
      // Another instance may have it anew.
      const stored = await store.workspace.installation(known.tenant);
      const latest = stored === null || stored.botToken === '' ? known : stored;
      if (await isAccepted(latest.botToken)) {
        byTeam.set(teamId, latest);
        return false;
      }
      byTeam.delete(teamId);
      await store.workspace.deleteInstallation(known.tenant);
      return true;
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
