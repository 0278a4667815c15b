/**
 * Goes over many deals in the background, after a change of what they follow from: the settings, or a person. A page of
 * deals costs two statements, so a million deals are gone over without a statement each.
 */
import type { Logger } from '../log';
import type { Sweep } from '../store/store';
import type { Coach } from './context';
import { wakeOf } from './settings/scheduleSettings';
import { teamOf } from './settings/settings';
import { EVERYBODY, isNamed } from './settings/wakesMovedBy';

/** The interval at which we look for new sweeps, ms: one read of a table that is nearly always empty. */
const EVERY_MS = 2_000;

/** Deals of one page, a few ms of work, so that a click in between waits no longer. */
const PAGE = 100;

export interface Sweeps {
  /** Does all sweeps that can begin. */
  round(): Promise<void>;
  /** Begins, and repeats until it is stopped. */
  start(): void;
  stop(): Promise<void>;
}

interface Deps {
  readonly coach: Pick<Coach, 'store' | 'clock'>;
  readonly logger: Logger;
  /** Called when a deal may be due sooner than before. */
  readonly moved: () => void;
}

export function createSweeps({ coach, logger, moved }: Deps): Sweeps {
  let timer: NodeJS.Timeout | null = null;
  let running: Promise<void> | null = null;
  let stopped = false;

  async function round(): Promise<void> {
    for (const sweep of await coach.store.work.sweeps()) {
      if (stopped) return;
      await moveWakes(sweep);
    }
  }

  async function moveWakes(sweep: Sweep): Promise<void> {
    const { tenant } = sweep;
    const team = await teamOf(coach.store, tenant);
    const about = isNamed(team.settings, sweep.about) ? EVERYBODY : sweep.about;
    let after: string | null = null;
    let count = 0;
    do {
      const startedAt = performance.now();
      const { deals, next } = await coach.store.work.scheduled(tenant, { about, after, limit: PAGE });
      const now = coach.clock.now();
      const moves = [];
      for (const { deal, wakeAt } of deals) {
        const wake = await wakeOf(team, deal, now);
        if (wake !== wakeAt) moves.push({ id: deal.id, revision: deal.revision, wakeAt: wake });
      }
      await coach.store.work.moveWakes(tenant, moves);
      if (moves.length > 0) moved();
      count += moves.length;
      after = next;
      // Half of the time is left to people.
      if (after !== null) await pause(performance.now() - startedAt);
      // A sweep that was not finished is begun again after the next start.
      if (stopped) return;
    } while (after !== null);
    await coach.store.work.finishSweep(sweep);
    if (count > 0) logger.info({ team: tenant.teamId, deals: count }, 'deals are due at other times');
  }

  const next = () => {
    running ??= round()
      .catch((error: unknown) => {
        logger.warn({ err: error }, 'deals could not be gone over; they are soon');
      })
      .finally(() => {
        running = null;
      });
  };

  return {
    round,
    start() {
      next();
      timer = setInterval(next, EVERY_MS).unref();
    },
    async stop() {
      stopped = true;
      if (timer !== null) clearInterval(timer);
      await running;
    },
  };
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
