/**
 * Regular upkeep, independent of people's actions: erases deals past their time, workspaces that have left, old
 * drafts and old practice calls.
 */
import { DateTime } from 'luxon';
import type { Tenant } from '../deal/model/deal';
import type { Logger } from '../log';
import type { Coach } from './context';
import { DRAFT_KEPT_MS } from './drafts';
import { createRounds, type Rounds } from './rounds';
import { teamSettings } from './settings/settings';

/** Often enough for a workspace with much to erase; a round without anything reads one index. */
const EVERY_MS = 60 * 60_000;

/** The most deals to erase per workspace and round; the next round takes the rest. */
const MOST_PER_ROUND = 200;

export interface Housekeeping extends Rounds {
  /** One round through all workspaces. */
  round(): Promise<void>;
}

const A_DAY = 24 * 60 * 60_000;

/** The time in which a workspace can install the app again and find its deals. */
export const KEPT_AFTER_UNINSTALLING_MS = 30 * A_DAY;

/** The time for which we keep a practice call, from its start. */
const PRACTICE_KEPT_MS = 90 * A_DAY;

interface Deps {
  readonly coach: Pick<Coach, 'store' | 'clock'>;
  readonly logger: Logger;
}

export function createHousekeeping({ coach, logger }: Deps): Housekeeping {
  async function round(): Promise<void> {
    try {
      await coach.store.drafts.deleteBefore(coach.clock.now() - DRAFT_KEPT_MS);
    } catch (error) {
      logger.error({ err: error }, 'old drafts could not be deleted');
    }
    try {
      await coach.store.practices.deleteBefore(coach.clock.now() - PRACTICE_KEPT_MS);
    } catch (error) {
      logger.error({ err: error }, 'old practice calls could not be deleted');
    }
    // Includes workspaces that the app has left: their choice still holds.
    for (const tenant of await coach.store.workspace.tenantsWithSettings()) {
      try {
        const erased = await eraseOld(coach, tenant);
        if (erased > 0) logger.info({ team: tenant.teamId, erased }, 'closed deals were erased');
      } catch (error) {
        // The other workspaces must not wait for this one.
        logger.error({ err: error, team: tenant.teamId }, 'closed deals could not be erased');
      }
    }
    await uninstalled();
    await coach.store.forgetErased();
  }

  /** Workspaces whose erasing the log has announced, each once per process. */
  const announced = new Set<string>();

  async function uninstalled(): Promise<void> {
    for (const { tenant, at } of await coach.store.workspace.uninstalled()) {
      const team = tenant.teamId;
      const eraseAt = at + KEPT_AFTER_UNINSTALLING_MS;
      const left = eraseAt - coach.clock.now();
      try {
        if (left <= 0) {
          const erased = await coach.store.workspace.eraseUninstalled(tenant, at);
          if (erased !== null)
            logger.info({ team, erased }, 'a workspace that uninstalled the app was erased');
        } else if (left <= A_DAY && !announced.has(`${team} ${at}`)) {
          announced.add(`${team} ${at}`);
          const erasedAt = new Date(eraseAt).toISOString();
          logger.warn(
            { team, erasedAt },
            'a workspace that uninstalled the app is erased within a day unless it installs it again',
          );
        }
      } catch (error) {
        logger.error({ err: error, team }, 'a workspace that uninstalled the app could not be erased');
      }
    }
  }

  const rounds = createRounds(round, {
    everyMs: EVERY_MS,
    onFailure: (error) => logger.error({ err: error }, 'the regular upkeep failed'),
  });

  return { round, ...rounds };
}

/**
 * Erases closed deals that are older than the team keeps them. Erases nothing until an admin sets a time.
 * @returns the number of erased deals
 */
export async function eraseOld(coach: Pick<Coach, 'store' | 'clock'>, tenant: Tenant): Promise<number> {
  const { retentionMonths } = await teamSettings(coach.store, tenant);
  if (retentionMonths === null) return 0;
  const now = coach.clock.now();
  const before = DateTime.fromMillis(now, { zone: 'utc' }).minus({ months: retentionMonths });
  const old = await coach.store.deals.closedBefore(tenant, before.toMillis(), MOST_PER_ROUND);
  let erased = 0;
  let wonBack = 0;
  for (const deal of old) {
    if (!(await coach.store.deals.erase(tenant, deal.id, deal.revision))) continue;
    erased += 1;
    if (deal.wonBack) wonBack += 1;
  }
  if (erased > 0) {
    const to = `${erased} without news since ${before.toISODate()}, of which won back: ${wonBack}`;
    // Only the history grows; the settings themselves stay as they are.
    await coach.store.workspace.changeSettings(tenant, now, null, (stored) => ({
      settings: stored ?? {},
      history: [{ field: 'erased', item: null, part: null, from: null, to }],
    }));
  }
  return erased;
}
