/**
 * App Homes that were opened are kept up to date when a deal changes that concerns their owner: when it waits for them,
 * or was decided. Best effort: a Home that is missed is right again as soon as it is opened.
 */
import type { WebClient } from '@slack/web-api';
import type { Coach, Who } from '../../coach/context';
import { overview } from '../../coach/overview';
import { parkedFor } from '../../coach/threads';
import { askedSoFar } from '../../deal/asking/asking';
import type { Deal, DealId, Tenant, UserId } from '../../deal/model/deal';
import type { Logger } from '../../log';
import { home, homeParked, MOST_PARKED } from '../views/home';

/** Changes within this time are one look. */
const GATHER_MS = 400;
/** Homes brought up to date for one look; who is not among them sees it when they open theirs. */
const MOST = 20;

export interface Homes {
  /** Whose App Home was opened since the start. */
  opened(tenant: Tenant, user: UserId): void;
  isOpened(tenant: Tenant, user: UserId): boolean;
  publish(client: WebClient, who: Who): Promise<void>;
  /** A deal changed. */
  changed(tenant: Tenant, dealId: DealId): void;
  stop(): Promise<void>;
}

interface Deps {
  readonly coach: Coach;
  readonly clientFor: (tenant: Tenant) => WebClient | null;
  /** The installation has a channel of its own. */
  readonly hasChannel: (tenant: Tenant) => boolean;
  readonly logger: Pick<Logger, 'debug'>;
}

export function createHomes({ coach, clientFor, hasChannel, logger }: Deps): Homes {
  const open = new Set<string>();
  const keyOf = ({ enterpriseId, teamId }: Tenant, user: UserId) => `${enterpriseId}/${teamId}/${user}`;
  const waiting = new Map<string, { readonly tenant: Tenant; readonly dealId: DealId }>();
  let timer: NodeJS.Timeout | null = null;
  let running: Promise<void> = Promise.resolve();

  async function publish(client: WebClient, who: Who): Promise<void> {
    const [seen, parked] = await Promise.all([overview(coach, who), parkedFor(coach, who, MOST_PARKED + 1)]);
    const chosen = hasChannel(who.tenant) || seen.hasChannel;
    const view = home({ ...seen, viewer: who.userId, hasChannel: chosen });
    await client.views.publish({
      user_id: who.userId,
      view: { ...view, blocks: [...view.blocks, ...homeParked(parked)] },
    });
  }

  async function look(): Promise<void> {
    const changes = [...waiting.values()];
    waiting.clear();
    const concerned = new Map<string, { readonly tenant: Tenant; readonly userId: UserId }>();
    for (const { tenant, dealId } of changes) {
      const deal = await coach.store.deals.load(tenant, dealId);
      for (const userId of deal === null ? [] : peopleOf(deal)) {
        const key = keyOf(tenant, userId);
        if (open.has(key)) concerned.set(key, { tenant, userId });
      }
    }
    for (const { tenant, userId } of [...concerned.values()].slice(0, MOST)) {
      const client = clientFor(tenant);
      if (client !== null) await publish(client, { tenant, userId, teamId: tenant.teamId });
    }
  }

  return {
    opened: (tenant, user) => void open.add(keyOf(tenant, user)),
    isOpened: (tenant, user) => open.has(keyOf(tenant, user)),
    publish,
    changed(tenant, dealId) {
      if (open.size === 0) return;
      waiting.set(`${tenant.teamId}/${dealId}`, { tenant, dealId });
      timer ??= setTimeout(() => {
        timer = null;
        running = look().catch((error: unknown) => {
          logger.debug({ err: error }, 'App Homes could not be brought up to date');
        });
      }, GATHER_MS).unref();
    },
    async stop() {
      if (timer !== null) clearTimeout(timer);
      await running;
    },
  };
}

const peopleOf = ({ rep, manager, ask }: Deal): UserId[] =>
  [...new Set([rep, manager, ...(ask === null ? [] : askedSoFar(ask))])].filter((it) => it !== null);
