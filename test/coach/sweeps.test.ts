/** Deals are due by the settings and people as they are, whenever these change. */
import { tick } from '../../src/coach/act';
import type { Coach } from '../../src/coach/context';
import { changeSettings, type SettingsEdit } from '../../src/coach/settings/changeSettings';
import { wakeOf } from '../../src/coach/settings/scheduleSettings';
import { teamOf } from '../../src/coach/settings/settings';
import { type SettingsField, teamSettingsSchema } from '../../src/coach/settings/settingsSchema';
import { createSweeps } from '../../src/coach/sweeps';
import type { Ask, Deal, Nudge, Tenant } from '../../src/deal/model/deal';
import { createLogger } from '../../src/log';
import { BUILT_IN_DIR, loadPlaybooks } from '../../src/playbook/checking/loader';
import { adminNotices, playbookNotices, sharedNotices } from '../../src/slack/messages/notices';
import type { KnownPerson } from '../../src/store/store';
import { newAsk } from '../deals';
import { aDeal, anAsk, commitOf } from '../store/builder';
import { type OpenedStore, openSqliteForTest, until } from '../store/harness';

const HOUR = 60 * 60_000;
const DAY = 24 * HOUR;
/** Saturday 7 March 2026, 10:00 UTC. */
const SATURDAY = Date.UTC(2026, 2, 7, 10);
const monday = (hour: number): number => Date.UTC(2026, 2, 9, hour);
const SILENCE = monday(13) + 14 * DAY;

/** Asked on Saturday, so the manager hears of it on Monday at 9:00, and has until 13:00. */
const waiting = (change: Partial<Ask> = {}): Partial<Deal> => ({
  stage: 'awaiting_decision',
  position: null,
  manager: 'UMANAGER',
  startedAt: SATURDAY,
  quietSince: SATURDAY,
  lastActiveAt: SATURDAY,
  ask: {
    ...newAsk({ id: 1, at: SATURDAY, manager: 'UMANAGER', deadline: monday(13) }),
    waitsUntil: monday(9),
    ...change,
  },
});
const nudged = (kind: Nudge['kind'], to: string): Nudge => ({
  id: 2,
  kind,
  to,
  by: null,
  at: SATURDAY,
  timeLeftMs: null,
});
/** The manager was asked and reminded, and the rep has the words that hold the prospect: only silence follows. */
const reminded: Partial<Deal> = {
  ...waiting({ waitsUntil: null }),
  nudges: [nudged('half_time', 'UMANAGER'), nudged('deadline', 'UMANAGER'), nudged('holding', 'UREP')],
};
const closed: Partial<Deal> = {
  stage: 'closed',
  position: null,
  reEngagement: { at: monday(9), why: 'agreed', remindedBy: null } as Deal['reEngagement'],
};
const standIn = (change: object) => ({
  standIns: [{ manager: 'UMANAGER', standIn: 'UDEPUTY', from: null, until: null, ...change }],
});

interface Case {
  readonly deal: Partial<Deal>;
  readonly before: number;
  readonly after: number;
  readonly settings?: ReturnType<SettingsEdit>;
  readonly person?: Partial<KnownPerson>;
}

const DAY_BEGINS_AT_4 = { startMinute: 240, endMinute: 1020, weekdays: [1, 2, 3, 4, 5], holidays: [] };

const CASES: Readonly<Record<string, Case>> = {
  'work begins earlier: the manager is told on Monday at 4:00': {
    deal: waiting(),
    before: monday(9),
    after: monday(4),
    settings: { workingDay: DAY_BEGINS_AT_4 },
  },
  'people work on Saturdays: the manager is told at once': {
    deal: waiting(),
    before: monday(9),
    after: SATURDAY,
    settings: { workingDay: { ...DAY_BEGINS_AT_4, weekdays: [1, 2, 3, 4, 5, 6] } },
  },
  'Monday is a holiday: the manager is told on Tuesday': {
    deal: waiting(),
    before: monday(9),
    after: monday(28),
    settings: { workingDay: { ...DAY_BEGINS_AT_4, holidays: ['2026-03-09'] } },
  },
  'the manager wants quiet until 11:00: they are told then': {
    deal: waiting(),
    before: monday(9),
    after: monday(11),
    settings: { quietHours: [{ user: 'UMANAGER', startMinute: 0, endMinute: 11 * 60 }] },
  },
  'somebody else wants quiet: nothing changes': {
    deal: waiting(),
    before: monday(9),
    after: monday(9),
    settings: { quietHours: [{ user: 'UOTHER', startMinute: 0, endMinute: 11 * 60 }] },
  },
  'the manager moves to Tokyo: they are told when work begins there': {
    deal: waiting(),
    before: monday(9),
    after: monday(0),
    person: { userId: 'UMANAGER', tz: 'Asia/Tokyo' },
  },
  'the rep moves to New York: the reminder comes when work begins there': {
    deal: closed,
    before: monday(9),
    after: monday(13),
    person: { userId: 'UREP', tz: 'America/New_York' },
  },
  'the manager is out: the ask passes to their stand-in at once': {
    deal: waiting(),
    before: monday(9),
    after: SATURDAY,
    settings: standIn({ until: '2026-03-20' }),
  },
  'the manager is out from Monday: the ask passes when that day begins': {
    deal: waiting(),
    before: monday(9),
    after: monday(0),
    settings: standIn({ from: '2026-03-09' }),
  },
  'the manager has a deputy: the ask goes on to them after its deadline': {
    deal: reminded,
    before: SILENCE,
    after: monday(13),
    settings: standIn({}),
  },
  'somebody is asked in the end: the ask goes on to them after its deadline': {
    deal: reminded,
    before: SILENCE,
    after: monday(13),
    settings: { fallback: { kind: 'person', userId: 'ULAST' } },
  },
  'reps may decide: an absent manager passes the ask to the rep': {
    deal: waiting(),
    before: monday(9),
    after: SATURDAY,
    settings: { ...standIn({ standIn: 'UREP', until: '2026-03-20' }), ownManagerAllowed: true },
  },
  'silence ends sooner: the deal is closed after five days': {
    deal: reminded,
    before: SILENCE,
    after: monday(13) + 5 * DAY,
    settings: { silenceDays: 5 },
  },
  'a deadline that people have read stays when the team has less time to answer': {
    deal: waiting(),
    before: monday(9),
    after: monday(9),
    settings: { responseMinutes: 60 },
  },
};

const LAST: Tenant = { enterpriseId: '', teamId: 'TLAST' };
const tenantOf = (index: number): Tenant => ({ enterpriseId: '', teamId: `T${index}` });
const person = (change: Partial<KnownPerson>): KnownPerson => ({
  userId: '',
  realName: 'Someone',
  tz: 'UTC',
  isAdmin: false,
  isBot: false,
  isStranger: false,
  isGuest: false,
  deleted: false,
  fetchedAt: SATURDAY,
  ...change,
});

let opened: OpenedStore;
let coach: Coach;
let now = SATURDAY;
beforeEach(async () => {
  now = SATURDAY;
  opened = await openSqliteForTest();
  coach = {
    store: opened.store,
    clock: { now: () => now },
    ids: { deal: () => 'D1' },
    playbooks: loadPlaybooks({ builtInDir: BUILT_IN_DIR }),
    changed: () => undefined,
  };
});
afterEach(() => opened.dispose());

async function plan(tenant: Tenant, change: Partial<Deal>, id = 'D1'): Promise<void> {
  const deal = aDeal({ id, tenant, ...change });
  const wakeAt = await wakeOf(await teamOf(opened.store, tenant), deal, now);
  await opened.store.deals.commit(commitOf(deal, { wakeAt }));
}
const wakeIn = async (tenant: Tenant) =>
  (await opened.store.work.scheduled(tenant, { about: '', after: null, limit: 1 })).deals[0]?.wakeAt;
const admin = (tenant: Tenant) => ({ tenant, userId: 'UADMIN', teamId: tenant.teamId });
async function begin(tenant: Tenant): Promise<void> {
  const { workspace } = opened.store;
  await workspace.saveSettings(tenant, teamSettingsSchema.parse({ admins: ['UADMIN'] }));
  for (const userId of ['UREP', 'UMANAGER', 'ULAST', 'UDEPUTY'])
    await workspace.savePerson(tenant, person({ userId }));
  // An admin's role counts for an hour, and the tests go on until Monday.
  await workspace.savePerson(tenant, person({ userId: 'UADMIN', fetchedAt: monday(9) }));
}

let asked = 0;

/** Does every sweep that was asked for so far. */
async function sweep(): Promise<number> {
  let moved = 0;
  const sweeps = createSweeps({
    coach,
    logger: createLogger({ level: 'silent', pretty: false }),
    adminNotices,
    sharedNotices,
    playbookNotices,
    moved: () => {
      moved += 1;
    },
  });
  // Asked for last, so it can begin last.
  asked += 1;
  await opened.store.workspace.savePerson(LAST, person({ userId: `U${asked}` }));
  await until(async () => (await opened.store.work.sweeps()).find(({ about }) => about === `U${asked}`));
  await sweeps.round();
  return moved;
}

it('every setting and person that a deal is due by moves what was planned', async () => {
  const cases = Object.values(CASES);
  for (const [index, { deal, before, settings, person: changed }] of cases.entries()) {
    const tenant = tenantOf(index);
    await begin(tenant);
    await plan(tenant, deal);
    expect(await wakeIn(tenant)).toBe(before);
    if (settings !== undefined)
      expect(await changeSettings(coach, admin(tenant), () => settings)).toMatchObject({ ok: true });
    if (changed !== undefined) await opened.store.workspace.savePerson(tenant, person(changed));
  }
  await sweep();
  const found = await Promise.all(cases.map((_, index) => wakeIn(tenantOf(index))));
  const titles = Object.keys(CASES);
  expect(Object.fromEntries(titles.map((it, index) => [it, found[index]]))).toEqual(
    Object.fromEntries(titles.map((it, index) => [it, cases[index]?.after])),
  );
  expect(await opened.store.work.sweeps()).toEqual([]);
});

it('every setting that the schedule reads stands in the table', () => {
  const tried = Object.values(CASES).flatMap(({ settings }) => Object.keys(settings ?? {}));
  const read: readonly SettingsField[] = [
    'workingDay',
    'quietHours',
    'silenceDays',
    'fallback',
    'standIns',
    'ownManagerAllowed',
    'responseMinutes',
  ];
  expect(new Set(tried)).toEqual(new Set(read));
});

it('work begins at 4:00: the manager is told then, once, and nobody is told again', async () => {
  const tenant = tenantOf(1);
  await begin(tenant);
  await plan(tenant, waiting());
  await changeSettings(coach, admin(tenant), () => ({ workingDay: DAY_BEGINS_AT_4 }));
  await sweep();
  expect(await opened.store.deals.events(tenant, 'D1')).toHaveLength(1);
  now = monday(4);
  await tick(coach, tenant, 'D1');
  await changeSettings(coach, admin(tenant), () => ({
    workingDay: { ...DAY_BEGINS_AT_4, startMinute: 9 * 60 },
  }));
  await sweep();
  await tick(coach, tenant, 'D1');
  const events = await opened.store.deals.events(tenant, 'D1');
  expect(events.map(({ type }) => type)).toEqual(['started', 'ask_delivered']);
});

it('a change moves the deals of one workspace, page after page, by a statement a page', async () => {
  const [ours, theirs] = [tenantOf(1), tenantOf(2)];
  const statements: string[] = [];
  await opened.dispose();
  opened = await openSqliteForTest({ onQuery: ({ sql }) => void statements.push(sql) });
  coach = { ...coach, store: opened.store };
  await begin(ours);
  for (let index = 0; index < 250; index++) await plan(ours, waiting(), `D${1000 + index}`);
  await begin(theirs);
  await plan(theirs, waiting());
  statements.length = 0;
  await changeSettings(coach, admin(ours), () => ({ workingDay: DAY_BEGINS_AT_4 }));
  expect(statements.filter((sql) => sql.includes('deals'))).toEqual([]);
  expect(await sweep()).toBe(3);
  const moving = statements.filter((sql) => sql.startsWith('update "deals"'));
  expect(moving).toHaveLength(3);
  const { deals } = await opened.store.work.scheduled(ours, { about: '', after: null, limit: 1_000 });
  expect(new Set(deals.map(({ wakeAt }) => wakeAt))).toEqual(new Set([monday(4)]));
  expect(deals).toHaveLength(250);
  expect(await wakeIn(theirs)).toBe(monday(9));
});

it('a sweep that was asked for again while it ran is done again, and one that was broken off too', async () => {
  const tenant = tenantOf(1);
  await begin(tenant);
  await plan(tenant, { ...waiting(), ask: anAsk({ manager: 'UMANAGER' }) });
  const change = () =>
    changeSettings(coach, admin(tenant), ({ silenceDays }) => ({ silenceDays: silenceDays + 1 }));
  await change();
  const found = await until(async () => (await opened.store.work.sweeps()).find(({ about }) => about === ''));
  await change();
  await opened.store.work.finishSweep(found);
  expect(
    await until(async () => (await opened.store.work.sweeps()).find(({ about }) => about === '')),
  ).toMatchObject({ asks: 2 });
});

describe('a change of the admins', () => {
  const noticed = async (tenant: Tenant, users: readonly string[], about: string) => {
    const { askedAt } = await until(async () =>
      (await opened.store.work.sweeps()).find(({ kind }) => kind === 'admins'),
    );
    await sweep();
    const found = await Promise.all(
      users.map((to) => opened.store.work.notice(tenant, `admins_changed:${to}:${askedAt}`)),
    );
    for (const notice of found) if (notice !== null) expect(notice.about).toBe(about);
    return users.filter((_, index) => found[index] !== null);
  };

  it('is told to every admin once: the named ones, those of Slack, and one who was removed; never to others', async () => {
    const tenant = tenantOf(1);
    await begin(tenant);
    const { workspace } = opened.store;
    await workspace.savePerson(tenant, person({ userId: 'UOWNER', isAdmin: true }));
    await workspace.savePerson(tenant, person({ userId: 'UGUEST', isAdmin: true, isGuest: true }));
    await workspace.saveSettings(tenant, teamSettingsSchema.parse({ admins: ['UADMIN', 'ULAST', 'UGUEST'] }));
    await changeSettings(coach, admin(tenant), () => ({ admins: ['UADMIN', 'UREP', 'UNOBODY'] }));
    const everybody = ['UADMIN', 'UREP', 'ULAST', 'UOWNER', 'UGUEST', 'UNOBODY', 'UMANAGER'];
    expect(await noticed(tenant, everybody, 'UADMIN:UREP,UNOBODY:ULAST,UGUEST')).toEqual([
      'UADMIN',
      'UREP',
      'ULAST',
      'UOWNER',
    ]);
    expect(await opened.store.work.sweeps()).toEqual([]);
  });

  it('is none when something else changes', async () => {
    const tenant = tenantOf(1);
    await begin(tenant);
    await changeSettings(coach, admin(tenant), () => ({ currency: 'EUR', guestsAsReps: true }));
    await sweep();
    expect(await opened.store.work.notice(tenant, 'admins_changed')).toBeNull();
    expect(await opened.store.work.sweeps()).toEqual([]);
  });
});
