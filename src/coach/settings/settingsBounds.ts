/**
 * The most entries that the settings may hold: every click of a workspace reads them. A bound refuses growth only, so
 * settings that an earlier release let grow past it still change.
 */
import type { TeamSettings } from './settingsSchema';

const inUse = ({ reasons }: TeamSettings): number => (reasons ?? []).filter(({ retired }) => !retired).length;

/** Slack takes 1,000 reasons in use in one menu, in groups of 100; no menu shows retired ones. */
const BOUNDS = {
  teams: { most: 100, count: ({ teams }: TeamSettings) => teams.length },
  reps: { most: 2_000, count: ({ teams }: TeamSettings) => teams.flatMap(({ reps }) => reps).length },
  reasons: { most: 1_000, count: inUse },
  allReasons: { most: 2_000, count: ({ reasons }: TeamSettings) => reasons?.length ?? 0 },
  holidays: { most: 250, count: ({ workingDay }: TeamSettings) => workingDay.holidays.length },
  limits: { most: 200, count: ({ limits }: TeamSettings) => limits.length },
  gives: { most: 100, count: ({ gives }: TeamSettings) => gives.length },
  standIns: { most: 500, count: ({ standIns }: TeamSettings) => standIns.length },
  digestPeople: { most: 200, count: ({ digestPeople }: TeamSettings) => digestPeople.length },
  digestOwn: { most: 2_000, count: ({ digestOwn }: TeamSettings) => digestOwn.length },
  rates: { most: 200, count: ({ rates }: TeamSettings) => rates.length },
  admins: { most: 200, count: ({ admins }: TeamSettings) => admins.length },
  quietHours: { most: 2_000, count: ({ quietHours }: TeamSettings) => quietHours.length },
} as const;

export interface TooMany {
  readonly what: keyof typeof BOUNDS;
  readonly most: number;
}

/** @returns the bound that a change would pass; null: it may be written */
export function settingsPastBound(before: TeamSettings, after: TeamSettings): TooMany | null {
  for (const [what, { most, count }] of Object.entries(BOUNDS)) {
    if (count(after) > most && count(after) > count(before)) return { what: what as TooMany['what'], most };
  }
  return null;
}
