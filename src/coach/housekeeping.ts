/** What is done now and then, whoever uses the app: closed deals whose time is over are erased. */

import type { Logger } from '../log';
import type { Coach } from './context';
import { eraseOld } from './eraseOld';

/** Often enough for a workspace with much to erase; a round without anything costs one look at an index. */
const EVERY_MS = 60 * 60_000;

export interface Housekeeping {
  /** One round through all workspaces. */
  round(): Promise<void>;
  /** Begins, and goes on until it is stopped. */
  start(): void;
  stop(): Promise<void>;
}

interface Deps {
  readonly coach: Pick<Coach, 'store' | 'clock'>;
  readonly logger: Logger;
}

export function createHousekeeping({ coach, logger }: Deps): Housekeeping {
  let timer: NodeJS.Timeout | null = null;
  let running: Promise<void> = Promise.resolve();

  async function round(): Promise<void> {
    // Also of workspaces that the app has left: what they chose for the time after holds on.
    for (const tenant of await coach.store.workspace.tenantsWithSettings()) {
      try {
        const erased = await eraseOld(coach, tenant);
        if (erased > 0) logger.info({ team: tenant.teamId, erased }, 'closed deals were erased');
      } catch (error) {
        // The other workspaces are not to wait for this one.
        logger.error({ err: error, team: tenant.teamId }, 'closed deals could not be erased');
      }
    }
  }

  const next = () => {
    running = round().catch((error: unknown) => {
      logger.error({ err: error }, 'the workspaces could not be listed');
    });
  };

  return {
    round,
    start() {
      next();
      timer = setInterval(next, EVERY_MS).unref();
    },
    async stop() {
      if (timer !== null) clearInterval(timer);
      await running;
    },
  };
}
