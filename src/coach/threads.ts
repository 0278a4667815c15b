/** The places of deals' threads, and threads that stand still: trying them again, and showing them to admins. */
import { askedNow } from '../deal/asking/stations';
import type { Deal, DealId, Tenant } from '../deal/model/deal';
import type { ParkedDeal } from '../store/store';
import { actorFor, refuseUnconfirmed } from './act';
import type { Coach, Who } from './context';
import { identityOf } from './identity';
import { maySet, type TeamSettings, teamSettings } from './settings/settings';

export interface ThreadPlace {
  /** Null: the settings name none. */
  readonly channel: string | null;
  readonly publicThreads: TeamSettings['publicThreads'];
}

/** The place where the settings begin a deal's thread. A thread that has begun stays where it is. */
export async function threadPlace(
  coach: Pick<Coach, 'store'>,
  deal: Deal,
  how?: 'fresh',
): Promise<ThreadPlace> {
  const { teams, channel, publicThreads } = await teamSettings(coach.store, deal.tenant, how);
  const ofTeam = teams.find(({ reps }) => reps.includes(deal.rep))?.channel ?? null;
  return { channel: ofTeam ?? channel, publicThreads };
}

/**
 * True while nothing may be posted of a deal: Slack has not described its rep, or has described somebody who can be none;
 * or Slack has not described whoever is to decide, whom the thread would name.
 * A rep who has left was one.
 */
export async function isHeldBack(
  { store, clock }: Pick<Coach, 'store' | 'clock'>,
  deal: Deal,
): Promise<boolean> {
  const { role } = identityOf(await store.workspace.person(deal.tenant, deal.rep), clock.now());
  if (role === 'guest') return !(await teamSettings(store, deal.tenant)).guestsAsReps;
  if (role === 'unknown' || role === 'outsider') return true;
  const asked = askedNow(deal);
  if (asked === null) return false;
  return identityOf(await store.workspace.person(deal.tenant, asked), clock.now()).role === 'unknown';
}

/** The longest wait of a deal that a retry can help. A later retry waits for something else. */
const LONGEST_WAIT_MS = 60 * 60_000;

type From = Pick<Coach, 'store' | 'clock' | 'changed'>;

/** Tries waiting deals at once: their threads go elsewhere from this moment. */
export const threadsMoved = (coach: From, tenant: Tenant): Promise<void> => retryNow(coach, tenant);

/** Tries the waiting deals of a channel at once: it was unarchived, or we were invited to it. */
export const channelIsBack = (coach: From, tenant: Tenant, channel: string): Promise<void> =>
  retryNow(coach, tenant, channel);

async function retryNow({ store, clock, changed }: From, tenant: Tenant, channel?: string): Promise<void> {
  const waiting = await store.work.retryNow(tenant, clock.now() + LONGEST_WAIT_MS, channel);
  for (const dealId of waiting) changed(tenant, dealId);
}

/** For admins: deals whose messages did not reach Slack after all tries, longest parked first. Others get none. */
export async function parkedFor(coach: Coach, who: Who, limit: number): Promise<readonly ParkedDeal[]> {
  if (!maySet(await actorFor(coach, who), who)) return [];
  return coach.store.work.parkedDeals(who.tenant, limit);
}

/** Has a parked deal taken up at once, by any free instance. @returns false when this person may not ask for it */
export async function showAgain(coach: Coach, who: Who, dealId: DealId): Promise<boolean> {
  const actor = await actorFor(coach, who);
  if (!maySet(actor, who)) refuseUnconfirmed(actor);
  if (!maySet(actor, who)) return false;
  await coach.store.work.touch(who.tenant, dealId);
  coach.changed(who.tenant, dealId);
  return true;
}
