/**
 * Three losses to one competitor for one reason within 90 days: the manager of that team hears of it once. Counts only
 * deals that a release with this notice closed, so an upgrade tells nothing of before.
 */
import { createHash } from 'node:crypto';
import * as z from 'zod';
import type { Tenant, UserId } from '../deal/model/deal';
import { nextWorkingMoment } from '../deal/model/workingTime';
import type { Reason } from '../playbook/schema';
import type { Loss, Notice } from '../store/store';
import type { Coach } from './context';
import { canTakePart } from './identity';
import { adminsToNotify } from './people';
import { workOf } from './settings/scheduleSettings';
import { reasonsKnown, type Team, teamOf } from './settings/settings';
import type { TeamSettings } from './settings/settingsSchema';

/** The kind of notice. */
export const THREE_LOSSES = 'three_losses';

export const LOSSES = 3;
const DAY = 24 * 60 * 60_000;
export const LOSSES_WITHIN_DAYS = 90;
const WITHIN_MS = LOSSES_WITHIN_DAYS * DAY;
/** A loss of an outage is told after it; older ones are no news. */
const NEWS_MS = 7 * DAY;
/** Rows of figures trail the commits by seconds; a look goes back further, should they be late. */
const TRAIL_MS = 10 * 60_000;

/** `team`: null for reps in none. */
const about = z.object({ team: z.string().nullable(), competitor: z.string(), reason: z.string() });
type Pattern = z.infer<typeof about>;

interface Deps {
  readonly coach: Pick<Coach, 'store' | 'clock'>;
  /** Called when there is a new notice. */
  readonly moved: () => void;
}

export function createLosses({ coach: { store, clock }, moved }: Deps): { round(): Promise<void> } {
  /** All that was lost before is told; null: this process has not looked. */
  let toldUntil: number | null = null;

  async function round(): Promise<void> {
    const now = clock.now();
    const since = Math.max(now - NEWS_MS, (toldUntil ?? 0) - TRAIL_MS);
    let waits = false;
    for (const { tenant, competitorKey } of await store.insights.recentLosses(since)) {
      if (!(await tell(tenant, competitorKey, since))) waits = true;
    }
    if (!waits) toldUntil = now;
  }

  /** @returns false when somebody is not at work now */
  async function tell(tenant: Tenant, competitor: string, since: number): Promise<boolean> {
    const team = await teamOf(store, tenant);
    if (!team.settings.tellLosses) return true;
    const now = clock.now();
    const losses = await store.insights.lossesTo(tenant, competitor, now - WITHIN_MS);
    let isTold = true;
    for (const { pattern, third, newestAt } of patternsIn(losses, team.settings, competitor)) {
      if (newestAt < since) continue;
      for (const to of await readersOf(store, tenant, team, pattern)) {
        if (nextWorkingMoment(now, await workOf(team, to)) > now) isTold = false;
        else await add(tenant, to, pattern, third, now);
      }
    }
    return isTold;
  }

  async function add(tenant: Tenant, to: UserId, pattern: Pattern, third: Loss, now: number): Promise<void> {
    const subject = JSON.stringify(pattern);
    // Messages carry the id as metadata, which holds no names.
    const hash = createHash('sha256').update(subject).digest('hex').slice(0, 16);
    const id = [THREE_LOSSES, hash, third.dealId, to].join(':');
    const notice = { tenant, id, kind: THREE_LOSSES, about: subject, to, followsFrom: third.dealId };
    if (await store.work.addNotice(notice, now, WITHIN_MS)) moved();
  }

  return { round };
}

/** The manager of the team; the admins where there is none, or they have left. */
async function readersOf(
  store: Coach['store'],
  tenant: Tenant,
  team: Team,
  pattern: Pattern,
): Promise<readonly UserId[]> {
  const manager = team.settings.teams.find(({ id }) => id === pattern.team)?.manager ?? null;
  if (manager !== null && canTakePart(await team.person(manager))) return [manager];
  return adminsToNotify({ store }, tenant);
}

interface Found {
  readonly pattern: Pattern;
  /** The deal that made them three. */
  readonly third: Loss;
  readonly newestAt: number;
}

/** @param losses the first one first */
export function patternsIn(
  losses: readonly Loss[],
  settings: Pick<TeamSettings, 'teams'>,
  competitor: string,
): Found[] {
  const found = new Map<string, { readonly pattern: Pattern; readonly deals: Loss[] }>();
  for (const loss of losses) {
    for (const reason of loss.reasons) {
      const pattern = { team: teamOfRep(settings, loss.rep), competitor, reason };
      const key = JSON.stringify(pattern);
      const known = found.get(key);
      if (known === undefined) found.set(key, { pattern, deals: [loss] });
      else known.deals.push(loss);
    }
  }
  return [...found.values()].flatMap(({ pattern, deals }) => {
    const [third, last] = [deals[LOSSES - 1], deals.at(-1)];
    return third === undefined || last === undefined ? [] : [{ pattern, third, newestAt: last.lostAt }];
  });
}

const teamOfRep = ({ teams }: Pick<TeamSettings, 'teams'>, rep: UserId): string | null =>
  teams.find(({ reps }) => reps.includes(rep))?.id ?? null;

/** What the notice says, as it is now. */
export interface ToldLosses {
  readonly competitor: string;
  /** Id of the reason. */
  readonly reason: string;
  /** The first one first. */
  readonly deals: readonly Loss[];
  readonly reasons: readonly Reason[];
}

/**
 * Null: fewer than three are left, as some were opened again, erased, or named otherwise; or its reader no longer manages
 * that team, or is an admin no longer.
 */
export async function lossesOf(
  coach: Coach,
  { tenant, about: subject, to }: Notice,
): Promise<ToldLosses | null> {
  const pattern = about.parse(JSON.parse(subject));
  const team = await teamOf(coach.store, tenant);
  const { settings } = team;
  if (!(await readersOf(coach.store, tenant, team, pattern)).includes(to)) return null;
  const since = coach.clock.now() - WITHIN_MS;
  const all = await coach.store.insights.lossesTo(tenant, pattern.competitor, since);
  const deals = all.filter(
    ({ rep, reasons }) => teamOfRep(settings, rep) === pattern.team && reasons.includes(pattern.reason),
  );
  const competitor = deals.at(-1)?.competitor ?? '';
  const reasons = await reasonsKnown(coach, tenant);
  return deals.length < LOSSES ? null : { competitor, reason: pattern.reason, deals, reasons };
}
