/**
 * The workspace of a payload and the token we answer with: known without I/O, so an ack never waits for Slack.
 * `auth.test` says the bot's own ids once; the database keeps them for starts while Slack cannot be reached.
 */
import type { WebClient } from '@slack/web-api';
import type { SlackConfig } from '../../config';
import type { Tenant } from '../../deal/model/deal';
import type { Logger } from '../../log';
import type { Installation, Store } from '../../store/store';
import { asTokenError, TokenRefusedError, tokenRefusal, WHOLE_ORGANIZATION } from './tokenErrors';

export interface Installations {
  /** Reads what earlier starts and other instances stored. */
  load(): Promise<void>;
  /** Reads one installation again, which another instance may have changed. */
  reload(tenant: Tenant): Promise<void>;
  /**
   * Asks Slack once whose bot this is. With OAuth there is nothing to ask.
   * @throws TokenRefusedError, or the error of the call
   */
  learn(): Promise<void>;
  /** Null: this workspace has not installed the app. */
  find(teamId: string, enterpriseId?: string): Installation | null;
  forTenant(tenant: Tenant): Installation | null;
  /** True while we serve one workspace, and neither Slack nor the database has named it. */
  areUnknown(): boolean;
  add(installation: Installation): Promise<void>;
  /**
   * Slack reports that a workspace has uninstalled us. The report may be late, and the workspace may have installed us
   * again; so its token is deleted only when Slack refuses it.
   * @returns true when it was deleted
   * @throws the error of the call; Slack should then report it again
   */
  left(teamId: string): Promise<boolean>;
}

interface Deps {
  readonly config: SlackConfig;
  readonly store: Store;
  /** The client with which all later calls are made too: what it cannot send shows at start. */
  readonly clientOf: (botToken: string) => WebClient;
  readonly logger: Logger;
  /** ms UTC */
  readonly now: () => number;
}

export function createInstallations({ config, store, clientOf, logger, now }: Deps): Installations {
  const byTeam = new Map<string, Installation>();
  let learned = config.tenancy.kind === 'many';

  async function isAccepted(botToken: string): Promise<boolean> {
    try {
      await clientOf(botToken).auth.test();
      return true;
    } catch (error) {
      if (tokenRefusal(error) === null) throw error;
      return false;
    }
  }

  /** The workspace of the bot token. */
  async function ask(botToken: string, channel: string | null): Promise<Installation> {
    const client = clientOf(botToken);
    const me = await client.auth.test();
    if (me.is_enterprise_install === true) throw new TokenRefusedError('SLACK_BOT_TOKEN', WHOLE_ORGANIZATION);
    return {
      tenant: { enterpriseId: '', teamId: me.team_id ?? '' },
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
        throw asTokenError(error, 'SLACK_BOT_TOKEN');
      });
      await store.workspace.saveInstallation(installation);
      byTeam.clear();
      byTeam.set(installation.tenant.teamId, { ...installation, botToken });
      learned = true;
    },
    find(teamId, enterpriseId) {
      const known = byTeam.get(teamId) ?? (enterpriseId === undefined ? undefined : byTeam.get(enterpriseId));
      if (known) return known;
      // A bot of one workspace gets only its payloads. A payload that names another one is of a person from outside, who
      // acts in a shared channel.
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
      // Another instance may have stored a newer installation.
      const stored = await store.workspace.installation(known.tenant);
      const latest = stored === null || stored.botToken === '' ? known : stored;
      if (await isAccepted(latest.botToken)) {
        byTeam.set(teamId, latest);
        return false;
      }
      byTeam.delete(teamId);
      await store.workspace.deleteInstallation(known.tenant, now());
      return true;
    },
  };
}

async function appIdOf(client: WebClient, bot: string, logger: Logger): Promise<string> {
  try {
    return (await client.bots.info({ bot })).bot?.app_id ?? '';
  } catch (error) {
    logger.debug({ err: error }, 'bots.info failed; the app id stays unknown');
    return '';
  }
}
