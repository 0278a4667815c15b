/** Somebody left the workspace: who goes on with what they had. */
import { askedNow } from '../deal/asking/asking';
import type { Deal, Tenant, UserId } from '../deal/model/deal';
import type { Coach } from './context';
import { whyIneligible } from './eligibility';
import { teamSettings } from './settings/settings';

/** Of Slack's admins, so many are looked at. */
const MOST_ADMINS = 10;

/**
 * For a rep: their manager. Then the team's manager, whoever stands in, the fallback, an admin the settings name, and
 * last an admin of Slack whom we have met. Null: nobody of all these is there.
 */
export async function successorOf(
  coach: Pick<Coach, 'store'>,
  deal: Deal,
  gone: UserId,
): Promise<UserId | null> {
  const { teams, standIns, fallback, admins } = await teamSettings(coach.store, deal.tenant);
  const team = teams.find(({ reps }) => reps.includes(deal.rep));
  const named = [
    deal.rep === gone ? deal.manager : null,
    team?.manager ?? null,
    ...standIns.filter(({ manager }) => manager === gone).map(({ standIn }) => standIn),
    fallback?.kind === 'person' ? fallback.userId : null,
    ...admins,
  ];
  const fits = async (it: UserId | null): Promise<boolean> => {
    if (it === null || it === gone) return false;
    if (deal.rep !== gone && it === deal.rep) return false;
    return (await whyIneligible(coach, deal.tenant, it)) === null;
  };
  for (const it of named) if (await fits(it)) return it;
  for (const it of await coach.store.workspace.knownAdmins(deal.tenant, MOST_ADMINS)) {
    if (await fits(it)) return it;
  }
  return null;
}

/** People the deal waits for who have left, as far as Slack has told us. */
export async function leaversOf(
  coach: Pick<Coach, 'store'>,
  tenant: Tenant,
  deal: Deal,
): Promise<readonly UserId[]> {
  const concerned = [...new Set([deal.rep, deal.manager, askedNow(deal)])].filter((it) => it !== null);
  const people = await Promise.all(concerned.map((it) => coach.store.workspace.person(tenant, it)));
  return people.flatMap((it) => (it?.deleted ? [it.userId] : []));
}
