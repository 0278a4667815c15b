/**
 * Writes the rows of figures behind the commits, so that no ack waits for it. A commit of this process is a hint; a look
 * every few seconds finds the rest: what other instances and earlier processes left, and rows of an earlier version.
 */
import type { DealId, Tenant } from '../deal/model/deal';
import type { Store } from '../store/store';
import { INSIGHT_VERSION, insightOf, uncounted } from './insightOf';

/** Commits within this time are written together, ms. */
const GATHER_MS = 1_000;
const EVERY_MS = 5_000;
/** Deals of one page, a few ms of work, so that a click in between waits no longer. */
const PAGE = 25;
/** More hints than this are left to the next look. */
const MOST_HINTS = 500;

export interface Projector {
  /** Notes that a deal changed. */
  changed(tenant: Tenant, dealId: DealId): void;
  /** Writes all rows that are behind. */
  round(): Promise<void>;
  /** Begins, and repeats until it is stopped. */
  start(): void;
  stop(): Promise<void>;
}

interface Deps {
  readonly store: Pick<Store, 'deals' | 'insights'>;
  readonly logger: { warn(details: object, message: string): void };
  /** The version of the rows; tests make others. */
  readonly version?: number;
}

interface Hint {
  readonly tenant: Tenant;
  readonly dealId: DealId;
}

export function createProjector({ store, logger, version = INSIGHT_VERSION }: Deps): Projector {
  const hints = new Map<string, Hint>();
  let soon: NodeJS.Timeout | null = null;
  let timer: NodeJS.Timeout | null = null;
  let running: Promise<void> | null = null;
  let stopped = false;

  async function ofHints(): Promise<void> {
    while (hints.size > 0 && !stopped) {
      const startedAt = performance.now();
      const page = [...hints].slice(0, PAGE);
      for (const [key] of page) hints.delete(key);
      const deals = await Promise.all(page.map(([, { tenant, dealId }]) => store.deals.load(tenant, dealId)));
      await store.insights.writeRows(
        version,
        deals.flatMap((deal) => (deal === null ? [] : [{ ...insightOf(deal), tenant: deal.tenant }])),
      );
      if (hints.size > 0) await pause(performance.now() - startedAt);
    }
  }

  async function round(): Promise<void> {
    for (;;) {
      const startedAt = performance.now();
      const behind = await store.insights.behind(version, PAGE);
      const kept = await store.insights.writeRows(
        version,
        behind.map(({ tenant, dealId, revision, deal }) => ({
          ...(deal === null ? uncounted(dealId, revision) : insightOf(deal)),
          tenant,
        })),
      );
      // A later release writes beside this one, and what is left is its work.
      if (behind.length < PAGE || kept === 0 || stopped) return;
      // Half of the time is left to people.
      await pause(performance.now() - startedAt);
      // A commit of now does not wait until all deals of an upgrade are done.
      await ofHints();
    }
  }

  function run(work: () => Promise<void>): void {
    running ??= work()
      .catch((error: unknown) => {
        logger.warn({ err: error }, 'figures could not be brought up to date; they are soon');
      })
      .finally(() => {
        running = null;
        if (hints.size > 0) gather();
      });
  }

  function gather(): void {
    if (stopped) return;
    soon ??= setTimeout(() => {
      soon = null;
      run(ofHints);
    }, GATHER_MS).unref();
  }

  return {
    changed(tenant, dealId) {
      if (timer === null || hints.size >= MOST_HINTS) return;
      hints.set(`${tenant.enterpriseId}/${tenant.teamId}/${dealId}`, { tenant, dealId });
      gather();
    },
    round,
    start() {
      run(round);
      timer = setInterval(() => run(round), EVERY_MS).unref();
    },
    async stop() {
      stopped = true;
      if (timer !== null) clearInterval(timer);
      if (soon !== null) clearTimeout(soon);
      await running;
    },
  };
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
