/** What is done now and then, whoever uses the app: closed deals whose time is over are erased. */
import type { Coach } from './coach/context';
import { eraseOld } from './coach/eraseOld';
import type { Tenant } from './deal/deal';
import type { Logger } from './log';

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
  readonly coach: Coach;
  readonly tenants: () => Promise<readonly Tenant[]>;
  readonly logger: Logger;
}

export function createHousekeeping({ coach, tenants, logger }: Deps): Housekeeping {
  let timer: NodeJS.Timeout | null = null;
  let running: Promise<void> = Promise.resolve();

  async function round(): Promise<void> {
    for (const tenant of await tenants()) {
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
