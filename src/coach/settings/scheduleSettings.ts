/**
 * Turns a team's settings into those of one deal's schedule: its people's working time, and the order in which they are
 * asked.
 */
import { DateTime, IANAZone } from 'luxon';
import { namedApprover } from '../../deal/asking/approver';
import { askedNow, waitsForNobody } from '../../deal/asking/stations';
import type {
  Askable,
  Fallback,
  Limit,
  ScheduleSettings,
  StandIn,
  WorkingTime,
} from '../../deal/model/commands';
import type { Deal, UserId } from '../../deal/model/deal';
import { nextWake } from '../../deal/schedule/schedule';
import { canTakePart } from '../identity';
import type { Team } from './settings';
import type { TeamSettings } from './settingsSchema';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** The people whose working time matters to a deal now. */
export interface DealPeople {
  readonly rep: UserId;
  /** The reps before, oldest first. Absent: none. */
  readonly formerReps?: readonly UserId[];
  readonly manager: UserId | null;
  /** The person a pending ask waits for; null: nobody in particular. */
  readonly asked: UserId | null;
  /** An ask is pending, so the next people in line matter too. */
  readonly waits: boolean;
  /** A pending ask waits for nobody who may decide, so the admins matter. Absent: false. */
  readonly waitsForNobody?: boolean;
  /** A proposal that waits for approval: its named approver, and its maker. Absent: none waits. */
  readonly approval?: { readonly approver: UserId; readonly by: UserId };
  /** The person who decides now; null: nobody. */
  readonly decider?: UserId | null;
  /** The person who names somebody to decide now; absent: nobody does. */
  readonly namedBy?: UserId;
  /** The manager has never had an ask. Absent: nobody is asked now. */
  readonly isFirstAsk?: boolean;
}

export function peopleOf(deal: Deal): DealPeople {
  const approval = deal.ask?.approval ?? null;
  return {
    rep: deal.rep,
    formerReps: deal.formerReps,
    manager: deal.manager,
    asked: approval?.approver ?? askedNow(deal),
    waits: deal.ask?.status === 'pending',
    waitsForNobody: waitsForNobody(deal),
    ...(approval === null ? {} : { approval: { approver: namedApprover(approval), by: approval.by } }),
  };
}

/**
 * The working time of a deal's people, and the order in which they are asked. A person whom Slack has not described yet
 * is assumed to live where the other one does; in UTC when neither is known. Reads people only where they matter now:
 * the fallback while an ask is pending, a stand-in while the deal's manager has one, an approver while a proposal
 * waits.
 */
export async function scheduleSettings(
  team: Team,
  people: DealPeople,
  now: number,
): Promise<ScheduleSettings> {
  const { settings } = team;
  const [rep, manager] = await Promise.all([zoneOf(team, people.rep), zoneOf(team, people.manager)]);
  const guess = manager ?? rep ?? 'UTC';
  const work = async (user: UserId): Promise<WorkingTime> =>
    workingTime(settings, user, await zoneOf(team, user), guess);
  const managerWork = workingTime(settings, people.manager, manager, guess);
  return {
    rep: workingTime(settings, people.rep, rep, guess),
    manager: managerWork,
    asked: people.asked === null || people.asked === people.manager ? managerWork : await work(people.asked),
    standIn: await standInOf(team, people.manager, managerWork, now, work),
    approverStandIn: people.approval
      ? await approverStandInOf(team, people.approval.approver, guess, now, work)
      : null,
    fallback: people.waits ? await fallbackOf(team, work) : null,
    admins: people.waitsForNobody === true ? await adminsOf(team, work) : [],
    limit: await limitOf(team, people, managerWork, now, work),
    hasLimits: settings.limits.length > 0 || settings.defaultLimit !== null,
    teamManager: await teamManagerOf(team, people),
    isFirstAsk: people.isFirstAsk ?? false,
    tellsWins: settings.tellWins,
    ownManagerAllowed: settings.ownManagerAllowed,
    responseMinutes: settings.responseMinutes,
    holdAskMs: 5 * MINUTE,
    resumeOfferAfterMs: 10 * MINUTE,
    abandonAfterMs: 14 * DAY,
    silenceAfterMs: settings.silenceDays * DAY,
    reEngageBeforeMs: settings.reEngageBeforeDays * DAY,
  };
}

/**
 * When a deal is next due, ms UTC, by the settings and people as they are; null: never by itself. The one way to work it
 * out: every commit uses it, and what changes settings or people has it worked out anew.
 */
export async function wakeOf(team: Team, deal: Deal, now: number): Promise<number | null> {
  const people = peopleOf(deal);
  const wake = nextWake(deal, await scheduleSettings(team, people, now), now)?.at ?? null;
  const out = await nextAbsence(team, people, now);
  return wake === null || out === null ? wake : Math.min(wake, out);
}

/** When the person who is to answer is next out by the settings: what waits for them passes on; null: not planned. */
async function nextAbsence(team: Team, people: DealPeople, now: number): Promise<number | null> {
  const { manager, approval, waits } = people;
  const asked = approval?.approver ?? (waits ? manager : null);
  const planned = team.settings.standIns.flatMap((it) =>
    it.manager === asked && it.from !== null ? [it.from] : [],
  );
  if (asked === null || planned.length === 0) return null;
  const zones = await Promise.all([asked, manager, people.rep].map((it) => zoneOf(team, it)));
  const zone = zones.find((it) => it !== null && IANAZone.isValidZone(it)) ?? 'UTC';
  const starts = planned.map((from) => DateTime.fromISO(from, { zone }).toMillis());
  const ahead = starts.filter((at) => at > now);
  return ahead.length === 0 ? null : Math.min(...ahead);
}

/** The managers this person stands in for today, by the day in each manager's own zone. */
export async function managersStoodInFor(team: Team, user: UserId, now: number): Promise<UserId[]> {
  const theirs = team.settings.standIns.filter(({ standIn }) => standIn === user);
  const managers = await Promise.all(
    theirs.map(async (it) =>
      covers(it, dayIn((await zoneOf(team, it.manager)) ?? 'UTC', now)) ? [it.manager] : [],
    ),
  );
  return [...new Set(managers.flat())];
}

/** The limit up to which this person decides alone, and its approver; null: they have none. */
export async function limitFor(team: Team, deal: Deal, decider: UserId, now: number): Promise<Limit | null> {
  const { limits, defaultLimit } = team.settings;
  if (limits.length === 0 && defaultLimit === null) return null;
  const people = { ...peopleOf(deal), decider };
  return (await scheduleSettings(team, people, now)).limit;
}

/** The working time of one person, with a zone only as far as Slack has described them. */
export async function workOf(team: Team, user: UserId | null): Promise<WorkingTime> {
  return workingTime(team.settings, user, await zoneOf(team, user), 'UTC');
}

type Work = (user: UserId) => Promise<WorkingTime>;
type StandInEntry = TeamSettings['standIns'][number];

async function zoneOf(team: Team, user: UserId | null): Promise<string | null> {
  return user === null ? null : ((await team.person(user))?.tz ?? null);
}

function workingTime(
  settings: TeamSettings,
  user: UserId | null,
  tz: string | null,
  guess: string,
): WorkingTime {
  const quiet = settings.quietHours.find((it) => it.user === user);
  return {
    ...settings.workingDay,
    tz: tz ?? guess,
    tzKnown: tz !== null,
    quiet: quiet === undefined ? null : { startMinute: quiet.startMinute, endMinute: quiet.endMinute },
  };
}

/** The calendar day in a zone, `YYYY-MM-DD`. */
function dayIn(zone: string, now: number): string {
  const tz = IANAZone.isValidZone(zone) ? zone : 'UTC';
  return DateTime.fromMillis(now, { zone: tz }).toISODate() ?? '';
}

function covers({ from, until }: StandInEntry, day: string): boolean {
  return (from === null || from <= day) && (until === null || day <= until);
}

/**
 * A stand-in with dates means that the manager is out. One without dates is their deputy for good: asked only when the
 * manager is late, and allowed to decide at any time.
 */
async function standInOf(
  team: Team,
  manager: UserId | null,
  { tz }: Pick<WorkingTime, 'tz'>,
  now: number,
  work: Work,
): Promise<StandIn | null> {
  const named = team.settings.standIns.filter((it) => it.manager === manager && it.standIn !== manager);
  const there = await Promise.all(named.map((it) => isThere(team, it.standIn)));
  const theirs = named.filter((_, index) => there[index]);
  if (theirs.length === 0) return null;
  const day = dayIn(tz, now);
  const isAway = (it: StandInEntry): boolean => it.from !== null || it.until !== null;
  const present = theirs.filter((it) => covers(it, day));
  const found = present.find(isAway) ?? present[0];
  if (found === undefined) return null;
  const { standIn: userId, until } = found;
  return { userId, work: await work(userId), away: isAway(found), until };
}

/** The stand-in of an approver; an approver who has left is out for good. */
async function approverStandInOf(
  team: Team,
  approver: UserId,
  guess: string,
  now: number,
  work: Work,
): Promise<StandIn | null> {
  const tz = (await zoneOf(team, approver)) ?? guess;
  const standIn = await standInOf(team, approver, { tz }, now, work);
  return standIn === null ? null : { ...standIn, away: standIn.away || !(await isThere(team, approver)) };
}

/** False for people whom the settings still name, and who have left or are guests. */
const isThere = async (team: Team, user: UserId): Promise<boolean> => canTakePart(await team.person(user));

/** Null where it does not matter, so that no other commit reads the manager. */
async function teamManagerOf(
  team: Team,
  { rep, formerReps = [], namedBy, waitsForNobody: isStuck }: DealPeople,
): Promise<UserId | null> {
  if (namedBy === undefined && isStuck !== true) return null;
  const managers = [...(namedBy === undefined ? [] : [namedBy]), rep, ...formerReps].map(
    (it) => team.settings.teams.find(({ reps }) => reps.includes(it))?.manager ?? null,
  );
  const manager = managers.find((it) => it !== null) ?? null;
  return manager !== null && (await isThere(team, manager)) ? manager : null;
}

/** The admins of the settings, else those of Slack we met last. */
async function adminsOf(team: Team, work: Work): Promise<readonly Askable[]> {
  const eligible = await Promise.all(team.settings.admins.map((it) => isThere(team, it)));
  const named = team.settings.admins.filter((_, index) => eligible[index]);
  const admins = named.length > 0 ? named : await team.knownAdmins();
  return Promise.all(admins.map(async (userId) => ({ userId, work: await work(userId) })));
}

async function fallbackOf(team: Team, work: Work): Promise<Fallback | null> {
  const { fallback } = team.settings;
  if (fallback?.kind === 'person' && !(await isThere(team, fallback.userId))) return null;
  return fallback?.kind === 'person' ? { ...fallback, work: await work(fallback.userId) } : fallback;
}

/**
 * A stand-in without a limit of their own has the manager's. A stand-in of the approver has the approver's limit,
 * whatever limit is their own, except on their own proposal. Everybody else without a limit of their own has the team's.
 */
async function limitOf(
  team: Team,
  { decider, manager, approval }: DealPeople,
  { tz }: WorkingTime,
  now: number,
  work: Work,
): Promise<Limit | null> {
  const { limits, defaultLimit, standIns } = team.settings;
  if (decider === undefined || decider === null) return null;
  if (limits.length === 0 && defaultLimit === null) return null;
  const standsInFor = (absent: UserId | null, zone: string): boolean =>
    standIns.some((it) => it.manager === absent && it.standIn === decider && covers(it, dayIn(zone, now)));
  const zone = approval === undefined ? tz : ((await zoneOf(team, approval.approver)) ?? tz);
  const approves = approval !== undefined && decider !== approval.by && standsInFor(approval.approver, zone);
  const own = approves
    ? limits.find((it) => it.manager === approval.approver)
    : (limits.find((it) => it.manager === decider) ??
      (standsInFor(manager, tz) ? limits.find((it) => it.manager === manager) : undefined));
  const found = own ?? defaultLimit;
  if (found === null || found.approver === decider) return null;
  const fallback = await fallbackOf(team, work);
  return {
    amount: found.amount,
    percent: found.percent,
    approver: found.approver,
    work: await work(found.approver),
    standIn: await approverStandInOf(team, found.approver, tz, now, work),
    isDefault: own === undefined,
    substitutes: [...(fallback?.kind === 'person' ? [fallback] : []), ...(await adminsOf(team, work))],
  };
}
