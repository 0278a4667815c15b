/** Installing in many workspaces: options for Bolt's install pages, with our own store of installations. */
import type { HTTPReceiver, InstallationStore, Installation as SlackInstallation } from '@slack/bolt';
import type { WebClientOptions } from '@slack/web-api';
import type { SlackConfig } from '../../config';
import type { Logger } from '../../log';
import type { Installations } from './installations';
import { showFailed, showInstalled, WholeOrganizationError } from './resultPages';

type Many = Extract<SlackConfig['tenancy'], { kind: 'many' }>;

/** The scopes the app asks for: the same list as in manifest.yml. */
export const SCOPES = [
  'commands',
  'chat:write',
  'channels:read',
  'groups:read',
  'channels:history',
  'groups:history',
  'im:history',
  'im:write',
  'channels:join',
  'channels:write.invites',
  'groups:write.invites',
  'users:read',
  'files:write',
] as const;

interface OAuthDeps {
  readonly installations: Pick<Installations, 'add' | 'find' | 'left'>;
  /** For the two calls that a browser waits for: no retries, and a timeout. */
  readonly clientOptions: WebClientOptions & { readonly slackApiUrl: string };
  readonly logger: Logger;
}

export function oauthOptions(many: Many, { installations, clientOptions, logger }: OAuthDeps) {
  return {
    clientId: many.clientId,
    clientSecret: many.clientSecret,
    stateSecret: many.stateSecret,
    scopes: [...SCOPES],
    installationStore: installationStore(installations),
    installerOptions: {
      directInstall: true,
      clientOptions,
      authorizationUrl: new URL('../oauth/v2/authorize', clientOptions.slackApiUrl).href,
      callbackOptions: {
        success: (...[installation, , , response]: CallbackOf<'success'>) =>
          showInstalled(response, installation),
        failure: (...[error, , , response]: CallbackOf<'failure'>) => showFailed(response, error, logger),
      },
    },
  };
}

type Callbacks = NonNullable<
  NonNullable<ConstructorParameters<typeof HTTPReceiver>[0]['installerOptions']>['callbackOptions']
>;
type CallbackOf<Name extends keyof Callbacks> = Parameters<NonNullable<Callbacks[Name]>>;

function installationStore(installations: OAuthDeps['installations']): InstallationStore {
  return {
    async storeInstallation(installation) {
      const { bot } = installation;
      if (installation.isEnterpriseInstall === true) throw new WholeOrganizationError();
      const teamId = installation.team?.id;
      if (bot === undefined || teamId === undefined)
        throw new Error('Slack sent an installation without a bot');
      await installations.add({
        tenant: { enterpriseId: '', teamId },
        botToken: bot.token,
        botId: bot.id,
        botUserId: bot.userId,
        appId: installation.appId ?? '',
        teamName: installation.team?.name ?? '',
        channel: null,
      });
    },
    async fetchInstallation(query): Promise<SlackInstallation> {
      const known = installations.find(query.teamId ?? '', query.enterpriseId);
      if (known === null) throw new Error(`no installation for team ${query.teamId ?? '?'}`);
      return {
        team: { id: known.tenant.teamId, name: known.teamName },
        enterprise: undefined,
        user: { id: '', token: undefined, scopes: undefined },
        bot: { token: known.botToken, id: known.botId, userId: known.botUserId, scopes: [...SCOPES] },
        appId: known.appId,
      };
    },
    async deleteInstallation(query) {
      if (query.teamId !== undefined) await installations.left(query.teamId);
    },
  };
}
