/** *Not a lost deal*: who may remove a deal, when, and what comes back with it. */
import {
  ADMIN,
  APPROVER,
  choice,
  DAY,
  DECLINE,
  MANAGER,
  MATCH,
  MINUTE,
  REP,
  STAND_IN,
  STRANGER,
  text,
  World,
} from '../world';

const remove = { type: 'withdraw' } as const;
const bringBack = { type: 'reopen' } as const;
const later = () => new World().start();
const asked = () => new World().start().reach('pulse');
const lost = { type: 'report_outcome', outcome: { kind: 'lost', reason: null } } as const;

const STAGES: readonly (readonly [stage: string, world: () => World])[] = [
  ['an unfinished call', () => new World().start().say(text('Price'), 's1', 'attraction')],
  ['a prospect not reached yet', () => new World().start().reach('unreached')],
  ['a deal that the rep wins back alone', () => new World().start().reach('keep_talking')],
  ['a deal with a yes', () => asked().decided(MATCH)],
  ['a deal with a no', () => asked().decided(DECLINE)],
  ['a deal that ended with the call', () => new World().start().reach('signed')],
  [
    'a deal that stays lost',
    () => {
      const world = asked().decided(MATCH);
      world.accepted(lost);
      return world;
    },
  ],
];

describe('a removed deal', () => {
  it.each(STAGES)('comes back as it was: %s', (_stage, begun) => {
    const world = begun();
    const before = world.it;
    expect(world.accepted(remove)).toEqual(['withdrawn']);
    expect(world.it).toMatchObject({
      stage: 'withdrawn',
      removed: { from: before.stage, by: REP.userId, isErased: false },
    });
    world.wait(20 * DAY);
    expect(world.tick()).toEqual([]);

    expect(world.accepted(bringBack)).toEqual(['reopened']);
    const { revision, quietSince, stageSince, lastActiveAt, ...now } = world.it;
    expect(before).toMatchObject(now);
    // The time away counts neither as silence nor as a call that the rep left.
    expect([quietSince, stageSince, lastActiveAt]).toEqual([world.now, world.now, world.now]);
    expect(world.tick().filter((it) => it === 'closed' || it === 'withdrawn')).toEqual([]);
  });

  it('takes its ask back, which waits again with it while there is time, and else is put anew', () => {
    const world = asked();
    const { ask } = world.it;
    expect(world.accepted(remove)).toEqual(['ask_withdrawn', 'withdrawn']);
    expect(world.it.ask).toMatchObject({ id: ask?.id, status: 'withdrawn' });
    const decided = { type: 'decide', ask: ask?.id ?? 0, decision: MATCH } as const;
    expect(world.refusal(decided, MANAGER)).toBe('withdrawn');

    world.wait(5 * MINUTE);
    expect(world.accepted(bringBack)).toEqual(['reopened', 'ask_resumed']);
    expect(world.it).toMatchObject({ stage: 'awaiting_decision', ask, pastAsks: [] });

    world.accepted(remove);
    world.wait(5 * DAY);
    expect(world.accepted(bringBack)).toEqual(['reopened', 'asked']);
    expect(world.it).toMatchObject({
      stage: 'awaiting_decision',
      ask: { status: 'pending', manager: 'UMAN' },
    });
    expect(world.it.ask?.id).not.toBe(ask?.id);
  });

  it('accepts nothing else, and removing it twice is no fault', () => {
    const world = new World().start().reach('keep_talking');
    const visit = world.it.trail.at(-1)?.visit ?? 0;
    world.accepted(remove);
    expect(world.refusal(remove)).toBe('already_done');
    for (const command of [lost, { type: 'go_back', visit, draft: null }, { type: 'resume' }] as const)
      expect(world.refusal(command)).toBe('withdrawn');
  });

  it('is never one that was won back', () => {
    const world = asked().decided(MATCH);
    const outcome = { kind: 'won_back', part: 'whole', amount: null, took: null } as const;
    world.accepted({ type: 'report_outcome', outcome });
    expect(world.refusal(remove)).toBe('won_back');
  });

  it.each([MANAGER, STAND_IN, APPROVER])('is not removed or brought back by $userId', (actor) => {
    const world = asked();
    expect(world.refusal(remove, actor)).toBe('rep_only');
    world.accepted(remove, ADMIN);
    expect(world.refusal(bringBack, actor)).toBe('rep_only');
    expect(world.refusal(bringBack, STRANGER)).toBe('members_only');
    world.accepted(bringBack);
  });
});

describe('a call without an answer', () => {
  const calls: readonly (readonly [what: string, begin: () => World, isErased: boolean])[] = [
    ['nothing was tapped', later, true],
    ['only “Said it” was tapped', () => later().say({ kind: 'said' }, 's1'), true],
    ['an answer was tapped', () => later().say(choice('yes'), 's1'), false],
    ['an answer was given and not typed', () => later().say({ kind: 'told' }, 's1', 'attraction'), false],
    [
      'the rep went back from an answer',
      () => {
        const world = later().say(text('Price'), 's1', 'attraction');
        world.accepted({ type: 'go_back', visit: 2, draft: null });
        return world;
      },
      false,
    ],
    [
      'it was recorded and opened again',
      () => {
        const world = later();
        world.wait(MINUTE).accepted({
          type: 'record_after',
          verdict: 'signed',
          answers: [],
          details: {},
          ledger: null,
        });
        world.accepted(bringBack);
        return world;
      },
      false,
    ],
    [
      'it is the second try',
      () => {
        const world = later().reach('unreached');
        world.accepted({ type: 'try_again', firstStep: 'thanks' });
        return world;
      },
      false,
    ],
    [
      'somebody wrote beneath its message',
      () => {
        const world = later();
        world.accepted({ type: 'remark', text: 'They went with Globex', channel: 'D1', ts: '1.1' });
        return world;
      },
      false,
    ],
  ];

  it.each(calls)('is erased when it is removed, unless more is known: %s', (_what, begin, isErased) => {
    const world = begin();
    world.accepted(remove);
    expect(world.it.removed?.isErased).toBe(isErased);
  });

  it.each(calls)('is erased when it lapses, unless more is known: %s', (_what, begin, isErased) => {
    const world = begin();
    world.wait(14 * DAY - 1);
    world.tick();
    expect(world.it.stage).toBe('coaching');
    world.wait(1 + MINUTE);
    world.eventsUntil(world.now + 14 * DAY);
    expect(world.it.removed?.isErased ?? false).toBe(isErased);
    expect(world.it.stage).toBe(isErased ? 'withdrawn' : 'closed');
    if (isErased) expect(world.it.removed?.by).toBeNull();
  });

  it('is kept when somebody writes beneath its message before it is gone', () => {
    const world = later();
    world.accepted(remove);
    world.accepted({ type: 'remark', text: 'They went with Globex', channel: 'D1', ts: '1.1' });
    expect(world.it.removed).toMatchObject({ from: 'coaching', isErased: false });
  });

  it('is kept when somebody typed words that are not saved', () => {
    const world = later();
    world.hasDraft = true;
    world.wait(15 * DAY);
    expect(world.tick()).toEqual(['closed']);

    const removed = later();
    removed.hasDraft = true;
    removed.accepted(remove);
    expect(removed.it.removed?.isErased).toBe(false);
  });
});
