/** The way into each workspace: one client a token, made when first needed. */
import type { WebClient } from '@slack/web-api';
import type { Tenant } from '../../deal/model/deal';
import type { Installation } from '../../store/store';
import type { SlackAccess } from '../types';
import { createSlackClient } from './slackClient';

export interface SlackAccessDeps {
  /** Ends with a slash. */
  readonly slackApiUrl: string;
  /** The same as `Timing.callTimeoutMs`. */
  readonly callTimeoutMs: number;
  /** Null: the app is not installed there (any more). */
  readonly installationFor: (tenant: Tenant) => Installation | null;
}

export interface SlackAccesses {
  slackFor(tenant: Tenant): Promise<SlackAccess | null>;
  clientFor(tenant: Tenant): WebClient | null;
  /** Breaks off every call under way, and those that are still made. */
  abort(): void;
}

export function createSlackAccesses({
  slackApiUrl,
  callTimeoutMs,
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
    abort: () => stopping.abort(),
  };
}
