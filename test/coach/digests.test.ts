/** Digests and warnings of three losses: who gets which, when, and that nobody gets one twice. */
import { createDigests, dueDigest } from '../../src/coach/digests';
import { digestOf } from '../../src/coach/learn';
import { lossesOf } from '../../src/coach/losses';
import { chooseDigest, digestEvery, resumeDigest, stopDigest } from '../../src/coach/ownDigest';
import type { WorkingTime } from '../../src/deal/model/commands';
import type { Deal } from '../../src/deal/model/deal';
import { INSIGHT_VERSION, insightOf } from '../../src/insights/insightOf';
import { createLogger } from '../../src/log';
import { BUILT_IN_DIR, loadPlaybooks } from '../../src/playbook/checking/loader';
import type { Notice, Store } from '../../src/store/store';
import { ACME, aDeal, aPerson, commitOf } from '../store/builder';
import { type OpenedStore, openSqliteForTest } from '../store/harness';

const HOUR = 60 * 60_000;
const DAY = 24 * HOUR;
/** Wednesday 4 March 2026, 12:00 UTC. */
const WEDNESDAY = Date.UTC(2026, 2, 4, 12);
const monday = (hour: number, weeks = 0): number => Date.UTC(2026, 2, 9 + 7 * weeks, hour);

const OFFICE: WorkingTime = {
  tz: 'UTC',
  startMinute: 9 * 60,
  endMinute: 17 * 60,
  weekdays: [1, 2, 3, 4, 5],
  holidays: [],
  quiet: null,
  tzKnown: true,
};

const WON = { kind: 'won_back', part: 'whole', amount: null, took: null } as const;

describe('a digest is due', () => {
  const weekly = { every: 'week', since: WEDNESDAY } as const;

  it.each([
    ['at the beginning of work on Monday', monday(9), OFFICE, '2026-03-02'],
    ['any time at work in that week', monday(9) + 2 * DAY, OFFICE, '2026-03-02'],
    ['before work', monday(8), OFFICE, null],
    ['after work', monday(18), OFFICE, null],
    ['on a holiday', monday(10), { ...OFFICE, holidays: ['2026-03-09'] }, null],
    ['while it is Sunday where they live', monday(9), { ...OFFICE, tz: 'Pacific/Pago_Pago' }, null],
    ['after an outage of a month only for the latest week', monday(9, 4), OFFICE, '2026-03-30'],
    ['for no week before it was chosen', WEDNESDAY + HOUR, OFFICE, null],
  ] as const)('%s', (_, now, work, week) => {
    expect(dueDigest(weekly, { ...work }, now)?.named.day ?? null).toBe(week);
  });

  it('of a month from its next one on', () => {
    const monthly = { every: 'month', since: WEDNESDAY } as const;
    expect(dueDigest(monthly, OFFICE, monday(9))).toBeNull();
    expect(dueDigest(monthly, OFFICE, Date.UTC(2026, 3, 1, 10))?.named.month).toBe(3);
  });
});

describe('a round', () => {
  let opened: OpenedStore;
  let now = WEDNESDAY;
  let isOurs: boolean | null = true;
  const store = (): Store => ({
    ...opened.store,
    work: {
      ...opened.store.work,
      async addNotice(notice, at, quietMs) {
        const isNew = await opened.store.work.addNotice(notice, at, quietMs);
        if (isNew) told.push(notice);
        return isNew;
      },
    },
  });
  const make = () =>
    createDigests({
      coach: { store: store(), clock: { now: () => now } },
      logger: createLogger({ level: 'silent', pretty: false }),
      ensurePeople: async () => undefined,
      isOursAlone: async () => isOurs,
      moved: () => undefined,
    });
  const coach = () => ({
    store: opened.store,
    clock: { now: () => now },
    ids: { deal: () => 'D0' },
    playbooks: loadPlaybooks({ builtInDir: BUILT_IN_DIR }),
    changed: () => undefined,
  });
  const north = { id: 'T1', name: 'North', channel: null, manager: 'UMAYA', reps: ['UREP'] };
  const settings = (more: object) =>
    opened.store.workspace.saveSettings(ACME, { admins: ['UADMIN'], teams: [north], ...more });
  const weekly = { digest: { every: 'week', since: WEDNESDAY } };

  async function lost(id: string, change: Partial<Deal> = {}): Promise<void> {
    const start = aDeal({ id, startedAt: now });
    const deal: Deal = {
      ...start,
      account: `Account ${id}`,
      position: null,
      stage: 'closed',
      verdict: 'no_pulse',
      details: { ...start.details, competitor: 'Globex', reasons: ['payment_terms'] },
      closedAt: now,
      closedBecause: 'verdict',
      asksReason: true,
      ...change,
    };
    await opened.store.deals.commit(commitOf(deal));
    await opened.store.insights.writeRows(INSIGHT_VERSION, [{ ...insightOf(deal), tenant: ACME }]);
  }

  /** Kind and reader of what was told since the last look. */
  let told: Omit<Notice, 'revision'>[] = [];
  const heard = (): string[] => told.splice(0).map(({ kind, to }) => `${kind} ${to}`);

  beforeEach(async () => {
    opened = await openSqliteForTest({ now: () => now });
    told = [];
    now = WEDNESDAY;
    isOurs = true;
    for (const user of ['UMAYA', 'UADMIN', 'UREP'])
      await opened.store.workspace.savePerson(ACME, aPerson(user, { fetchedAt: WEDNESDAY + 90 * DAY }));
  });
  afterEach(() => opened.dispose());

  it('sends nobody a digest until an admin chooses it, or when nothing happened', async () => {
    await settings({ digestPeople: ['UMAYA'] });
    await lost('D1');
    now = monday(9);
    await make().round();
    await settings({ ...weekly, digestPeople: ['UMAYA'] });
    now = monday(9, 2);
    await make().round();
    expect(heard()).toEqual([]);
  });

  it('follows what people chose for themselves rather than what an admin chose, and keeps its day', async () => {
    await settings({ ...weekly, digestPeople: ['UMAYA'] });
    await lost('D1');
    const maya = { tenant: ACME, userId: 'UMAYA', teamId: ACME.teamId };
    const rep = { ...maya, userId: 'UREP' };
    expect(await stopDigest(coach(), maya)).toBe(true);
    expect(await chooseDigest(coach(), rep, 'week')).toBe(true);
    expect([await digestEvery(coach(), maya), await digestEvery(coach(), rep)]).toEqual([null, 'week']);
    now = monday(9);
    await make().round();
    expect(heard()).toEqual(['digest UREP']);

    await resumeDigest(coach(), maya);
    await make().round();
    await make().round();
    expect(heard()).toEqual(['digest UMAYA']);
    await chooseDigest(coach(), rep, null);
    await lost('D2');
    now = monday(9, 1);
    await make().round();
    expect(heard()).toEqual(['digest UMAYA']);
  });

  it('covers no time before a person chose it, and tells no admin about one who left', async () => {
    await settings({ digest: null });
    await lost('D1');
    now = monday(9);
    await chooseDigest(coach(), { tenant: ACME, userId: 'UREP', teamId: ACME.teamId }, 'week');
    await make().round();
    expect(heard()).toEqual([]);
    await lost('D2');
    await opened.store.workspace.savePerson(ACME, aPerson('UREP', { isGuest: true, fetchedAt: now }));
    now = monday(9, 1);
    await make().round();
    expect(heard()).toEqual([]);
  });

  it('sends each reader one a week, whatever restarts, runs beside it, or sets the clock back', async () => {
    await settings({ ...weekly, digestPeople: ['UMAYA', 'UREP'] });
    await lost('D1');
    now = monday(9);
    await Promise.all([make().round(), make().round()]);
    await make().round();
    expect(heard().sort()).toEqual(['digest UMAYA', 'digest UREP']);
    now = monday(10, 1);
    await lost('D2');
    now = monday(9, 2);
    await make().round();
    expect(heard()).toHaveLength(2);
    now = monday(9, 1);
    await make().round();
    expect(heard()).toEqual([]);
  });

  it('reads to each person only what they may see, and nothing when that is nothing', async () => {
    await settings({ ...weekly, digestPeople: ['UMAYA', 'USAM'] });
    await opened.store.workspace.savePerson(ACME, aPerson('USAM', { fetchedAt: monday(9) }));
    await lost('D1');
    now = monday(9);
    await make().round();
    const [maya, sam] = told;
    if (maya === undefined || sam === undefined) throw new Error('two digests were due');
    const read = (notice: Omit<Notice, 'revision'>) =>
      digestOf(coach(), { ...notice, revision: 1 }, async () => isOurs);
    expect((await read(maya))?.learned.figures.funnel.lost).toBe(1);
    expect(await read(sam)).toBeNull();
  });

  it('sends one to somebody for whom nothing happened in another workspace of their company', async () => {
    const before = { ...ACME, teamId: 'T0' };
    const digest = { ...weekly, digestPeople: ['UMAYA'] };
    await opened.store.workspace.saveSettings(before, digest);
    await opened.store.workspace.savePerson(before, aPerson('UMAYA', { fetchedAt: monday(9) }));
    await settings(digest);
    await lost('D1');
    now = monday(9);
    await make().round();
    expect(heard()).toEqual(['digest UMAYA']);
  });

  it('skips people who left and guests, and tells an admin once', async () => {
    await settings({ ...weekly, digestPeople: ['UGONE', 'UGUEST'] });
    await opened.store.workspace.savePerson(ACME, aPerson('UGONE', { deleted: true }));
    await opened.store.workspace.savePerson(ACME, aPerson('UGUEST', { isGuest: true }));
    await lost('D1');
    for (const week of [0, 1]) {
      now = monday(9, week);
      await make().round();
    }
    expect(heard()).toEqual(['digest_person_admin UADMIN', 'digest_person_admin UADMIN']);
  });

  it('reads figures of the chosen team to a private channel, without names of people or accounts', async () => {
    await settings({ ...weekly, digestChannel: 'C1', digestTeam: 'T1' });
    await lost('D1');
    await lost('D2', { rep: 'UOTHER' });
    now = monday(9);
    await make().round();
    const [notice] = told;
    if (notice === undefined) throw new Error('a digest was due');
    const digest = await digestOf(coach(), { ...notice, revision: 1 }, async () => isOurs);
    expect(notice.to).toBe('C1');
    expect(digest?.learned.figures.funnel.lost).toBe(1);
    expect(JSON.stringify(digest)).not.toMatch(/Account|UREP/u);
  });

  it('reads nothing to a channel that others read by the time it is posted, and waits until Slack tells', async () => {
    await settings({ ...weekly, digestChannel: 'C1' });
    await lost('D1');
    now = monday(9);
    await make().round();
    const [notice] = told;
    if (notice === undefined) throw new Error('a digest was due');
    const read = () => digestOf(coach(), { ...notice, revision: 1 }, async () => isOurs);
    isOurs = false;
    expect(await read()).toBeNull();
    isOurs = null;
    await expect(read()).rejects.toMatchObject({ code: 'channel_not_known' });
  });

  it('is not lost to an admin whose role Slack confirms later', async () => {
    await settings({ ...weekly, digestPeople: ['UBOSS'] });
    await opened.store.workspace.savePerson(ACME, aPerson('UBOSS', { isAdmin: true, fetchedAt: monday(9) }));
    await lost('D1');
    now = monday(9);
    await make().round();
    const [notice] = told;
    if (notice === undefined) throw new Error('a digest was due');
    now += 2 * HOUR;
    const read = digestOf(coach(), { ...notice, revision: 1 }, async () => isOurs);
    await expect(read).rejects.toMatchObject({ code: 'role_not_confirmed' });
  });

  it('stops in a channel that others read, and tells an admin once', async () => {
    await settings({ ...weekly, digestChannel: 'C1' });
    await lost('D1');
    now = monday(9);
    isOurs = null;
    await make().round();
    expect(heard()).toEqual([]);
    isOurs = false;
    await make().round();
    expect(heard()).toEqual(['digest_channel_admin UADMIN']);
    expect(await opened.store.workspace.settings(ACME, 'fresh')).toMatchObject({ digestChannel: null });
    isOurs = true;
    await make().round();
    expect(heard()).toEqual([]);
  });

  it('tells the manager of three losses once, and again only after 90 days', async () => {
    await settings({});
    now = monday(9);
    const digests = make();
    for (const id of ['D1', 'D2']) await lost(id);
    await digests.round();
    expect(heard()).toEqual([]);
    await lost('D3');
    await digests.round();
    await make().round();
    const [notice] = told;
    expect(heard()).toEqual(['three_losses UMAYA']);
    await lost('D4');
    await digests.round();
    expect(heard()).toEqual([]);
    if (notice === undefined) throw new Error('there is no notice');
    const read = await lossesOf(coach(), { ...notice, revision: 1 });
    expect(read?.deals.map(({ account }) => account)).toEqual([
      'Account D1',
      'Account D2',
      'Account D3',
      'Account D4',
    ]);
    now += 91 * DAY;
    for (const id of ['D5', 'D6', 'D7']) await lost(id);
    await digests.round();
    expect(heard()).toEqual(['three_losses UMAYA']);
  });

  it.each([
    ['manages that team no longer', { teams: [{ ...north, manager: 'UNEW' }] }, {}],
    ['is a guest by then', {}, { isGuest: true }],
    ['has left', {}, { deleted: true }],
  ])('reads three losses to nobody who %s', async (_, more, person) => {
    await settings({});
    now = monday(9);
    for (const id of ['D1', 'D2', 'D3']) await lost(id);
    await make().round();
    const [notice] = told;
    if (notice === undefined) throw new Error('there is no notice');
    await settings(more);
    await opened.store.workspace.savePerson(ACME, aPerson('UMAYA', { fetchedAt: now, ...person }));
    expect(await lossesOf(coach(), { ...notice, revision: 1 })).toBeNull();
  });

  it.each<readonly [string, readonly Partial<Deal>[], object, readonly string[]]>([
    ['of another reason', [{}, {}, { confirmedReason: { reasons: ['price'], by: 'U', at: 1 } }], {}, []],
    ['of another team', [{}, {}, { rep: 'UOTHER' }], {}, []],
    ['that came back', [{}, {}, { outcome: WON, outcomeAt: 1, closedBecause: 'outcome' }], {}, []],
    ['that an earlier release closed', [{}, {}, { asksReason: false }], {}, []],
    ['where nobody wants to hear', [{}, {}, {}], { tellLosses: false }, []],
    ['of a team without a manager', [{}, {}, {}], { teams: [] }, ['three_losses UADMIN']],
  ])('counts losses %s on their own', async (_, changes, more, expected) => {
    await settings(more);
    now = monday(9);
    for (const [index, change] of changes.entries()) await lost(`D${index}`, change);
    await make().round();
    expect(heard()).toEqual(expected);
  });

  it('waits until the manager is at work', async () => {
    await settings({});
    now = monday(8);
    const digests = make();
    for (const id of ['D1', 'D2', 'D3']) await lost(id);
    await digests.round();
    expect(heard()).toEqual([]);
    now = monday(9);
    await digests.round();
    expect(heard()).toEqual(['three_losses UMAYA']);
  });
});
