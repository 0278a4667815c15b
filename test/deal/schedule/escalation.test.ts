/** Whom an ask is with, and who may decide it: stand-ins, escalation, a channel, people who leave. */
import { askedNow } from '../../../src/deal/asking/stations';
import { mayDecide, maySee } from '../../../src/deal/decide/permissions';
import type { Actor } from '../../../src/deal/model/commands';
import {
  ADMIN,
  COLLEAGUE,
  COUNTER,
  HOUR,
  MANAGER,
  MATCH,
  MINUTE,
  OTHER_MANAGER,
  REP,
  STAND_IN,
  STRANGER,
  settingsIn,
  TUESDAY,
  World,
  weekdays,
} from '../world';

const UTC = weekdays('UTC');
const FALLBACK: Actor = { ...COLLEAGUE, userId: 'UFALL' };
const deputy = { userId: STAND_IN.userId, work: UTC, away: false, until: null };
const person = { kind: 'person' as const, userId: FALLBACK.userId, work: UTC };
const channel = { kind: 'channel' as const, channel: 'CFALL' };

function asked(more: Partial<World['settings']> = {}): World {
  return new World(TUESDAY, { ...settingsIn('UTC', 'UTC'), ...more }).start().reach('pulse');
}

describe('an ask that goes on', () => {
  test('everybody it went to may decide and see it, and nobody else', () => {
    const world = asked({ fallback: person });
    expect(mayDecide(world.it, FALLBACK)).toBe(false);
    world.wait(4 * HOUR).tick();
    expect(askedNow(world.it)).toBe(FALLBACK.userId);
    expect([mayDecide(world.it, FALLBACK), maySee(world.it, FALLBACK)]).toEqual([true, true]);
    expect(mayDecide(world.it, { ...FALLBACK, teamId: 'T2' })).toBe(false);
    expect(mayDecide(world.it, COLLEAGUE)).toBe(false);
    world.decided(MATCH, FALLBACK);
    expect(world.it.ask?.decisions).toMatchObject([{ by: FALLBACK.userId, proposedBy: null }]);
  });

  test('the manager may still decide, and then nobody else can', () => {
    const world = asked({ standIn: deputy, fallback: person });
    world.wait(4 * HOUR).tick();
    world.decided(COUNTER, MANAGER);
    expect(world.eventsUntil(world.now + 3 * HOUR)).toEqual([[expect.any(String), 'call_back → UREP']]);
    expect(world.refusal({ type: 'decide', ask: world.it.ask?.id ?? 0, decision: MATCH }, STAND_IN)).toBe(
      'already_decided',
    );
  });

  test('never goes to the rep, even when the settings name them', () => {
    const rep = { ...deputy, userId: REP.userId };
    const world = asked({ standIn: rep, fallback: { ...person, userId: REP.userId } });
    world.wait(4 * HOUR);
    expect(world.tick()).not.toContain('escalated');
    const allowed = asked({ standIn: rep, ownManagerAllowed: true }).wait(4 * HOUR);
    expect(allowed.tick()).toContain('escalated');
  });

  test('an ask without a manager goes to the fallback in the end', () => {
    const world = new World(TUESDAY, { ...settingsIn('UTC', 'UTC'), fallback: person })
      .start(null)
      .reach('pulse');
    world.wait(4 * HOUR);
    expect(world.tick()).toContain('escalated');
    expect(askedNow(world.it)).toBe(FALLBACK.userId);
  });

  test('a person in the channel can take it and decide; nobody can take it elsewhere', () => {
    const world = asked({ fallback: channel });
    const take = (where: string) =>
      ({ type: 'take_over', ask: world.it.ask?.id ?? 0, channel: where }) as const;
    expect(world.refusal(take('CFALL'), COLLEAGUE)).toBe('other_channel');
    world.wait(4 * HOUR).tick();
    expect(world.refusal(take('COTHER'), COLLEAGUE)).toBe('other_channel');
    expect(world.refusal(take('CFALL'), STRANGER)).toBe('members_only');
    expect(world.refusal(take('CFALL'), REP)).toBe('own_manager');
    expect(world.accepted(take('CFALL'), COLLEAGUE)).toEqual(['ask_passed']);
    expect(world.refusal(take('CFALL'), COLLEAGUE)).toBe('already_done');
    expect(world.it).toMatchObject({ manager: MANAGER.userId, ask: { manager: COLLEAGUE.userId } });
    world.decided(MATCH, COLLEAGUE);
  });
});

describe('a manager who is out', () => {
  const out = { ...deputy, away: true, until: '2025-06-09' };

  test('the ask is addressed to the stand-in, and says for whom', () => {
    const world = asked({ standIn: out });
    expect(world.it.ask).toMatchObject({
      manager: STAND_IN.userId,
      standsFor: { manager: MANAGER.userId, until: '2025-06-09' },
    });
    expect(world.it.manager).toBe(MANAGER.userId);
    world.decided(MATCH, STAND_IN);
  });

  test('a manager passes a waiting ask on by hand, once', () => {
    const world = asked();
    expect(world.refusal({ type: 'pass_to_stand_in' }, MANAGER)).toBe('no_stand_in');
    world.settings = { ...world.settings, standIn: out };
    expect(world.refusal({ type: 'pass_to_stand_in' }, REP)).toBe('decider_only');
    const { deadline } = world.it.ask ?? {};
    expect(world.accepted({ type: 'pass_to_stand_in' }, MANAGER)).toEqual(['ask_passed']);
    expect(world.it.ask).toMatchObject({ manager: STAND_IN.userId, deadline });
    expect(world.refusal({ type: 'pass_to_stand_in' }, MANAGER)).toBe('already_done');
  });

  test('the clock passes a waiting ask on', () => {
    const world = asked();
    world.settings = { ...world.settings, standIn: out };
    world.wait(2 * HOUR);
    expect(world.tick()).toEqual(['ask_passed']);
    expect(world.it.ask?.standsFor?.manager).toBe(MANAGER.userId);
  });

  test('a stand-in gets a new deadline when too little time is left', () => {
    const world = asked().wait(4 * HOUR - 5 * MINUTE);
    world.settings = { ...world.settings, standIn: out };
    world.accepted({ type: 'pass_to_stand_in' }, ADMIN);
    expect(world.it.ask?.deadline).toBe(Date.parse('2025-06-04T09:55Z'));
  });

  test('the stand-in of a newly named manager who is out is asked', () => {
    const world = asked();
    world.settings = { ...world.settings, standIn: { ...out, userId: 'USTAND2' } };
    world.accepted({ type: 'assign_manager', manager: OTHER_MANAGER.userId });
    expect(world.it.ask).toMatchObject({
      manager: 'USTAND2',
      standsFor: { manager: OTHER_MANAGER.userId },
      came: { how: 'named', by: REP.userId },
    });
  });
});

describe('somebody leaves the workspace', () => {
  const left = (userId: string, to: string | null = null) => ({ type: 'person_left', userId, to }) as const;

  test('the manager of a rep who left holds the deal, may decide it, and hands it on', () => {
    const world = asked();
    expect(world.accepted(left(REP.userId), null)).toEqual(['rep_left']);
    expect(world.it).toMatchObject({ rep: MANAGER.userId, heldFor: REP.userId, handover: { by: null } });
    expect(mayDecide(world.it, MANAGER)).toBe(true);
    expect(world.accepted({ type: 'assign_rep', rep: COLLEAGUE.userId }, MANAGER)).toEqual(['rep_assigned']);
    expect(world.it).toMatchObject({
      rep: COLLEAGUE.userId,
      heldFor: null,
      handover: { from: REP.userId, by: MANAGER.userId },
    });
    expect(world.run(left(REP.userId), null)).toMatchObject({ code: 'already_done' });
  });

  test('a manager who holds the deal gets the reminder to decide, and no words to hold the line', () => {
    const world = asked();
    world.accepted(left(REP.userId), null);
    world.now = world.it.ask?.deadline ?? 0;
    expect(world.tick()).toEqual(['deadline → UMAN']);
    expect(world.tick()).toEqual([]);
  });

  test('the deal of a rep without a manager goes to a named person, else it is refused', () => {
    const world = new World().start(null);
    expect(world.refusal(left(REP.userId), null)).toBe('no_successor');
    world.accepted(left(REP.userId, ADMIN.userId), null);
    expect(world.it.rep).toBe(ADMIN.userId);
  });

  test('an ask whose stand-in left goes on at once, to the manager when nobody else is left', () => {
    const away = { ...deputy, away: true };
    const gone = left(STAND_IN.userId);
    const [named, alone] = [asked({ standIn: away, fallback: person }), asked({ standIn: away })];
    expect(askedNow(named.it)).toBe(STAND_IN.userId);
    expect(named.accepted(gone, null)).toEqual(['escalated']);
    expect(askedNow(named.it)).toBe(FALLBACK.userId);
    expect(named.it.ask?.escalations).toMatchObject([{ left: STAND_IN.userId, why: null }]);
    expect(named.run(gone, null)).toMatchObject({ code: 'already_done' });
    alone.accepted(gone, null);
    expect(askedNow(alone.it)).toBe(MANAGER.userId);
  });

  test('the ask of a manager who left goes to a named person, or waits for a name', () => {
    const world = asked();
    expect(world.accepted(left(MANAGER.userId, OTHER_MANAGER.userId), null)).toEqual(['manager_assigned']);
    expect(world.it.ask?.came).toEqual({ how: 'left', userId: MANAGER.userId });
    expect(world.accepted(left(OTHER_MANAGER.userId), null)).toEqual(['manager_left']);
    expect(world.it).toMatchObject({ manager: null, ask: { manager: null, status: 'pending' } });
    expect(world.it.ask?.came).toEqual({ how: 'left', userId: OTHER_MANAGER.userId });
    world.wait(15 * MINUTE);
    expect(world.tick()).toEqual(['name_manager → UREP']);
  });

  test('only the clock and admins report it', () => {
    expect(asked().refusal(left(REP.userId), MANAGER)).toBe('admin_only');
    expect(asked().accepted(left(REP.userId), ADMIN)).toEqual(['rep_left']);
  });
});

test('a rep is their own manager only when the team allows it', () => {
  expect(new World().start(REP.userId).it.manager).toBeNull();
  const world = asked();
  expect(world.refusal({ type: 'assign_manager', manager: REP.userId })).toBe('own_manager');
  expect(world.refusal({ type: 'fill_in', details: {}, manager: REP.userId })).toBe('own_manager');
  const own = new World(TUESDAY, { ...settingsIn('UTC', 'UTC'), ownManagerAllowed: true }).start(REP.userId);
  own.reach('pulse');
  expect(own.refusal({ type: 'decide', ask: own.it.ask?.id ?? 0, decision: MATCH }, REP)).toBe(
    'decider_only',
  );
  own.decided(MATCH, { ...REP, mayDecideOwn: true });
  expect(own.it.stage).toBe('winning_back');
});
