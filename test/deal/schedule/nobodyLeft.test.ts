/** An ask for which nobody is left who may decide: it goes to the fallback, then to the admins, and says why. */
import { askedNow } from '../../../src/deal/asking/stations';
import type { ScheduleSettings } from '../../../src/deal/model/commands';
import type { Escalation } from '../../../src/deal/model/deal';
import {
  ADMIN,
  APPROVER,
  COLLEAGUE,
  COUNTER,
  DAY,
  HOUR,
  MANAGER,
  MATCH,
  OTHER_MANAGER,
  REP,
  settingsIn,
  TUESDAY,
  World,
  weekdays,
} from '../world';

const UTC = weekdays('UTC');
const [FIRST, SECOND] = ['UADM1', ADMIN.userId];
const admins = [FIRST, SECOND].map((userId) => ({ userId, work: UTC }));
const person = { kind: 'person' as const, userId: COLLEAGUE.userId, work: UTC };
const channel = { kind: 'channel' as const, channel: 'CFALL' };

const worldWith = (more: Partial<ScheduleSettings> = {}): World =>
  new World(TUESDAY, { ...settingsIn('UTC', 'UTC'), admins, ...more });

/** Everywhere the ask went on to, with the reason. */
const line = (world: World) =>
  world.it.ask?.escalations.map(({ to, why }: Escalation) => [
    to.kind === 'person' ? to.userId : to.channel,
    why,
  ]);

const days = (world: World, count: number) => world.eventsUntil(world.now + count * DAY);

describe('A deal that was the team’s manager’s own', () => {
  const theirs = { kind: 'own_deal', userId: MANAGER.userId };

  /** The manager's own deal, handed to a rep of the team. */
  function handedOn(more: Partial<ScheduleSettings> = {}): World {
    const world = worldWith({ teamManager: MANAGER.userId, ...more }).start(null);
    world.accepted({ type: 'assign_rep', rep: MANAGER.userId });
    world.accepted({ type: 'assign_rep', rep: OTHER_MANAGER.userId }, MANAGER);
    world.accepted(world.answerCommand({ kind: 'said' }, { verdict: 'pulse' }), OTHER_MANAGER);
    return world;
  }

  it.each([
    ['at once to the admins, one after the other', {}, [FIRST, SECOND]],
    ['first to the person asked in the end', { fallback: person }, [COLLEAGUE.userId, FIRST, SECOND]],
    ['first to the channel', { fallback: channel }, ['CFALL', FIRST, SECOND]],
  ])('goes %s, and says whose it was', (_, more, to) => {
    const world = handedOn(more);
    expect(world.tick()).toContain('escalated');
    expect(line(world)).toEqual([[to[0], theirs]]);
    days(world, 3);
    expect(line(world)).toEqual(to.map((it) => [it, theirs]));
  });

  it('asks no admin once somebody in the channel has taken it', () => {
    const world = handedOn({ fallback: channel });
    world.tick();
    const take = { type: 'take_over', ask: world.it.ask?.id ?? 0, channel: 'CFALL' } as const;
    world.accepted(take, COLLEAGUE);
    days(world, 3);
    expect(line(world)).toEqual([['CFALL', theirs]]);
    world.decided(MATCH, COLLEAGUE);
  });

  it('asks no admin who was its rep', () => {
    const world = handedOn({ admins: [{ userId: OTHER_MANAGER.userId, work: UTC }, ...admins] });
    world.tick();
    expect(askedNow(world.it)).toBe(FIRST);
  });

  it('waits for the manager where the team lets people decide about their own deals', () => {
    const world = handedOn({ ownManagerAllowed: true });
    expect(world.tick()).not.toContain('escalated');
  });
});

test('the manager of a deal who became its rep is not asked, and the admins are', () => {
  const world = worldWith({ ownManagerAllowed: true }).start();
  world.accepted({ type: 'assign_rep', rep: MANAGER.userId });
  world.settings = { ...world.settings, ownManagerAllowed: false };
  world.accepted(world.answerCommand({ kind: 'said' }, { verdict: 'pulse' }), MANAGER);
  expect(world.it.ask?.manager).toBeNull();
  world.tick();
  expect(line(world)).toEqual([[FIRST, { kind: 'own_deal', userId: MANAGER.userId }]]);
});

test('an ask for which nobody was named in time goes to the admins, and the rep may still name somebody', () => {
  const world = worldWith().start(null).reach('pulse');
  expect(world.eventsUntil(world.now + 3 * HOUR).map(([, said]) => said)).not.toContain('escalated');
  world.eventsUntil(world.now + 2 * HOUR);
  expect(line(world)).toEqual([[FIRST, { kind: 'nobody_named' }]]);
  world.accepted({ type: 'assign_manager', manager: MANAGER.userId });
  expect(askedNow(world.it)).toBe(MANAGER.userId);
  days(world, 3);
  expect(line(world)).toHaveLength(1);
});

test('a proposal whose approver became the rep goes to the admins', () => {
  const world = worldWith().start().reach('pulse');
  world.limit = {
    amount: null,
    percent: 1,
    approver: APPROVER.userId,
    work: UTC,
    standIn: null,
    isDefault: false,
    substitutes: [],
  };
  world.decided({ ...COUNTER, value: { minor: 100, currency: 'USD' } });
  world.accepted({ type: 'assign_rep', rep: APPROVER.userId });
  world.tick();
  expect(line(world)).toEqual([[FIRST, { kind: 'own_deal', userId: APPROVER.userId }]]);
});

test.each([
  ['a manager who is late', MANAGER.userId],
  ['nobody named under an earlier release', null],
])('%s brings no admin in', (_, manager) => {
  const world = worldWith().start(manager).reach('pulse');
  if (manager === null && world.it.ask !== null) {
    world.deal = { ...world.it, ask: { ...world.it.ask, endsWithAdmins: false } };
  }
  days(world, 3);
  expect(line(world)).toEqual([]);
});

test('an admin who was asked decides', () => {
  const world = worldWith().start(null).reach('pulse');
  world.eventsUntil(world.now + 5 * HOUR);
  world.decided(MATCH, { ...COLLEAGUE, userId: FIRST });
  expect(world.it.ask?.decisions).toMatchObject([{ by: FIRST }]);
  expect(world.it.rep).toBe(REP.userId);
});
