/** A team's settings, with defaults for everything, and the working time of the people of one deal. */
import type { ScheduleSettings, WorkingTime } from '../deal/commands';
import type { Deal, Tenant, UserId } from '../deal/deal';
import type { KnownPerson, Store } from '../store/store';
import { type TeamSettings, teamSettingsSchema } from './settingsSchema';

export type { TeamSettings } from './settingsSchema';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** The one read of a team's settings. */
export async function teamSettings(store: Store, tenant: Tenant): Promise<TeamSettings> {
  return teamSettingsSchema.parse((await store.workspace.settings(tenant)) ?? {});
}

/** What one command needs to know of a team and its people: each is read once, however often it is asked for. */
export interface Team {
  readonly settings: TeamSettings;
  person(userId: UserId): Promise<KnownPerson | null>;
}

export async function teamOf(store: Store, tenant: Tenant): Promise<Team> {
  const people = new Map<UserId, Promise<KnownPerson | null>>();
  return {
    settings: await teamSettings(store, tenant),
    person(userId) {
      const known = people.get(userId) ?? store.workspace.person(tenant, userId);
      people.set(userId, known);
      return known;
    },
  };
}

/**
 * When the people of a deal work. Somebody Slack has not told us about yet is taken to live where the other one
 * does, and in UTC when neither is known.
 */
export async function scheduleSettings(
  team: Team,
  people: { readonly rep: UserId; readonly manager: UserId | null },
): Promise<ScheduleSettings> {
  const [rep, manager] = await Promise.all([
    team.person(people.rep),
    people.manager === null ? null : team.person(people.manager),
  ]);
  const [repZone, managerZone] = [rep?.tz ?? null, manager?.tz ?? null];
  return {
    rep: workingTime(team.settings, repZone ?? managerZone),
    manager: workingTime(team.settings, managerZone ?? repZone),
    responseMinutes: team.settings.responseMinutes,
    resumeOfferAfterMs: 10 * MINUTE,
    abandonAfterMs: 14 * DAY,
    silenceAfterMs: team.settings.silenceDays * DAY,
    reEngageBeforeMs: team.settings.reEngageBeforeDays * DAY,
  };
}

const workingTime = (settings: TeamSettings, tz: string | null): WorkingTime => ({
  tz: tz ?? 'UTC',
  ...settings.workingDay,
});

/** People of a deal, as `scheduleSettings` wants them. */
export const peopleOf = (deal: Deal): { rep: UserId; manager: UserId | null } => ({
  rep: deal.rep,
  manager: deal.ask?.manager ?? deal.manager,
});
