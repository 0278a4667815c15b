import { deadlineOf } from '../../../src/deal/asking/deadlines';
import type { DecisionTerms } from '../../../src/deal/model/deal';
import { factsOf } from '../../../src/deal/model/facts';
import { nextWake } from '../../../src/deal/schedule/schedule';
import {
  COUNTER,
  choice,
  DAY,
  DECLINE,
  HOUR,
  MATCH,
  MINUTE,
  type Noted,
  settingsIn,
  TUESDAY,
  World,
} from '../world';

const iso = (ms: number) => new Date(ms).toISOString().slice(0, 16);
const promised = (at: string | number): Noted => [
  'promise',
  { kind: 'datetime', at: new Date(at).getTime() },
];
const signingOn = (date: string): Noted => ['signing_date', { kind: 'date', date }];

describe('the deadline', () => {
  test.each([
    // zone of the manager, asked at, facts, deadline (UTC)
    ['Europe/Berlin', '2025-06-03T08:00Z', [], '2025-06-03T12:00', 'four working hours'],
    ['Europe/Berlin', '2025-06-03T14:00Z', [], '2025-06-04T10:00', 'the rest tomorrow'],
    ['Europe/Berlin', '2025-06-06T14:00Z', [], '2025-06-09T10:00', 'the rest on Monday'],
    ['Europe/Berlin', '2025-06-07T10:00Z', [], '2025-06-09T11:00', 'asked on Saturday'],
    ['Europe/Berlin', '2025-12-24T15:00Z', [], '2025-12-29T11:00', 'over Christmas'],
    ['Europe/Berlin', '2025-03-28T15:00Z', [], '2025-03-31T10:00', 'over the clocks going forward'],
    ['Europe/Berlin', '2025-10-24T14:00Z', [], '2025-10-27T11:00', 'over the clocks going back'],
    ['America/New_York', '2025-03-07T21:00Z', [], '2025-03-10T16:00', 'New York going forward'],
    ['America/New_York', '2025-10-31T20:00Z', [], '2025-11-03T17:00', 'New York going back'],
    ['America/Los_Angeles', '2025-06-03T08:00Z', [], '2025-06-03T20:00', 'asked in their night'],
    ['Asia/Kolkata', '2025-06-03T08:00Z', [], '2025-06-04T04:00', 'a half-hour zone'],
    ['Asia/Tokyo', '2025-06-03T08:00Z', [], '2025-06-04T04:00', 'their day is over'],
    ['Australia/Sydney', '2025-10-03T06:00Z', [], '2025-10-06T01:00', 'the southern spring'],
    ['Australia/Sydney', '2025-04-04T05:00Z', [], '2025-04-07T02:00', 'the southern autumn'],
    ['Pacific/Auckland', '2025-06-02T22:00Z', [], '2025-06-03T02:00', 'across the date line'],
    ['Europe/Berlin', '2025-06-03T08:00Z', [promised('2025-06-03T10:00Z')], '2025-06-03T09:30', 'a promise'],
    [
      'Europe/Berlin',
      '2025-06-03T08:00Z',
      [promised('2025-06-05T10:00Z')],
      '2025-06-03T12:00',
      'a late promise',
    ],
    [
      'Europe/Berlin',
      '2025-06-03T08:00Z',
      [promised('2025-06-03T08:20Z')],
      '2025-06-03T08:15',
      'a quick promise',
    ],
    [
      'Europe/Berlin',
      '2025-06-03T08:00Z',
      [promised('2025-06-03T07:00Z')],
      '2025-06-03T12:00',
      'a past promise',
    ],
    [
      'Europe/Berlin',
      '2025-06-06T17:00Z',
      [promised('2025-06-07T09:00Z')],
      '2025-06-07T08:30',
      'urgent, Saturday',
    ],
    ['Europe/Berlin', '2025-06-03T14:00Z', [signingOn('2025-06-04')], '2025-06-04T07:00', 'signing tomorrow'],
    ['Asia/Kolkata', '2025-06-03T11:00Z', [signingOn('2025-06-04')], '2025-06-04T03:30', 'signing there'],
    [
      'America/New_York',
      '2025-03-07T22:00Z',
      [signingOn('2025-03-10')],
      '2025-03-10T13:00',
      'signing after DST',
    ],
    ['Europe/Berlin', '2025-06-03T08:00Z', [signingOn('2025-06-03')], '2025-06-03T10:00', 'signing today'],
    [
      'Europe/Berlin',
      '2025-06-03T11:00Z',
      [signingOn('2025-06-03')],
      '2025-06-03T11:15',
      'signing this afternoon',
    ],
    [
      'Europe/Berlin',
      '2025-06-03T08:00Z',
      [signingOn('2025-06-01')],
      '2025-06-03T12:00',
      'a past signing date',
    ],
    [
      'Europe/Berlin',
      '2025-06-03T08:00Z',
      [signingOn('2025-06-20')],
      '2025-06-03T12:00',
      'a distant signing date',
    ],
    [
      'Europe/Berlin',
      '2025-06-03T08:00Z',
      [['signing_date', { kind: 'unknown' }]],
      '2025-06-03T12:00',
      'unknown',
    ],
    [
      'Europe/Berlin',
      '2025-06-03T14:00Z',
      [promised('2025-06-04T06:00Z'), signingOn('2025-06-04')],
      '2025-06-04T05:30',
      'the promise before the signing',
    ],
    [
      'Europe/Berlin',
      '2025-06-03T14:00Z',
      [promised('2025-06-04T09:00Z'), signingOn('2025-06-04')],
      '2025-06-04T07:00',
      'the signing before the promise',
    ],
  ] as [string, string, Noted[], string, string][])('%s %s %j: %s (%s)', (zone, now, facts, expected) => {
    const settings = settingsIn('UTC', zone);
    const manager = { ...settings.manager, holidays: ['2025-12-25', '2025-12-26'] };
    const world = new World(Date.parse(now)).start();
    facts.forEach(([fact, answer], index) => {
      world.say(answer, `s${index}`, fact);
    });
    expect(iso(deadlineOf(factsOf(world.it), manager, settings.responseMinutes, world.now))).toBe(expected);
  });
});

const asked = (
  at: string,
  zones: [rep: string, manager: string],
  manager: string | null,
  ...facts: Noted[]
) => new World(Date.parse(at), settingsIn(...zones)).start(manager).reach('pulse', ...facts);

describe('while the manager is asked', () => {
  test.each([
    [
      'half time and the deadline, in one working day',
      asked('2025-06-03T08:00Z', ['Europe/Berlin', 'Europe/Berlin'], 'UMAN'),
      [
        ['2025-06-03T10:00', 'half_time → UMAN'],
        ['2025-06-03T12:00', 'holding → UREP'],
        ['2025-06-03T12:00', 'deadline → UMAN'],
      ],
    ],
    [
      'half time waits for Monday morning',
      asked('2025-06-06T14:00Z', ['Europe/Berlin', 'Europe/Berlin'], 'UMAN'),
      [
        ['2025-06-09T08:00', 'half_time → UMAN'],
        ['2025-06-09T10:00', 'holding → UREP'],
        ['2025-06-09T10:00', 'deadline → UMAN'],
      ],
    ],
    [
      'the manager is told in their morning, and the rep in theirs',
      asked('2025-06-03T00:00Z', ['Asia/Tokyo', 'America/New_York'], 'UMAN'),
      [
        ['2025-06-03T13:00', 'ask_delivered'],
        ['2025-06-03T15:00', 'half_time → UMAN'],
        ['2025-06-03T17:00', 'deadline → UMAN'],
        ['2025-06-04T00:00', 'holding → UREP'],
      ],
    ],
    [
      'a promise before the morning does not wait',
      asked('2025-06-06T16:00Z', ['UTC', 'UTC'], 'UMAN', promised('2025-06-07T08:30Z')),
      [
        ['2025-06-06T16:30', 'half_time → UMAN'],
        ['2025-06-07T08:00', 'holding → UREP'],
        ['2025-06-07T08:00', 'deadline → UMAN'],
      ],
    ],
    [
      'one reminder an hour: the rep alone hears of a deadline that comes sooner',
      asked('2025-06-03T08:00Z', ['UTC', 'Europe/Berlin'], 'UMAN', promised('2025-06-03T09:30Z')),
      [
        ['2025-06-03T08:30', 'half_time → UMAN'],
        ['2025-06-03T09:00', 'holding → UREP'],
      ],
    ],
    [
      'a quarter of an hour has no half time',
      asked('2025-06-03T08:00Z', ['UTC', 'Europe/Berlin'], 'UMAN', promised('2025-06-03T08:40Z')),
      [
        ['2025-06-03T08:15', 'holding → UREP'],
        ['2025-06-03T08:15', 'deadline → UMAN'],
      ],
    ],
    [
      'without a manager the rep is asked to name one, three times',
      asked('2025-06-03T08:00Z', ['Europe/Berlin', 'Europe/Berlin'], null),
      [
        ['2025-06-03T08:15', 'name_manager → UREP'],
        ['2025-06-03T09:15', 'name_manager → UREP'],
        ['2025-06-03T10:15', 'name_manager → UREP'],
        ['2025-06-03T12:00', 'holding → UREP'],
      ],
    ],
    [
      'naming waits for working hours',
      asked('2025-06-06T20:00Z', ['UTC', 'UTC'], null),
      [
        ['2025-06-09T09:00', 'name_manager → UREP'],
        ['2025-06-09T10:00', 'name_manager → UREP'],
        ['2025-06-09T11:00', 'name_manager → UREP'],
        ['2025-06-09T13:00', 'holding → UREP'],
      ],
    ],
    [
      'over the clocks going forward',
      asked('2025-03-28T15:00Z', ['Europe/Berlin', 'Europe/Berlin'], 'UMAN'),
      [
        ['2025-03-31T08:00', 'half_time → UMAN'],
        ['2025-03-31T10:00', 'holding → UREP'],
        ['2025-03-31T10:00', 'deadline → UMAN'],
      ],
    ],
    [
      'over the clocks going back',
      asked('2025-10-31T20:00Z', ['UTC', 'America/New_York'], 'UMAN'),
      [
        ['2025-11-03T15:00', 'half_time → UMAN'],
        ['2025-11-03T17:00', 'holding → UREP'],
        ['2025-11-03T17:00', 'deadline → UMAN'],
      ],
    ],
  ])('%s', (_, world, said) => {
    expect(world.eventsUntil(world.now + 7 * DAY)).toEqual(said);
  });

  test('a nudge says how much time is left', () => {
    const world = asked('2025-06-03T10:00Z', ['UTC', 'UTC'], 'UMAN').wait(2 * HOUR);
    world.tick();
    expect(world.it.nudges).toMatchObject([{ kind: 'half_time', timeLeftMs: 2 * HOUR }]);
  });

  test('after an outage only the latest reminder is recorded, once', () => {
    const world = asked('2025-06-03T10:00Z', ['UTC', 'UTC'], 'UMAN').wait(5 * HOUR);
    expect(world.tick()).toEqual(['holding → UREP', 'deadline → UMAN']);
    expect(world.tick()).toEqual([]);
    expect(nextWake(world.it, world.settings, world.now)?.due).toEqual({ kind: 'close', because: 'silence' });
  });

  test('a decision ends the nudges', () => {
    const world = asked('2025-06-03T10:00Z', ['UTC', 'UTC'], 'UMAN')
      .decided(DECLINE)
      .wait(30 * MINUTE);
    expect(world.tick()).toEqual([]);
  });

  test('another manager gets nudges of their own', () => {
    const world = asked('2025-06-03T10:00Z', ['UTC', 'UTC'], 'UMAN').wait(2 * HOUR);
    expect(world.tick()).toEqual(['half_time → UMAN']);
    world.accepted({ type: 'assign_manager', manager: 'UMAN2' });
    expect(world.eventsUntil(world.now + 3 * HOUR)).toEqual([
      ['2025-06-03T13:00', 'half_time → UMAN2'],
      ['2025-06-03T14:00', 'holding → UREP'],
      ['2025-06-03T14:00', 'deadline → UMAN2'],
    ]);
  });

  test('long silence takes the ask back and closes the deal', () => {
    const world = asked('2025-06-03T10:00Z', ['UTC', 'UTC'], 'UMAN').wait(20 * DAY);
    expect(world.tick()).toEqual(['ask_withdrawn', 'outcome_reported', 'closed']);
    expect(world.it).toMatchObject({
      stage: 'closed',
      closedBecause: 'silence',
      ask: { status: 'withdrawn' },
    });
    expect(nextWake(world.it, world.settings, world.now)).toBeNull();
  });
});

describe('after the decision', () => {
  const decidedAt = (at: string, decision: DecisionTerms, ...facts: Noted[]) =>
    asked(at, ['UTC', 'UTC'], 'UMAN', ...facts).decided(decision);

  test.each([
    [
      'a call is owed within the hour, then the outcome is asked for, then silence closes',
      decidedAt('2025-06-03T10:00Z', MATCH),
      [
        ['2025-06-03T11:00', 'call_back → UREP'],
        ['2025-06-04T10:00', 'outcome → UREP'],
        ['2025-06-09T10:00', 'outcome → UREP'],
        ['2025-06-12T10:00', 'outcome → UREP'],
        ['2025-06-17T10:00', 'outcome_reported'],
        ['2025-06-17T10:00', 'closed'],
      ],
    ],
    [
      'the promise is kept to the minute, also at night',
      decidedAt('2025-06-03T10:00Z', DECLINE, promised('2025-06-03T20:10Z')),
      [
        ['2025-06-03T20:10', 'call_back → UREP'],
        ['2025-06-04T10:00', 'outcome → UREP'],
      ],
    ],
    [
      'a call that is owed in the evening waits for the morning',
      decidedAt('2025-06-06T16:30Z', DECLINE),
      [
        ['2025-06-09T09:00', 'call_back → UREP'],
        ['2025-06-09T16:30', 'outcome → UREP'],
      ],
    ],
    [
      'a day before the offer expires',
      decidedAt('2025-06-03T10:00Z', { ...MATCH, expiresAt: Date.parse('2025-06-06T12:00Z') }),
      [
        ['2025-06-03T11:00', 'call_back → UREP'],
        ['2025-06-04T10:00', 'outcome → UREP'],
        ['2025-06-05T12:00', 'expiry → UREP'],
      ],
    ],
    [
      'at half of the time when it is shorter, in working hours; the question for the outcome is overtaken',
      decidedAt('2025-06-03T10:00Z', { ...COUNTER, expiresAt: Date.parse('2025-06-04T09:30Z') }),
      [
        ['2025-06-03T11:00', 'call_back → UREP'],
        ['2025-06-04T09:00', 'expiry → UREP'],
        ['2025-06-09T09:00', 'outcome → UREP'],
      ],
    ],
  ] as [string, World, [string, string][]][])('%s', (_, world, said) => {
    expect(world.eventsUntil(world.now + 20 * DAY).slice(0, said.length)).toEqual(said);
  });

  test('after an outage only the latest reminder is recorded', () => {
    const world = decidedAt('2025-06-03T10:00Z', MATCH).wait(3 * DAY);
    expect(world.tick()).toEqual(['outcome → UREP']);
    expect(world.tick()).toEqual([]);
    expect(iso(nextWake(world.it, world.settings, world.now)?.at ?? 0)).toBe('2025-06-11T10:00');
  });

  test('an offer that expired during an outage gets no nudge', () => {
    const world = decidedAt('2025-06-03T10:00Z', { ...MATCH, expiresAt: TUESDAY + DAY }).wait(3 * DAY);
    expect(world.tick()).toEqual(['outcome → UREP']);
  });

  test('a time chosen by the rep replaces other reminders, and silence counts from it', () => {
    const world = decidedAt('2025-06-03T10:00Z', MATCH);
    world.accepted({ type: 'remind_me', at: Date.parse('2025-06-28T18:00Z') });
    expect(world.eventsUntil(world.now + 60 * DAY)).toEqual([
      ['2025-06-28T18:00', 'outcome → UREP'],
      ['2025-07-02T09:00', 'outcome → UREP'],
      ['2025-07-07T09:00', 'outcome → UREP'],
      ['2025-07-10T09:00', 'outcome → UREP'],
      ['2025-07-12T18:00', 'outcome_reported'],
      ['2025-07-12T18:00', 'closed'],
    ]);
  });

  test('after *No answer yet* the rep is asked again on the next working day', () => {
    const world = decidedAt('2025-06-06T10:00Z', MATCH);
    world.accepted({ type: 'report_outcome', outcome: { kind: 'no_answer' } });
    expect(world.eventsUntil(world.now + 4 * DAY)).toEqual([['2025-06-09T10:00', 'outcome → UREP']]);
  });

  test('after keep_talking no call is due, but the outcome is asked for', () => {
    const world = new World().start().reach('keep_talking');
    expect(world.eventsUntil(world.now + 2 * DAY)).toEqual([['2025-06-04T10:00', 'outcome → UREP']]);
  });
});

describe('the rep alone promised to send an offer', () => {
  const sendBy = (at: string) =>
    new World().start().reach('keep_talking', ['send_by', { kind: 'datetime', at: Date.parse(at) }]);

  test('they are reminded an hour before, and asked a working day after it how it went', () => {
    const world = sendBy('2025-06-04T12:00Z');
    expect(world.eventsUntil(world.now + 3 * DAY)).toEqual([
      ['2025-06-04T11:00', 'call_back → UREP'],
      ['2025-06-05T12:00', 'outcome → UREP'],
    ]);
  });

  test('at once when less than an hour is left, and outside their hours when the offer is due first', () => {
    expect(sendBy('2025-06-03T10:30Z').eventsUntil(TUESDAY + HOUR)).toEqual([
      ['2025-06-03T10:00', 'call_back → UREP'],
    ]);
    const early = sendBy('2025-06-04T09:00Z');
    expect(early.eventsUntil(early.now + DAY)).toEqual([['2025-06-04T08:00', 'call_back → UREP']]);
  });

  test('once it is sent, only the outcome is asked for', () => {
    const world = sendBy('2025-06-04T12:00Z').wait(HOUR);
    world.accepted({ type: 'report_outcome', outcome: { kind: 'no_answer' } });
    expect(world.eventsUntil(world.now + 2 * DAY)).toEqual([['2025-06-04T11:00', 'outcome → UREP']]);
  });
});

describe('before and after the rescue', () => {
  test('an idle call gets a resume offer after ten minutes, and is closed after 14 days', () => {
    const world = new World().start().say({ kind: 'told' }, 's1');
    expect(world.eventsUntil(world.now + 30 * DAY)).toEqual([
      ['2025-06-03T10:10', 'resume_offered'],
      ['2025-06-17T10:00', 'closed'],
    ]);
    expect(world.it.closedBecause).toBe('abandoned');
  });

  test('a second offer comes an hour after the first at the earliest', () => {
    const world = new World().start().wait(10 * MINUTE);
    expect(world.tick()).toEqual(['resume_offered']);
    world.wait(MINUTE).accepted({ type: 'resume' });
    expect(world.eventsUntil(world.now + 2 * HOUR)).toEqual([['2025-06-03T11:10', 'resume_offered']]);
  });

  test('an unreached prospect is tried again at the agreed time, and the deal is closed after the last try', () => {
    const at = TUESDAY + 26 * HOUR;
    const world = new World().start().reach('unreached', ['next_attempt', { kind: 'datetime', at }]);
    expect(world.eventsUntil(world.now + 30 * DAY)).toEqual([
      ['2025-06-03T12:00', 'try_reminded'],
      ['2025-06-04T12:00', 'try_reminded'],
      ['2025-06-06T15:00', 'try_reminded'],
      ['2025-06-11T09:00', 'try_reminded'],
      ['2025-06-12T09:00', 'closed'],
    ]);
  });

  test('the reminder to come back comes once, in working hours', () => {
    const world = new World().start().reach('signed', ['contract_end', { kind: 'date', date: '2026-08-01' }]);
    // 90 days before is Sunday 3 May 2026.
    expect(world.eventsUntil(world.now + 400 * DAY)).toEqual([['2026-05-04T09:00', 're_engaged']]);
    expect(nextWake(world.it, world.settings, world.now)).toBeNull();
  });

  test('a deal without a date to come back, or not lost, is never due', () => {
    for (const verdict of ['no_pulse', 'not_over'] as const) {
      const world = new World().start().reach(verdict, ['would_have_kept', choice('no')]);
      expect(nextWake(world.it, world.settings, world.now)).toBeNull();
    }
  });

  test('a person cannot act as the clock', () => {
    const world = new World().start();
    expect(world.refusal({ type: 'tick' })).toBe('clock_only');
  });
});
