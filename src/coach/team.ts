/** What follows from the team somebody is in: who decides about their deals, and where the threads of those go. */
import type { Deal, UserId } from '../deal/model/deal';
import type { Coach, Who } from './context';
import { whyIneligible } from './eligibility';
import { teamSettings } from './settings/settings';
import type { TeamSettings } from './settings/settingsSchema';

type From = Pick<Coach, 'store'>;

/** The manager of the rep's team; null: none, or they cannot decide (any more). Read from memory, as a rule. */
export async function teamManagerOf(coach: From, { tenant, userId }: Who): Promise<UserId | null> {
  const settings = await teamSettings(coach.store, tenant);
  const manager = settings.teams.find(({ reps }) => reps.includes(userId))?.manager ?? null;
  if (manager === null || (manager === userId && !settings.ownManagerAllowed)) return null;
  return (await whyIneligible(coach, tenant, manager)) === null ? manager : null;
}

/** Who is to decide about a new deal: the team's manager, else whom the rep named last. */
export async function managerFor(coach: From, who: Who): Promise<UserId | null> {
  const ofTeam = await teamManagerOf(coach, who);
  if (ofTeam !== null) return ofTeam;
  const last = await coach.store.deals.lastManagerOfRep(who.tenant, who.userId);
  if (last === null) return null;
  return (await whyIneligible(coach, who.tenant, last)) === null ? last : null;
}

export interface ThreadPlace {
  /** Null: nobody has chosen one in the settings. */
  readonly channel: string | null;
  readonly publicThreads: TeamSettings['publicThreads'];
}

/** Where the thread of a deal begins, as chosen in the settings; one that has begun stays where it is. */
export async function threadPlace(coach: From, deal: Deal, how?: 'fresh'): Promise<ThreadPlace> {
  const { teams, channel, publicThreads } = await teamSettings(coach.store, deal.tenant, how);
  const ofTeam = teams.find(({ reps }) => reps.includes(deal.rep))?.channel ?? null;
  return { channel: ofTeam ?? channel, publicThreads };
}
