/** Access to each workspace: one client for each token, made at first use. */
import type { WebClient } from '@slack/web-api';
import type { Tenant } from '../../deal/model/deal';
import type { Installation } from '../../store/store';
import type { SlackAccess } from '../types';
import { createSlackClient } from './slackClient';
import type { SlackFetch } from './slackFetch';

export interface SlackAccessDeps {
  /** Ends with a slash. */
  readonly slackApiUrl: string;
  /** The same as `Timing.callTimeoutMs`. */
  readonly callTimeoutMs: number;
  /** Makes every call. */
  readonly fetch: SlackFetch;
  /** Null: the app is not installed there. */
  readonly installationFor: (tenant: Tenant) => Installation | null;
}

export interface SlackAccesses {
  slackFor(tenant: Tenant): Promise<SlackAccess | null>;
  clientFor(tenant: Tenant): WebClient | null;
  /** The client of a token that no installation has yet. */
  clientOf(token: string): WebClient;
  /** Aborts every running call and every later one. */
  abort(): void;
}

export function createSlackAccesses({
  slackApiUrl,
  callTimeoutMs,
  fetch,
  installationFor,
}: SlackAccessDeps): SlackAccesses {
  const clients = new Map<string, WebClient>();
  const stopping = new AbortController();

  function client(token: string): WebClient {
    const known = clients.get(token);
    if (known) return known;
    const made = createSlackClient({
      token,
      slackApiUrl,
      timeoutMs: callTimeoutMs,
      fetch,
      stopping: stopping.signal,
    });
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
    clientOf: client,
    abort: () => stopping.abort(),
  };
}
