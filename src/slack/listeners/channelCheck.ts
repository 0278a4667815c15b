/** Whether we may write in a channel somebody chose, asked of Slack when it is picked and remembered for a minute. */
import type { WebClient } from '@slack/web-api';
import { LRUCache } from 'lru-cache';
import type { Tenant } from '../../deal/model/deal';
import { slackError } from './handlers';

export type ChannelState = 'ok' | 'not_in' | 'archived';

/** Somebody who reads that we have to be invited does so at once. */
const REMEMBERED_MS = 60_000;
const MOST = 1_000;

export interface ChannelCheck {
  /** Asks Slack. Null: Slack did not say; it will turn out when the first thread begins. */
  ask(client: WebClient, tenant: Tenant, channel: string): Promise<ChannelState | null>;
  /** What Slack said within the last minute. */
  known(tenant: Tenant, channel: string): ChannelState | null;
}

export function createChannelCheck(): ChannelCheck {
  const states = new LRUCache<string, ChannelState>({ max: MOST, ttl: REMEMBERED_MS });
  const keyOf = (tenant: Tenant, channel: string) => `${tenant.enterpriseId}/${tenant.teamId}/${channel}`;
  return {
    async ask(client, tenant, channel) {
      const state = await stateOf(client, channel);
      if (state !== null) states.set(keyOf(tenant, channel), state);
      return state;
    },
    known: (tenant, channel) => states.get(keyOf(tenant, channel)) ?? null,
  };
}

/** A private channel we are not in does not exist for us. A public one is joined when the first thread begins. */
async function stateOf(client: WebClient, id: string): Promise<ChannelState | null> {
  try {
    const { channel } = await client.conversations.info({ channel: id });
    if (channel?.is_archived === true) return 'archived';
    return channel?.is_private === true && channel.is_member === false ? 'not_in' : 'ok';
  } catch (error) {
    return slackError(error) === 'channel_not_found' ? 'not_in' : null;
  }
}

/** What to do about it, in plain words; null: nothing. */
export function channelTrouble(state: ChannelState | null): string | null {
  switch (state) {
    case 'not_in':
      return 'I am not in this channel. Type /invite @Lostdeal there, then choose it here again.';
    case 'archived':
      return 'This channel is archived. Please choose another one.';
    default:
      return null;
  }
}
