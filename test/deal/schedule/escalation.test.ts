/** Whom an ask is with: stand-ins, escalation, a channel, people who leave; and who may decide then. */
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
  test('those it came to may decide and see it, and nobody else', () => {
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

  test('the manager may still decide, and that ends it for all', () => {
    const world = asked({ standIn: deputy, fallback: person });
    world.wait(4 * HOUR).tick();
    world.decided(COUNTER, MANAGER);
    expect(world.letPass(world.now + 3 * HOUR)).toEqual([[expect.any(String), 'call_back → UREP']]);
    expect(world.refusal({ type: 'decide', ask: world.it.ask?.id ?? 0, decision: MATCH }, STAND_IN)).toBe(
      'already_decided',
    );
  });

  test('never to the rep, even where the settings name them', () => {
    const rep = { ...deputy, userId: REP.userId };
    const world = asked({ standIn: rep, fallback: { ...person, userId: REP.userId } });
    world.wait(4 * HOUR);
    expect(world.tick()).not.toContain('escalated');
    const allowed = asked({ standIn: rep, ownManagerAllowed: true }).wait(4 * HOUR);
    expect(allowed.tick()).toContain('escalated');
  });

  test('an ask with nobody named goes to the fallback in the end', () => {
    const world = new World(TUESDAY, { ...settingsIn('UTC', 'UTC'), fallback: person })
      .start(null)
      .reach('pulse');
    world.wait(4 * HOUR);
    expect(world.tick()).toContain('escalated');
    expect(askedNow(world.it)).toBe(FALLBACK.userId);
  });

  test('in a channel whoever takes it may decide; elsewhere nobody can take it', () => {
    const world = asked({ fallback: channel });
    const take = (where: string) =>
      ({ type: 'take_over', ask: world.it.ask?.id ?? 0, channel: where }) as const;
    expect(world.refusal(take('CFALL'), COLLEAGUE)).toBe('other_channel');
    world.wait(4 * HOUR).tick();
    expect(world.refusal(take('COTHER'), COLLEAGUE)).toBe('other_channel');
    expect(world.refusal(take('CFALL'), STRANGER)).toBe('members_only');
    expect(world.refusal(take('CFALL'), REP)).toBe('own_manager');
    expect(world.did(take('CFALL'), COLLEAGUE)).toEqual(['ask_passed']);
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

  test('who goes out while asks wait passes them on; doing so twice changes nothing', () => {
    const world = asked();
    expect(world.refusal({ type: 'pass_to_stand_in' }, MANAGER)).toBe('no_stand_in');
    world.settings = { ...world.settings, standIn: out };
    expect(world.refusal({ type: 'pass_to_stand_in' }, REP)).toBe('decider_only');
    const { deadline } = world.it.ask ?? {};
    expect(world.did({ type: 'pass_to_stand_in' }, MANAGER)).toEqual(['ask_passed']);
    expect(world.it.ask).toMatchObject({ manager: STAND_IN.userId, deadline });
    expect(world.refusal({ type: 'pass_to_stand_in' }, MANAGER)).toBe('already_done');
  });

  test('the clock passes it on by itself when it next looks', () => {
    const world = asked();
    world.settings = { ...world.settings, standIn: out };
    world.wait(2 * HOUR);
    expect(world.tick()).toEqual(['ask_passed']);
    expect(world.it.ask?.standsFor?.manager).toBe(MANAGER.userId);
  });

  test('with hardly any time left the stand-in gets time of their own', () => {
    const world = asked().wait(4 * HOUR - 5 * MINUTE);
    world.settings = { ...world.settings, standIn: out };
    world.did({ type: 'pass_to_stand_in' }, ADMIN);
    expect(world.it.ask?.deadline).toBe(Date.parse('2025-06-04T09:55Z'));
  });

  test('another manager who is named and is out: their stand-in is asked', () => {
    const world = asked();
    world.settings = { ...world.settings, standIn: { ...out, userId: 'USTAND2' } };
    world.did({ type: 'assign_manager', manager: OTHER_MANAGER.userId });
    expect(world.it.ask).toMatchObject({ manager: 'USTAND2', standsFor: { manager: OTHER_MANAGER.userId } });
  });
});

describe('somebody leaves the workspace', () => {
  const left = (userId: string, to: string | null = null) => ({ type: 'person_left', userId, to }) as const;

  test('a rep: the manager holds the deal, may still decide it, and hands it on', () => {
    const world = asked();
    expect(world.did(left(REP.userId), null)).toEqual(['rep_left']);
    expect(world.it).toMatchObject({ rep: MANAGER.userId, heldFor: REP.userId, handover: { by: null } });
    expect(mayDecide(world.it, MANAGER)).toBe(true);
    expect(world.did({ type: 'assign_rep', rep: COLLEAGUE.userId }, MANAGER)).toEqual(['rep_assigned']);
    expect(world.it).toMatchObject({
      rep: COLLEAGUE.userId,
      heldFor: null,
      handover: { from: REP.userId, by: MANAGER.userId },
    });
    expect(world.run(left(REP.userId), null)).toMatchObject({ code: 'already_done' });
  });

  test('who holds the deal and is asked is reminded to decide, and needs no words to hold the line', () => {
    const world = asked();
    world.did(left(REP.userId), null);
    world.now = world.it.ask?.deadline ?? 0;
    expect(world.tick()).toEqual(['deadline → UMAN']);
    expect(world.tick()).toEqual([]);
  });

  test('a rep without a manager: to whoever is named, else it is refused', () => {
    const world = new World().start(null);
    expect(world.refusal(left(REP.userId), null)).toBe('no_successor');
    world.did(left(REP.userId, ADMIN.userId), null);
    expect(world.it.rep).toBe(ADMIN.userId);
  });

  test('a stand-in whom the ask is with: it goes on at once, to the manager again when nobody else is there', () => {
    const away = { ...deputy, away: true };
    const gone = left(STAND_IN.userId);
    const [named, alone] = [asked({ standIn: away, fallback: person }), asked({ standIn: away })];
    expect(askedNow(named.it)).toBe(STAND_IN.userId);
    expect(named.did(gone, null)).toEqual(['escalated']);
    expect(askedNow(named.it)).toBe(FALLBACK.userId);
    expect(named.run(gone, null)).toMatchObject({ code: 'already_done' });
    alone.did(gone, null);
    expect(askedNow(alone.it)).toBe(MANAGER.userId);
  });

  test('a manager: the ask goes to whoever is named, or waits for a name', () => {
    const world = asked();
    expect(world.did(left(MANAGER.userId, OTHER_MANAGER.userId), null)).toEqual(['manager_assigned']);
    expect(world.did(left(OTHER_MANAGER.userId), null)).toEqual(['manager_left']);
    expect(world.it).toMatchObject({ manager: null, ask: { manager: null, status: 'pending' } });
    world.wait(15 * MINUTE);
    expect(world.tick()).toEqual(['name_manager → UREP']);
  });

  test('only the clock and admins say so', () => {
    expect(asked().refusal(left(REP.userId), MANAGER)).toBe('admin_only');
    expect(asked().did(left(REP.userId), ADMIN)).toEqual(['rep_left']);
  });
});

test('a rep is their own manager only where the team allows it', () => {
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
