import type { Command } from '../../../src/deal/model/commands';
import type { DecisionTerms } from '../../../src/deal/model/deal';
import {
  ADMIN,
  COLLEAGUE,
  COUNTER,
  DAY,
  DECLINE,
  HOUR,
  MANAGER,
  MATCH,
  MINUTE,
  OTHER_MANAGER,
  promisedAt,
  REP,
  STAND_IN,
  STRANGER,
  TUESDAY,
  World,
} from '../world';

const asked = (manager: string | null = MANAGER.userId) => new World().start(manager).reach('pulse');
const decideOn = (world: World, decision: DecisionTerms = MATCH): Command => ({
  type: 'decide',
  ask: world.it.ask?.id ?? 0,
  decision,
});

describe('deciding', () => {
  test.each([
    ['match', MATCH, 'winning_back'],
    ['counter', COUNTER, 'winning_back'],
    ['decline', DECLINE, 'calling_back'],
  ] as const)('%s', (_, decision, stage) => {
    const world = asked().decided(decision);
    expect(world.it.stage).toBe(stage);
    expect(world.it.ask).toMatchObject({ status: 'decided', decisions: [{ ...decision, by: 'UMAN' }] });
  });

  test.each([
    ['the manager', MANAGER, null],
    ['a stand-in', STAND_IN, null],
    ['an admin', ADMIN, null],
    ['the rep', REP, 'decider_only'],
    ['the rep, who is an admin', { ...REP, isAdmin: true }, 'decider_only'],
    ['the rep, who stands in', { ...REP, standsInFor: ['UMAN'] }, 'decider_only'],
    ['a colleague', COLLEAGUE, 'decider_only'],
    ['another manager', OTHER_MANAGER, 'decider_only'],
    ['a stranger', STRANGER, 'members_only'],
    ['the clock', null, 'persons_only'],
  ] as const)('by %s: %s', (_, actor, code) => {
    const world = asked();
    if (code === null) expect(world.accepted(decideOn(world), actor)).toEqual(['decided']);
    else expect(world.refusal(decideOn(world), actor)).toBe(code);
  });

  test('the same terms again are done already; later decisions by others are refused with who decided', () => {
    const world = asked().decided(MATCH);
    expect(world.refusal(decideOn(world, MATCH), MANAGER)).toBe('already_done');
    expect(world.run(decideOn(world, COUNTER), ADMIN)).toEqual({
      ok: false,
      code: 'already_decided',
      by: 'UMAN',
    });
  });

  test('the maker may change a decision until the rep has gone back; the history has both', () => {
    const world = asked().decided(MATCH).decided(DECLINE);
    expect(world.it.stage).toBe('calling_back');
    expect(world.it.ask?.decisions.map((it) => it.kind)).toEqual(['match', 'decline']);
    world.accepted({ type: 'report_outcome', outcome: { kind: 'no_answer' } });
    expect(world.refusal(decideOn(world, MATCH), MANAGER)).toBe('rep_went_back');
  });

  test('a replaced ask is stale', () => {
    const world = asked();
    const old = decideOn(world, COUNTER);
    world.decided(DECLINE);
    world.accepted({ type: 'ask_again', changed: 'They want 45 days', ledger: null });
    expect(world.refusal(old, MANAGER)).toBe('stale');
    expect(world.accepted(decideOn(world), MANAGER)).toEqual(['decided']);
  });

  test('after a signature there is nothing to decide', () => {
    const world = asked();
    world.accepted({ type: 'report_signed' });
    expect(world.refusal(decideOn(world), MANAGER)).toBe('has_signed');
  });

  test.each([
    ['blank terms', { ...MATCH, terms: ' ' }, 'terms_missing'],
    ['an expiry that has passed', { ...COUNTER, expiresAt: 1 }, 'expiry_passed'],
    ['an expiry that is no time', { ...COUNTER, expiresAt: Number.NaN }, 'expiry_passed'],
    ['half a cent', { ...COUNTER, value: { minor: 0.5, currency: 'EUR' } }, 'amount_unusable'],
    ['a decline without a reason', { kind: 'decline', reason: '' }, 'reason_missing'],
  ] as const)('%s are refused', (_, decision, code) => {
    const world = asked();
    expect(world.refusal(decideOn(world, decision), MANAGER)).toBe(code);
  });

  test('without an ask there is nothing to decide', () => {
    expect(new World().start().refusal({ type: 'decide', ask: 1, decision: MATCH }, MANAGER)).toBe(
      'nothing_to_decide',
    );
  });
});

describe('who is asked', () => {
  test('a pending ask goes to a newly named manager with a notification of its own', () => {
    const world = asked(null);
    const before = world.it.ask;
    world.wait(HOUR).accepted({ type: 'fill_in', details: {}, manager: 'UMAN' });
    expect(world.it.filledIn).toBe(false);
    expect(world.it.ask).toMatchObject({ id: before?.id, manager: 'UMAN', addressedBy: world.it.revision });
    expect(world.it.ask?.deadline).toBeGreaterThan(before?.deadline ?? 0);
  });

  test('naming another manager keeps the deadline, unless it has passed', () => {
    const world = asked();
    const deadline = world.it.ask?.deadline ?? 0;
    world.accepted({ type: 'assign_manager', manager: 'UMAN2' }, MANAGER);
    expect(world.it.ask).toMatchObject({ manager: 'UMAN2', deadline, addressedBy: world.it.revision });
    expect(world.refusal(decideOn(world), MANAGER)).toBe('decider_only');
    world.now = deadline + 1;
    world.accepted({ type: 'assign_manager', manager: 'UMAN' }, ADMIN);
    expect(world.it.ask?.deadline).toBeGreaterThan(world.now);
  });

  test('a decided ask stays with the manager who was asked', () => {
    const world = asked().decided(MATCH);
    world.accepted({ type: 'assign_manager', manager: 'UMAN2' });
    expect(world.it).toMatchObject({ manager: 'UMAN2', ask: { manager: 'UMAN' } });
  });

  test.each([
    ['the same manager', { type: 'assign_manager', manager: 'UMAN' }, REP, 'already_done'],
    ['the rep as manager', { type: 'assign_manager', manager: 'UREP' }, REP, 'own_manager'],
    ['the rep as manager, filled in', { type: 'fill_in', details: {}, manager: 'UREP' }, REP, 'own_manager'],
    ['the manager as rep', { type: 'assign_rep', rep: 'UMAN' }, MANAGER, 'manager_as_rep'],
    ['the same rep', { type: 'assign_rep', rep: 'UREP' }, MANAGER, 'already_done'],
    ['by a colleague', { type: 'assign_rep', rep: 'UCOL' }, COLLEAGUE, 'party_only'],
  ] as const)('%s is refused', (_, command, actor, code) => {
    expect(asked().refusal(command, actor)).toBe(code);
  });

  test('a deal can be handed to another rep', () => {
    const world = asked();
    world.accepted({ type: 'assign_rep', rep: 'UCOL' }, STAND_IN);
    expect(world.it.rep).toBe('UCOL');
  });
});

describe('questions', () => {
  test('come back to the ask with their answer', () => {
    const world = asked();
    world.accepted({ type: 'ask_rep', text: 'For how long?' }, MANAGER);
    expect(world.refusal({ type: 'ask_rep', text: 'For how long?' }, MANAGER)).toBe('already_done');
    const question = world.it.ask?.questions[0]?.id ?? 0;
    const answer = { type: 'answer_question', question, text: 'Two years' } as const;
    expect(world.refusal(answer, MANAGER)).toBe('rep_only');
    world.accepted(answer);
    expect(world.refusal(answer)).toBe('already_done');
    expect(world.refusal({ ...answer, text: 'One' })).toBe('stale');
    expect(world.it.ask?.questions).toMatchObject([
      { by: 'UMAN', text: 'For how long?', answer: { by: 'UREP', text: 'Two years' } },
    ]);
  });

  test.each([
    ['by the rep', REP, 'Why?', 'decider_only'],
    ['without words', MANAGER, ' ', 'question_missing'],
  ] as const)('%s are refused', (_, actor, words, code) => {
    expect(asked().refusal({ type: 'ask_rep', text: words }, actor)).toBe(code);
  });

  test('after the decision are refused; unknown ones are stale', () => {
    const world = asked().decided(MATCH);
    expect(world.refusal({ type: 'ask_rep', text: 'Why?' }, MANAGER)).toBe('nothing_to_decide');
    expect(world.refusal({ type: 'answer_question', question: 99, text: 'x' })).toBe('stale');
  });
});

describe('asking again', () => {
  test.each([
    ['after a decline', () => asked().decided(DECLINE), null],
    ['while winning back', () => asked().decided(MATCH), null],
    ['when the rep alone kept talking', () => new World().start().reach('keep_talking'), null],
    ['while an ask waits', () => asked(), 'already_done'],
    ['during the call', () => new World().start(), 'nothing_to_ask'],
    ['on a closed deal', () => new World().start().reach('no_pulse'), 'nothing_to_ask'],
  ] as const)('%s: %s', (_, make, code) => {
    const world = make();
    const before = world.it.ask;
    const command = { type: 'ask_again', changed: 'They want 45 days', ledger: null } as const;
    if (code !== null) return expect(world.refusal(command)).toBe(code);
    expect(world.accepted(command)).toEqual(['asked']);
    expect(world.it).toMatchObject({ stage: 'awaiting_decision', ask: { status: 'pending' } });
    expect(world.it.pastAsks).toEqual(before ? [before] : []);
  });

  test('is refused after a signature', () => {
    const world = asked().decided(DECLINE);
    world.accepted({ type: 'report_signed' });
    expect(world.refusal({ type: 'ask_again', changed: 'They want 45 days', ledger: null })).toBe(
      'has_signed',
    );
  });
});

describe('a nudge by the rep', () => {
  const nudge = { type: 'nudge' } as const;

  test('goes to whoever the ask waits for, once an hour', () => {
    const world = asked();
    world.accepted(nudge, REP);
    expect(world.it.nudges).toMatchObject([{ kind: 'from_rep', to: 'UMAN', by: REP.userId }]);
    const until = world.now + HOUR;
    const waits = { ok: false, code: 'nudge_waits', to: 'UMAN' };
    expect(world.run(nudge)).toEqual({ ...waits, why: 'nudged', until });
    world.wait(HOUR);
    world.accepted(nudge, REP);
    expect(world.it.nudges).toHaveLength(2);
  });

  test('waits for the working hours of that person, unless the prospect acts before', () => {
    const world = asked().wait(10 * HOUR);
    expect(world.run(nudge)).toMatchObject({ ok: false, why: 'not_at_work', until: TUESDAY + 23 * HOUR });
    const urgent = new World()
      .start()
      .reach('pulse', promisedAt('2025-06-04T07:00Z'))
      .wait(10 * HOUR);
    urgent.accepted(nudge);
    expect(urgent.it.nudges).toMatchObject([{ kind: 'from_rep', timeLeftMs: 11 * HOUR }]);
  });

  test('has nobody to go to while nobody is named, and keeps our own reminder away for an hour', () => {
    expect(asked(null).refusal(nudge)).toBe('nobody_to_nudge');
    const world = asked().wait(2 * HOUR - MINUTE);
    world.accepted(nudge);
    const end = world.it.ask?.deadline ?? 0;
    const later = world.eventsUntil(end).map(([at, said]) => `${at.slice(11)} ${said}`);
    expect(later.filter((it) => it.includes('UMAN'))).toEqual([
      '12:59 half_time → UMAN',
      '14:00 deadline → UMAN',
    ]);
  });

  test.each([
    ['the manager', MANAGER, 'rep_only'],
    ['a colleague', COLLEAGUE, 'rep_only'],
    ['somebody from outside', STRANGER, 'members_only'],
  ] as const)('is not %s’s', (_, actor, code) => {
    expect(asked().refusal(nudge, actor)).toBe(code);
  });

  test('is refused once it is decided', () => {
    expect(asked().decided(MATCH).refusal(nudge, REP)).toBe('nothing_to_decide');
  });
});

describe('replies beneath the ask', () => {
  const said = { type: 'remark', text: 'Do it', channel: 'C1', ts: '1.1' } as const;

  test.each([
    ['the manager while asked', asked, MANAGER, true],
    ['a stand-in while asked', asked, STAND_IN, true],
    ['a colleague', asked, COLLEAGUE, false],
    ['the rep', asked, REP, false],
    ['the manager once decided', () => asked().decided(MATCH), MANAGER, false],
  ] as const)('%s: offers to record a decision %s', (_, make, actor, offersDecision) => {
    const world = make();
    world.accepted(said, actor);
    expect([...world.remarks.values()]).toMatchObject([{ by: actor.userId, text: 'Do it' }]);
    expect(world.it.remarks).toHaveLength(offersDecision ? 1 : 0);
    expect(world.it.remarkCount).toBe(1);
  });

  test.each([
    ['Thanks!', false],
    ['thank you so much, @Robin Adeyemi 🙏', false],
    ['Ok great, thanks', false],
    [':+1:', false],
    ['👍🏽', false],
    ['No thanks', true],
    ['Thanks, go ahead', true],
    ['Ok', true],
    ['30 🙂', true],
  ])('“%s” is kept, and offers to be recorded: %s', (text, offers) => {
    const world = asked();
    world.accepted({ ...said, text }, MANAGER);
    expect(world.it.remarkCount).toBe(1);
    expect(world.it.remarks.map(({ offersDecision }) => offersDecision)).toEqual(offers ? [true] : []);
  });

  test('of the rep offer to be the answer while a question waits for it', () => {
    const world = asked();
    world.accepted({ type: 'ask_rep', text: 'Who signs?' }, MANAGER);
    const question = world.it.ask?.questions[0]?.id ?? 0;
    world.accepted({ ...said, text: 'Their CFO' }, REP);
    expect(world.it.remarks).toMatchObject([{ by: REP.userId, offersDecision: false, answers: question }]);
    world.accepted({ type: 'answer_question', question, text: 'Their CFO' });
    world.accepted({ ...said, text: 'On Friday', ts: '2.1' }, REP);
    expect(world.it.remarks).toHaveLength(1);
  });

  test('are kept once, and follow edits and deletion', () => {
    const world = asked();
    world.accepted(said, MANAGER);
    expect(world.refusal(said, MANAGER)).toBe('already_done');
    const edit = { ...said, type: 'edit_remark', text: 'Do it, two years' } as const;
    expect(world.refusal(edit, REP)).toBe('author_only');
    world.accepted(edit, MANAGER);
    expect(world.refusal(edit, MANAGER)).toBe('already_done');
    const remove = { type: 'delete_remark', channel: 'C1', ts: '1.1' } as const;
    expect(world.refusal(remove, COLLEAGUE)).toBe('author_only');
    world.accepted(remove, MANAGER);
    expect(world.refusal(remove, MANAGER)).toBe('already_done');
    expect(world.it.remarks).toMatchObject([{ deleted: true }]);
    expect([...world.remarks.values()]).toMatchObject([{ text: null }]);
  });

  test('hold the newer of two edits, in whichever order they come', () => {
    const at = (text: string, editedTs: string) =>
      ({ ...said, type: 'edit_remark', text, editedTs }) as const;
    const world = asked();
    world.accepted(said, MANAGER);
    world.accepted(at('Three years', '1700000009.000200'), MANAGER);
    expect(world.refusal(at('Two years', '1700000009.000100'), MANAGER)).toBe('already_done');
    expect([...world.remarks.values()]).toMatchObject([{ text: 'Three years' }]);
    // The first words, edited back before the edit in between.
    world.accepted(at('Three years', '1700000009.000400'), MANAGER);
    expect(world.refusal(at('Four years', '1700000009.000300'), MANAGER)).toBe('already_done');
    expect([...world.remarks.values()]).toMatchObject([{ text: 'Three years' }]);
  });

  test('of strangers and without words are not kept', () => {
    const world = asked();
    expect(world.refusal(said, STRANGER)).toBe('members_only');
    expect(world.refusal({ ...said, text: '' }, MANAGER)).toBe('words_missing');
    expect(world.refusal({ ...said, type: 'edit_remark', ts: '9.9' }, MANAGER)).toBe('remark_unknown');
  });
});

describe('filling in', () => {
  const amount = { minor: 4_800_000, currency: 'EUR' };

  test('keeps what is given, once', () => {
    const world = new World().start();
    const command = { type: 'fill_in', details: { amount, notes: 'Was kind' }, manager: null } as const;
    expect(world.accepted(command)).toEqual(['details_filled']);
    expect(world.refusal(command)).toBe('already_done');
    expect(world.it).toMatchObject({
      filledIn: true,
      details: { amount, notes: 'Was kind', competitor: null },
    });
  });

  test('is possible for 30 days after the deal was closed', () => {
    const world = new World()
      .start()
      .reach('no_pulse')
      .wait(30 * DAY);
    expect(world.accepted({ type: 'fill_in', details: { notes: 'a' }, manager: null })).toEqual([
      'details_filled',
    ]);
    expect(world.wait(1).refusal({ type: 'fill_in', details: { notes: 'b' }, manager: null })).toBe(
      'closed_long_ago',
    );
  });

  test.each([0, -5, 1.5, Number.MAX_VALUE])('an amount of %d is refused', (minor) => {
    const details = { amount: { minor, currency: 'EUR' } };
    expect(new World().start().refusal({ type: 'fill_in', details, manager: null })).toBe('amount_unusable');
  });
});
