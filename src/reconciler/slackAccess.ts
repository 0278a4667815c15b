/** The way into each workspace: one client a token, made when first needed. */
import type { WebClient } from '@slack/web-api';
import type { Tenant } from '../deal/deal';
import type { Installation } from '../store/store';
import { DEFAULT_TIMING, type SlackAccess } from './deps';
import { createSlackClient } from './slackClient';

export interface SlackAccessDeps {
  /** Ends with a slash. */
  readonly slackApiUrl: string;
  /** Null: the app is not installed there (any more). */
  readonly installationFor: (tenant: Tenant) => Installation | null;
}

export interface SlackAccesses {
  slackFor(tenant: Tenant): Promise<SlackAccess | null>;
  clientFor(tenant: Tenant): WebClient | null;
}

export function createSlackAccesses({ slackApiUrl, installationFor }: SlackAccessDeps): SlackAccesses {
  const clients = new Map<string, WebClient>();

  function client(token: string): WebClient {
    const known = clients.get(token);
    if (known) return known;
    const made = createSlackClient({ token, slackApiUrl, timeoutMs: DEFAULT_TIMING.callTimeoutMs });
    clients.set(token, made);
    return made;
  }

  return {
    async slackFor(tenant) {
      const installation = installationFor(tenant);
      if (installation === null) return null;
      const { botUserId, botId, channel } = installation;
      return { client: client(installation.botToken), botUserId, botId, channel };
    },
    clientFor(tenant) {
      const installation = installationFor(tenant);
      return installation === null ? null : client(installation.botToken);
    },
  };
}
