/** Names, time zones and roles of people: asked of Slack when we first meet them, then once a day. */
import type { WebClient } from '@slack/web-api';
import type { Tenant, UserId } from '../../deal/model/deal';
import type { Logger } from '../../log';
import type { KnownPerson, Store } from '../../store/store';

const A_DAY = 24 * 60 * 60_000;

/** The fields we keep of Slack's user object (https://docs.slack.dev/reference/objects/user-object). */
export interface SlackUser {
  readonly id?: string | undefined;
  readonly team_id?: string | undefined;
  readonly real_name?: string | undefined;
  readonly name?: string | undefined;
  readonly tz?: string | undefined;
  readonly is_admin?: boolean | undefined;
  readonly is_owner?: boolean | undefined;
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
    isStranger: user.team_id !== undefined && tenant.enterpriseId === '' && user.team_id !== tenant.teamId,
    deleted: user.deleted ?? false,
    fetchedAt: now,
  };
}

interface Deps {
  readonly store: Store;
  readonly clientFor: (tenant: Tenant) => WebClient | null;
  readonly now: () => number;
  readonly logger: Logger;
}

export type EnsurePeople = (tenant: Tenant, userIds: readonly UserId[]) => Promise<void>;

/** Fetches people we do not know, or have not fetched for a day. A failure is logged; until the next try defaults apply. */
export function createEnsurePeople({ store, clientFor, now, logger }: Deps): EnsurePeople {
  const running = new Map<string, Promise<void>>();

  async function fetchOne(tenant: Tenant, userId: UserId): Promise<void> {
    const known = await store.workspace.person(tenant, userId);
    if (known && now() - known.fetchedAt < A_DAY) return;
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
