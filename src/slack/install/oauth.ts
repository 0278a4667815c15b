/** Installing in many workspaces: options for Bolt's install pages, with our own store of installations. */
import type { InstallationStore, Installation as SlackInstallation } from '@slack/bolt';
import type { SlackConfig } from '../../config';
import type { Installations } from './installations';

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

export function oauthOptions(many: Many, installations: Installations, apiUrl: string) {
  return {
    clientId: many.clientId,
    clientSecret: many.clientSecret,
    stateSecret: many.stateSecret,
    scopes: [...SCOPES],
    installationStore: installationStore(installations),
    installerOptions: {
      directInstall: true,
      clientOptions: { slackApiUrl: apiUrl },
      authorizationUrl: new URL('../oauth/v2/authorize', apiUrl).href,
    },
  };
}

function installationStore(installations: Installations): InstallationStore {
  return {
    async storeInstallation(installation) {
      const { bot } = installation;
      const teamId = installation.team?.id ?? installation.enterprise?.id;
      if (bot === undefined || teamId === undefined)
        throw new Error('Slack sent an installation without a bot');
      await installations.add({
        tenant: {
          enterpriseId: installation.isEnterpriseInstall ? (installation.enterprise?.id ?? '') : '',
          teamId,
        },
        botToken: bot.token,
        botId: bot.id,
        botUserId: bot.userId,
        appId: installation.appId ?? '',
        teamName: installation.team?.name ?? installation.enterprise?.name ?? '',
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
