/** Names, time zones and roles of people: asked of Slack when we first meet them, then when a role has become old. */
import type { WebClient } from '@slack/web-api';
import { LRUCache } from 'lru-cache';
import { identityOf } from '../../coach/identity';
import type { Tenant, UserId } from '../../deal/model/deal';
import type { Logger } from '../../log';
import type { KnownPerson, Store } from '../../store/store';

/** The fields we keep of Slack's user object (https://docs.slack.dev/reference/objects/user-object). */
export interface SlackUser {
  readonly id?: string | undefined;
  readonly team_id?: string | undefined;
  readonly real_name?: string | undefined;
  readonly name?: string | undefined;
  readonly tz?: string | undefined;
  readonly is_admin?: boolean | undefined;
  readonly is_owner?: boolean | undefined;
  readonly is_restricted?: boolean | undefined;
  readonly is_ultra_restricted?: boolean | undefined;
  /** From another workspace, by Slack Connect. */
  readonly is_stranger?: boolean | undefined;
  /** Enterprise Grid: the organization, and its workspaces that the person is in. `team_id` is one of them. */
  readonly enterprise_user?:
    | { readonly enterprise_id?: string | undefined; readonly teams?: readonly string[] | undefined }
    | undefined;
  readonly is_bot?: boolean | undefined;
  readonly deleted?: boolean | undefined;
}

/** @param organization that of our workspace; null: none, or `otherOrganizationOf` did not ask for it */
export function knownPerson(
  user: SlackUser,
  tenant: Tenant,
  now: number,
  organization: string | null = null,
): KnownPerson {
  const isOfOurs = isHere(user, tenant);
  return {
    userId: user.id ?? '',
    // Nobody needs the name of somebody who left.
    realName: user.deleted === true ? '' : (user.real_name ?? user.name ?? ''),
    tz: user.tz ?? 'UTC',
    // An admin of another workspace of the organization is none here.
    isAdmin: isOfOurs && ((user.is_admin ?? false) || (user.is_owner ?? false)),
    isBot: user.is_bot ?? false,
    isStranger: !isOfOurs && (organization === null || otherOrganizationOf(user, tenant) !== organization),
    isGuest: (user.is_restricted ?? false) || (user.is_ultra_restricted ?? false),
    deleted: user.deleted ?? false,
    fetchedAt: now,
  };
}

/** In an organization a person's `team_id` names their home, and other workspaces they are in stand beside it. */
function isHere({ team_id, is_stranger, enterprise_user }: SlackUser, tenant: Tenant): boolean {
  if (is_stranger === true) return false;
  if (enterprise_user?.teams?.includes(tenant.teamId)) return true;
  return team_id === tenant.teamId || (team_id === undefined && enterprise_user === undefined);
}

/**
 * The organization of somebody who is not in our workspace: they are no stranger if it is ours too. Null: whether they
 * are one does not depend on it.
 */
export function otherOrganizationOf(user: SlackUser, tenant: Tenant): string | null {
  if (user.is_stranger === true || isHere(user, tenant)) return null;
  return user.enterprise_user?.enterprise_id ?? null;
}

const ORGANIZATION_KEPT_MS = 60 * 60_000;
const MOST_ORGANIZATIONS = 5_000;

/** @returns a function that asks Slack for the organization of a workspace; null: it is in none, or the app is absent */
function createOrganizationOf(clientFor: Deps['clientFor']): (tenant: Tenant) => Promise<string | null> {
  const known = new LRUCache<string, { readonly id: string | null }>({
    max: MOST_ORGANIZATIONS,
    ttl: ORGANIZATION_KEPT_MS,
  });
  return async (tenant) => {
    const before = known.get(tenant.teamId);
    if (before !== undefined) return before.id;
    const client = clientFor(tenant);
    if (client === null) return null;
    const id = (await client.auth.test()).enterprise_id ?? null;
    known.set(tenant.teamId, { id });
    return id;
  };
}

interface Deps {
  readonly store: Store;
  readonly clientFor: (tenant: Tenant) => WebClient | null;
  readonly now: () => number;
  readonly logger: Logger;
}

export type EnsurePeople = (tenant: Tenant, userIds: readonly UserId[]) => Promise<void>;

/** Fetches people we do not know, or whose role is old. A failure is logged; until the next try the last known role serves. */
export function createEnsurePeople({ store, clientFor, now, logger }: Deps): EnsurePeople {
  const running = new Map<string, Promise<void>>();
  const organizationOf = createOrganizationOf(clientFor);

  async function fetchOne(tenant: Tenant, userId: UserId): Promise<void> {
    const known = await store.workspace.person(tenant, userId);
    if (known && identityOf(known, now()).isFresh) return;
    const client = clientFor(tenant);
    if (client === null) return;
    try {
      const { user } = await client.users.info({ user: userId });
      if (user === undefined) return;
      const isOther = otherOrganizationOf(user, tenant) !== null;
      const organization = isOther ? await organizationOf(tenant) : null;
      await store.workspace.savePerson(tenant, knownPerson(user, tenant, now(), organization));
    } catch (error) {
      logger.warn({ err: error, team: tenant.teamId, user: userId }, 'a person could not be looked up');
    }
  }

  return async (tenant, userIds) => {
    await Promise.all(
      [...new Set(userIds)].map((userId) => {
        const key = `${tenant.teamId}/${userId}`;
        const known = running.get(key);
        if (known) return known;
        const started = fetchOne(tenant, userId).finally(() => running.delete(key));
        running.set(key, started);
        return started;
      }),
    );
  };
}
