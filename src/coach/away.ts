/** What people set for themselves: being out, and not to be disturbed. */
import { DateTime, IANAZone } from 'luxon';
import type { Deal } from '../deal/model/deal';
import { act } from './act';
import type { Coach, Who } from './context';
import { whyIneligible } from './eligibility';
import { changeOwn } from './settings/changeSettings';
import { teamSettings } from './settings/settings';
import type { QuietHours, StandIn } from './settings/settingsSchema';

/** More than wait for one person. */
const MOST_ASKS = 50;

/** The calendar day it is for somebody, `YYYY-MM-DD`. */
export function todayOf(coach: Coach, who: Pick<Who, 'tenant'>, user: string): Promise<string> {
  return dayOf(coach, who, user, coach.clock.now());
}

/** The calendar day of a moment (ms UTC) where somebody lives, `YYYY-MM-DD`. */
export async function dayOf(
  coach: Coach,
  { tenant }: Pick<Who, 'tenant'>,
  user: string,
  at: number,
): Promise<string> {
  const tz = (await coach.store.workspace.person(tenant, user))?.tz ?? 'UTC';
  const zone = IANAZone.isValidZone(tz) ? tz : 'UTC';
  return DateTime.fromMillis(at, { zone }).toISODate() ?? '';
}

const isDated = ({ from, until }: StandIn): boolean => from !== null || until !== null;

/** Who stands in for this manager with dates that are not over; null: nobody. */
export async function standInOf(coach: Coach, who: Who): Promise<StandIn | null> {
  const { standIns } = await teamSettings(coach.store, who.tenant);
  const today = await todayOf(coach, who, who.userId);
  const mine = standIns.filter((it) => it.manager === who.userId && isDated(it));
  return mine.find(({ until }) => until === null || until >= today) ?? null;
}

export type Gone =
  | {
      readonly ok: true;
      /** Asks that wait for them, while they are out already; empty when they go later. */
      readonly waiting: readonly Deal[];
    }
  | { readonly ok: false; readonly detail: string };

/** Takes the place of what they had set with dates; a deputy for good stays. */
export async function goOut(coach: Coach, who: Who, standIn: Omit<StandIn, 'manager'>): Promise<Gone> {
  const unfit = await whyIneligible(coach, who.tenant, standIn.standIn);
  if (unfit !== null) return { ok: false, detail: unfit };
  const mine: StandIn = { manager: who.userId, ...standIn };
  const changed = await changeOwn(coach, who, ({ standIns }) => ({
    standIns: [...standIns.filter((it) => it.manager !== who.userId || !isDated(it)), mine],
  }));
  if (!changed.ok) return { ok: false, detail: 'Only people of this workspace can do this.' };
  const today = await todayOf(coach, who, who.userId);
  const isNow = mine.from === null || mine.from <= today;
  const waiting = isNow ? await coach.store.deals.waitingFor(who.tenant, [who.userId], MOST_ASKS) : [];
  // Never to the rep, nor to whoever made the proposal that waits.
  const mayGo = ({ rep, ask }: Deal) => rep !== mine.standIn && ask?.approval?.by !== mine.standIn;
  return { ok: true, waiting: waiting.filter(mayGo) };
}

/** Nobody stands in any more, but a deputy for good. */
export async function comeBack(coach: Coach, who: Who): Promise<void> {
  await changeOwn(coach, who, ({ standIns }) => ({
    standIns: standIns.filter((it) => it.manager !== who.userId || !isDated(it)),
  }));
}

/** Every ask that waits for this manager goes to whoever stands in for them. */
export async function passWaiting(coach: Coach, who: Who): Promise<number> {
  const waiting = await coach.store.deals.waitingFor(who.tenant, [who.userId], MOST_ASKS);
  let passed = 0;
  for (const deal of waiting) {
    const key = who.requestOf === undefined ? {} : { delivery: `${who.requestOf}:${deal.id}` };
    const acted = await act(coach, { ...who, ...key }, deal.id, { type: 'pass_to_stand_in' }, deal);
    if (acted.ok) passed += 1;
  }
  return passed;
}

export async function quietHoursOf(coach: Coach, who: Who): Promise<QuietHours | null> {
  const all = (await teamSettings(coach.store, who.tenant)).quietHours;
  return all.find(({ user }) => user === who.userId) ?? null;
}

/** Null: none any more. False: not a person of this workspace. */
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
