/** A team's settings, with defaults for everything, and what one command needs to know of its people. */
import type { Tenant, UserId } from '../../deal/model/deal';
import type { KnownPerson, Store } from '../../store/store';
import { type TeamSettings, teamSettingsSchema } from './settingsSchema';

export type { TeamSettings } from './settingsSchema';

/** The one read of a team's settings; the one write is `changeSettings`. `fresh`: what others saved this second too. */
export async function teamSettings(store: Store, tenant: Tenant, how?: 'fresh'): Promise<TeamSettings> {
  return parseSettings(await store.workspace.settings(tenant, how));
}

/** The store hands out the same object as long as it remembers it; it is parsed once then. */
const parsed = new WeakMap<object, TeamSettings>();
const DEFAULTS = {};

/** What is stored, with a default for everything that is not. */
export function parseSettings(stored: unknown): TeamSettings {
  const body = stored ?? DEFAULTS;
  if (typeof body !== 'object') return teamSettingsSchema.parse(body);
  const known = parsed.get(body) ?? teamSettingsSchema.parse(body);
  parsed.set(body, known);
  return known;
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
