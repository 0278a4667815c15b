/** Trying to reach somebody: by call and by mail, in the rep's working hours, until the last try. */
import type { Deal } from '../../../src/deal/model/deal';
import { dealSchema } from '../../../src/store/records/dealJson';
import { DAY, HOUR, MINUTE, REP, settingsIn, World, weekdays } from '../world';

/** Monday 2 June 2025, 10:00 in the rep's zone. */
const MONDAY = '2025-06-02T10:00';
const zoned = (local: string, offset: string): number => Date.parse(`${local}${offset}`);

const unreached = (at: number, zone = 'UTC', more: Parameters<typeof weekdays>[1] = {}): World => {
  const settings = { ...settingsIn(zone, 'UTC'), rep: weekdays(zone, more) };
  return new World(at, settings).start().reach('unreached');
};

/** What the clock asked of the rep in these days, with the local time. */
function asked(world: World, days: number, zone = 'UTC'): string[] {
  const before = world.events.length;
  world.eventsUntil(world.now + days * DAY);
  const local = (at: number) =>
    new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      weekday: 'short',
      day: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    })
      .format(at)
      .replace(',', '');
  return world.events.slice(before).map((event) => {
    const what =
      event.type === 'try_reminded'
        ? (event.moves ?? ['as before']).join(' and ')
        : event.type === 'closed'
          ? event.because
          : event.type;
    return `${local(event.at)} ${what}`;
  });
}

describe('after a call that reached nobody', () => {
  test.each([
    ['UTC', 'Z'],
    ['America/New_York', '-04:00'],
    ['Asia/Kolkata', '+05:30'],
  ])('a rep in %s gets two mails and two more calls, each at their own working hours', (zone, offset) => {
    expect(asked(unreached(zoned(MONDAY, offset), zone), 30, zone)).toEqual([
      '2 Mon 12:00 thank_you',
      '3 Tue 09:00 call',
      '5 Thu 15:00 last_voicemail',
      '10 Tue 09:00 last_mail',
      '11 Wed 09:00 three_tries',
    ]);
  });

  test('a mail due within an hour of a call joins its message, over the weekend too', () => {
    expect(asked(unreached(zoned('2025-06-06T16:30', 'Z')), 30)).toEqual([
      '9 Mon 09:00 call and thank_you',
      '11 Wed 15:00 last_voicemail',
      '16 Mon 09:00 last_mail',
      '17 Tue 09:00 three_tries',
    ]);
  });

  test('holidays and quiet hours count as not working', () => {
    const world = unreached(zoned(MONDAY, 'Z'), 'UTC', {
      holidays: ['2025-06-03'],
      quiet: { startMinute: 13 * 60, endMinute: 17 * 60 },
    });
    expect(asked(world, 30)).toEqual([
      '2 Mon 12:00 thank_you',
      '4 Wed 09:00 call',
      '6 Fri 12:00 last_voicemail',
      '11 Wed 09:00 last_mail',
      '12 Thu 09:00 three_tries',
    ]);
  });

  test('an hour that the rep named on the call moves the next call, and the later ones keep their distance', () => {
    const at = zoned('2025-06-05T16:00', 'Z');
    const world = new World(zoned(MONDAY, 'Z'))
      .start()
      .reach('unreached', ['next_attempt', { kind: 'datetime', at }]);
    expect(world.it.nextTryAt).toBe(at);
    expect(asked(world, 30)).toEqual([
      '2 Mon 12:00 thank_you',
      '5 Thu 16:00 call',
      // Another hour than 16:00.
      '9 Mon 11:00 last_voicemail',
      '12 Thu 09:00 last_mail',
      '13 Fri 09:00 three_tries',
    ]);
  });

  test.each([
    [30 * MINUTE, ['2 Mon 10:30 call', '2 Mon 12:00 thank_you']],
    [HOUR, ['2 Mon 11:00 call and thank_you']],
    [3 * HOUR, ['2 Mon 13:00 call and thank_you']],
    [4 * HOUR, ['2 Mon 12:00 thank_you', '2 Mon 14:00 call']],
  ])('a call named for %d ms later takes the mail along when it is near', (ms, first) => {
    const now = zoned(MONDAY, 'Z');
    const world = new World(now)
      .start()
      .reach('unreached', ['next_attempt', { kind: 'datetime', at: now + ms }]);
    expect(asked(world, 0.5)).toEqual(first);
  });
});

describe('the rep says what happened', () => {
  const last = (deal: Deal) => deal.cadence?.reminded.at(-1);
  const report = (world: World) => ({ type: 'report_try', reminder: last(world.it)?.id ?? 0 }) as const;

  test('a call without an answer counts as a try, a mail and the voicemail of the first call do not', () => {
    const world = unreached(zoned(MONDAY, 'Z'));
    const counted = [1];
    expect(world.accepted(report(world))).toEqual(['try_reported']);
    expect(world.refusal(report(world))).toBe('already_done');
    for (let i = 0; i < 4; i++) {
      counted.push(world.it.tries);
      const next = world.it.cadence?.plan[0]?.at ?? 0;
      world.eventsUntil(next);
      world.accepted(report(world));
    }
    expect([...counted, world.it.tries]).toEqual([1, 1, 1, 2, 3, 3]);
    world.eventsUntil(world.now + 2 * DAY);
    expect(world.it).toMatchObject({ stage: 'closed', closedBecause: 'three_tries' });
    expect(world.refusal(report(world))).toBe('conversation_ended');
  });

  test('only the latest message can be answered, and by nobody but the rep', () => {
    const world = unreached(zoned(MONDAY, 'Z'));
    const first = report(world);
    world.eventsUntil(world.now + DAY);
    expect(world.refusal(first)).toBe('stale');
    expect(world.refusal(report(world), { ...REP, userId: 'UCOL' })).toBe('rep_only');
  });

  test('reached after all: the call opens again, and a voicemail instead goes on where the tries were', () => {
    const world = unreached(zoned(MONDAY, 'Z'));
    world.eventsUntil(zoned('2025-06-03T09:05', 'Z'));
    world.accepted({ type: 'try_again', firstStep: 'hello' });
    expect(world.it).toMatchObject({ position: { stepId: 'hello' }, verdict: null, nextTryAt: null });
    expect(world.verdict('unreached')).toEqual(['answered', 'verdict_reached', 'try_scheduled']);
    expect(world.it.tries).toBe(2);
    expect(asked(world, 30)).toEqual([
      '5 Thu 15:00 last_voicemail',
      '10 Tue 09:00 last_mail',
      '11 Wed 09:00 three_tries',
    ]);
  });

  test('a call before its time counts as the next one', () => {
    const world = unreached(zoned(MONDAY, 'Z')).wait(HOUR);
    world.accepted({ type: 'try_again', firstStep: 'hello' });
    world.verdict('unreached');
    expect(asked(world, 30).map((it) => it.split(' ')[3])).toEqual([
      'thank_you',
      'last_voicemail',
      'last_mail',
      'three_tries',
    ]);
  });

  test('a call before its time that ends on voicemail again after Back uses up one planned call, not two', () => {
    const world = unreached(zoned(MONDAY, 'Z')).wait(HOUR);
    world.accepted({ type: 'try_again', firstStep: 'hello' });
    world.verdict('unreached');
    for (const _ of [1, 2]) {
      const visit = world.it.trail.at(-1)?.visit ?? 0;
      world.accepted({ type: 'go_back', visit, draft: null });
      world.verdict('unreached');
    }
    expect(world.it.tries).toBe(2);
    expect(asked(world, 30).map((it) => it.split(' ')[3])).toEqual([
      'thank_you',
      'last_voicemail',
      'last_mail',
      'three_tries',
    ]);
  });

  test('a third call that reaches nobody after the last mail closes the deal at once', () => {
    const world = unreached(zoned(MONDAY, 'Z'));
    world.eventsUntil(zoned('2025-06-10T10:00', 'Z'));
    world.accepted({ type: 'try_again', firstStep: 'hello' });
    expect(world.verdict('unreached')).toEqual(['answered', 'verdict_reached', 'closed']);
    expect(world.it.closedBecause).toBe('three_tries');
  });

  test('reached with another ending, nothing more is asked', () => {
    const world = unreached(zoned(MONDAY, 'Z'));
    world.accepted({ type: 'try_again', firstStep: 'hello' });
    world.verdict('no_pulse');
    expect(asked(world, 30)).not.toEqual(expect.arrayContaining([expect.stringContaining('call')]));
  });

  test('another time moves the call that waits, and the one after it keeps its distance', () => {
    const world = unreached(zoned(MONDAY, 'Z'));
    world.eventsUntil(zoned('2025-06-03T09:05', 'Z'));
    world.accepted({ type: 'remind_me', at: zoned('2025-06-03T14:00', 'Z') });
    expect(world.it.cadence?.reminded.at(-1)?.report).toBe('moved');
    expect(world.it.tries).toBe(1);
    expect(asked(world, 30)).toEqual([
      '3 Tue 14:00 call',
      '5 Thu 11:00 last_voicemail',
      '10 Tue 09:00 last_mail',
      '11 Wed 09:00 three_tries',
    ]);
  });

  test('another time before the mail is due moves the call and leaves the mail', () => {
    const world = unreached(zoned(MONDAY, 'Z'));
    world.accepted({ type: 'remind_me', at: zoned('2025-06-04T10:00', 'Z') });
    expect(asked(world, 3)).toEqual(['2 Mon 12:00 thank_you', '4 Wed 10:00 call']);
  });

  test('a verdict taken back begins no tries, and the next one begins them anew', () => {
    const world = unreached(zoned(MONDAY, 'Z'));
    const visit = world.it.trail.at(-1)?.visit ?? 0;
    world.accepted({ type: 'go_back', visit, draft: null });
    expect(world.it).toMatchObject({ cadence: null, tries: 0 });
    world.wait(HOUR).verdict('unreached');
    expect(asked(world, 0.5)).toEqual(['2 Mon 13:00 thank_you']);
  });
});

test('after an outage only the latest try is asked for', () => {
  const world = unreached(zoned(MONDAY, 'Z')).wait(3 * DAY + 6 * HOUR);
  expect(world.tick()).toEqual(['try_reminded']);
  expect(world.it.cadence?.reminded.at(-1)?.moves).toEqual(['last_voicemail']);
  expect(world.tick()).toEqual([]);
});

describe('a deal that nobody was reached for before this release', () => {
  /** As an earlier release stored it: without a cadence, and with one call planned. */
  const earlier = (): World => {
    const world = unreached(zoned(MONDAY, 'Z'));
    const { cadence: _, ...stored } = JSON.parse(JSON.stringify(world.it));
    world.deal = dealSchema.parse({ ...stored, nextTryAt: zoned('2025-06-03T09:00', 'Z') });
    return world;
  };

  test('finishes on the plan of that release: a call each morning, closed with the third', () => {
    const world = earlier();
    expect(asked(world, 2)).toEqual(['3 Tue 09:00 as before']);
    for (const morning of ['5 Thu 09:00 as before', 'closed']) {
      world.accepted({ type: 'try_again', firstStep: 'hello' });
      const after = world.verdict('unreached');
      if (morning === 'closed') expect(after).toEqual(['answered', 'verdict_reached', 'closed']);
      else expect(asked(world, 2)).toEqual([morning]);
    }
    expect(world.it).toMatchObject({ cadence: null, closedBecause: 'three_tries', tries: 3 });
  });

  test('another time moves its one call, and it closes after fourteen idle days', () => {
    const world = earlier();
    world.accepted({ type: 'remind_me', at: zoned('2025-06-04T15:00', 'Z') });
    expect(asked(world, 30)).toEqual(['4 Wed 15:00 as before', '18 Wed 15:00 abandoned']);
  });
});
