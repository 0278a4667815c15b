/** Figures for managers and reps: each reads only about deals that they may see. */
import { IANAZone } from 'luxon';
import * as z from 'zod';
import { isStranger } from '../deal/decide/permissions';
import type { Tenant } from '../deal/model/deal';
import type { Rate } from '../insights/exchange';
import {
  FIGURE_STEPS,
  type Figures,
  type Funnel,
  figuresOf,
  funnelOfAll,
  funnelsOf,
  type PartFigures,
} from '../insights/questions';
import type { Reason } from '../playbook/schema';
import type { FigureDeal, FigureOf, FiguresAsked, Notice, Sight } from '../store/store';
import { actorFor, type KnownActor, refuseUnconfirmed } from './act';
import { alike } from './alike';
import type { Coach, Who } from './context';
import { RoleNotConfirmedError } from './identity';
import { namesOf } from './people';
import {
  ALWAYS,
  latestPeriod,
  type Month,
  monthsOf,
  periodOf,
  type Quarter,
  quartersOf,
  type ReportWords,
  readReport,
  UNITS,
} from './periods';
import { reasonsKnown, teamSettings } from './settings/settings';
import type { SalesTeam } from './settings/settingsSchema';

export { addedIn, rounded } from '../insights/exchange';
export type { PledgeFigures } from '../insights/pledges';
export type {
  CauseFigures,
  Figures,
  Funnel,
  PartFigures,
  ReasonFigures,
  SpeedFigures,
  WorstFigures,
} from '../insights/questions';
export { type Share, shareOf } from '../insights/share';
export { LATEST_DAYS, type Month, type PeriodName, type Quarter } from './periods';

/** The subject of a report. Null: everything; the team is an id of the settings. */
export type ReportAsked = ReportWords;

/** As a notice keeps it. */
const about = z.object({
  period: z.object({
    from: z.int().nullable(),
    until: z.int().nullable(),
    named: z.object({
      kind: z.enum(['days', 'all', 'this', 'last', 'in', 'week']),
      unit: z.enum(UNITS).nullable(),
      quarter: z.int().nullable(),
      month: z.int().nullable(),
      year: z.int().nullable(),
      day: z.iso.date().exactOptional(),
    }),
  }),
  competitor: z.string().nullable(),
  team: z.string().nullable(),
});

export interface Learned {
  readonly asked: ReportAsked;
  readonly figures: Figures;
  /** The team's name; null: it is over all teams, or the team is gone. */
  readonly teamName: string | null;
  /** Whether the reader sees all deals of the workspace, or only those that they have a part in. */
  readonly seesAll: boolean;
  /** Oldest first; empty where the period is no series of months. */
  readonly months: readonly { readonly month: Month; readonly funnel: Funnel }[];
  /** Oldest first, from the first with a deal; empty where the period is no series of quarters. */
  readonly quarters: readonly { readonly quarter: Quarter; readonly funnel: Funnel }[];
  /** Teams of the settings with a rep who lost a deal; empty in a report over one team. */
  readonly teams: readonly PartFigures<string>[];
  /** The reader and the reps of their teams, for an admin all reps: by name, as people are not compared. Empty: not known. */
  readonly people: readonly PartFigures<string>[];
  /** Labels of reasons. */
  readonly reasons: readonly Reason[];
  readonly exchange: Exchange;
  /** Names like the competitor's, the nearest first, from any period. Only where nothing was lost to it. */
  readonly alike?: readonly string[];
}

/** The means to add money of several currencies. */
export interface Exchange {
  /** The team's currency. */
  readonly to: string;
  readonly rates: readonly Rate[];
  /** The year in UTC in which somebody reads this. */
  readonly year: number;
}

/**
 * Null: this person may see no deals.
 *
 * @throws RoleNotConfirmedError when they may once Slack has confirmed their role
 */
export async function learn(coach: Coach, who: Who, asked: ReportAsked): Promise<Learned | null> {
  const found = await askedBy(coach, who, asked);
  if (found === null) return null;
  const now = coach.clock.now();
  const zone = await zoneOf(coach, who);
  const spans = <Span extends { readonly from: number }>(of: readonly Span[]) =>
    funnelsIn(coach, found.figures, of);
  const [figures, reasons, exchange, months, quarters] = await Promise.all([
    figuresOf(coach.store, found.figures),
    reasonsKnown(coach, who.tenant),
    exchangeOf(coach, who.tenant),
    spans(monthsOf(asked.period, now, zone)),
    spans(quartersOf(asked.period, now, zone)),
  ]);
  const first = quarters.findIndex(({ funnel }) => funnel.lost > 0);
  const isUnknown = asked.competitor !== null && figures.funnel.lost === 0;
  return {
    asked,
    figures,
    teamName: found.teamName,
    seesAll: found.figures.sight === 'all',
    months: months.map(({ span, funnel }) => ({ month: span, funnel })),
    quarters:
      first === -1 ? [] : quarters.slice(first).map(({ span, funnel }) => ({ quarter: span, funnel })),
    teams: asked.team === null ? ofTeams(found.teams, figures.reps) : [],
    people: await ofPeople(coach, who, found.figures.sight, figures.reps),
    reasons,
    exchange,
    ...(isUnknown ? { alike: await namesLike(coach, found.figures, asked.competitor ?? '') } : {}),
  };
}

/** Competitors with a similar name, from deals that the reader may see. */
async function namesLike(
  { store }: Coach,
  { tenant, sight }: FiguresAsked,
  typed: string,
): Promise<string[]> {
  const all = { tenant, sight, from: null, until: null, reps: null, competitor: null };
  const groups = await store.insights.groups(all, ['competitor']);
  return alike(
    typed,
    groups.flatMap(({ competitor, deals }) => (competitor === null ? [] : [{ name: competitor, deals }])),
  );
}

async function exchangeOf({ store, clock }: Coach, tenant: Tenant): Promise<Exchange> {
  const { currency, rates } = await teamSettings(store, tenant);
  return { to: currency, rates, year: new Date(clock.now()).getUTCFullYear() };
}

async function funnelsIn<Span extends { readonly from: number }>(
  { store }: Coach,
  asked: FiguresAsked,
  spans: readonly Span[],
): Promise<readonly { readonly span: Span; readonly funnel: Funnel }[]> {
  if (spans.length === 0) return [];
  const bounds = spans.slice(1).map(({ from }) => from);
  const funnels = await funnelsOf(store, asked, bounds);
  return spans.flatMap((span, index) => {
    const funnel = funnels[index];
    return funnel === undefined ? [] : [{ span, funnel }];
  });
}

/** What a channel reads: figures of all deals, or of a team's, and nothing by person. */
async function learnForChannel(coach: Coach, tenant: Tenant, asked: ReportAsked): Promise<Learned> {
  const { teams } = await teamSettings(coach.store, tenant);
  const chosen = teams.find(({ id }) => id === asked.team) ?? null;
  const { from, until } = asked.period;
  const reps = asked.team === null ? null : (chosen?.reps ?? []);
  const figures = await figuresOf(coach.store, { tenant, sight: 'all', from, until, reps, competitor: null });
  return {
    asked,
    figures: { ...figures, reps: [] },
    teamName: chosen?.name ?? null,
    seesAll: true,
    months: [],
    quarters: [],
    teams: [],
    people: [],
    reasons: await reasonsKnown(coach, tenant),
    exchange: await exchangeOf(coach, tenant),
  };
}

/** A figure as buttons name it: `back`, `said:price`, `given:price`. Null: all deals. */
export function figureNamed(name: string): FigureOf {
  const step = FIGURE_STEPS.find((it) => it === name);
  if (step !== undefined) return { kind: 'step', step };
  const [, kind, reason] = /^(said|given):(.+)$/u.exec(name) ?? [];
  return (kind === 'said' || kind === 'given') && reason !== undefined ? { kind, reason } : null;
}

/** The newest deals behind one of the figures. Null: this person may see no deals. */
export async function dealsBehind(
  coach: Coach,
  who: Who,
  asked: ReportAsked,
  which: { readonly of: FigureOf; readonly limit: number; readonly offset: number },
): Promise<readonly FigureDeal[] | null> {
  const found = await askedBy(coach, who, asked);
  return found === null ? null : coach.store.insights.dealsBehind(found.figures, which);
}

/** The deals that this person asks about, in their sight; null: they may see none. @throws RoleNotConfirmedError */
export async function askedBy(
  coach: Coach,
  who: Who,
  { period, competitor, team }: ReportAsked,
): Promise<{
  readonly figures: FiguresAsked;
  readonly teamName: string | null;
  readonly teams: readonly SalesTeam[];
} | null> {
  const actor = await actorFor(coach, who);
  refuseUnconfirmed(actor);
  if (isStranger(who, actor)) return null;
  const { teams } = await teamSettings(coach.store, who.tenant);
  const chosen = team === null ? null : (teams.find(({ id }) => id === team) ?? null);
  return {
    teams,
    teamName: chosen?.name ?? null,
    figures: {
      tenant: who.tenant,
      sight: sightOf(actor),
      from: period.from,
      until: period.until,
      // A team that is gone has no reps.
      reps: team === null ? null : (chosen?.reps ?? []),
      competitor,
    },
  };
}

/** For more people than this somebody picks a team. */
const MOST_PEOPLE = 100;

/** Whoever only decides about a deal, or stands in for somebody, reads nothing of its rep. */
async function ofPeople(
  coach: Coach,
  { tenant }: Who,
  sight: Sight,
  reps: Figures['reps'],
): Promise<PartFigures<string>[]> {
  const own = sight === 'all' ? null : [sight.userId, ...sight.manages];
  const theirs = reps.filter(({ name }) => own === null || own.includes(name));
  if (theirs.length > MOST_PEOPLE) return [];
  const names = await namesOf(
    coach,
    tenant,
    theirs.map(({ name }) => name),
  );
  return theirs
    .map((it) => ({ ...it, name: names.get(it.name) ?? '' }))
    .sort((a, b) => a.name.localeCompare(b.name));
}

/** A team with one rep is that person, and people are not compared. */
function ofTeams(teams: readonly SalesTeam[], reps: Figures['reps']): PartFigures<string>[] {
  return teams
    .filter((team) => team.name !== '' && team.reps.length > 1)
    .map(({ name, reps: members }) => {
      return { name, ...funnelOfAll(reps.filter((rep) => members.includes(rep.name))) };
    })
    .filter(({ lost }) => lost > 0);
}

/** The people whose deals this person reads figures of; null: nobody, or Slack has to confirm their role first. */
export async function figureSight(coach: Coach, who: Who): Promise<Sight | null> {
  const actor = await actorFor(coach, who);
  return actor.needsConfirming || isStranger(who, actor) ? null : sightOf(actor);
}

/** As `maySee`: the team's wider sight is for reading one deal, and widens no figure. */
function sightOf({ isAdmin, userId, manages, standsInFor }: KnownActor): Sight {
  return isAdmin ? 'all' : { userId, manages: manages ?? [], standsInFor };
}

/**
 * Reads the words that somebody typed behind `report`.
 *
 * @returns null when they have another form; then they are a company's name
 */
export async function reportAsked(coach: Coach, who: Who, words: string): Promise<ReportAsked | null> {
  return readReport(words, await namedTeams(coach, who), coach.clock.now(), await zoneOf(coach, who));
}

/** The report over a period as people type it, the last 90 days for any other words; and over a team, or all. */
export async function reportOver(
  coach: Coach,
  who: Who,
  period: string,
  team: string | null,
): Promise<ReportAsked> {
  const now = coach.clock.now();
  const named = periodOf(period, now, await zoneOf(coach, who));
  return { period: named ?? latestPeriod(now), competitor: null, team };
}

/** The teams that this person leads, stands in for or is in; for an admin all. */
export async function teamsOf(
  coach: Coach,
  who: Who,
): Promise<readonly { readonly id: string; readonly name: string }[]> {
  const actor = await actorFor(coach, who);
  if (isStranger(who, actor)) return [];
  const leads = [who.userId, ...actor.standsInFor];
  return (await namedTeams(coach, who)).filter(
    ({ manager, reps }) =>
      actor.isAdmin || (manager !== null && leads.includes(manager)) || reps.includes(who.userId),
  );
}

async function namedTeams(coach: Coach, { tenant }: Who): Promise<readonly SalesTeam[]> {
  const { teams } = await teamSettings(coach.store, tenant);
  return teams.filter(({ name }) => name !== '');
}

export async function zoneOf(coach: Coach, { tenant, userId }: Who): Promise<string> {
  const tz = (await coach.store.workspace.person(tenant, userId))?.tz ?? 'UTC';
  return IANAZone.isValidZone(tz) ? tz : 'UTC';
}

/** Everything about one competitor. */
export const against = (competitor: string): ReportAsked => ({
  period: ALWAYS,
  competitor,
  team: null,
});

/** The kind of notice that is a report. */
export const REPORT = 'report';

/**
 * Asks for a report, which comes as a direct message. The same delivery twice asks once.
 *
 * @returns false for somebody from outside: they get nothing
 * @throws RoleNotConfirmedError
 */
export async function askForReport(coach: Coach, who: Who, asked: ReportAsked): Promise<boolean> {
  const { tenant, userId } = who;
  const actor = await actorFor(coach, who);
  refuseUnconfirmed(actor);
  if (isStranger(who, actor)) return false;
  const at = coach.clock.now();
  const notice = {
    tenant,
    id: [REPORT, userId, who.delivery ?? at].join(':'),
    kind: REPORT,
    about: JSON.stringify(asked),
    to: userId,
    followsFrom: null,
  };
  // The reconciler posts it; it is of no deal.
  if (await coach.store.work.addNotice(notice, at, 0)) coach.changed(tenant, NO_DEAL);
  return true;
}

/** Of what belongs to no deal. */
export const NO_DEAL = '';

/** The report of a notice as its reader may see it now. Null: they may not, or Slack has not confirmed their role. */
export async function reportOf(coach: Coach, notice: Notice): Promise<Learned | null> {
  try {
    return await learn(coach, readerOf(notice), about.parse(JSON.parse(notice.about)));
  } catch (error) {
    // Only while Slack cannot be reached for an hour.
    if (error instanceof RoleNotConfirmedError) return null;
    throw error;
  }
}

/** The kind of notice that is a digest, to a person or a channel. */
export const DIGEST = 'digest';

const aboutDigest = about.extend({ channel: z.boolean() });
export type DigestAbout = z.infer<typeof aboutDigest>;

export interface Digest {
  readonly toChannel: boolean;
  readonly learned: Learned;
}

/** Slack does not tell now whether others read the channel of a digest. */
class ChannelNotKnownError extends Error {
  readonly code = 'channel_not_known';
}

/**
 * Null: nothing happened that its reader may see, or others read the channel since it was due.
 *
 * @param isOursAlone null: not known now
 * @throws while it is not known who reads it, so that it is tried again
 */
export async function digestOf(
  coach: Coach,
  notice: Notice,
  isOursAlone: (tenant: Tenant, channel: string) => Promise<boolean | null>,
): Promise<Digest | null> {
  const { channel: toChannel, ...asked } = aboutDigest.parse(JSON.parse(notice.about));
  const mayRead = !toChannel || (await isOursAlone(notice.tenant, notice.to));
  if (mayRead === null) throw new ChannelNotKnownError('who reads the channel of a digest is not known');
  if (!mayRead) return null;
  const learned = toChannel
    ? await learnForChannel(coach, notice.tenant, asked)
    : await learn(coach, readerOf(notice), asked);
  return learned === null || learned.figures.funnel.lost === 0 ? null : { toChannel, learned };
}

/** The subject of a digest, for a report about the same; null: it is gone. */
export async function askedOfDigest(coach: Coach, who: Who, id: string): Promise<ReportAsked | null> {
  const notice = await coach.store.work.notice(who.tenant, id);
  return notice?.kind === DIGEST ? about.parse(JSON.parse(notice.about)) : null;
}

/** The subject of a report of this person; null: it was for somebody else, or is gone. */
export async function askedOfReport(coach: Coach, who: Who, id: string): Promise<ReportAsked | null> {
  const notice = await coach.store.work.notice(who.tenant, id);
  return notice?.kind === REPORT && notice.to === who.userId ? askedIn(notice) : null;
}

export const askedIn = (notice: Notice): ReportAsked => about.parse(JSON.parse(notice.about));

export const isReport = (notice: string): boolean => notice.startsWith(`${REPORT}:`);

export const readerOf = ({ tenant, to }: Notice): Who => ({ tenant, userId: to, teamId: tenant.teamId });
