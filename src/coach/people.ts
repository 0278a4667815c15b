/**
 * People's roles in a team: the people who can have a part in deals, the decider, the successor, and each person's
 * calendar day.
 */
import { DateTime, IANAZone } from 'luxon';
import { askedNow, wasRep } from '../deal/asking/stations';
import type { Deal, Tenant, UserId } from '../deal/model/deal';
import type { Coach, Who } from './context';
import { canTakePart } from './identity';
import type { Ineligible } from './refusals';
import { MOST_KNOWN_ADMINS, teamSettings } from './settings/settings';

type From = Pick<Coach, 'store'>;

/**
 * The reason why this person cannot have a part in deals; null: they can.
 * @param decides they are to decide about a deal, or to work it as its rep, which a team may allow guests
 */
export async function whyIneligible(
  coach: From,
  tenant: Tenant,
  user: UserId,
  decides?: 'decides' | 'works',
): Promise<Ineligible | null> {
  const person = await coach.store.workspace.person(tenant, user);
  if (person === null) return { code: 'person_unknown', name: '', decides: decides === 'decides' };
  const facts = { name: person.realName, decides: decides === 'decides' };
  if (person.isBot) return { code: 'person_is_app', ...facts };
  if (person.deleted) return { code: 'person_left', ...facts };
  if (person.isStranger) return { code: 'person_is_stranger', ...facts };
  if (!person.isGuest) return null;
  const allowed = decides === 'works' && (await teamSettings(coach.store, tenant)).guestsAsReps;
  return allowed ? null : { code: 'person_is_guest', ...facts };
}

/** Full names of these people, of those whom we know. */
export async function namesOf(
  { store }: From,
  tenant: Tenant,
  users: readonly (UserId | null)[],
): Promise<ReadonlyMap<UserId, string>> {
  const wanted = [...new Set(users.filter((it) => it !== null))];
  const people = await Promise.all(wanted.map((user) => store.workspace.person(tenant, user)));
  return new Map(people.flatMap((it) => (it === null ? [] : [[it.userId, it.realName] as const])));
}

/** Full names that the rows of these deals show: the reps, and the people whom an ask waits for. */
export const namesInRows = (
  coach: From,
  tenant: Tenant,
  deals: readonly Deal[],
): Promise<ReadonlyMap<UserId, string>> =>
  namesOf(
    coach,
    tenant,
    deals.flatMap((deal) => [deal.rep, askedNow(deal)]),
  );

const isEligible = async ({ store }: From, tenant: Tenant, user: UserId): Promise<boolean> =>
  canTakePart(await store.workspace.person(tenant, user));

/** The name with which the rep signs a mail; null: not known. */
export async function repNameOf({ store }: From, { tenant, rep }: Deal): Promise<string | null> {
  const name = (await store.workspace.person(tenant, rep))?.realName.trim() ?? '';
  return name === '' ? null : name;
}

/** The manager of the rep's team; null: the team has none, or that person cannot decide. Usually read from memory. */
export async function teamManagerOf(
  coach: From,
  { tenant, userId }: Pick<Who, 'tenant' | 'userId'>,
): Promise<UserId | null> {
  const settings = await teamSettings(coach.store, tenant);
  const manager = settings.teams.find(({ reps }) => reps.includes(userId))?.manager ?? null;
  if (manager === null || (manager === userId && !settings.ownManagerAllowed)) return null;
  return (await isEligible(coach, tenant, manager)) ? manager : null;
}

/** The manager of a new deal: the team's manager, else the one the rep named last. */
export async function managerFor(coach: From, who: Who): Promise<UserId | null> {
  const ofTeam = await teamManagerOf(coach, who);
  if (ofTeam !== null) return ofTeam;
  const last = await coach.store.deals.lastManagerOfRep(who.tenant, who.userId);
  return last !== null && (await isEligible(coach, who.tenant, last)) ? last : null;
}

/**
 * The admins to notify of problems that only an admin can solve: those of the settings, else those of Slack we met
 * last.
 */
export async function adminsToNotify(coach: From, tenant: Tenant): Promise<readonly UserId[]> {
  const { admins } = await teamSettings(coach.store, tenant);
  const eligible = await Promise.all(admins.map((it) => isEligible(coach, tenant, it)));
  const named = admins.filter((_, index) => eligible[index]);
  return named.length > 0 ? named : coach.store.workspace.knownAdmins(tenant, MOST_KNOWN_ADMINS);
}

/** More of Slack's admins than one workspace has. */
const ALL_ADMINS = 1_000;

/**
 * Every admin whom Slack has described: those of the settings, those of Slack whom we have met, and the people of
 * `also` who are of this workspace.
 */
export async function allAdmins(
  coach: From,
  tenant: Tenant,
  also: readonly UserId[],
): Promise<readonly UserId[]> {
  const { admins } = await teamSettings(coach.store, tenant, 'fresh');
  const named = [...admins, ...also];
  const reasons = await Promise.all(named.map((it) => whyIneligible(coach, tenant, it)));
  const ofSlack = await coach.store.workspace.knownAdmins(tenant, ALL_ADMINS);
  return [...new Set([...named.filter((_, index) => reasons[index] === null), ...ofSlack])];
}

/** The most of Slack's admins to consider as a successor. */
const CONSIDERED_ADMINS = 10;

/**
 * The person who takes over from somebody who left. For a rep first their manager; then the team's manager, a
 * stand-in, the fallback, an admin named in the settings, and last an admin of Slack whom we have met.
 * Null: none of them is eligible.
 */
export async function successorOf(coach: From, deal: Deal, gone: UserId): Promise<UserId | null> {
  const { teams, standIns, fallback, admins, ownManagerAllowed } = await teamSettings(
    coach.store,
    deal.tenant,
  );
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
    // They are to decide.
    if (deal.rep !== gone && !ownManagerAllowed && wasRep(deal, it)) return false;
    return isEligible(coach, deal.tenant, it);
  };
  for (const it of named) if (await fits(it)) return it;
  for (const it of await coach.store.workspace.knownAdmins(deal.tenant, CONSIDERED_ADMINS)) {
    if (await fits(it)) return it;
  }
  return null;
}

/** People whom the deal waits for and who have left, as far as Slack has told us. */
export async function leaversOf(coach: From, tenant: Tenant, deal: Deal): Promise<readonly UserId[]> {
  const concerned = [...new Set([deal.rep, deal.manager, askedNow(deal)])].filter((it) => it !== null);
  const people = await Promise.all(concerned.map((it) => coach.store.workspace.person(tenant, it)));
  return people.flatMap((it) => (it?.deleted ? [it.userId] : []));
}

/** Today's date in a person's time zone, `YYYY-MM-DD`. */
export function todayOf(coach: Coach, who: Pick<Who, 'tenant'>, user: UserId): Promise<string> {
  return dayOf(coach, who, user, coach.clock.now());
}

/** Calendar days of moments (ms UTC) in a person's time zone, `YYYY-MM-DD`; in UTC while we do not know the zone. */
export async function dayIn(
  coach: From,
  { tenant }: Pick<Who, 'tenant'>,
  user: UserId,
): Promise<(at: number) => string> {
  const tz = (await coach.store.workspace.person(tenant, user))?.tz ?? 'UTC';
  const zone = IANAZone.isValidZone(tz) ? tz : 'UTC';
  return (at) => DateTime.fromMillis(at, { zone }).toISODate() ?? '';
}

/**
 * The calendar day of a moment (ms UTC) in a person's time zone, `YYYY-MM-DD`; in UTC while we do not know the zone.
 */
export async function dayOf(
  coach: From,
  { tenant }: Pick<Who, 'tenant'>,
  user: UserId,
  at: number,
): Promise<string> {
  return (await dayIn(coach, { tenant }, user))(at);
}
