/** Which buttons people prefer. */
import type { Random } from './random';
import type { Tappable } from './screen';

/** Low for buttons that end a deal or do not advance it. All answers look the same; a yes leads on to a rescue. */
const WEIGHTS: Readonly<Record<string, number>> = {
  details: 4,
  show_all: 0.2,
  whole_script: 0.15,
  they_say: 0.15,
  other_time: 0.5,
  page: 0.2,
  back: 0.4,
  again: 0.4,
  they_signed: 0.15,
  reopen: 2,
  not_lost: 0.4,
  start_again: 0.1,
  start: 0.1,
  dont_know: 1.5,
  suggested: 2,
  'choose:yes': 4,
  'choose:no': 2,
  ask_now: 3,
  ask_again: 20,
  nudge: 3,
  what_can_i_offer: 3,
  offer_now: 6,
  lost: 0.5,
  counter: 3,
  match: 3,
};

/** Null: there is nothing to tap. */
export function pickTap(taps: readonly Tappable[], random: Random): Tappable | null {
  if (taps.length === 0) return null;
  const weight = (tap: Tappable) => WEIGHTS[tap.actionId] ?? (tap.primary ? 4 : 1);
  return random.weigh(taps.map((tap) => [weight(tap), tap] as const));
}
