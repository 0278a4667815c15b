/** The worth of a deal that percentages of limits are of. */
import type { AskedWorth, Deal, Raised } from './deal';
import type { Money } from './money';

/**
 * The worth first known counts: at the ask, or first filled in after it, as reps often write it down after the call. A
 * later raise lifts no limit; a lower worth of now counts, as it gives less away. Null, which exceeds every percentage: it is
 * not known, or its currency has changed.
 */
export function countedWorth({ ask, details: { amount } }: Pick<Deal, 'ask' | 'details'>): Money | null {
  const worth = ask?.worth ?? null;
  if (worth === null) return amount;
  const { first } = worth;
  if (first === null || amount === null || first.currency !== amount.currency) return null;
  return first.minor < amount.minor ? first : amount;
}

/** How the worth went up since the deal was first asked about, so that it is said; null: it did not. */
export function worthRaised({ ask, details: { amount: to } }: Pick<Deal, 'ask' | 'details'>): Raised | null {
  const from = ask?.worth?.earlier ?? ask?.worth?.first ?? null;
  if (from === null || to === null) return null;
  return from.currency !== to.currency || to.minor > from.minor ? { from, to } : null;
}

/** The worth as a new ask counts it; the asks before it keep theirs. */
export function worthAtAsk(before: Deal['ask'], first: Money | null): AskedWorth {
  return { first, earlier: before?.worth?.earlier ?? before?.worth?.first ?? null };
}

/** The same after somebody filled in the worth. */
export function worthFilledIn(worth: AskedWorth | null, amount: Money | null): AskedWorth | null {
  return worth === null || worth.first !== null ? worth : { ...worth, first: amount };
}
