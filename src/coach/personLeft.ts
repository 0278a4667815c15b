/** Somebody left the workspace: their deals, calls to come and asks go on with somebody who is there. */
import type { Deal, Tenant, UserId } from '../deal/deal';
import { happened } from './act';
import type { Coach } from './context';
import { teamSettings } from './settings';
import { whyUnfit } from './unfit';

/** More than one person has open; whatever is beyond goes on the next time Slack tells us. */
const MOST = 1_000;

export interface HandedOver {
  readonly handed: number;
  /** Deals for which nobody was found: no manager, no fallback and no admin is named. */
  readonly left: number;
}

/** Done again it changes nothing more. */
export async function personLeft(coach: Coach, tenant: Tenant, userId: UserId): Promise<HandedOver> {
  const { deals } = coach.store;
  const [asRep, ahead, asManager] = await Promise.all([
    deals.openOfRep(tenant, userId, MOST),
    deals.ahead(tenant, { reps: [userId], manager: userId }, { limit: MOST, offset: 0 }),
    deals.openOfManager(tenant, userId, MOST),
  ]);
  const each = new Map([...asRep, ...ahead, ...asManager].map((deal) => [deal.id, deal]));
  let handed = 0;
  let left = 0;
  for (const deal of each.values()) {
    const to = await successorOf(coach, deal, userId);
    const acted = await happened(coach, tenant, deal.id, { type: 'person_left', userId, to });
    if (acted.ok && acted.changed) handed += 1;
    if (!acted.ok) left += 1;
  }
  return { handed, left };
}

/** For a rep: their manager. Then the team's manager, whoever stands in, the fallback, an admin the settings name. */
async function successorOf(coach: Coach, deal: Deal, gone: UserId): Promise<UserId | null> {
  const { teams, standIns, fallback, admins } = await teamSettings(coach.store, deal.tenant);
  const team = teams.find(({ reps }) => reps.includes(deal.rep));
  const candidates = [
    deal.rep === gone ? deal.manager : null,
    team?.manager ?? null,
    ...standIns.filter(({ manager }) => manager === gone).map(({ standIn }) => standIn),
    fallback?.kind === 'person' ? fallback.userId : null,
    ...admins,
  ];
  for (const it of candidates) {
    if (it === null || it === gone) continue;
    if (deal.rep !== gone && it === deal.rep) continue;
    if ((await whyUnfit(coach, deal.tenant, it)) === null) return it;
  }
  return null;
}
