/** Checks whether we may write in a channel: asks Slack when a person picks it, and keeps the answer for a minute. */
import type { WebClient } from '@slack/web-api';
import { LRUCache } from 'lru-cache';
import type { Tenant } from '../../deal/model/deal';
import { isSharedOutside } from '../install/channels';
import { slackError } from './slackError';

/** `shared`: we may write in it, and people of another company read it or are invited to. */
export type ChannelState = 'ok' | 'not_in' | 'archived' | 'shared';

/** Short, because a person who reads that we must be invited invites us at once. */
const KEPT_MS = 60_000;
const MOST_CHANNELS = 1_000;

export interface ChannelCheck {
  /** Asks Slack. Null: Slack did not answer; the first thread will show it. */
  ask(client: WebClient, tenant: Tenant, channel: string): Promise<ChannelState | null>;
  /** Slack's answer of the last minute; null: there is none. */
  known(tenant: Tenant, channel: string): ChannelState | null;
}

export function createChannelCheck(): ChannelCheck {
  const states = new LRUCache<string, ChannelState>({ max: MOST_CHANNELS, ttl: KEPT_MS });
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

/** Slack hides a private channel that we are not in. We join a public one when its first thread begins. */
async function stateOf(client: WebClient, id: string): Promise<ChannelState | null> {
  try {
    const { channel } = await client.conversations.info({ channel: id });
    if (channel?.is_archived === true) return 'archived';
    if (channel?.is_private === true && channel.is_member === false) return 'not_in';
    return isSharedOutside(channel ?? {}) ? 'shared' : 'ok';
  } catch (error) {
    return slackError(error) === 'channel_not_found' ? 'not_in' : null;
  }
}

/** Tells the person in plain words what they can do about it; null: nothing is wrong. */
export function channelTrouble(state: ChannelState | null): string | null {
  switch (state) {
    case 'not_in':
      return "I'm not in this channel. Type /invite @Lostdeal there, then pick it here again.";
    case 'archived':
      return 'This channel is archived. Pick another one.';
    default:
      return null;
  }
}

/** The operator's log line at start about the channel of the environment. Null: Slack did not answer. */
export async function channelAtStart(
  client: WebClient,
  channel: string | null,
): Promise<{ readonly level: 'info' | 'warn'; readonly words: string } | null> {
  if (channel === null) {
    const words =
      'LOSTDEAL_CHANNEL is not set: threads go to the channel that an admin chooses in /lostdeal settings, and until then deals are told in direct messages only';
    return { level: 'info', words };
  }
  switch (await stateOf(client, channel)) {
    case 'ok':
      return { level: 'info', words: 'threads go to the channel of LOSTDEAL_CHANNEL' };
    case 'shared':
      return {
        level: 'info',
        words:
          'threads go to the channel of LOSTDEAL_CHANNEL, which is shared with another company: they leave out names, words, terms and amounts',
      };
    case 'not_in':
      return {
        level: 'warn',
        words:
          'the channel of LOSTDEAL_CHANNEL does not exist, or it is private and Lostdeal is not in it: correct the id, or type /invite @Lostdeal there. Until then deals are told in direct messages',
      };
    case 'archived':
      return {
        level: 'warn',
        words:
          'the channel of LOSTDEAL_CHANNEL is archived: unarchive it or set another one. Until then deals are told in direct messages',
      };
    case null:
      return null;
  }
}

const SHARED =
  'People of another company read this channel or are invited to it. Its threads leave out names, words, terms and amounts.';

/** What to say beneath a channel that was picked; null: nothing. A shared one can be used. */
export const channelRemark = (state: ChannelState | null): string | null =>
  state === 'shared' ? SHARED : channelTrouble(state);
