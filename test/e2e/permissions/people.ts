/** Everybody who may come to a deal, by their role. */
import type { KnownPerson } from '../../../src/store/store';

export const OWN = { enterpriseId: '', teamId: 'T0OWN' } as const;
export const OTHER = { enterpriseId: '', teamId: 'T0OTHER' } as const;
export const OUTSIDE_TEAM = 'T0OUTSIDE';

export const PEOPLE = [
  'rep',
  'otherRep',
  'manager',
  'otherManager',
  'teamManager',
  'standIn',
  'formerStandIn',
  'approver',
  'approverStandIn',
  'escalatedTo',
  'admin',
  'namedAdmin',
  'formerRep',
  'oldAdmin',
  'guest',
  'unknown',
  'stranger',
  'bot',
  'deactivated',
  'foreigner',
] as const;
export type Person = (typeof PEOPLE)[number];

export const idOf = (person: Person): string => `U0${person.toUpperCase()}`;

/** Slack even calls most of them an admin. `unknown` is somebody whom Slack does not describe. */
const NO_MEMBERS: readonly Person[] = ['guest', 'unknown', 'stranger', 'bot', 'deactivated', 'foreigner'];
/** Members of the workspace. Slack called the old admin an admin two hours ago, and does not answer since. */
export const HERE: readonly Person[] = PEOPLE.filter((it) => !NO_MEMBERS.includes(it));
/** Slack has to confirm their role before it counts. */
export const UNCONFIRMED: readonly Person[] = ['oldAdmin', 'unknown'];
const ADMINS: readonly Person[] = ['admin', 'namedAdmin'];
/** People who may do the rep's work. */
export const WORK: readonly Person[] = ['rep', ...ADMINS];
export const DECIDE: readonly Person[] = ['manager', 'standIn', 'escalatedTo', ...ADMINS];
export const SEE: readonly Person[] = ['rep', 'teamManager', ...DECIDE];
/** Managers of the deal, of its rep's team, and their stand-ins. */
export const CONFIRM: readonly Person[] = ['manager', 'standIn', 'teamManager', ...ADMINS];
export const SET: readonly Person[] = ADMINS;
export const NOBODY: readonly Person[] = [];

export function known(person: Person, now: number): KnownPerson {
  return {
    userId: idOf(person),
    realName: person,
    tz: 'Europe/Berlin',
    isAdmin: ['admin', 'oldAdmin', ...NO_MEMBERS].includes(person),
    isBot: person === 'bot',
    isStranger: person === 'stranger',
    isGuest: person === 'guest',
    deleted: person === 'deactivated',
    fetchedAt: person === 'oldAdmin' ? now - 2 * 3_600_000 : now,
  };
}

/** So that the hour of the test does not matter. */
export const ANY_HOUR = {
  startMinute: 0,
  endMinute: 1440,
  weekdays: [1, 2, 3, 4, 5, 6, 7],
  holidays: [],
} as const;

/** The workspace's settings, which give everybody their role. */
export function settingsOf(today: string): unknown {
  return {
    admins: [idOf('namedAdmin')],
    workingDay: ANY_HOUR,
    teams: [
      { id: 'north', name: 'North', channel: null, manager: idOf('teamManager'), reps: [idOf('rep')] },
      { id: 'south', name: 'South', channel: null, manager: idOf('otherManager'), reps: [idOf('otherRep')] },
    ],
    gives: [
      {
        id: 'G1',
        by: idOf('namedAdmin'),
        team: 'north',
        reason: 'price',
        terms: 'Ten percent off',
        inReturn: null,
        cost: null,
        worthUpTo: null,
        until: null,
        perQuarter: null,
      },
    ],
    standIns: [
      { manager: idOf('manager'), standIn: idOf('standIn'), from: today, until: null },
      { manager: idOf('approver'), standIn: idOf('approverStandIn'), from: today, until: null },
      { manager: idOf('approver'), standIn: idOf('formerStandIn'), from: '2020-01-01', until: '2020-01-31' },
      { manager: idOf('manager'), standIn: idOf('formerStandIn'), from: '2020-01-01', until: '2020-01-31' },
    ],
    // One for each person to remove.
    limits: PEOPLE.map((it) => ({
      manager: `UGONE${it.toUpperCase()}`,
      amount: { minor: 100, currency: 'USD' },
      percent: null,
      approver: 'U0X',
    })),
  };
}
