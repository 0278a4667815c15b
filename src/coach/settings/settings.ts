/** Reading a team's settings, with a default for everything, and the people that one command needs to know. */
import type { Actor } from '../../deal/model/commands';
import type { Tenant, UserId } from '../../deal/model/deal';
import type { Reason } from '../../playbook/schema';
import type { KnownPerson, Store } from '../../store/store';
import type { Coach, Who } from '../context';
import { reasonsInUse } from '../playbooks';
import { type TeamSettings, teamSettingsSchema } from './settingsSchema';

export type { TeamSettings } from './settingsSchema';

/**
 * The only read of a team's settings; the only write is `changeSettings`. `fresh` includes other people's saves of the
 * last second.
 */
export async function teamSettings(store: Store, tenant: Tenant, how?: 'fresh'): Promise<TeamSettings> {
  return parseSettings(await store.workspace.settings(tenant, how));
}

/** Parsed once per object: the store hands out the same one for as long as it remembers it. */
const parsed = new WeakMap<object, TeamSettings>();
const DEFAULTS = {};

/** The stored settings, with a default for each field that is absent. */
export function parseSettings(stored: unknown): TeamSettings {
  const body = stored ?? DEFAULTS;
  if (typeof body !== 'object') return teamSettingsSchema.parse(body);
  const known = parsed.get(body) ?? teamSettingsSchema.parse(body);
  parsed.set(body, known);
  return known;
}

/** A team and its people within one command: each person is read once, however often they are asked for. */
export interface Team {
  readonly settings: TeamSettings;
  person(userId: UserId): Promise<KnownPerson | null>;
  /** The admins of Slack whom we met last, the last one first. */
  knownAdmins(): Promise<readonly UserId[]>;
}

/** The most of Slack's admins to ask or notify. Admins named in the settings asked for it, so all of them count. */
export const MOST_KNOWN_ADMINS = 3;

export async function teamOf(store: Store, tenant: Tenant): Promise<Team> {
  const people = new Map<UserId, Promise<KnownPerson | null>>();
  return {
    settings: await teamSettings(store, tenant),
    person(userId) {
      const known = people.get(userId) ?? store.workspace.person(tenant, userId);
      people.set(userId, known);
      return known;
    },
    knownAdmins: () => store.workspace.knownAdmins(tenant, MOST_KNOWN_ADMINS),
  };
}

/** Slack's admins and owners, and the people the settings name; nobody from outside. */
export const maySet = (actor: Actor, who: Who): boolean =>
  actor.isAdmin && actor.teamId === who.tenant.teamId;

type From = Pick<Coach, 'store' | 'playbooks'>;

/** The reasons a rep can tick now: the team's own, else the playbooks'. */
export async function reasonsOffered(coach: From, tenant: Tenant): Promise<readonly Reason[]> {
  const { reasons } = await teamSettings(coach.store, tenant);
  return reasons?.filter(({ retired }) => !retired) ?? reasonsInUse(coach, tenant);
}

/** The reasons any deal may name: retired ones and the playbooks' own too, as old deals keep theirs. */
export async function reasonsKnown(coach: From, tenant: Tenant): Promise<readonly Reason[]> {
  const { reasons } = await teamSettings(coach.store, tenant);
  const used = reasons ?? (await reasonsInUse(coach, tenant));
  const own = new Set(used.map(({ id }) => id));
  return [...used, ...coach.playbooks.reasons.filter(({ id }) => !own.has(id))];
}
