/** What was agreed for the next time, and when the rep gets the reminder. */

import { nextTimeOf } from '../../../src/deal/decide/nextTime';
import type { NextTime, PledgeKept, Source } from '../../../src/deal/model/deal';
import { pledgeOf } from '../../../src/deal/model/facts';
import type { Verdict } from '../../../src/playbook/schema';
import { ADMIN, COLLEAGUE, COUNTER, choice, MANAGER, type Noted, REP, STRANGER, text, World } from '../world';

const NOTHING: NextTime = { mayCall: null, callOn: null, contractEnd: null, contractMonths: null };
const note = (more: Partial<NextTime>) =>
  ({ type: 'note_next_time', nextTime: { ...NOTHING, ...more } }) as const;
const day = (at: number | undefined) => new Date(at ?? 0).toISOString().slice(0, 10);
const closed = (...facts: Noted[]) => new World().start().reach('no_pulse', ...facts);
const runsUntil = (date: string): Noted => ['contract_end', { kind: 'date', date }];

test.each<[string, World, Partial<NextTime>, string | null, string | null]>([
  [
    'a term from signing: ninety days before its end',
    closed(),
    { contractMonths: 24 },
    '2027-03-05',
    'contract_end',
  ],
  ['the end itself', closed(), { contractEnd: '2026-12-31' }, '2026-10-02', 'contract_end'],
  [
    'the date they agreed to',
    closed(),
    { callOn: '2025-10-01', contractEnd: '2026-12-31' },
    '2025-10-01',
    'agreed',
  ],
  ['agreed on a Saturday: Monday', closed(), { callOn: '2025-10-04' }, '2025-10-06', 'agreed'],
  [
    'agreed without a date: before a usual contract ends',
    closed(),
    { mayCall: 'yes' },
    '2026-03-05',
    'agreed',
  ],
  ['they would rather not', closed(), { mayCall: 'no', contractMonths: 24 }, null, null],
  [
    'a term counts before a date that was said',
    closed(runsUntil('2026-01-01')),
    { contractMonths: 12 },
    '2026-03-05',
    'contract_end',
  ],
])('%s', (_, world, noted, at, why) => {
  world.accepted(note(noted));
  expect(world.it.reEngagement && day(world.it.reEngagement.at)).toBe(at);
  expect(world.it.reEngagement?.why ?? null).toBe(why);
});

test('answers on the call hold until the rep notes something else', () => {
  const world = closed(runsUntil('2026-06-30'), ['may_call_again', choice('yes')]);
  expect(nextTimeOf(world.it)).toEqual({ ...NOTHING, mayCall: 'yes', contractEnd: '2026-06-30' });
  expect(world.refusal(note({ mayCall: 'yes', contractEnd: '2026-06-30' }))).toBe('already_done');
  expect(world.accepted(note({ mayCall: 'no' }))).toEqual(['next_time_noted', 're_engagement_dropped']);
});

test('the rep reports a loss and the next time at once', () => {
  const world = new World().start().reach('pulse').decided(COUNTER);
  const outcome = { kind: 'lost', reason: 'Too late' } as const;
  const nextTime = { ...NOTHING, mayCall: 'yes', contractMonths: 36 } as const;
  expect(world.accepted({ type: 'report_outcome', outcome, nextTime })).toEqual([
    'outcome_reported',
    'next_time_noted',
    're_engagement_set',
    'closed',
  ]);
  expect(day(world.it.reEngagement?.at)).toBe('2028-03-06');
});

test('the next time filled in moves the reminder', () => {
  const world = closed();
  const nextTime = { ...NOTHING, contractEnd: '2026-12-31' };
  expect(world.accepted({ type: 'fill_in', details: { notes: 'Kind' }, manager: null, nextTime })).toEqual([
    'details_filled',
    'next_time_noted',
    're_engagement_set',
  ]);
});

test('an impossible term is refused, and so is a deal that came back', () => {
  for (const contractMonths of [0, 1.5, 1_000])
    expect(closed().refusal(note({ contractMonths }))).toBe('term_unusable');
  const won = new World().start().reach('keep_talking');
  won.accepted({
    type: 'report_outcome',
    outcome: { kind: 'won_back', part: 'whole', amount: null, took: 'A dinner' },
  });
  expect(won.refusal(note({ mayCall: 'yes' }))).toBe('won_back');
});

test('a reminder that was sent stays sent', () => {
  const world = closed();
  world.accepted(note({ callOn: '2025-09-01' }));
  world.now = Date.parse('2025-09-01T09:00Z');
  expect(world.tick()).toEqual(['re_engaged']);
  expect(world.accepted(note({ callOn: '2025-12-01' }))).toEqual(['next_time_noted']);
});

describe('the promise of the winner, long after', () => {
  const DELIVERY: Noted = ['attraction', text("Three weeks' delivery")];
  const reminded = (...facts: Noted[]) => {
    const world = closed(...facts);
    world.accepted(note({ callOn: '2025-09-01' }));
    world.now = Date.parse('2025-09-01T09:00Z');
    world.tick();
    return world;
  };
  const report = (kept: PledgeKept | null) => ({ type: 'report_pledge', kept }) as const;

  test('the reminder asks whether it held, where the prospect said what they chose the winner for', () => {
    expect(reminded(DELIVERY).it.pledge).toEqual({ reminder: reminded(DELIVERY).it.revision, answer: null });
    expect(reminded().it.pledge).toBeNull();
    expect(reminded(DELIVERY).it.reEngagement?.remindedBy).not.toBeNull();
  });

  test('the rep records with one tap what the prospect says, changes it and takes it back', () => {
    const world = reminded(DELIVERY);
    expect(world.accepted(report('broken'))).toEqual(['pledge_reported']);
    const answer = { kept: 'broken', source: 'prospect', by: REP.userId, at: world.now };
    expect(world.it.pledge?.answer).toEqual(answer);
    expect(world.refusal(report('broken'))).toBe('already_done');
    world.accepted(report('held'));
    expect(world.it.pledge?.answer?.kept).toBe('held');
    world.accepted(report(null));
    expect(world.it.pledge?.answer).toBeNull();
    expect(world.refusal(report(null))).toBe('already_done');
    expect(world.it.pledge?.reminder).toBe(world.it.reEngagement?.remindedBy);
  });

  test('nobody else records it, and there is nothing to record without words, while it is open or once it is back', () => {
    for (const actor of [MANAGER, COLLEAGUE, STRANGER])
      expect(reminded(DELIVERY).run(report('held'), actor).ok).toBe(false);
    expect(reminded(DELIVERY).run(report('held'), ADMIN).ok).toBe(true);
    expect(reminded().refusal(report('held'))).toBe('nothing_pledged');
    expect(new World().start().reach('keep_talking', DELIVERY).refusal(report('held'))).toBe('not_closed');
    const back = new World().start().reach('keep_talking', DELIVERY);
    back.accepted({
      type: 'report_outcome',
      outcome: { kind: 'won_back', part: 'whole', amount: null, took: null },
    });
    expect(back.refusal(report('held'))).toBe('won_back');
  });

  test('a guess of the rep is no promise, and nobody won where they decided nothing', () => {
    const of = (verdict: Verdict, source: Source) =>
      pledgeOf({
        verdict,
        trail: [{ stepId: 's', visit: 1, fact: 'attraction', answer: text('Price'), source, at: 0 }],
      });
    expect(of('signed', 'prospect')).toBe('Price');
    expect(of('signed', 'rep')).toBeNull();
    expect(of('postponed', 'prospect')).toBeNull();
  });
});
