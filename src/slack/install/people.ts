/** Names, time zones and roles of people: asked of Slack when we first meet them, then when a role has become old. */
import type { WebClient } from '@slack/web-api';
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
  /** Enterprise Grid: the organisation, and its workspaces that the person is in. */
  readonly enterprise_user?:
    | { readonly enterprise_id?: string | undefined; readonly teams?: readonly string[] | undefined }
    | undefined;
  readonly is_bot?: boolean | undefined;
  readonly deleted?: boolean | undefined;
}

export function knownPerson(user: SlackUser, tenant: Tenant, now: number): KnownPerson {
  return {
    userId: user.id ?? '',
    // Nobody needs the name of somebody who left.
    realName: user.deleted === true ? '' : (user.real_name ?? user.name ?? ''),
    tz: user.tz ?? 'UTC',
    isAdmin: (user.is_admin ?? false) || (user.is_owner ?? false),
    isBot: user.is_bot ?? false,
    isStranger: isFromElsewhere(user, tenant),
    isGuest: (user.is_restricted ?? false) || (user.is_ultra_restricted ?? false),
    deleted: user.deleted ?? false,
    fetchedAt: now,
  };
}

/** People of another workspace of the same organisation are in ours too when Slack names it among theirs. */
function isFromElsewhere({ team_id, enterprise_user }: SlackUser, tenant: Tenant): boolean {
  if (team_id === undefined || team_id === tenant.teamId) return false;
  if (enterprise_user?.teams?.includes(tenant.teamId)) return false;
  return tenant.enterpriseId === '' || enterprise_user?.enterprise_id !== tenant.enterpriseId;
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

  async function fetchOne(tenant: Tenant, userId: UserId): Promise<void> {
    const known = await store.workspace.person(tenant, userId);
    if (known && identityOf(known, now()).isFresh) return;
    const client = clientFor(tenant);
    if (client === null) return;
    try {
      const { user } = await client.users.info({ user: userId });
      if (user) await store.workspace.savePerson(tenant, knownPerson(user, tenant, now()));
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
