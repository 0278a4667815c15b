/**
 * Works through many deals in the background after a change of what they follow from: the settings, a person, or who
 * reads a channel. Each page of deals costs two statements, so a million deals do not cost one each.
 */
import type { DealId, Tenant, UserId } from '../deal/model/deal';
import type { Logger } from '../log';
import { REASONS_ID } from '../playbook/checking/loader';
import type { Notice, Sweep } from '../store/store';
import type { Coach } from './context';
import { adminsToNotify, allAdmins } from './people';
import { PLAYBOOK_WAITS, type VersionWaits } from './playbooks';
import { createRounds, type Rounds } from './rounds';
import { adminsIn } from './settings/adminsChanged';
import { wakeOf } from './settings/scheduleSettings';
import { teamOf, teamSettings } from './settings/settings';
import { EVERYBODY, isNamed } from './settings/wakesMovedBy';

/** The interval at which we look for new sweeps, ms: one read of a table that is nearly always empty. */
const EVERY_MS = 2_000;

/** Deals of one page, a few ms of work, so that a click in between waits no longer. */
const PAGE = 100;

/** Messages of one page: Slack takes about 50 edits a minute. */
const REWRITTEN_AT_ONCE = 50;
const LONGEST_REWRITE_MS = 2 * 60_000;
const LOOK_MS = 250;

export interface Sweeps extends Rounds {
  /** Does all sweeps that can begin. */
  round(): Promise<void>;
}

interface Deps {
  readonly coach: Pick<Coach, 'store' | 'clock'>;
  readonly logger: Logger;
  /** What admins read about a channel that people of another company read. */
  readonly sharedNotices: (
    tenant: Tenant,
    channel: string,
    sharedAt: number,
    admins: readonly UserId[],
  ) => readonly Omit<Notice, 'revision'>[];
  /** What all admins read about a change of the admins. */
  readonly adminNotices: (
    tenant: Tenant,
    about: string,
    changedAt: number,
    admins: readonly UserId[],
  ) => readonly Omit<Notice, 'revision'>[];
  /** What admins read about new versions of a playbook. */
  readonly playbookNotices: (
    tenant: Tenant,
    version: VersionWaits,
    admins: readonly UserId[],
  ) => readonly Omit<Notice, 'revision'>[];
  /** Called when a deal or notice may be due sooner than before. */
  readonly moved: () => void;
}

export function createSweeps(deps: Deps): Sweeps {
  const { coach, logger, adminNotices, sharedNotices, playbookNotices, moved } = deps;
  let stopped = false;

  async function round(): Promise<void> {
    for (const sweep of await coach.store.work.sweeps()) {
      if (stopped) return;
      await WORK[sweep.kind](sweep);
    }
  }

  async function moveWakes(sweep: Sweep): Promise<void> {
    const { tenant } = sweep;
    const team = await teamOf(coach.store, tenant);
    const about = isNamed(team.settings, sweep.about) ? EVERYBODY : sweep.about;
    let after: string | null = null;
    let count = 0;
    do {
      const startedAt = performance.now();
      const { deals, next } = await coach.store.work.scheduled(tenant, { about, after, limit: PAGE });
      const now = coach.clock.now();
      const moves = [];
      for (const { deal, wakeAt } of deals) {
        const wake = await wakeOf(team, deal, now);
        if (wake !== wakeAt) moves.push({ id: deal.id, revision: deal.revision, wakeAt: wake });
      }
      await coach.store.work.moveWakes(tenant, moves);
      if (moves.length > 0) moved();
      count += moves.length;
      after = next;
      // Half of the time is left to people.
      if (after !== null) await pause(performance.now() - startedAt);
      // A sweep that was not finished is begun again after the next start.
      if (stopped) return;
    } while (after !== null);
    await coach.store.work.finishSweep(sweep);
    if (count > 0) logger.info({ team: tenant.teamId, deals: count }, 'deals are due at other times');
  }

  /** What stands in a channel is written anew for those who read it now, and admins hear of a shared one once. */
  async function rewriteThreads(sweep: Sweep): Promise<void> {
    const { tenant, about: channel } = sweep;
    const known = await coach.store.workspace.channel(tenant, channel);
    if (known?.isShared === true) {
      const admins = await adminsToNotify(coach, tenant);
      for (const notice of sharedNotices(tenant, channel, sweep.askedAt, admins))
        await coach.store.work.addNotice(notice, coach.clock.now(), 0);
    }
    if (known !== null && (!known.isPrivate || known.isShared)) {
      let before: string | null = null;
      do {
        const { deals, next } = await coach.store.work.rewriteThreads(tenant, channel, {
          before,
          limit: REWRITTEN_AT_ONCE,
        });
        moved();
        before = next;
        await rewritten(tenant, deals);
        if (stopped) return;
      } while (before !== null);
    }
    moved();
    await coach.store.work.finishSweep(sweep);
  }

  /** Somebody who is no admin any more hears of it too. */
  async function tellAdmins(sweep: Sweep): Promise<void> {
    const { tenant, about, askedAt } = sweep;
    const admins = await allAdmins(coach, tenant, adminsIn(about).removed);
    for (const notice of adminNotices(tenant, about, askedAt, admins))
      await coach.store.work.addNotice(notice, coach.clock.now(), 0);
    moved();
    await coach.store.work.finishSweep(sweep);
  }

  /** Tells admins of a new version once, and brings what they read of earlier ones up to date. */
  async function tellOfVersion(sweep: Sweep): Promise<void> {
    const { tenant, about: playbookId } = sweep;
    const { work, workspace } = coach.store;
    const versions = await workspace.playbookVersions(tenant);
    await work.reviseNotices(tenant, PLAYBOOK_WAITS, coach.clock.now());
    const next = versions.find((it) => it.playbookId === playbookId)?.next ?? null;
    const isMeant = playbookId !== REASONS_ID || (await teamSettings(coach.store, tenant)).reasons === null;
    if (next !== null && !next.isKeptOut && isMeant) {
      const admins = await adminsToNotify(coach, tenant);
      for (const notice of playbookNotices(tenant, { playbookId, hash: next.hash }, admins))
        await work.addNotice(notice, coach.clock.now(), 0);
    }
    moved();
    await work.finishSweep(sweep);
  }

  const WORK = {
    wakes: moveWakes,
    threads: rewriteThreads,
    admins: tellAdmins,
    playbooks: tellOfVersion,
  } as const;

  /** Waits a while until Slack shows them: old threads must not keep the messages of today waiting. */
  async function rewritten(tenant: Tenant, deals: readonly DealId[]): Promise<void> {
    const until = performance.now() + LONGEST_REWRITE_MS;
    while (!stopped && performance.now() < until && (await coach.store.work.stillDirty(tenant, deals)) > 0)
      await pause(LOOK_MS);
  }

  const rounds = createRounds(round, {
    everyMs: EVERY_MS,
    onFailure: (error) => logger.warn({ err: error }, 'deals could not be gone over; they are soon'),
  });

  return {
    round,
    start: rounds.start,
    stop() {
      stopped = true;
      return rounds.stop();
    },
  };
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
