import { clip, plainTyped, tidyName } from './typed';

/** An amount in minor units (cents) of a currency (ISO 4217). Never a float. */
export interface Money {
  readonly minor: number;
  readonly currency: string;
}

/** Digits after the decimal point in this currency: 2 for EUR, 0 for JPY, 3 for KWD. */
export function minorDigits(currency: string): number {
  const known = digitsKnown.get(currency);
  if (known !== undefined) return known;
  const format = new Intl.NumberFormat('en-US', { style: 'currency', currency });
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2;
  digitsKnown.set(currency, digits);
  return digits;
}

/** By currency: a format takes 50 times as long to make as an amount to print. */
const digitsKnown = new Map<string, number>();

/** An amount that a person can mean: a safe integer above zero, and a currency code. */
export function isAmount(money: Money): boolean {
  return Number.isSafeInteger(money.minor) && money.minor > 0 && /^[A-Z]{3}$/.test(money.currency);
}

/** An amount, or zero. */
export function isCost(money: Money): boolean {
  return isAmount(money) || (money.minor === 0 && /^[A-Z]{3}$/.test(money.currency));
}

/** The amount in major units, as a number for a spreadsheet. */
export function majorUnits({ minor, currency }: Money): number {
  return minor / 10 ** minorDigits(currency);
}

/** "€48,000", "€48,000.50": cents only when there are some. */
export function formatMoney(money: Money, locale = 'en-US'): string {
  const digits = minorDigits(money.currency);
  const scale = 10n ** BigInt(digits);
  const minor = BigInt(money.minor);
  const size = minor < 0n ? -minor : minor;
  const cents = size % scale;
  // As text, since a double would round large amounts.
  const decimal = `${minor < 0n ? '-' : ''}${size / scale}.${String(cents).padStart(digits, '0')}`;
  return new Intl.NumberFormat(locale, {
    style: 'currency',
    currency: money.currency,
    minimumFractionDigits: cents === 0n ? 0 : digits,
  }).format(decimal as `${number}`);
}

export type ParsedMoney =
  | { readonly ok: true; readonly money: Money }
  | { readonly ok: false; readonly problem: AmountProblem };

/** Why a text is no amount, and the facts that its sentence names; `slack/text/refusals.ts` has the sentences. */
export type AmountProblem =
  | { readonly code: 'not_an_amount' | 'too_long' | 'below_zero' | 'not_above_zero' | 'too_large' }
  | {
      readonly code: 'unreadable' | 'unknown_suffix' | 'unclear_separators' | 'unclear_thousands';
      readonly typed: string;
    }
  | { readonly code: 'two_currencies'; readonly currencies: readonly string[] }
  | { readonly code: 'too_many_decimals'; readonly currency: string; readonly allowed: number };

/** Currencies by sign. `shared`: other currencies with the same sign, meant when one of them is the default. */
const SIGNS: readonly (readonly [sign: string, currency: string, shared: readonly string[]])[] = [
  ['US$', 'USD', []],
  ['A$', 'AUD', []],
  ['C$', 'CAD', []],
  ['NZ$', 'NZD', []],
  ['HK$', 'HKD', []],
  ['S$', 'SGD', []],
  ['R$', 'BRL', []],
  ['$', 'USD', ['AUD', 'CAD', 'NZD', 'HKD', 'SGD', 'MXN', 'ARS', 'CLP', 'COP', 'TWD']],
  ['€', 'EUR', []],
  ['£', 'GBP', []],
  ['¥', 'JPY', ['CNY']],
  ['₹', 'INR', []],
  ['₩', 'KRW', []],
  ['zł', 'PLN', []],
];

const SUFFIXES: Readonly<Record<string, number>> = {
  k: 3,
  thousand: 3,
  m: 6,
  mn: 6,
  mio: 6,
  million: 6,
  b: 9,
  bn: 9,
  billion: 9,
};

const CURRENCIES = new Set(Intl.supportedValuesOf('currency'));
/** Codes that are words or names too: only capitals, or the team's own currency, make them a currency. */
const WORDS = new Set(['ALL', 'BAM', 'BOB', 'CUP', 'GEL', 'MAD', 'MOP', 'PEN', 'RON', 'SOS', 'TOP', 'TRY']);

/** The code of a currency as a person types it; null when there is none. */
export function parseCurrency(text: string): string | null {
  const code = plainTyped(text)?.toUpperCase() ?? '';
  return CURRENCIES.has(code) ? code : null;
}

/** Longer than any amount; pasted text beyond it is not parsed. */
const MAX_LENGTH = 60;

const no = (problem: AmountProblem): ParsedMoney => ({ ok: false, problem });

/**
 * Reads an amount as people type it: "48,000", "48.000,50 €", "$48k", "1.2m", "EUR 48000", "48'000". A single separator
 * before three digits groups thousands ("48.000"), except the point of a currency with three decimals. What can be no
 * amount, or two different ones, is refused: "48,0000", "4800 000", "all 48000", "48²".
 *
 * @param defaultCurrency meant when the text names none
 * @param zero whether 0 is allowed
 */
export function parseMoney(
  text: string,
  defaultCurrency: string,
  { zero = false }: { readonly zero?: boolean } = {},
): ParsedMoney {
  if (text.length > 10 * MAX_LENGTH) return no({ code: 'too_long' });
  const input = plainTyped(text);
  if (input === null) return no({ code: 'unreadable', typed: clip(tidyName(text), MAX_LENGTH) });
  if (input === '') return no({ code: 'not_an_amount' });
  if (input.length > MAX_LENGTH) return no({ code: 'too_long' });
  const found = takeCurrency(input, defaultCurrency);
  if ('code' in found) return no(found);
  // Some people write round amounts as "48.000,–".
  const match = /^([-+]?) *(\d[\d.,'_ ]*|[.,]\d+) *([a-z]*)\.?$/i.exec(
    found.rest.replace(/(?<=\d)[.,]-+$/, ''),
  );
  if (!match) return no({ code: 'unreadable', typed: input });
  const [, sign = '', digits = '', suffix = ''] = match;
  if (sign !== '' && sign !== '+') return no({ code: zero ? 'below_zero' : 'not_above_zero' });
  const exponent = suffix === '' ? 0 : SUFFIXES[suffix.toLowerCase()];
  if (exponent === undefined) return no({ code: 'unknown_suffix', typed: suffix });
  const number = splitNumber(digits.trim(), exponent > 0, minorDigits(found.currency));
  if ('code' in number) return no(number);
  return toMoney(number, exponent, found.currency, zero);
}

interface Decimal {
  readonly whole: string;
  readonly fraction: string;
}

function toMoney(
  { whole, fraction }: Decimal,
  exponent: number,
  currency: string,
  zero: boolean,
): ParsedMoney {
  const places = minorDigits(currency) + exponent;
  const significant = fraction.replace(/0+$/, '');
  if (significant.length > places) {
    return no({ code: 'too_many_decimals', currency, allowed: minorDigits(currency) });
  }
  const minor = BigInt(whole + significant.padEnd(places, '0'));
  if (minor === 0n) {
    return zero ? { ok: true, money: { minor: 0, currency } } : no({ code: 'not_above_zero' });
  }
  if (minor > BigInt(Number.MAX_SAFE_INTEGER)) return no({ code: 'too_large' });
  const money = { minor: Number(minor), currency };
  return isAmount(money) ? { ok: true, money } : no({ code: 'not_an_amount' });
}

/** Separates currency codes and signs from the digits; between two digits they stand for no separator. */
function takeCurrency(
  input: string,
  defaultCurrency: string,
): { rest: string; currency: string } | AmountProblem {
  const currencies = new Set<string>();
  let rest = input;
  const take = (mark: string): boolean => {
    const at = rest.indexOf(mark);
    const [before, after] = [rest.slice(0, at), rest.slice(at + mark.length)];
    rest = `${before} ${after}`;
    return !(/\d[.,' _]*$/.test(before) && /^[.,' _]*\d/.test(after));
  };
  const unreadable: AmountProblem = { code: 'unreadable', typed: input };
  for (const code of input.match(/(?<![a-z])[a-z]{3}(?![a-z])/gi) ?? []) {
    const currency = code.toUpperCase();
    const isWord = WORDS.has(currency) && code !== currency && currency !== defaultCurrency;
    if (!CURRENCIES.has(currency) || isWord) continue;
    currencies.add(currency);
    if (!take(code)) return unreadable;
  }
  for (const [sign, currency, shared] of SIGNS) {
    if (!rest.includes(sign)) continue;
    if (!take(sign)) return unreadable;
    const stated = [...currencies].find((it) => shared.includes(it));
    currencies.add(stated ?? (shared.includes(defaultCurrency) ? defaultCurrency : currency));
  }
  if (currencies.size > 1) return { code: 'two_currencies', currencies: [...currencies] };
  const [currency = defaultCurrency] = currencies;
  return { rest: rest.trim(), currency };
}

/** Tells thousands from decimals. */
function splitNumber(digits: string, hasSuffix: boolean, decimals: number): Decimal | AmountProblem {
  const unclear: AmountProblem = { code: 'unclear_separators', typed: digits };
  const marks: readonly string[] = digits.match(/\D+/g) ?? [];
  const last = marks.at(-1);
  if (last === undefined) return { whole: digits, fraction: '' };
  const hasFraction = /^[.,]$/.test(last) && marks.indexOf(last) === marks.length - 1;
  if (!hasFraction) {
    const whole = ungroup(digits, last);
    return whole === null ? unclear : { whole, fraction: '' };
  }
  const head = digits.slice(0, digits.lastIndexOf(last));
  const fraction = digits.slice(head.length + 1);
  const [groups] = marks;
  const isGrouped = groups !== undefined && marks.length > 1;
  const whole = isGrouped ? ungroup(head, groups) : head === '' ? '0' : head;
  if (whole === null || fraction === '') return unclear;
  if (!isGrouped && fraction.length === 3) {
    if (hasSuffix) return { code: 'unclear_thousands', typed: digits };
    const decimalPoint = last === '.' && decimals === 3;
    if (/^[1-9]\d{0,2}$/.test(head) && !decimalPoint) return { whole: head + fraction, fraction: '' };
  }
  // Nobody writes zeros past the cents: a zero or a separator is wrong, and a thousandfold depends on which.
  const isLong = hasSuffix ? fraction.length > 3 : fraction.length > Math.max(decimals, 2);
  return isLong && fraction.endsWith('0') ? unclear : { whole, fraction };
}

/** Joins groups of three digits, or of two before the last three as in India; null: the groups are different. */
function ungroup(text: string, separator: string): string | null {
  const western = /^[1-9]\d{0,2}(?:S\d{3})+$/;
  const indian = /^[1-9]\d?(?:S\d{2})*S\d{3}$/;
  if (separator.length > 1) return null;
  const marked = text.replaceAll(separator, 'S');
  return western.test(marked) || (separator === ',' && indian.test(marked))
    ? marked.replaceAll('S', '')
    : null;
}

/** The currency of an amount that names none: the deal's, else the team's. */
export function currencyOf(worth: Money | null, team: { readonly currency: string }): string {
  return worth?.currency ?? team.currency;
}
