/** When to try again to reach somebody, by call and by mail, in the rep's working hours. */
import { type Cadence, isCall, openCall, type PlannedTry, TRY_MOVES, type TryMove } from '../model/cadence';
import type { WorkingTime } from '../model/commands';
import {
  addWorkingDays,
  addWorkingMinutes,
  DAY,
  HOUR,
  localDate,
  MINUTE,
  nextWorkingMoment,
  nextWorkingMorning,
  onDate,
  timeToSend,
  workingMsBetween,
} from '../model/workingTime';

/** The first one, and those that are planned after it. */
const ALL_CALLS = TRY_MOVES.filter(isCall).length + 1;

const MAIL_AFTER = 2 * HOUR;
/** A mail this near to a call joins its message. */
const JOINS_WITHIN = HOUR;

/** Working days from the first call, which is day 1, to day 4 and to day 7; and from one try to the next. */
const TO_DAY_4 = 3;
const TO_DAY_7 = 6;
const TO_LAST_CALL = 2;
const TO_LAST_MAIL = 3;

interface From {
  /** When the first call reached nobody. */
  readonly since: number;
  /** When the rep last called. */
  readonly calledAt: number;
  readonly now: number;
  readonly moves: readonly TryMove[];
  /** The time that the rep named for the next call; null: none. */
  readonly named: number | null;
}

/** After the first call that reached nobody. */
export const firstPlan = (now: number, named: number | null, work: WorkingTime): readonly PlannedTry[] =>
  planFrom({ since: now, calledAt: now, now, moves: TRY_MOVES.slice(1), named }, work);

/**
 * After another call that reached nobody. Without a reminder of a call it counts as the next one that was planned, unless
 * its ending was taken back and the plan has counted it before.
 * @param tries calls that reached nobody, this one included
 */
export function planAfterCall(
  cadence: Cadence,
  tries: number,
  now: number,
  named: number | null,
  work: WorkingTime,
): readonly PlannedTry[] {
  const planned = movesOf(cadence);
  const isCounted = planned.filter(isCall).length <= ALL_CALLS - tries;
  const made = openCall(cadence) === null && !isCounted ? planned.find(isCall) : undefined;
  const left = planned.filter((move) => move !== made);
  const moves = named === null || left.some(isCall) ? left : ['call' as const, ...left];
  return planFrom({ since: cadence.since, calledAt: now, now, moves, named }, work);
}

/** The rep names another time for the next call, or for the one that they have a reminder of. */
export function planWithCallAt(
  cadence: Cadence,
  named: number,
  now: number,
  work: WorkingTime,
): readonly PlannedTry[] {
  const left = [...(openCall(cadence)?.moves ?? []), ...movesOf(cadence)];
  const moves = left.some(isCall) ? left : ['call' as const, ...left];
  const calledAt = cadence.reminded.findLast(({ report }) => report === 'done')?.at ?? cadence.since;
  return planFrom({ since: cadence.since, calledAt, now, moves, named }, work);
}

const movesOf = ({ plan }: Cadence): readonly TryMove[] => plan.flatMap(({ moves }) => moves);

function planFrom({ since, calledAt, now, moves, named }: From, work: WorkingTime): readonly PlannedTry[] {
  const next = moves.find(isCall);
  let call = calledAt;
  const calls = TRY_MOVES.filter((move) => isCall(move) && moves.includes(move)).map((move): PlannedTry => {
    const usual =
      move === 'call'
        ? nextWorkingMorning(Math.max(now, call), work)
        : anotherHour(laterDay(since, TO_DAY_4, call, TO_LAST_CALL, work), call, work);
    call = move === next && named !== null ? named : usual;
    return { at: call, moves: [move] };
  });
  const mails: PlannedTry[] = [];
  if (moves.includes('thank_you')) {
    const at = timeToSend(since + MAIL_AFTER, work, null);
    // One whose time has passed goes with the next call.
    mails.push({ at: at > now ? at : (calls[0]?.at ?? now), moves: ['thank_you'] });
  }
  if (moves.includes('last_mail')) {
    const day = laterDay(since, TO_DAY_7, call, TO_LAST_MAIL, work);
    mails.push({ at: startOf(day, work), moves: ['last_mail'] });
  }
  return joined(calls, mails);
}

/** Each mail joins a call that is near to it. */
function joined(calls: readonly PlannedTry[], mails: readonly PlannedTry[]): readonly PlannedTry[] {
  const callOf = (mail: PlannedTry) => calls.find(({ at }) => Math.abs(at - mail.at) <= JOINS_WITHIN);
  return [
    ...calls.map((call) => ({
      ...call,
      moves: [...call.moves, ...mails.flatMap((mail) => (callOf(mail) === call ? mail.moves : []))],
    })),
    ...mails.filter((mail) => callOf(mail) === undefined),
  ].sort((a, b) => a.at - b.at);
}

/** `days` working days after the first call, and at least `apart` after the last one. */
const laterDay = (since: number, days: number, call: number, apart: number, work: WorkingTime): number =>
  Math.max(addWorkingDays(since, days, work), addWorkingDays(call, apart, work));

const midnightOf = (at: number, work: WorkingTime): number => onDate(localDate(at, work), 0, work) ?? at;

/** The start of work on that day. */
const startOf = (at: number, work: WorkingTime): number => nextWorkingMoment(midnightOf(at, work), work);

/** After a quarter of that day's working time or after three quarters, whichever is further from the hour of `last`. */
function anotherHour(at: number, last: number, work: WorkingTime): number {
  const midnight = midnightOf(at, work);
  const minutes = workingMsBetween(midnight, midnight + DAY, work) / MINUTE;
  const [early, late] = [minutes / 4, (minutes * 3) / 4].map((it) => addWorkingMinutes(midnight, it, work));
  if (early === undefined || late === undefined) return at;
  const hour = last - midnightOf(last, work);
  const apart = (time: number): number => Math.abs(time - midnight - hour);
  return apart(late) >= apart(early) ? late : early;
}

/** When the deal closes after the last move: a working day later, in which they may still answer. */
export const closesAt = ({ since, reminded }: Cadence, calledAt: number, work: WorkingTime): number =>
  addWorkingDays(Math.max(reminded.at(-1)?.at ?? since, calledAt), 1, work);
