/** Which admins hear by direct message what only an admin can mend. */
import type { Tenant, UserId } from '../deal/model/deal';
import type { Coach } from './context';
import { whyIneligible } from './eligibility';
import { teamSettings } from './settings/settings';

/** Of Slack's admins; whoever is named in the settings asked for it. */
const MOST_OF_SLACK = 3;

/** The admins the settings name; where there are none, those of Slack whom we met last. */
export async function adminsToTell(coach: Pick<Coach, 'store'>, tenant: Tenant): Promise<readonly UserId[]> {
  const { admins } = await teamSettings(coach.store, tenant);
  const fit = await Promise.all(admins.map(async (it) => (await whyIneligible(coach, tenant, it)) === null));
  const named = admins.filter((_, index) => fit[index]);
  return named.length > 0 ? named : coach.store.workspace.knownAdmins(tenant, MOST_OF_SLACK);
}
