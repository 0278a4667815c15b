/**
 * The clock of an ask, row by row: who gets what and when, in the working hours of the person asked, over five time zones.
 * Times are UTC. Defaults of a row: nine to five from Monday to Friday, four working hours to answer.
 */
import type { Fallback, ScheduleSettings, StandIn, WorkingTime } from '../../../src/deal/model/commands';
import { type Noted, promisedAt, settingsIn, signsOn, World, weekdays } from '../world';

const BERLIN = 'Europe/Berlin';
const NEW_YORK = 'America/New_York';
const KOLKATA = 'Asia/Kolkata';
const SYDNEY = 'Australia/Sydney';
const TOKYO = 'Asia/Tokyo';

interface Row {
  readonly name: string;
  /** When the manager is asked. */
  readonly at: string;
  readonly manager: string;
  /** Default: that of the manager. */
  readonly rep?: string;
  readonly facts?: readonly Noted[];
  readonly hours?: Partial<WorkingTime>;
  readonly responseMinutes?: number;
  readonly standIn?: { readonly zone: string; readonly away?: true; readonly hours?: Partial<WorkingTime> };
  readonly fallback?: { readonly zone: string; readonly hours?: Partial<WorkingTime> } | 'channel';
  /** All that is recorded within a week, in short: see `SHORT`. */
  readonly said: string;
}

/** `told`: notified of the ask; `half`: half time; `hold`: words to hold the line; `late`: overdue; `on`: went on. */
const SHORT: Readonly<Record<string, string>> = {
  ask_delivered: 'told',
  half_time: 'half',
  holding: 'hold',
  deadline: 'late',
  escalated: 'on',
  ask_passed: 'pass',
};

function worldOf({ manager, rep, hours, responseMinutes, standIn, fallback, at }: Row): World {
  const settings: ScheduleSettings = settingsIn(rep ?? manager, manager);
  const work = weekdays(manager, hours);
  const deputy: StandIn | null =
    standIn === undefined
      ? null
      : {
          userId: 'USTAND',
          work: weekdays(standIn.zone, standIn.hours),
          away: standIn.away ?? false,
          until: null,
        };
  const last: Fallback | null =
    fallback === undefined
      ? null
      : fallback === 'channel'
        ? { kind: 'channel', channel: 'CFALL' }
        : { kind: 'person', userId: 'UFALL', work: weekdays(fallback.zone, fallback.hours) };
  return new World(Date.parse(at), {
    ...settings,
    manager: work,
    asked: work,
    responseMinutes: responseMinutes ?? 240,
    standIn: deputy,
    fallback: last,
  });
}

/** A week of the clock: "3T10:00 half UMAN, 3T12:00 late UMAN". */
function weekOf(row: Row): string {
  const world = worldOf(row)
    .start('UMAN')
    .reach('pulse', ...(row.facts ?? []));
  const { ask } = world.it;
  const first = ask?.waitsUntil === null ? [`${short(world.now)} told ${ask.manager}${why(ask.urgent)}`] : [];
  return [...first, ...world.eventsInDays(7, SHORT)].join(', ');
}

const short = (at: number): string => new Date(at).toISOString().slice(8, 16).replace(/^0/u, '');
const why = (urgent: string | null): string => (urgent === null ? '' : ` (${urgent})`);

const rows: readonly Row[] = [
  {
    name: 'one working day, asked in the morning',
    at: '2025-06-03T07:00Z',
    manager: BERLIN,
    said: '3T07:00 told UMAN, 3T09:00 half UMAN, 3T11:00 hold UREP, 3T11:00 late UMAN',
  },
  {
    name: 'asked in the afternoon: the rest tomorrow',
    at: '2025-06-03T13:00Z',
    manager: BERLIN,
    said: '3T13:00 told UMAN, 3T15:00 half UMAN, 4T09:00 hold UREP, 4T09:00 late UMAN',
  },
  {
    name: 'asked at the stroke of closing: told tomorrow',
    at: '2025-06-03T15:00Z',
    manager: BERLIN,
    said: '4T07:00 told UMAN, 4T09:00 half UMAN, 4T11:00 hold UREP, 4T11:00 late UMAN',
  },
  {
    name: 'asked on Friday evening: Monday',
    at: '2025-06-06T17:00Z',
    manager: BERLIN,
    said: '9T07:00 told UMAN, 9T09:00 half UMAN, 9T11:00 hold UREP, 9T11:00 late UMAN',
  },
  {
    name: 'asked on Saturday: Monday',
    at: '2025-06-07T10:00Z',
    manager: BERLIN,
    said: '9T07:00 told UMAN, 9T09:00 half UMAN, 9T11:00 hold UREP, 9T11:00 late UMAN',
  },
  {
    name: 'before a holiday',
    at: '2025-06-06T13:00Z',
    manager: BERLIN,
    hours: { holidays: ['2025-06-09'] },
    said: '6T13:00 told UMAN, 6T15:00 half UMAN, 10T09:00 hold UREP, 10T09:00 late UMAN',
  },
  {
    name: 'on a holiday',
    at: '2025-06-09T09:00Z',
    manager: BERLIN,
    hours: { holidays: ['2025-06-09'] },
    said: '10T07:00 told UMAN, 10T09:00 half UMAN, 10T11:00 hold UREP, 10T11:00 late UMAN',
  },
  {
    name: 'Christmas, with two holidays and a weekend',
    at: '2025-12-24T12:00Z',
    manager: BERLIN,
    hours: { holidays: ['2025-12-25', '2025-12-26'] },
    said: '24T12:00 told UMAN, 24T14:00 half UMAN, 24T16:00 hold UREP, 24T16:00 late UMAN',
  },
  {
    name: 'the clocks go forward in Europe over the weekend',
    at: '2025-03-28T15:00Z',
    manager: BERLIN,
    said: '28T15:00 told UMAN, 31T08:00 half UMAN, 31T10:00 hold UREP, 31T10:00 late UMAN',
  },
  {
    name: 'the clocks go back in Europe over the weekend',
    at: '2025-10-24T14:00Z',
    manager: BERLIN,
    said: '24T14:00 told UMAN, 27T09:00 half UMAN, 27T11:00 hold UREP, 27T11:00 late UMAN',
  },
  {
    name: 'the clocks go forward in New York',
    at: '2025-03-07T21:00Z',
    manager: NEW_YORK,
    said: '7T21:00 told UMAN, 10T14:00 half UMAN, 10T16:00 hold UREP, 10T16:00 late UMAN',
  },
  {
    name: 'the clocks go back in New York',
    at: '2025-10-31T20:00Z',
    manager: NEW_YORK,
    said: '31T20:00 told UMAN, 3T15:00 half UMAN, 3T17:00 hold UREP, 3T17:00 late UMAN',
  },
  {
    name: 'somebody who works on the Sunday the clocks go forward: hours as they pass',
    at: '2025-03-30T00:00Z',
    manager: BERLIN,
    hours: { startMinute: 0, endMinute: 1440, weekdays: [7] },
    said: '30T00:00 told UMAN, 30T02:00 half UMAN, 30T04:00 late UMAN, 31T07:00 hold UREP',
  },
  {
    name: 'somebody who works on the Sunday the clocks go back: hours as they pass',
    at: '2025-10-25T22:00Z',
    manager: BERLIN,
    hours: { startMinute: 0, endMinute: 1440, weekdays: [7] },
    responseMinutes: 600,
    said: '25T22:00 told UMAN, 26T03:00 half UMAN, 26T08:00 late UMAN, 27T08:00 hold UREP',
  },
  {
    name: 'spring in Sydney',
    at: '2025-10-03T06:00Z',
    manager: SYDNEY,
    said: '3T06:00 told UMAN, 5T23:00 half UMAN, 6T01:00 hold UREP, 6T01:00 late UMAN',
  },
  {
    name: 'autumn in Sydney',
    at: '2025-04-04T05:00Z',
    manager: SYDNEY,
    said: '4T05:00 told UMAN, 7T00:00 half UMAN, 7T02:00 hold UREP, 7T02:00 late UMAN',
  },
  {
    name: 'a half-hour zone, in their morning',
    at: '2025-06-03T03:30Z',
    manager: KOLKATA,
    said: '3T03:30 told UMAN, 3T05:30 half UMAN, 3T07:30 hold UREP, 3T07:30 late UMAN',
  },
  {
    name: 'a half-hour zone, in their night',
    at: '2025-06-03T20:00Z',
    manager: KOLKATA,
    said: '4T03:30 told UMAN, 4T05:30 half UMAN, 4T07:30 hold UREP, 4T07:30 late UMAN',
  },
  {
    name: 'across the date line',
    at: '2025-06-01T22:00Z',
    manager: SYDNEY,
    said: '1T23:00 told UMAN, 2T01:00 half UMAN, 2T03:00 hold UREP, 2T03:00 late UMAN',
  },
  {
    name: 'the rep sleeps when the time is over: words to hold the line in their morning',
    at: '2025-06-03T14:00Z',
    manager: NEW_YORK,
    rep: TOKYO,
    said: '3T14:00 told UMAN, 3T16:00 half UMAN, 3T18:00 late UMAN, 4T00:00 hold UREP',
  },
  {
    name: 'the manager sleeps when the rep asks',
    at: '2025-06-03T08:00Z',
    manager: NEW_YORK,
    rep: BERLIN,
    said: '3T13:00 told UMAN, 3T15:00 half UMAN, 3T17:00 late UMAN, 4T07:00 hold UREP',
  },
  {
    name: "Tokyo asks Berlin on Tokyo's Friday evening",
    at: '2025-06-06T09:00Z',
    manager: BERLIN,
    rep: TOKYO,
    said: '6T09:00 told UMAN, 6T11:00 half UMAN, 6T13:00 late UMAN, 9T00:00 hold UREP',
  },
  {
    name: 'a manager in Tokyo is asked from Berlin, late in their day',
    at: '2025-06-03T07:30Z',
    manager: TOKYO,
    rep: BERLIN,
    said: '3T07:30 told UMAN, 4T01:30 half UMAN, 4T03:30 late UMAN, 4T07:00 hold UREP',
  },
  {
    name: 'a manager in Tokyo is asked in their night, for a contract that is signed there in the morning',
    at: '2025-06-03T13:00Z',
    manager: TOKYO,
    rep: NEW_YORK,
    facts: [signsOn('2025-06-04')],
    said: '3T13:00 told UMAN (signing), 3T18:30 half UMAN, 4T00:00 hold UREP, 4T00:00 late UMAN',
  },
  {
    name: 'half an hour to answer: half time is a quarter',
    at: '2025-06-03T07:00Z',
    manager: BERLIN,
    responseMinutes: 30,
    said: '3T07:00 told UMAN, 3T07:15 half UMAN, 3T07:30 hold UREP',
  },
  {
    name: 'a quarter of an hour is the least, and has no half time',
    at: '2025-06-03T07:00Z',
    manager: BERLIN,
    responseMinutes: 10,
    said: '3T07:00 told UMAN, 3T07:15 hold UREP, 3T07:15 late UMAN',
  },
  {
    name: 'two working days to answer',
    at: '2025-06-03T07:00Z',
    manager: BERLIN,
    responseMinutes: 960,
    said: '3T07:00 told UMAN, 3T15:00 half UMAN, 4T15:00 hold UREP, 4T15:00 late UMAN',
  },
  {
    name: 'two working days over a weekend',
    at: '2025-06-05T13:00Z',
    manager: BERLIN,
    responseMinutes: 960,
    said: '5T13:00 told UMAN, 6T13:00 half UMAN, 9T13:00 hold UREP, 9T13:00 late UMAN',
  },
  {
    name: 'quiet hours at noon do not count',
    at: '2025-06-03T09:00Z',
    manager: BERLIN,
    hours: { quiet: { startMinute: 720, endMinute: 780 } },
    said: '3T09:00 told UMAN, 3T12:00 half UMAN, 3T14:00 hold UREP, 3T14:00 late UMAN',
  },
  {
    name: 'quiet until ten, past midnight',
    at: '2025-06-03T05:00Z',
    manager: BERLIN,
    hours: { quiet: { startMinute: 1320, endMinute: 600 } },
    said: '3T08:00 told UMAN, 3T10:00 half UMAN, 3T12:00 hold UREP, 3T12:00 late UMAN',
  },
  {
    name: 'quiet in the afternoon',
    at: '2025-06-03T10:00Z',
    manager: BERLIN,
    hours: { quiet: { startMinute: 840, endMinute: 1020 } },
    said: '3T10:00 told UMAN, 3T12:00 half UMAN, 4T09:00 hold UREP, 4T09:00 late UMAN',
  },
  {
    name: 'quiet all day is not kept',
    at: '2025-06-03T09:00Z',
    manager: BERLIN,
    hours: { quiet: { startMinute: 0, endMinute: 1440 } },
    said: '3T09:00 told UMAN, 3T11:00 half UMAN, 3T13:00 hold UREP, 3T13:00 late UMAN',
  },
  {
    name: 'a calendar without a working day is always at work',
    at: '2025-06-07T10:00Z',
    manager: BERLIN,
    hours: { weekdays: [] },
    said: '7T10:00 told UMAN, 7T12:00 half UMAN, 7T14:00 late UMAN, 9T07:00 hold UREP',
  },
  {
    name: 'the promise less half an hour',
    at: '2025-06-03T07:00Z',
    manager: BERLIN,
    facts: [promisedAt('2025-06-03T10:00Z')],
    said: '3T07:00 told UMAN, 3T08:15 half UMAN, 3T09:30 hold UREP, 3T09:30 late UMAN',
  },
  {
    name: 'a promise later than the response time says nothing',
    at: '2025-06-03T07:00Z',
    manager: BERLIN,
    facts: [promisedAt('2025-06-05T10:00Z')],
    said: '3T07:00 told UMAN, 3T09:00 half UMAN, 3T11:00 hold UREP, 3T11:00 late UMAN',
  },
  {
    name: 'a promise in ten minutes: a quarter of an hour is the least',
    at: '2025-06-03T07:00Z',
    manager: BERLIN,
    facts: [promisedAt('2025-06-03T07:10Z')],
    said: '3T07:00 told UMAN, 3T07:15 hold UREP, 3T07:15 late UMAN',
  },
  {
    name: 'a promise that has passed',
    at: '2025-06-03T07:00Z',
    manager: BERLIN,
    facts: [promisedAt('2025-06-03T06:00Z')],
    said: '3T07:00 told UMAN, 3T09:00 half UMAN, 3T11:00 hold UREP, 3T11:00 late UMAN',
  },
  {
    name: 'a signing date that has passed',
    at: '2025-06-03T07:00Z',
    manager: BERLIN,
    facts: [signsOn('2025-05-30')],
    said: '3T07:00 told UMAN, 3T09:00 half UMAN, 3T11:00 hold UREP, 3T11:00 late UMAN',
  },
  {
    name: 'they sign today, said in the morning: noon',
    at: '2025-06-03T07:30Z',
    manager: BERLIN,
    facts: [signsOn('2025-06-03')],
    said: '3T07:30 told UMAN, 3T08:45 half UMAN, 3T10:00 hold UREP, 3T10:00 late UMAN',
  },
  {
    name: 'they sign today, said in the afternoon',
    at: '2025-06-03T12:00Z',
    manager: BERLIN,
    facts: [signsOn('2025-06-03')],
    said: '3T12:00 told UMAN, 3T12:15 hold UREP, 3T12:15 late UMAN',
  },
  {
    name: 'they sign tomorrow: by the start of work',
    at: '2025-06-03T13:00Z',
    manager: BERLIN,
    facts: [signsOn('2025-06-04')],
    said: '3T13:00 told UMAN, 3T14:00 half UMAN, 4T07:00 hold UREP, 4T07:00 late UMAN',
  },
  {
    name: 'they sign next week: the response time comes first',
    at: '2025-06-03T07:00Z',
    manager: BERLIN,
    facts: [signsOn('2025-06-12')],
    said: '3T07:00 told UMAN, 3T09:00 half UMAN, 3T11:00 hold UREP, 3T11:00 late UMAN',
  },
  {
    name: 'promise before signing',
    at: '2025-06-03T07:00Z',
    manager: BERLIN,
    facts: [promisedAt('2025-06-03T09:30Z'), signsOn('2025-06-04')],
    said: '3T07:00 told UMAN, 3T08:00 half UMAN, 3T09:00 hold UREP, 3T09:00 late UMAN',
  },
  {
    name: 'urgent at night: they sign in the morning',
    at: '2025-06-03T20:00Z',
    manager: BERLIN,
    facts: [signsOn('2025-06-04')],
    said: '3T20:00 told UMAN (signing), 4T01:30 half UMAN, 4T07:00 hold UREP, 4T07:00 late UMAN',
  },
  {
    name: 'urgent at night: a call was promised before the day begins',
    at: '2025-06-03T20:00Z',
    manager: BERLIN,
    facts: [promisedAt('2025-06-04T06:00Z')],
    said: '3T20:00 told UMAN (promise), 4T00:45 half UMAN, 4T05:30 hold UREP, 4T05:30 late UMAN',
  },
  {
    name: 'not urgent at night: the call is promised for the afternoon',
    at: '2025-06-03T20:00Z',
    manager: BERLIN,
    facts: [promisedAt('2025-06-04T13:00Z')],
    said: '4T07:00 told UMAN, 4T09:00 half UMAN, 4T11:00 hold UREP, 4T11:00 late UMAN',
  },
  {
    name: 'just urgent: half an hour before the call their day has hardly begun',
    at: '2025-06-03T20:00Z',
    manager: BERLIN,
    facts: [promisedAt('2025-06-04T07:40Z')],
    said: '3T20:00 told UMAN (promise), 4T07:00 half UMAN, 4T07:10 hold UREP',
  },
  {
    name: 'just not urgent: a quarter of an hour is left',
    at: '2025-06-03T20:00Z',
    manager: BERLIN,
    facts: [promisedAt('2025-06-04T07:50Z')],
    said: '4T07:00 told UMAN, 4T07:20 hold UREP, 4T07:20 late UMAN',
  },
  {
    name: 'urgent over the weekend: they sign on Sunday',
    at: '2025-06-07T08:00Z',
    manager: BERLIN,
    facts: [signsOn('2025-06-08')],
    said: '7T08:00 told UMAN (signing), 7T19:30 half UMAN, 8T07:00 hold UREP, 8T07:00 late UMAN',
  },
  {
    name: 'urgent in a half-hour zone: they sign there today',
    at: '2025-06-03T20:00Z',
    manager: KOLKATA,
    facts: [signsOn('2025-06-04')],
    said: '3T20:00 told UMAN (signing), 3T23:45 half UMAN, 4T03:30 hold UREP, 4T03:30 late UMAN',
  },
  {
    name: 'urgent on a holiday',
    at: '2025-06-09T07:00Z',
    manager: BERLIN,
    hours: { holidays: ['2025-06-09'] },
    facts: [promisedAt('2025-06-09T12:00Z')],
    said: '9T07:00 told UMAN (promise), 9T09:15 half UMAN, 9T11:30 hold UREP, 9T11:30 late UMAN',
  },
  {
    name: 'urgent in quiet hours',
    at: '2025-06-03T07:30Z',
    manager: BERLIN,
    hours: { quiet: { startMinute: 540, endMinute: 840 } },
    facts: [promisedAt('2025-06-03T10:00Z')],
    said: '3T07:30 told UMAN (promise), 3T08:30 half UMAN, 3T09:30 hold UREP, 3T09:30 late UMAN',
  },
  {
    name: 'urgent in New York, asked from Berlin in the morning',
    at: '2025-06-03T06:00Z',
    manager: NEW_YORK,
    rep: BERLIN,
    facts: [promisedAt('2025-06-03T10:00Z')],
    said: '3T06:00 told UMAN (promise), 3T07:45 half UMAN, 3T09:30 hold UREP, 3T09:30 late UMAN',
  },
  {
    name: 'to the stand-in when the manager is late, who has half the time',
    at: '2025-06-03T07:00Z',
    manager: BERLIN,
    standIn: { zone: BERLIN },
    said: '3T07:00 told UMAN, 3T09:00 half UMAN, 3T11:00 on USTAND, 3T11:00 hold UREP, 3T11:00 late UMAN, 3T13:00 late USTAND',
  },
  {
    name: 'to the stand-in, then to the fallback',
    at: '2025-06-03T07:00Z',
    manager: BERLIN,
    standIn: { zone: BERLIN },
    fallback: { zone: BERLIN },
    said: '3T07:00 told UMAN, 3T09:00 half UMAN, 3T11:00 on USTAND, 3T11:00 hold UREP, 3T11:00 late UMAN, 3T13:00 on UFALL, 3T13:00 late USTAND, 3T15:00 late UFALL',
  },
  {
    name: 'to the fallback at once where nobody stands in',
    at: '2025-06-03T07:00Z',
    manager: BERLIN,
    fallback: { zone: BERLIN },
    said: '3T07:00 told UMAN, 3T09:00 half UMAN, 3T11:00 on UFALL, 3T11:00 hold UREP, 3T11:00 late UMAN, 3T13:00 late UFALL',
  },
  {
    name: 'to a channel, which has no working hours',
    at: '2025-06-03T07:00Z',
    manager: BERLIN,
    standIn: { zone: BERLIN },
    fallback: 'channel',
    said: '3T07:00 told UMAN, 3T09:00 half UMAN, 3T11:00 on USTAND, 3T11:00 hold UREP, 3T11:00 late UMAN, 3T13:00 on CFALL, 3T13:00 late USTAND',
  },
  {
    name: 'the stand-in is told in their own morning',
    at: '2025-06-03T07:00Z',
    manager: BERLIN,
    standIn: { zone: SYDNEY },
    said: '3T07:00 told UMAN, 3T09:00 half UMAN, 3T11:00 on USTAND later, 3T11:00 hold UREP, 3T11:00 late UMAN, 3T23:00 told USTAND, 4T01:00 late USTAND',
  },
  {
    name: 'escalated over a weekend: the stand-in is told on Monday',
    at: '2025-06-06T11:00Z',
    manager: BERLIN,
    standIn: { zone: BERLIN },
    fallback: { zone: NEW_YORK },
    said: '6T11:00 told UMAN, 6T13:00 half UMAN, 6T15:00 on USTAND later, 6T15:00 hold UREP, 6T15:00 late UMAN, 9T07:00 told USTAND, 9T09:00 on UFALL later, 9T09:00 late USTAND, 9T13:00 told UFALL, 9T15:00 late UFALL',
  },
  {
    name: 'escalated on Friday in New York to Monday in Kolkata',
    at: '2025-06-06T13:00Z',
    manager: NEW_YORK,
    standIn: { zone: KOLKATA },
    said: '6T13:00 told UMAN, 6T15:00 half UMAN, 6T17:00 on USTAND later, 6T17:00 hold UREP, 6T17:00 late UMAN, 9T03:30 told USTAND, 9T05:30 late USTAND',
  },
  {
    name: 'escalated before the promise: the stand-in is woken, and the fallback has until the promise',
    at: '2025-06-03T20:00Z',
    manager: BERLIN,
    facts: [promisedAt('2025-06-04T06:00Z')],
    standIn: { zone: BERLIN },
    fallback: { zone: NEW_YORK },
    said: '3T20:00 told UMAN (promise), 4T00:45 half UMAN, 4T05:30 on USTAND (promise), 4T05:30 hold UREP, 4T05:30 late UMAN, 4T06:00 on UFALL later, 4T13:00 told UFALL, 4T15:00 late UFALL',
  },
  {
    name: 'one reminder an hour: no second one to the manager at the deadline',
    at: '2025-06-03T07:00Z',
    manager: BERLIN,
    facts: [promisedAt('2025-06-03T08:30Z')],
    said: '3T07:00 told UMAN, 3T07:30 half UMAN, 3T08:00 hold UREP',
  },
  {
    name: 'one reminder an hour: neither when it goes on',
    at: '2025-06-03T07:00Z',
    manager: BERLIN,
    facts: [promisedAt('2025-06-03T08:30Z')],
    standIn: { zone: BERLIN },
    said: '3T07:00 told UMAN, 3T07:30 half UMAN, 3T08:00 on USTAND, 3T08:00 hold UREP, 3T08:30 late USTAND',
  },
  {
    name: 'the manager is out: the stand-in is asked at once, and the fallback comes next',
    at: '2025-06-03T07:00Z',
    manager: BERLIN,
    standIn: { zone: BERLIN, away: true },
    fallback: { zone: BERLIN },
    said: '3T07:00 told USTAND, 3T09:00 half USTAND, 3T11:00 on UFALL, 3T11:00 hold UREP, 3T11:00 late USTAND, 3T13:00 late UFALL',
  },
  {
    name: 'the manager is out and the stand-in lives elsewhere: their day counts',
    at: '2025-06-03T07:00Z',
    manager: BERLIN,
    standIn: { zone: NEW_YORK, away: true },
    said: '3T13:00 told USTAND, 3T15:00 half USTAND, 3T17:00 late USTAND, 4T07:00 hold UREP',
  },
  {
    name: 'the manager is out, the stand-in has a holiday',
    at: '2025-06-03T07:00Z',
    manager: BERLIN,
    standIn: { zone: BERLIN, away: true, hours: { holidays: ['2025-06-03'] } },
    said: '4T07:00 told USTAND, 4T09:00 half USTAND, 4T11:00 hold UREP, 4T11:00 late USTAND',
  },
  {
    name: 'the fallback has a holiday',
    at: '2025-06-03T07:00Z',
    manager: BERLIN,
    fallback: { zone: BERLIN, hours: { holidays: ['2025-06-03', '2025-06-04'] } },
    said: '3T07:00 told UMAN, 3T09:00 half UMAN, 3T11:00 on UFALL later, 3T11:00 hold UREP, 3T11:00 late UMAN, 5T07:00 told UFALL, 5T09:00 late UFALL',
  },
  {
    name: 'escalated over the clocks going back',
    at: '2025-10-24T11:00Z',
    manager: BERLIN,
    standIn: { zone: BERLIN },
    said: '24T11:00 told UMAN, 24T13:00 half UMAN, 24T15:00 on USTAND later, 24T15:00 hold UREP, 24T15:00 late UMAN, 27T08:00 told USTAND, 27T10:00 late USTAND',
  },
];

test.each(rows.map((row) => [row.name, row] as const))('%s', (_, row) => {
  expect(weekOf(row)).toBe(row.said);
});

test('the table has at least sixty rows over five time zones', () => {
  expect(rows.length).toBeGreaterThanOrEqual(60);
  expect(new Set(rows.map(({ manager }) => manager)).size).toBeGreaterThanOrEqual(5);
});
