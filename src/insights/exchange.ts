/** Adds sums of several currencies at rates that an admin entered. */
import { type Money, minorDigits } from '../deal/model/money';

export interface Rate {
  readonly currency: string;
  /** The currency in which `rate` counts. */
  readonly to: string;
  /** The worth of one unit of `currency`: a decimal number above zero with a point, and at most nine decimals. */
  readonly rate: string;
  /** The day of the rate, `YYYY-MM-DD`. */
  readonly on: string;
}

export interface Together {
  readonly money: Money;
  /** The oldest day of the rates used, `YYYY-MM-DD`. */
  readonly from: string;
  /** The newest. */
  readonly until: string;
}

const RATE_DECIMALS = 9;
/** No currency of ISO 4217 has more. */
const MOST_DIGITS = 4;
const UNITS = 10n ** BigInt(RATE_DECIMALS + MOST_DIGITS);

/**
 * Adds exactly and rounds the sum once, half up to minor units.
 *
 * @param amounts none below zero
 * @returns null for a single currency, where a rate is missing, and past the largest safe integer
 */
export function addedIn(to: string, amounts: readonly Money[], rates: readonly Rate[]): Together | null {
  if (new Set(amounts.map(({ currency }) => currency)).size < 2) return null;
  const days: string[] = [];
  let sum = 0n;
  for (const { minor, currency } of amounts) {
    const isOwn = currency === to;
    const found = isOwn ? undefined : rates.find((it) => it.currency === currency && it.to === to);
    if (!isOwn && found === undefined) return null;
    if (found !== undefined) days.push(found.on);
    const shift = 10n ** BigInt(MOST_DIGITS + minorDigits(to) - minorDigits(currency));
    sum += BigInt(minor) * scaled(found?.rate ?? '1') * shift;
  }
  days.sort();
  const minor = (2n * sum + UNITS) / (2n * UNITS);
  const [from, until] = [days.at(0), days.at(-1)];
  if (from === undefined || until === undefined || minor > BigInt(Number.MAX_SAFE_INTEGER)) return null;
  return { money: { minor: Number(minor), currency: to }, from, until };
}

/** A rate as a whole number. */
function scaled(rate: string): bigint {
  const [whole = '0', fraction = ''] = rate.split('.');
  return BigInt(whole + fraction.padEnd(RATE_DECIMALS, '0'));
}

/** An amount of 100 or more without cents, half up; a smaller one as it is. */
export function rounded({ minor, currency }: Money): Money {
  const scale = 10 ** minorDigits(currency);
  return { currency, minor: minor < 100 * scale ? minor : Math.floor(minor / scale + 0.5) * scale };
}
