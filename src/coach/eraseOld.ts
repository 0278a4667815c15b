/** Closed deals are erased once the team's time for keeping them is over. Never without an admin having set one. */
import { DateTime } from 'luxon';
import type { Tenant } from '../deal/model/deal';
import type { Coach } from './context';
import { teamSettings } from './settings/settings';

/** Of one workspace at a time; the next round takes the rest. */
const MOST = 200;

/** @returns how many deals were erased */
export async function eraseOld(coach: Pick<Coach, 'store' | 'clock'>, tenant: Tenant): Promise<number> {
  const { retentionMonths } = await teamSettings(coach.store, tenant);
  if (retentionMonths === null) return 0;
  const now = coach.clock.now();
  const before = DateTime.fromMillis(now, { zone: 'utc' }).minus({ months: retentionMonths });
  const old = await coach.store.deals.closedBefore(tenant, before.toMillis(), MOST);
  let erased = 0;
  let wonBack = 0;
  for (const deal of old) {
    if (!(await coach.store.deals.erase(tenant, deal.id, deal.revision))) continue;
    erased += 1;
    if (deal.wonBack) wonBack += 1;
  }
  if (erased > 0) {
    const to = `${erased} without news since ${before.toISODate()}, of which won back: ${wonBack}`;
    // Beside what was chosen: the settings themselves stay as they are.
    await coach.store.workspace.changeSettings(tenant, now, null, (stored) => ({
      settings: stored ?? {},
      history: [{ field: 'erased', item: null, part: null, from: null, to }],
    }));
  }
  return erased;
}
