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
  'stranger',
  'bot',
  'deactivated',
  'foreigner',
] as const;
export type Person = (typeof PEOPLE)[number];

export const idOf = (person: Person): string => `U0${person.toUpperCase()}`;

/** People of the workspace. The bot and the deactivated person were even admins once. */
export const HERE: readonly Person[] = PEOPLE.filter(
  (it) => !['stranger', 'bot', 'deactivated', 'foreigner'].includes(it),
);
const ADMINS: readonly Person[] = ['admin', 'namedAdmin'];
/** People who may do the rep's work. */
export const WORK: readonly Person[] = ['rep', ...ADMINS];
export const DECIDE: readonly Person[] = ['manager', 'standIn', 'escalatedTo', ...ADMINS];
export const SEE: readonly Person[] = ['rep', 'teamManager', ...DECIDE];
export const SET: readonly Person[] = ADMINS;
export const NOBODY: readonly Person[] = [];

export function known(person: Person, now: number): KnownPerson {
  return {
    userId: idOf(person),
    realName: person,
    tz: 'Europe/Berlin',
    isAdmin: ['admin', 'bot', 'deactivated', 'stranger', 'foreigner'].includes(person),
    isBot: person === 'bot',
    isStranger: person === 'stranger',
    isGuest: false,
    deleted: person === 'deactivated',
    fetchedAt: now,
  };
}

/** The workspace's settings, which give everybody their role. */
export function settingsOf(today: string): unknown {
  return {
    admins: [idOf('namedAdmin')],
    teams: [
      { id: 'north', name: 'North', channel: null, manager: idOf('teamManager'), reps: [idOf('rep')] },
      { id: 'south', name: 'South', channel: null, manager: idOf('otherManager'), reps: [idOf('otherRep')] },
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
