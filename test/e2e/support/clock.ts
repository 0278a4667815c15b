/** Moves the app's clock to a moment of the week, and has shortcuts to a manager's actions. */
import { type Call, dmOf, noteCall } from './shortcuts';
import type { World } from './world';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** ISO weekdays. */
export const [TUESDAY, WEDNESDAY, FRIDAY, SUNDAY] = [2, 3, 5, 7] as const;

export const now = (world: World): number => world.lostdeal.coach.clock.now();

/** Lets time pass until the next such day and hour, UTC. */
export async function passTo(world: World, weekday: number, hour: number): Promise<void> {
  const from = new Date(now(world));
  const midnight = Date.UTC(from.getUTCFullYear(), from.getUTCMonth(), from.getUTCDate());
  const days = (weekday - (from.getUTCDay() || 7) + 7) % 7;
  const at = midnight + days * DAY + hour * HOUR;
  await world.pass((at > from.getTime() ? at : at + 7 * DAY) - from.getTime());
}

/** A deal whose ask goes out: the rep has noted the call, and everything that follows at once has happened. */
export async function asks(world: World, account: string, call: Call = {}): Promise<void> {
  await noteCall(world, account, call);
  await world.settled();
}

/** Somebody counters from their direct message. */
export async function counters(
  world: World,
  person: string,
  account: string,
  typed: Readonly<Record<string, string | Date>>,
): Promise<void> {
  const twin = await (await dmOf(world, person)).waitFor(`${account} (`);
  await twin.click('Counter');
  const screen = await world.slack.as(person).modal('Make a counter-offer');
  await screen.fill({ "Here's what we can do for you: …": 'Sixty days to pay', ...typed });
  await screen.submit();
  await world.slack.as(person).noModal();
}
