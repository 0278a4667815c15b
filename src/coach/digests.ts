/**
 * What a team reads without asking: the digest of a week or month, and that it lost three deals to one competitor for one
 * reason. Each is a notice whose id names its period or deal and its reader, so no restart, second instance or clock that
 * jumps sends it twice.
 */
import { IANAZone } from 'luxon';
import type { WorkingTime } from '../deal/model/commands';
import type { Tenant, UserId } from '../deal/model/deal';
import { localDate, nextWorkingMoment } from '../deal/model/workingTime';
import type { Logger } from '../log';
import type { Coach } from './context';
import { identityOf } from './identity';
import { DIGEST, type DigestAbout } from './learn';
import { createLosses } from './losses';
import { digestFor } from './ownDigest';
import { adminsToNotify } from './people';
import { lastWhole, type Period } from './periods';
import { createRounds, type Rounds } from './rounds';
import { workOf } from './settings/scheduleSettings';
import { parseSettings, teamOf } from './settings/settings';
import { settingsDiff } from './settings/settingsDiff';
import type { TeamSettings } from './settings/settingsSchema';

const EVERY_MS = 60_000;
/** More than the recipients of a day. */
const MOST_EMPTY = 10_000;

/** Kinds of notices to admins. */
export const DIGEST_PERSON = 'digest_person_admin';
export const DIGEST_CHANNEL = 'digest_channel_admin';

export interface Digests extends Rounds {
  /** One round through all workspaces. */
  round(): Promise<void>;
}

interface Deps {
  readonly coach: Pick<Coach, 'store' | 'clock'>;
  readonly logger: Logger;
  /** Asks Slack who these people are, unless it said so lately. */
  readonly ensurePeople: (tenant: Tenant, users: readonly UserId[]) => Promise<void>;
  /** Whether a channel is private, of this company alone, and one that we may write in; null: Slack does not answer. */
  readonly isOursAlone: (tenant: Tenant, channel: string) => Promise<boolean | null>;
  /** Called when there is a new notice. */
  readonly moved: () => void;
}

export function createDigests({ coach, logger, ensurePeople, isOursAlone, moved }: Deps): Digests {
  const { store, clock } = coach;
  /** Digests of which nothing is to be told, by workspace: one person may be in several of one company. */
  const empty = new Set<string>();
  const losses = createLosses({ coach, moved });

  async function round(): Promise<void> {
    const left = (await store.workspace.uninstalled()).map(({ tenant }) => keyOf(tenant));
    for (const tenant of await store.workspace.tenantsWithSettings()) {
      if (left.includes(keyOf(tenant))) continue;
      try {
        await digests(tenant);
      } catch (error) {
        // The other workspaces must not wait for this one.
        logger.error(
          { err: error, team: tenant.teamId },
          'a digest could not be made; it is tried again soon',
        );
      }
    }
    await losses.round();
  }

  async function digests(tenant: Tenant): Promise<void> {
    const team = await teamOf(store, tenant);
    const { digest, digestPeople, digestOwn, digestChannel, digestTeam } = team.settings;
    for (const to of new Set([...digestPeople, ...digestOwn.map(({ user }) => user)])) {
      const theirs = digestFor(team.settings, to);
      if (theirs === null) continue;
      const due = await dueFor(theirs, tenant, to, await workOf(team, to));
      if (due !== null && (await isMember(tenant, to, digestPeople.includes(to) ? theirs.since : null)))
        await add(tenant, to, due, { team: null, channel: false });
    }
    if (digest === null || digestChannel === null) return;
    // A channel has no zone of its own.
    const [admin = null] = await adminsToNotify(coach, tenant);
    const due = await dueFor(digest, tenant, digestChannel, await workOf(team, admin));
    const isFit = due === null ? null : await isOursAlone(tenant, digestChannel);
    if (isFit === false) await stopChannel(tenant, digestChannel, digest.since);
    if (due !== null && isFit === true)
      await add(tenant, digestChannel, due, { team: digestTeam, channel: true });
  }

  async function dueFor(
    digest: NonNullable<TeamSettings['digest']>,
    tenant: Tenant,
    to: string,
    work: WorkingTime,
  ): Promise<Due | null> {
    const period = dueDigest(digest, work, clock.now());
    if (period === null) return null;
    const prefix = `${DIGEST}:${to}:`;
    const id = `${prefix}${localDate(period.until, work)}:${digest.every}`;
    if (empty.has(emptyKey(tenant, id))) return null;
    // A clock that was set back sends no period before one that was sent.
    const last = await store.work.lastNotice(tenant, prefix);
    return last !== null && last >= id ? null : { id, period };
  }

  /**
   * People who have left, and guests, get none; the admins hear of it once.
   *
   * @param since null: an admin did not choose them, so the admins hear nothing
   */
  async function isMember(tenant: Tenant, user: UserId, since: number | null): Promise<boolean> {
    await ensurePeople(tenant, [user]);
    const { role } = identityOf(await store.workspace.person(tenant, user), clock.now());
    if (role !== 'member' && role !== 'unknown' && since !== null)
      await tellAdmins(tenant, DIGEST_PERSON, user, since);
    return role === 'member';
  }

  async function stopChannel(tenant: Tenant, channel: string, since: number): Promise<void> {
    await tellAdmins(tenant, DIGEST_CHANNEL, channel, since);
    await store.workspace.changeSettings(tenant, clock.now(), null, (stored) => {
      const before = parseSettings(stored);
      if (before.digestChannel !== channel) return null;
      const settings = { ...before, digestChannel: null };
      return { settings, history: settingsDiff(before, settings) };
    });
    logger.warn({ team: tenant.teamId, channel }, 'the digest no longer goes to a channel that others read');
  }

  async function tellAdmins(tenant: Tenant, kind: string, about: string, since: number): Promise<void> {
    for (const to of await adminsToNotify(coach, tenant)) {
      const id = [kind, about, since, to].join(':');
      await store.work.addNotice({ tenant, id, kind, about, to, followsFrom: null }, clock.now(), 0);
    }
    moved();
  }

  async function add(
    tenant: Tenant,
    to: string,
    { id, period }: Due,
    { team, channel }: Pick<DigestAbout, 'team' | 'channel'>,
  ): Promise<void> {
    const { from, until } = period;
    const asked = { tenant, sight: 'all', from, until, reps: null, competitor: null } as const;
    if ((await store.insights.groups(asked, [])).length === 0) {
      if (empty.size >= MOST_EMPTY) empty.clear();
      empty.add(emptyKey(tenant, id));
      return;
    }
    const about = JSON.stringify({ period, competitor: null, team, channel } satisfies DigestAbout);
    await store.work.addNotice({ tenant, id, kind: DIGEST, about, to, followsFrom: null }, clock.now(), 0);
    moved();
  }

  const rounds = createRounds(round, {
    everyMs: EVERY_MS,
    onFailure: (error) => logger.warn({ err: error }, 'digests could not be made; they are tried again soon'),
  });

  return { round, ...rounds };
}

interface Due {
  readonly id: string;
  readonly period: Period;
}

const emptyKey = (tenant: Tenant, id: string): string => `${keyOf(tenant)} ${id}`;

const keyOf = ({ enterpriseId, teamId }: Tenant): string => `${enterpriseId}/${teamId}`;

/**
 * The period whose digest is due to somebody who works then; after an outage only the latest one. Null: they are not at
 * work, or an admin chose the digest after that period.
 */
export function dueDigest(
  { every, since }: NonNullable<TeamSettings['digest']>,
  work: WorkingTime,
  now: number,
): (Period & { readonly until: number }) | null {
  const period = lastWhole(every, now, IANAZone.isValidZone(work.tz) ? work.tz : 'UTC');
  return period.until > since && nextWorkingMoment(now, work) === now ? period : null;
}
