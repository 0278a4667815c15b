import type { Outcome } from '../../../src/deal/model/deal';
import { dealColumns } from '../../../src/store/records/dealColumns';
import { choice, DAY, DECLINE, HOUR, MANAGER, MATCH, World } from '../world';

const asked = () => new World().start().reach('pulse');
const matched = () => asked().decided(MATCH);
const declined = () => asked().decided(DECLINE);
const eur = (minor: number) => ({ minor, currency: 'EUR' });
const report = (outcome: Outcome) => ({ type: 'report_outcome', outcome }) as const;
const WON = report({ kind: 'won_back', part: 'whole', amount: null, took: null });
const LOST = report({ kind: 'lost', reason: 'Too late' });
const NO_ANSWER = report({ kind: 'no_answer' });

describe('reporting the outcome', () => {
  test.each([
    ['won back', matched, WON, 'closed', 'outcome'],
    ['lost', matched, LOST, 'closed', 'outcome'],
    ['no answer', matched, NO_ANSWER, 'winning_back', null],
    ['lost, after a decline', declined, LOST, 'closed', 'called_back'],
    ['won back all the same, after a decline', declined, WON, 'closed', 'called_back'],
    ['no answer, after a decline', declined, NO_ANSWER, 'calling_back', null],
    ['lost, before the manager decided', asked, LOST, 'closed', 'outcome'],
  ] as const)('%s', (_, make, command, stage, closedBecause) => {
    const world = make();
    world.accepted(command);
    expect(world.it).toMatchObject({ stage, closedBecause, outcome: command.outcome });
    expect(world.it.ask?.status).not.toBe('pending');
  });

  test('a deal that is back is told in the channel, unless the team wants it in its thread alone; a lost one never is', () => {
    const told = (command: typeof WON | typeof LOST, tellsWins: boolean) => {
      const world = matched();
      world.settings = { ...world.settings, tellsWins };
      world.accepted(command);
      return world;
    };
    const back = told(WON, true);
    expect(back.it.outcomeTold).toBe(true);
    expect([told(WON, false), told(LOST, true)].map((world) => world.it.outcomeTold)).toEqual([false, false]);
    back.accepted({ type: 'reopen' });
    expect(back.it.outcomeTold).toBe(false);
  });

  test('a deal that was opened and won again is told in its thread alone, unless something else came back', () => {
    const world = matched();
    world.accepted(WON);
    world.accepted({ type: 'reopen' });
    world.accepted(WON);
    expect(world.it.outcomeTold).toBe(false);
    world.accepted({ type: 'reopen' });
    world.accepted(report({ kind: 'won_back', part: 'whole', amount: eur(1_000), took: null }));
    expect(world.it.outcomeTold).toBe(true);
  });

  test('*No answer yet* reminds the rep on the next working day, and counts once', () => {
    const world = matched();
    world.accepted(NO_ANSWER);
    expect(world.it.remindAt).toBe(world.now + DAY);
    expect(world.refusal(NO_ANSWER)).toBe('already_done');
    world.wait(HOUR);
    expect(world.accepted(NO_ANSWER)).toEqual(['outcome_reported', 'reminder_set']);
  });

  const verbal = (signsOn: string, minor = 4_000_000) =>
    report({ kind: 'verbal_yes', part: 'whole', amount: eur(minor), took: null, signsOn });

  test.each([
    ['after a yes', matched],
    ['after a decline', declined],
    ['before anybody decided', asked],
  ])('a verbal yes %s keeps the deal open, is reminded of on its day, and counts once signed', (_, make) => {
    const world = make();
    world.accepted(verbal('2025-06-12'));
    expect(world.it).toMatchObject({ stage: 'winning_back', outcome: { kind: 'verbal_yes' } });
    expect(dealColumns(world.it).was_won_back).toBe(0);
    expect(world.refusal(verbal('2025-06-12'))).toBe('already_done');
    expect(world.eventsUntil(Date.parse('2025-06-13T12:00Z'))).toEqual([
      ['2025-06-12T09:00', 'outcome → UREP'],
    ]);
    // Nobody answers on that day: the yes stays.
    world.accepted(NO_ANSWER);
    expect(world.it.outcome?.kind).toBe('verbal_yes');
    world.accepted(report({ kind: 'won_back', part: 'whole', amount: eur(3_500_000), took: null }));
    expect(world.it).toMatchObject({
      stage: 'closed',
      outcome: { kind: 'won_back', amount: eur(3_500_000) },
      verbalYes: { amount: eur(4_000_000), signsOn: '2025-06-12' },
    });
    expect(dealColumns(world.it).was_won_back).toBe(1);
  });

  test('a verbal yes for today is asked about hours later, and a day that has passed is refused', () => {
    const world = matched();
    world.accepted(verbal('2025-06-03'));
    expect(world.it.remindAt).toBe(world.now + 3 * HOUR);
    for (const day of ['2025-06-02', '2027-01-01', 'soon']) {
      expect(world.refusal(verbal(day))).toBe('reminder_unusable');
    }
  });

  test('a verbal yes that falls through is lost, and its figure stays', () => {
    const world = matched();
    world.accepted(verbal('2025-06-12'));
    world.accepted(LOST);
    expect(world.it).toMatchObject({ stage: 'closed', outcome: { kind: 'lost' } });
    expect(world.it.verbalYes?.amount).toEqual(eur(4_000_000));
  });

  test('the same outcome twice is done already; another one needs a reopened deal', () => {
    const world = matched();
    world.accepted(LOST);
    expect(world.refusal(LOST)).toBe('already_done');
    expect(world.refusal(WON)).toBe('outcome_stands');
  });

  test.each([
    ['a part that is less', 'part', eur(2_000_000), null],
    ['a part without an amount', 'part', null, null],
    ['a part in another currency', 'part', { minor: 9_000_000, currency: 'USD' }, null],
    ['a part that is all of it', 'part', eur(4_800_000), 'part_too_large'],
    ['a whole that is more', 'whole', eur(5_000_000), null],
    ['nothing', 'whole', eur(0), 'amount_unusable'],
  ] as const)('%s of a deal', (_, part, amount, code) => {
    const world = matched();
    world.accepted({ type: 'fill_in', details: { amount: eur(4_800_000) }, manager: null });
    const command = report({ kind: 'won_back', part, amount, took: null });
    if (code === null) expect(world.accepted(command)).toEqual(['outcome_reported', 'closed']);
    else expect(world.refusal(command)).toBe(code);
  });

  test.each([
    ['the manager', matched, MANAGER, 'rep_only'],
    ['during the call', () => new World().start(), undefined, 'conversation_open'],
  ] as const)('%s may not', (_, make, actor, code) => {
    expect(make().refusal(WON, actor)).toBe(code);
  });

  test('*No answer yet* is refused before the manager decides', () => {
    expect(asked().refusal(NO_ANSWER)).toBe('not_decided');
  });
});

describe("they've signed", () => {
  test.each([
    [
      'during the call',
      () => new World().start(),
      ['signed_reported', 'verdict_reached', 'closed'],
      'closed',
    ],
    ['while the manager is asked', asked, ['ask_withdrawn', 'signed_reported'], 'calling_back'],
    ['while winning back', matched, ['signed_reported'], 'calling_back'],
    ['while calling back', declined, ['signed_reported'], 'calling_back'],
    [
      'when no call was promised',
      () => new World().start().reach('keep_talking'),
      ['signed_reported', 'closed'],
      'closed',
    ],
    [
      'when a call was promised',
      () => new World().start().reach('keep_talking', ['promise', { kind: 'datetime', at: 1 }]),
      ['signed_reported'],
      'calling_back',
    ],
  ] as const)('%s', (_, make, events, stage) => {
    const world = make();
    expect(world.accepted({ type: 'report_signed' })).toEqual(events);
    expect(world.it).toMatchObject({ stage, signedReportedAt: world.now });
    expect(world.refusal({ type: 'report_signed' })).toBe('already_done');
  });

  test('a closed deal stays closed', () => {
    expect(new World().start().reach('no_pulse').refusal({ type: 'report_signed' })).toBe('closed');
  });
});

describe('a reminder the rep asks for', () => {
  test('replaces the others', () => {
    const world = matched();
    const at = world.now + 2 * DAY;
    world.accepted({ type: 'remind_me', at });
    expect(world.it.remindAt).toBe(at);
    expect(world.refusal({ type: 'remind_me', at })).toBe('already_done');
  });

  test.each([
    ['in the past', matched, -1, 'reminder_unusable'],
    ['in two years', matched, 730 * DAY, 'reminder_unusable'],
    ['while the manager is asked', asked, DAY, 'nothing_to_remind'],
  ] as const)('%s is refused', (_, make, ms, code) => {
    const world = make();
    expect(world.refusal({ type: 'remind_me', at: world.now + ms })).toBe(code);
  });
});

describe('opening a deal again', () => {
  const closedBy = (make: () => World, command: typeof LOST | { type: 'report_signed' }) => () => {
    const world = make();
    world.accepted(command);
    return world;
  };
  const signedThenLost = () => {
    const world = closedBy(asked, { type: 'report_signed' })();
    world.accepted(LOST);
    return world;
  };

  test.each([
    ['with a match', closedBy(matched, LOST), 'winning_back', ['reopened']],
    ['with a decline', closedBy(declined, LOST), 'calling_back', ['reopened']],
    ['whose ask was withdrawn', signedThenLost, 'awaiting_decision', ['reopened', 'asked']],
    [
      'that the rep went on with',
      closedBy(() => new World().start().reach('keep_talking'), LOST),
      'winning_back',
      ['reopened'],
    ],
    ['that had no pulse', () => new World().start().reach('no_pulse'), 'coaching', ['reopened']],
    ['that was not lost', () => new World().start().reach('not_over'), 'coaching', ['reopened']],
  ] as const)('%s', (_, make, stage, events) => {
    const world = make();
    expect(world.accepted({ type: 'reopen' })).toEqual(events);
    expect(world.it).toMatchObject({ stage, outcome: null, closedAt: null, signedReportedAt: null });
    expect(world.refusal({ type: 'reopen' })).toBe('not_closed');
  });

  test('shows the last screen again with its answer', () => {
    const world = new World().start().say({ kind: 'said' }, 'kept');
    world.accepted(world.answerCommand(choice('no'), { verdict: 'no_pulse' }, 'would_have_kept'));
    world.accepted({ type: 'reopen' });
    expect(world.it).toMatchObject({
      verdict: null,
      position: { stepId: 'kept', visit: 3 },
      draft: { stepId: 'kept', visit: 3, answer: choice('no') },
    });
  });

  test('shows the first screen when nothing was answered', () => {
    const world = new World().start();
    world.accepted({ type: 'record_after', verdict: 'no_pulse', answers: [], details: {}, ledger: null });
    world.accepted({ type: 'reopen' });
    expect(world.it.position).toEqual({ stepId: 'thanks', visit: 2 });
  });

  test('an abandoned conversation goes on where it was', () => {
    const world = new World()
      .start()
      .say({ kind: 'told' }, 'second')
      .wait(20 * DAY);
    expect(world.tick()).toEqual(['closed']);
    world.accepted({ type: 'reopen' });
    expect(world.it).toMatchObject({ stage: 'coaching', position: { stepId: 'second', visit: 2 } });
  });

  test('a deal that was not lost accepts nothing else', () => {
    const world = new World().start().reach('not_over');
    expect(world.refusal({ type: 'fill_in', details: {}, manager: null })).toBe('withdrawn');
    expect(world.refusal({ type: 'remark', text: 'x', channel: 'C', ts: '1' }, MANAGER)).toBe('withdrawn');
  });
});
