/** Who reads the channels of threads: asked of Slack when it reports a change, and every hour, as it may not report it. */
import type { WebClient } from '@slack/web-api';
import { createRounds, type Rounds } from '../../coach/rounds';
import type { Tenant } from '../../deal/model/deal';
import type { Logger } from '../../log';
import type { KnownChannel, Store } from '../../store/store';

/** Workspaces that installed an earlier release get no event when a channel is shared. */
const AN_HOUR = 60 * 60_000;
const EVERY_MS = 60_000;
/** Channels asked about in a round, within Slack's limit of 50 calls a minute. */
const MOST_PER_ROUND = 20;

/** The fields we keep of Slack's conversation object (https://docs.slack.dev/reference/objects/conversation-object). */
export interface SlackChannel {
  readonly is_private?: boolean | undefined;
  readonly is_ext_shared?: boolean | undefined;
  readonly is_pending_ext_shared?: boolean | undefined;
  /** Of several workspaces of one company. */
  readonly is_org_shared?: boolean | undefined;
}

/** An open invitation counts as shared: whoever accepts it reads the channel's past at once. */
export const isSharedOutside = (it: SlackChannel): boolean =>
  it.is_ext_shared === true || it.is_pending_ext_shared === true;

/** Direct and group messages are private too, but no thread goes there. */
export const knownChannel = (channel: string, it: SlackChannel, now: number): KnownChannel => ({
  channel,
  isPrivate: it.is_private === true,
  isShared: isSharedOutside(it),
  fetchedAt: now,
});

const isNotFound = (error: unknown): boolean =>
  error instanceof Error &&
  'data' in error &&
  (error.data as { error?: unknown } | undefined)?.error === 'channel_not_found';

export interface Channels extends Rounds {
  /**
   * Slack reports that a channel was shared or is so no longer. Does nothing about channels without threads.
   * @param shared what Slack reports, which counts if it does not tell more
   */
  changed(tenant: Tenant, channel: string, shared: boolean): Promise<void>;
  /**
   * Asks Slack whether a channel is private, of this company alone, not archived, and one that we are in. Null: Slack does
   * not answer.
   */
  isOursAlone(tenant: Tenant, channel: string): Promise<boolean | null>;
  /** Asks about the channels that were not asked about for an hour. */
  round(): Promise<void>;
}

interface Deps {
  readonly store: Store;
  readonly clientFor: (tenant: Tenant) => WebClient | null;
  readonly now: () => number;
  readonly logger: Logger;
}

export function createChannels({ store, clientFor, now, logger }: Deps): Channels {
  /** Null: Slack does not tell. */
  async function ask(tenant: Tenant, channel: string): Promise<KnownChannel | null> {
    try {
      const answer = await clientFor(tenant)?.conversations.info({ channel });
      return answer?.channel === undefined ? null : knownChannel(channel, answer.channel, now());
    } catch (error) {
      logger.warn({ err: error, team: tenant.teamId, channel }, 'a channel could not be looked up');
      return null;
    }
  }

  async function round(): Promise<void> {
    for (const { tenant, channel } of await store.workspace.channelsToAsk(now() - AN_HOUR, MOST_PER_ROUND)) {
      const known = await store.workspace.channel(tenant, channel);
      const learned = await ask(tenant, channel);
      // Where Slack does not tell, what is known stays for another hour, so that it keeps no other channel waiting.
      if (learned !== null) await store.workspace.saveChannel(tenant, learned);
      else if (known !== null) await store.workspace.saveChannel(tenant, { ...known, fetchedAt: now() });
    }
  }

  const rounds = createRounds(round, {
    everyMs: EVERY_MS,
    onFailure: (error) => logger.warn({ err: error }, 'channels could not be looked up'),
  });

  return {
    async changed(tenant, channel, shared) {
      const known = await store.workspace.channel(tenant, channel);
      if (known === null) return;
      const learned = await ask(tenant, channel);
      await store.workspace.saveChannel(tenant, learned ?? { ...known, isShared: shared || known.isShared });
    },
    async isOursAlone(tenant, channel) {
      try {
        const found = (await clientFor(tenant)?.conversations.info({ channel }))?.channel;
        if (found === undefined) return null;
        const isIn = found.is_member !== false && found.is_archived !== true;
        return isIn && found.is_private === true && !isSharedOutside(found);
      } catch (error) {
        // Slack hides a private channel that we are not in.
        if (isNotFound(error)) return false;
        logger.warn({ err: error, team: tenant.teamId, channel }, 'a channel could not be looked up');
        return null;
      }
    },
    round,
    ...rounds,
  };
}
