/** The deals a person sees: in the list, in App Home, or one of them. */
import { askedNow } from '../deal/asking/stations';
import { isStranger, maySee, mayWork } from '../deal/decide/permissions';
import type { Actor } from '../deal/model/commands';
import type { Deal, DealId, UserId } from '../deal/model/deal';
import type { Whose } from '../store/store';
import { actorFor, type KnownActor, notFound, type Refused, refuseUnconfirmed } from './act';
import type { Coach, Who } from './context';
import { teamSettings } from './settings/settings';

/** Slack's Home and modals hold 100 blocks; this many deals always fit. */
const LIMIT = 20;

export interface Overview {
  readonly viewer: Actor;
  /** Open deals where this person is the rep, newest activity first. */
  readonly mine: readonly Deal[];
  /** Deals whose ask waits for this person, or for a manager they stand in for. */
  readonly waiting: readonly Deal[];
  /** Other open deals they look after: those of their reps; for an admin, everybody's. */
  readonly others: readonly Deal[];
  /** Closed deals of this person, newest first. */
  readonly recent: readonly Deal[];
  readonly isAdmin: boolean;
  /** They decide about somebody's deals, so it matters when they are out. */
  readonly isManager: boolean;
  /** The settings name a channel for threads. */
  readonly hasChannel: boolean;
}

/** Open deals with one company. */
export interface OpenWith {
  /** The newest of this person; null: none. */
  readonly mine: Deal | null;
  /** The other reps who have one. */
  readonly others: readonly UserId[];
}

/** More deals with one company are not read. */
const MOST_OPEN_WITH = 20;

/** Who works on a deal with this company, for members of the workspace. */
export async function openDealsWith(coach: Coach, who: Who, account: string): Promise<OpenWith> {
  const deals = await coach.store.deals.openWith(who.tenant, account, MOST_OPEN_WITH);
  if (deals.length === 0 || isStranger(who, await actorFor(coach, who))) return { mine: null, others: [] };
  const others = new Set(deals.map(({ rep }) => rep).filter((rep) => rep !== who.userId));
  return { mine: deals.find(({ rep }) => rep === who.userId) ?? null, others: [...others] };
}

/** @param limit the most deals of each kind; a caller that needs to know whether there are more asks for one more */
export async function overview(coach: Coach, who: Who, limit = LIMIT): Promise<Overview> {
  const actor = await actorFor(coach, who);
  // Somebody whom Slack has not described yet goes on with their own call, and sees nothing else.
  if (actor.role === 'unknown') {
    return {
      ...NOTHING,
      viewer: actor,
      mine: await coach.store.deals.openOfRep(who.tenant, who.userId, limit),
    };
  }
  if (isStranger(who, actor)) return { ...NOTHING, viewer: actor };
  const [mine, withThem, recent, { teams, standIns, limits, defaultLimit, channel }] = await Promise.all([
    coach.store.deals.openOfRep(who.tenant, who.userId, limit),
    coach.store.deals.waitingFor(who.tenant, [who.userId, ...actor.standsInFor], limit),
    coach.store.deals.recentlyClosedOfRep(who.tenant, who.userId, 5),
    teamSettings(coach.store, who.tenant),
  ]);
  const lookedAfter = await dealsLookedAfter(coach, who, actor, limit);
  // An ask that went on to somebody else is still theirs to decide.
  const wentOn = lookedAfter.filter(
    ({ id, ask, manager }) =>
      ask?.status === 'pending' && manager === who.userId && !withThem.some((it) => it.id === id),
  );
  const waiting = [...withThem, ...wentOn].slice(0, limit);
  const kept = recent.filter(({ removed }) => removed?.isErased !== true);
  const shown = new Set([...mine, ...waiting].map(({ id }) => id));
  const others = lookedAfter.filter(({ id }) => !shown.has(id));
  const isNamed =
    [...teams, ...standIns, ...limits].some(({ manager }) => manager === who.userId) ||
    [...limits, ...(defaultLimit === null ? [] : [defaultLimit])].some(
      ({ approver }) => approver === who.userId,
    );
  const isManager = isNamed || [...waiting, ...lookedAfter].some(({ manager }) => manager === who.userId);
  const ofTeam = teams.find(({ reps }) => reps.includes(who.userId))?.channel ?? null;
  const hasChannel = (channel ?? ofTeam) !== null;
  return {
    viewer: actor,
    mine,
    waiting,
    recent: kept,
    others,
    isAdmin: actor.isAdmin,
    isManager,
    hasChannel,
  };
}

const NOTHING: Omit<Overview, 'viewer'> = {
  mine: [],
  waiting: [],
  others: [],
  recent: [],
  isAdmin: false,
  isManager: false,
  hasChannel: true,
};

/** For an admin, all open deals; else those this person manages, and those of their team's reps. */
async function dealsLookedAfter(
  coach: Coach,
  { tenant, userId }: Who,
  actor: Actor,
  limit: number,
): Promise<Deal[]> {
  const { deals } = coach.store;
  if (actor.isAdmin) return deals.openOfAll(tenant, limit);
  const managers = [userId, ...actor.standsInFor];
  const lists = await Promise.all([
    ...managers.map((manager) => deals.openOfManager(tenant, manager, limit)),
    ...(actor.manages ?? []).map((rep) => deals.openOfRep(tenant, rep, limit)),
  ]);
  const each = new Map(lists.flat().map((deal) => [deal.id, deal]));
  return [...each.values()].sort((a, b) => b.quietSince - a.quietSince).slice(0, limit);
}

/** The re-engagements this person looks after: their own and their reps', or everybody's for an admin. */
export function whose(who: Who, actor: Actor): Whose {
  return actor.isAdmin ? 'all' : { reps: [who.userId, ...(actor.manages ?? [])], manager: who.userId };
}

/** The deal, if it exists in this person's workspace and they may see it. */
export async function seeDeal(coach: Coach, who: Who, dealId: DealId): Promise<Deal | null> {
  return (await loadFor(coach, who, dealId))?.deal ?? null;
}

/** The people to turn to about a deal, for those who may see it. */
export interface Whom {
  readonly rep: UserId;
  /** Whom its ask waits for, else its manager; null: nobody is named. */
  readonly decides: UserId | null;
}

export const whomOf = (deal: Deal): Whom => ({ rep: deal.rep, decides: askedNow(deal) ?? deal.manager });

/**
 * The rep of a deal that this person may not see, whose name members read in the channel of the thread. Null for everybody
 * else, and when there is no such deal, so that they do not learn which.
 */
export async function repToAsk(coach: Coach, who: Who, dealId: DealId): Promise<UserId | null> {
  const deal = await coach.store.deals.load(who.tenant, dealId);
  const { role } = await actorFor(coach, who);
  return deal === null || role !== 'member' ? null : deal.rep;
}

/** The deal for its rep, or an admin; everybody else reads that it is the rep's, if they may see it at all. */
export async function workDeal(
  coach: Coach,
  who: Who,
  dealId: DealId,
): Promise<{ readonly ok: true; readonly deal: Deal } | Refused> {
  const found = await loadFor(coach, who, dealId);
  if (found === null) return notFound;
  const { deal, actor } = found;
  if (mayWork(deal, actor) || isOwnCall(deal, actor)) return { ok: true, deal };
  refuseUnconfirmed(actor);
  return { ok: false, code: 'rep_only', deal };
}

/** Somebody goes on with their call while Slack has not described them yet. */
const isOwnCall = (deal: Deal, { role, userId }: KnownActor): boolean =>
  role === 'unknown' && deal.rep === userId;

async function loadFor(
  coach: Coach,
  who: Who,
  dealId: DealId,
): Promise<{ deal: Deal; actor: KnownActor } | null> {
  const deal = await coach.store.deals.load(who.tenant, dealId);
  if (deal === null) return null;
  const actor = await actorFor(coach, who);
  if (maySee(deal, actor) || isOwnCall(deal, actor)) return { deal, actor };
  const { sight } = await teamSettings(coach.store, who.tenant);
  // Wider sight is for reading only: the domain decides about actions, and knows nothing of sight.
  if (sight === 'everyone' && actor.role === 'member') return { deal, actor };
  refuseUnconfirmed(actor);
  return null;
}
