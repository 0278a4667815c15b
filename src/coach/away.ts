/** People's own settings: the days on which they are out, and their quiet hours. */
import type { Deal } from '../deal/model/deal';
import { act } from './act';
import { type Coach, partOf, type Who } from './context';
import { todayOf, whyIneligible } from './people';
import type { Ineligible } from './refusals';
import { changeOwn } from './settings/changeSettings';
import { teamSettings } from './settings/settings';
import type { QuietHours, StandIn } from './settings/settingsSchema';

/** More asks than wait for one person. */
const MOST_ASKS = 50;

/** A stand-in with dates: the manager is out. Without dates somebody is their deputy for good. */
const isDated = ({ from, until }: StandIn): boolean => from !== null || until !== null;

/** The stand-in this manager has set with dates that are not over; null: none. */
export async function standInOf(coach: Coach, who: Who): Promise<StandIn | null> {
  const { standIns } = await teamSettings(coach.store, who.tenant);
  const today = await todayOf(coach, who, who.userId);
  const mine = standIns.filter((it) => it.manager === who.userId && isDated(it));
  return mine.find(({ until }) => until === null || until >= today) ?? null;
}

/** The stand-in of this manager today, and until when; null: the manager is there. */
export async function absenceOf(
  coach: Coach,
  who: Who,
): Promise<(Pick<StandIn, 'standIn' | 'until'> & { readonly today: string }) | null> {
  const [mine, today] = await Promise.all([standInOf(coach, who), todayOf(coach, who, who.userId)]);
  if (mine === null || (mine.from !== null && mine.from > today)) return null;
  return { standIn: mine.standIn, until: mine.until, today };
}

export type WentOut =
  | {
      readonly ok: true;
      /** The asks that wait for them; empty when they go out later. */
      readonly waiting: readonly Deal[];
    }
  | ({ readonly ok: false } & (Ineligible | { readonly code: 'members_only' }));

/** Sets a stand-in with dates, in place of an earlier one; a deputy for good stays. */
export async function goOut(coach: Coach, who: Who, standIn: Omit<StandIn, 'manager'>): Promise<WentOut> {
  const unfit = await whyIneligible(coach, who.tenant, standIn.standIn);
  if (unfit !== null) return { ok: false, ...unfit };
  const mine: StandIn = { manager: who.userId, ...standIn };
  const changed = await changeOwn(coach, who, ({ standIns }) => ({
    standIns: [...standIns.filter((it) => it.manager !== who.userId || !isDated(it)), mine],
  }));
  if (!changed.ok) return { ok: false, code: 'members_only' };
  const today = await todayOf(coach, who, who.userId);
  const isNow = mine.from === null || mine.from <= today;
  const waiting = isNow ? await coach.store.deals.waitingFor(who.tenant, [who.userId], MOST_ASKS) : [];
  // An ask never goes to the deal's rep, nor a proposal to its maker.
  const mayGo = ({ rep, ask }: Deal) => rep !== mine.standIn && ask?.approval?.by !== mine.standIn;
  return { ok: true, waiting: waiting.filter(mayGo) };
}

/** Removes the stand-in with dates; a deputy for good stays. */
export async function comeBack(coach: Coach, who: Who): Promise<void> {
  await changeOwn(coach, who, ({ standIns }) => ({
    standIns: standIns.filter((it) => it.manager !== who.userId || !isDated(it)),
  }));
}

/** Passes every ask that waits for this manager to their stand-in. */
export async function passWaiting(coach: Coach, who: Who): Promise<void> {
  const waiting = await coach.store.deals.waitingFor(who.tenant, [who.userId], MOST_ASKS);
  // Together, so that their commits share a sync of the disk, and the ack comes in time.
  await Promise.all(
    waiting.map((deal) =>
      act(coach, partOf(who, deal.id), deal.id, { type: 'pass_to_stand_in' }, { loaded: deal }),
    ),
  );
}

export async function quietHoursOf(coach: Coach, who: Who): Promise<QuietHours | null> {
  const all = (await teamSettings(coach.store, who.tenant)).quietHours;
  return all.find(({ user }) => user === who.userId) ?? null;
}

/**
 * @param hours null: no quiet hours
 * @returns false when this is no person of the workspace
 */
export async function setQuietHours(
  coach: Coach,
  who: Who,
  hours: Omit<QuietHours, 'user'> | null,
): Promise<boolean> {
  const changed = await changeOwn(coach, who, ({ quietHours }) => ({
    quietHours: [
      ...quietHours.filter(({ user }) => user !== who.userId),
      ...(hours === null ? [] : [{ user: who.userId, ...hours }]),
    ],
  }));
  return changed.ok;
}
