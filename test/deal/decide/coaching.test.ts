import { factsOf } from '../../../src/deal/model/facts';
import {
  ADMIN,
  COLLEAGUE,
  choice,
  DAY,
  DECLINE,
  HOUR,
  MANAGER,
  MATCH,
  REP,
  STRANGER,
  TENANT,
  text,
  World,
} from '../world';

const start = {
  type: 'start',
  id: 'D1',
  tenant: TENANT,
  account: 'Acme',
  business: 'new',
  manager: null,
  playbook: { id: 'heartbeat', hash: 'h' },
  firstStep: 'thanks',
} as const;

describe('starting', () => {
  test('shows the first screen of the playbook', () => {
    const world = new World().start();
    expect(world.it).toMatchObject({
      id: 'D1',
      stage: 'coaching',
      rep: 'UREP',
      manager: 'UMAN',
      revision: 1,
      position: { stepId: 'thanks', visit: 1 },
    });
  });

  test('starts one deal when it is submitted twice', () => {
    const world = new World().start();
    expect(world.refusal(start)).toBe('already_done');
    expect(world.refusal(start, COLLEAGUE)).toBe('deal_exists');
  });

  test('drops a rep named as their own manager', () => {
    const world = new World();
    world.accepted({ ...start, manager: REP.userId });
    expect(world.it.manager).toBeNull();
  });

  test.each([
    ['from another workspace', start, STRANGER, 'members_start'],
    ['by nobody', start, null, 'persons_start'],
    ['without an account', { ...start, account: ' ' }, REP, 'account_missing'],
  ] as const)('%s is refused', (_, command, actor, code) => {
    expect(new World().refusal(command, actor)).toBe(code);
  });
});

describe('answering', () => {
  test('moves to the next screen with a new visit', () => {
    const world = new World()
      .start()
      .say({ kind: 'said' }, 'wishes')
      .say(text('Price'), 'picture', 'attraction');
    expect(world.it.position).toEqual({ stepId: 'picture', visit: 3 });
    expect(world.it.trail.map((it) => it.stepId)).toEqual(['thanks', 'wishes']);
  });

  test('the same answer twice is done already, another one is stale', () => {
    const world = new World().start();
    const command = world.answerCommand(text('Price'), { step: 'next' }, 'attraction');
    world.accepted(command);
    expect(world.refusal(command)).toBe('already_done');
    expect(world.refusal({ ...command, answer: text('Service') } as typeof command)).toBe('stale');
  });

  test('the last answer sent twice is done already, also when the deal was withdrawn', () => {
    const world = new World().start();
    const command = world.answerCommand(choice('no'), { verdict: 'not_over' });
    world.accepted(command);
    expect(world.it.stage).toBe('withdrawn');
    expect(world.refusal(command)).toBe('already_done');
  });

  test('a screen with the right step and an old visit is stale', () => {
    const world = new World().start().say({ kind: 'said' }, 'thanks');
    expect(
      world.refusal({
        type: 'answer',
        stepId: 'thanks',
        visit: 1,
        answer: text('x'),
        fact: null,
        source: 'rep',
        next: { step: 'x' },
        ledger: null,
      }),
    ).toBe('stale');
  });

  test.each([
    ['a colleague', COLLEAGUE, 'rep_only'],
    ['the manager', MANAGER, 'rep_only'],
    ['a stranger', STRANGER, 'members_only'],
    ['the clock', null, 'persons_only'],
  ] as const)('%s may not answer', (_, actor, code) => {
    const world = new World().start();
    expect(world.refusal(world.answerCommand({ kind: 'said' }, { step: 'x' }), actor)).toBe(code);
  });

  test('an admin may', () => {
    const world = new World().start();
    expect(world.accepted(world.answerCommand({ kind: 'said' }, { step: 'x' }), ADMIN)).toEqual(['answered']);
  });
});

describe('going back', () => {
  test('shows the previous step with its answer, on a new visit', () => {
    const world = new World()
      .start()
      .say({ kind: 'said' }, 'attraction')
      .say(text('Price'), 'picture', 'attraction');
    world.accepted({ type: 'go_back', visit: 3, draft: null });
    expect(world.it.position).toEqual({ stepId: 'attraction', visit: 4 });
    expect(world.it.draft).toEqual({ stepId: 'attraction', visit: 4, answer: text('Price') });
    expect(factsOf(world.it).attraction.state).toBe('missing');
  });

  test('inputs of a screen are there again when the rep comes back to it', () => {
    const world = new World().start().say({ kind: 'said' }, 'attraction');
    world.accepted({ type: 'go_back', visit: 2, draft: text('half a sen') });
    world.say({ kind: 'said' }, 'attraction');
    expect(world.it.draft).toEqual({ stepId: 'attraction', visit: 4, answer: text('half a sen') });
  });

  test('a step named like a property of every object has no draft', () => {
    expect(new World().start().say({ kind: 'said' }, 'constructor').it.draft).toBeNull();
  });

  test('from the first screen is refused, from an old screen stale', () => {
    const world = new World().start();
    expect(world.refusal({ type: 'go_back', visit: 1, draft: null })).toBe('first_screen');
    world.say({ kind: 'said' }, 'next');
    expect(world.refusal({ type: 'go_back', visit: 1, draft: null })).toBe('stale');
  });
});

describe('going back from how the call ended', () => {
  const back = (world: World) =>
    ({ type: 'go_back', visit: world.it.trail.at(-1)?.visit ?? 0, draft: null }) as const;

  test.each([
    'signed',
    'no_pulse',
    'declined_to_say',
    'no_check',
    'postponed',
    'not_over',
    'keep_talking',
    'unreached',
  ] as const)('a wrongly tapped %s leads back to its question without a trace', (verdict) => {
    const world = new World().start().say(text('Price'), 'question', 'attraction');
    const before = world.it;
    world.verdict(verdict);
    expect(world.accepted(back(world))).toEqual(['went_back']);
    expect(world.it).toMatchObject({
      stage: 'coaching',
      position: { stepId: 'question', visit: 3 },
      verdict: null,
      closedAt: null,
      reEngagement: null,
      tries: 0,
      nextTryAt: null,
      trail: before.trail,
    });
  });

  test('an ask is withdrawn with its verdict, and another verdict asks nobody', () => {
    const world = new World().start().reach('pulse');
    const [asked] = [world.it.ask?.id];
    expect(world.accepted(back(world))).toEqual(['ask_withdrawn', 'went_back']);
    expect(world.it.ask).toBeNull();
    expect(world.refusal({ type: 'decide', ask: asked ?? 0, decision: MATCH }, MANAGER)).toBe(
      'nothing_to_decide',
    );
    expect(world.verdict('no_check')).toEqual(['answered', 'verdict_reached', 'closed']);
    expect(world.accepted({ type: 'reopen' })).toEqual(['reopened']);
    expect(world.it.stage).toBe('coaching');
  });

  test('the same verdict asks anew', () => {
    const world = new World().start().reach('pulse');
    world.accepted(back(world));
    expect(world.verdict('pulse')).toContain('asked');
    expect(world.it.pastAsks).toMatchObject([{ status: 'withdrawn' }]);
    expect(world.it.ask?.status).toBe('pending');
  });

  test.each([
    ['the manager has asked something', { type: 'ask_rep', text: 'Who signs?' }],
    ['the manager has decided', { type: 'decide', ask: 0, decision: DECLINE }],
  ] as const)('is refused once %s', (_, command) => {
    const world = new World().start().reach('pulse');
    world.accepted(command.type === 'decide' ? { ...command, ask: world.it.ask?.id ?? 0 } : command, MANAGER);
    expect(world.refusal(back(world))).toBe('verdict_stands');
  });

  test('is refused once the rep has reported the outcome', () => {
    const world = new World().start().reach('keep_talking');
    world.accepted({ type: 'report_outcome', outcome: { kind: 'lost', reason: null } });
    expect(world.refusal(back(world))).toBe('verdict_stands');
  });

  test('is stale from an earlier screen, and refused to others', () => {
    const world = new World().start().reach('no_pulse');
    expect(world.refusal({ ...back(world), visit: 7 })).toBe('stale');
    expect(world.refusal(back(world), COLLEAGUE)).toBe('rep_only');
  });
});

test('a draft is kept once, for the current screen', () => {
  const world = new World().start();
  const draft = { type: 'save_draft', stepId: 'thanks', visit: 1, answer: text('so far') } as const;
  expect(world.accepted(draft)).toEqual(['drafted']);
  expect(world.refusal(draft)).toBe('already_done');
  expect(world.refusal({ ...draft, visit: 9 })).toBe('stale');
});

describe('verdicts', () => {
  test.each([
    ['pulse', ['answered', 'verdict_reached', 'asked'], 'awaiting_decision'],
    ['keep_talking', ['answered', 'verdict_reached'], 'winning_back'],
    ['signed', ['answered', 'verdict_reached', 'closed'], 'closed'],
    ['no_pulse', ['answered', 'verdict_reached', 'closed'], 'closed'],
    ['declined_to_say', ['answered', 'verdict_reached', 'closed'], 'closed'],
    ['no_check', ['answered', 'verdict_reached', 'closed'], 'closed'],
    ['postponed', ['answered', 'verdict_reached', 'closed'], 'closed'],
    ['not_over', ['answered', 'verdict_reached', 'withdrawn'], 'withdrawn'],
    ['unreached', ['answered', 'verdict_reached', 'try_scheduled'], 'coaching'],
  ] as const)('%s', (verdict, events, stage) => {
    const world = new World().start();
    expect(world.verdict(verdict)).toEqual(events);
    expect(world.it).toMatchObject({ verdict, stage, position: null });
  });

  test.each(['pulse', 'keep_talking'] as const)('%s is refused after a signature', (verdict) => {
    const world = new World().start().say(choice('signed'), 'last', 'signed');
    expect(world.refusal(world.answerCommand({ kind: 'said' }, { verdict }))).toBe('has_signed');
  });

  test('a verbal promise is no signature', () => {
    const world = new World().start().reach('pulse', ['signed', choice('verbal')]);
    expect(world.it.ask?.status).toBe('pending');
  });
});

describe('coming back later', () => {
  const date = (it: string) => ({ kind: 'date', date: it }) as const;
  const dueOn = (world: World) => {
    const again = world.it.reEngagement;
    return again && [new Date(again.at).toISOString().slice(0, 16), again.why];
  };

  test.each([
    // 90 days before the last of June 2026 is Wednesday the first of April.
    ['signed', [['contract_end', date('2026-06-30')]], ['2026-04-01T09:00', 'contract_end']],
    // The contract ends in 30 days: half of them.
    ['signed', [['contract_end', date('2025-07-03')]], ['2025-06-18T09:30', 'contract_end']],
    ['signed', [['contract_end', date('2025-05-01')]], null],
    [
      'signed',
      [
        ['contract_end', date('2026-06-30')],
        ['may_call_again', choice('no')],
      ],
      null,
    ],
    ['signed', [['may_call_again', choice('yes')]], ['2026-03-05T10:00', 'agreed']],
    ['signed', [['contract_end', { kind: 'unknown' }]], null],
    ['postponed', [['look_again', date('2025-09-06')]], ['2025-09-08T09:00', 'look_again']],
    ['postponed', [['look_again', date('2025-06-01')]], ['2025-06-04T09:00', 'look_again']],
    ['no_pulse', [], null],
  ] as const)('%s %j: %j', (verdict, facts, due) => {
    expect(dueOn(new World().start().reach(verdict, ...facts))).toEqual(due);
  });
});

describe('nobody was reached', () => {
  test('the next call is at the agreed time, and the one after two working days later, at another hour', () => {
    const world = new World().start();
    const at = world.now + 3 * HOUR;
    world.reach('unreached', ['next_attempt', { kind: 'datetime', at }]);
    expect(world.it).toMatchObject({ stage: 'coaching', tries: 1, nextTryAt: at });

    world.accepted({ type: 'try_again', firstStep: 'hello' });
    expect(world.it).toMatchObject({
      position: { stepId: 'hello' },
      trail: [],
      verdict: null,
      nextTryAt: null,
    });
    expect(world.refusal({ type: 'try_again', firstStep: 'hello' })).toBe('already_done');
    world.verdict('unreached');
    expect(world.it).toMatchObject({ tries: 2, nextTryAt: Date.UTC(2025, 5, 6, 15) });
  });

  test('the rep may choose another time to try again', () => {
    const world = new World().start().reach('unreached');
    world.accepted({ type: 'remind_me', at: world.now + DAY });
    expect(world.it).toMatchObject({ tries: 1, nextTryAt: world.now + DAY });
  });

  test('trying again needs an open conversation', () => {
    const world = new World().start().reach('no_pulse');
    expect(world.refusal({ type: 'try_again', firstStep: 'hello' })).toBe('conversation_ended');
  });
});

describe('recording a finished call', () => {
  const call = {
    type: 'record_after',
    verdict: 'pulse',
    answers: [{ stepId: 'attraction', answer: text('Price'), fact: 'attraction', source: 'prospect' }],
    details: { competitor: 'Globex', prospect: ' ' },
    ledger: { lost: 4, asked: 2, matched: 1, wonBack: 1, matchedLost: 0, cost: [], sameKind: null },
  } as const;

  test('has the same consequences as the screens', () => {
    const world = new World().start();
    expect(world.accepted(call)).toEqual(['recorded_after', 'details_filled', 'verdict_reached', 'asked']);
    expect(world.it.details).toMatchObject({ competitor: 'Globex', prospect: null });
    expect(world.it.ask).toMatchObject({ manager: 'UMAN', status: 'pending', ledger: call.ledger });
    expect(factsOf(world.it).attraction).toMatchObject({ state: 'known', value: 'Price' });
  });

  const begins = {
    id: 'D1',
    tenant: TENANT,
    account: 'Acme',
    business: 'new',
    manager: null,
    playbook: { id: 'heartbeat', hash: 'h1' },
    firstStep: 'thanks',
  } as const;

  test('begins its deal in the same commit, and asks the person it names', () => {
    const world = new World();
    expect(world.accepted({ ...call, begins, manager: MANAGER.userId })).toEqual([
      'started',
      'recorded_after',
      'details_filled',
      'manager_assigned',
      'verdict_reached',
      'asked',
    ]);
    expect(world.it.ask).toMatchObject({ manager: MANAGER.userId, status: 'pending' });
    expect(world.refusal({ ...call, begins, manager: MANAGER.userId })).toBe('already_done');
  });

  test('refused, it begins nothing and names nobody', () => {
    const signed = {
      stepId: 'signed',
      answer: choice('signed'),
      fact: 'signed',
      source: 'prospect',
    } as const;
    const world = new World();
    expect(world.refusal({ ...call, begins, answers: [signed], manager: MANAGER.userId })).toBe('has_signed');
    expect(world.refusal({ ...call, begins, manager: REP.userId })).toBe('own_manager');
    expect(world.deal).toBeNull();
    const begun = new World().start(null);
    expect(begun.refusal({ ...call, answers: [signed], manager: MANAGER.userId })).toBe('has_signed');
    expect(begun.it.manager).toBeNull();
  });

  test('twice is done already; another one is refused', () => {
    const world = new World().start();
    world.accepted(call);
    expect(world.refusal(call)).toBe('already_done');
    expect(world.refusal({ ...call, verdict: 'no_pulse' })).toBe('recorded_already');
  });

  test('sent again with more words adds them', () => {
    const world = new World().start();
    world.accepted(call);
    expect(world.accepted({ ...call, details: { ...call.details, notes: 'They sounded sorry' } })).toEqual([
      'details_filled',
    ]);
    expect(world.it.details).toMatchObject({ competitor: 'Globex', notes: 'They sounded sorry' });
    expect(world.it.stage).toBe('awaiting_decision');
  });

  test('refuses a pulse after a signature, and a wrong amount', () => {
    const world = new World().start();
    const signed = { stepId: 's', answer: choice('signed'), fact: 'signed', source: 'prospect' } as const;
    expect(world.refusal({ ...call, answers: [signed] })).toBe('has_signed');
    const amount = { minor: 1.5, currency: 'EUR' };
    expect(world.refusal({ ...call, details: { amount } })).toBe('amount_unusable');
  });
});

test('a conversation resumes only on a screen', () => {
  const world = new World().start();
  expect(world.accepted({ type: 'resume' })).toEqual(['resumed']);
  world.reach('unreached');
  expect(world.refusal({ type: 'resume' })).toBe('not_reached');
  world.accepted({ type: 'report_signed' });
  expect(world.refusal({ type: 'resume' })).toBe('conversation_ended');
});

describe('leaving the screen', () => {
  test('keeps what was typed and offers to resume at once', () => {
    const world = new World().start();
    const leave = { type: 'leave', visit: 1, draft: text('half a sen') } as const;
    expect(world.accepted(leave)).toEqual(['drafted', 'resume_offered']);
    expect(world.it.draft?.answer).toEqual(text('half a sen'));
    expect(world.refusal(leave)).toBe('already_done');
    expect(world.refusal({ ...leave, visit: 7 })).toBe('stale');
  });

  test('does not offer twice within an hour', () => {
    const world = new World().start();
    const leave = { type: 'leave', visit: 1, draft: null } as const;
    expect(world.accepted(leave)).toEqual(['resume_offered']);
    world.wait(HOUR - 1).accepted({ type: 'resume' });
    expect(world.refusal(leave)).toBe('already_done');
    world.wait(1);
    expect(world.accepted(leave)).toEqual(['resume_offered']);
  });
});
