import fc from 'fast-check';
import { formatMoney, minorDigits, parseMoney } from '../../../src/deal/model/money';

test.each([
  ['48,000', 4_800_000, 'EUR'],
  ['48.000', 4_800_000, 'EUR'],
  ['48 000', 4_800_000, 'EUR'],
  ['48\u00a0000', 4_800_000, 'EUR'],
  ["48'000", 4_800_000, 'EUR'],
  ['48’000', 4_800_000, 'EUR'],
  ['48000', 4_800_000, 'EUR'],
  ['48.000,50 €', 4_800_050, 'EUR'],
  ['€48,000.50', 4_800_050, 'EUR'],
  ['48.000,-', 4_800_000, 'EUR'],
  ['48000.5', 4_800_050, 'EUR'],
  ['0.5', 50, 'EUR'],
  [',5', 50, 'EUR'],
  ['1,234,567.89', 123_456_789, 'EUR'],
  ['1.234.567,89', 123_456_789, 'EUR'],
  ['12,34,567', 123_456_700, 'EUR'],
  ['$48k', 4_800_000, 'USD'],
  ['US$ 48k', 4_800_000, 'USD'],
  ['48k', 4_800_000, 'EUR'],
  ['48 K', 4_800_000, 'EUR'],
  ['1.2m', 120_000_000, 'EUR'],
  ['1,2 Mio. €', 120_000_000, 'EUR'],
  ['1.25 million', 125_000_000, 'EUR'],
  ['2bn', 200_000_000_000, 'EUR'],
  ['EUR 48000', 4_800_000, 'EUR'],
  ['48000 usd', 4_800_000, 'USD'],
  ['48000CHF', 4_800_000, 'CHF'],
  ['£1,000', 100_000, 'GBP'],
  ['¥48,000', 48_000, 'JPY'],
  ['JPY 48000', 48_000, 'JPY'],
  ['1.5k JPY', 1_500, 'JPY'],
  ['KWD 1.250', 1_250, 'KWD'],
  ['KWD 1,250', 1_250_000, 'KWD'],
  ['KWD 1,250.125', 1_250_125, 'KWD'],
  ['ALL 48000', 48_000, 'ALL'],
  ['Eur 48000', 4_800_000, 'EUR'],
  ['￥４８，０００', 48_000, 'JPY'],
  ['¥48,000.00', 48_000, 'JPY'],
  ['48\u200b000\u200e €', 4_800_000, 'EUR'],
  ['48\u202f000', 4_800_000, 'EUR'],
  ['1.2345m', 123_450_000, 'EUR'],
  ['CA$ 5', null, null],
  ['C$ 5', 500, 'CAD'],
  ['CAD $5', 500, 'CAD'],
])('%s', (text, minor, currency) => {
  const parsed = parseMoney(text, 'EUR');
  if (minor === null) expect(parsed.ok).toBe(false);
  else expect(parsed).toEqual({ ok: true, money: { minor, currency } });
});

test('a dollar or yen sign means the team’s currency when it has that sign', () => {
  expect(parseMoney('$5', 'CAD')).toMatchObject({ money: { currency: 'CAD' } });
  expect(parseMoney('¥5', 'CNY')).toMatchObject({ money: { currency: 'CNY' } });
  expect(parseMoney('5', 'JPY')).toMatchObject({ money: { minor: 5, currency: 'JPY' } });
});

test.each([
  ['', { code: 'not_an_amount' }],
  ['a lot', { code: 'unreadable', typed: 'a lot' }],
  ['48,000 a year', { code: 'unreadable', typed: '48,000 a year' }],
  ['-5', { code: 'not_above_zero' }],
  ['0', { code: 'not_above_zero' }],
  ['5 quid', { code: 'unknown_suffix', typed: 'quid' }],
  ['€5 USD', { code: 'two_currencies', currencies: ['USD', 'EUR'] }],
  ['1.2345', { code: 'too_many_decimals', currency: 'EUR', allowed: 2 }],
  ['JPY 1.5', { code: 'too_many_decimals', currency: 'JPY', allowed: 0 }],
  ['1.200k', { code: 'unclear_thousands', typed: '1.200' }],
  ['1,23,4', { code: 'unclear_separators', typed: '1,23,4' }],
  ['1.2.3', { code: 'unclear_separators', typed: '1.2.3' }],
  ['48,0000', { code: 'unclear_separators', typed: '48,0000' }],
  ['4,8000', { code: 'unclear_separators', typed: '4,8000' }],
  ['4800.000', { code: 'unclear_separators', typed: '4800.000' }],
  ['0.500', { code: 'unclear_separators', typed: '0.500' }],
  ['4,8000k', { code: 'unclear_separators', typed: '4,8000' }],
  ['48,000.0000', { code: 'unclear_separators', typed: '48,000.0000' }],
  ['4800 000', { code: 'unclear_separators', typed: '4800 000' }],
  ['48 0000', { code: 'unclear_separators', typed: '48 0000' }],
  ["48'000 000", { code: 'unclear_separators', typed: "48'000 000" }],
  ['0,480,000', { code: 'unclear_separators', typed: '0,480,000' }],
  ['48€000', { code: 'unreadable', typed: '48€000' }],
  ['48 EUR 000', { code: 'unreadable', typed: '48 EUR 000' }],
  ['all 48000', { code: 'unreadable', typed: 'all 48000' }],
  ['Try 48000', { code: 'unreadable', typed: 'Try 48000' }],
  ['48000 top', { code: 'unknown_suffix', typed: 'top' }],
  ['48²', { code: 'unreadable', typed: '48²' }],
  ['48½', { code: 'unreadable', typed: '48½' }],
  ['5ᵐ', { code: 'unreadable', typed: '5ᵐ' }],
  ['\u200b', { code: 'not_an_amount' }],
  ['1,000.000,00', { code: 'unclear_separators', typed: '1,000.000,00' }],
  ['5,', { code: 'unclear_separators', typed: '5,' }],
  ['99999999999999999', { code: 'too_large' }],
  ['9'.repeat(100), { code: 'too_long' }],
])('%s is refused with the reason', (text, problem) => {
  expect(parseMoney(text, 'EUR')).toEqual({ ok: false, problem });
});

test('where a cost of nothing is allowed, only an amount below zero is refused', () => {
  expect(parseMoney('0', 'EUR', { zero: true })).toEqual({ ok: true, money: { minor: 0, currency: 'EUR' } });
  expect(parseMoney('-3', 'EUR', { zero: true })).toEqual({ ok: false, problem: { code: 'below_zero' } });
});

test.each([
  [4_800_000, 'EUR', 'en-US', '€48,000'],
  [4_800_050, 'EUR', 'en-US', '€48,000.50'],
  [4_800_050, 'EUR', 'de-DE', '48.000,50\u00a0€'],
  [48_000, 'JPY', 'en-US', '¥48,000'],
  [1_250, 'KWD', 'en-US', 'KWD\u00a01.250'],
  [5, 'USD', 'en-US', '$0.05'],
  [-250, 'USD', 'en-US', '-$2.50'],
  [Number.MAX_SAFE_INTEGER, 'USD', 'en-US', '$90,071,992,547,409.91'],
])('%d minor %s in %s is %s', (minor, currency, locale, text) => {
  expect(formatMoney({ minor, currency }, locale)).toBe(text);
});

test('EUR has two decimals, JPY none, KWD three', () => {
  expect(['EUR', 'JPY', 'KWD'].map(minorDigits)).toEqual([2, 0, 3]);
});

test('a formatted amount is read back as the same amount', () => {
  const currency = fc.constantFrom('EUR', 'USD', 'JPY', 'GBP', 'KWD', 'CHF', 'INR');
  fc.assert(
    fc.property(fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }), currency, (minor, code) => {
      // In a currency with three decimals, a single point before three digits is a decimal point.
      expect(parseMoney(formatMoney({ minor, currency: code }), 'EUR')).toEqual({
        ok: true,
        money: { minor, currency: code },
      });
    }),
  );
});

test('any text is an amount or refused', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      const parsed = parseMoney(text, 'EUR');
      if (parsed.ok) expect(Number.isSafeInteger(parsed.money.minor) && parsed.money.minor > 0).toBe(true);
      else expect(parsed.problem.code).not.toBe('');
    }),
  );
});

test('a word that is a currency too is one where it is the team’s', () => {
  expect(parseMoney('48000 try', 'TRY')).toMatchObject({ money: { minor: 4_800_000, currency: 'TRY' } });
});

/** Digits and the marks between them, as fingers slip. */
const slips = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 99_999 }), fc.constantFrom('', '.', ',', ' ', "'", '’', '_')), {
    minLength: 1,
    maxLength: 5,
  })
  .map((parts) => parts.map(([digits, mark]) => `${digits}${mark}`).join(''));

test('an amount that is read has the digits that were typed, and no group of another size', () => {
  fc.assert(
    fc.property(slips, fc.constantFrom('EUR', 'JPY', 'KWD'), (text, currency) => {
      const parsed = parseMoney(text, currency);
      if (!parsed.ok) return;
      const amount = formatMoney(parsed.money).replace(/\D/g, '').replace(/^0+/, '').replace(/0+$/, '');
      expect(text.replace(/\D/g, '').replace(/^0+/, '').replace(/0+$/, '')).toBe(amount);
      // At most three digits behind each mark, in a group or as decimals.
      for (const group of text.split(/\D+/).slice(1)) expect(group.length).toBeLessThanOrEqual(3);
    }),
    { numRuns: 2_000 },
  );
});

test('an amount reads the same however a phone or a desk writes it', () => {
  const whole = fc.integer({ min: 1, max: 999_999_999 });
  const mark = fc.constantFrom(',', '.', ' ', '\u00a0', '\u202f', "'", '’', '，', '_');
  fc.assert(
    fc.property(whole, mark, fc.constantFrom('EUR', 'CHF', 'USD'), (units, group, currency) => {
      const grouped = String(units).replace(/\B(?=(\d{3})+$)/g, group);
      const wide = grouped.replace(/\d/g, (digit) => String.fromCodePoint(0xff10 + Number(digit)));
      for (const text of [
        grouped,
        wide,
        ` ${grouped} ${currency}`,
        `${currency.toLowerCase()} ${grouped}\u200b`,
      ]) {
        expect(parseMoney(text, currency)).toEqual({ ok: true, money: { minor: units * 100, currency } });
      }
    }),
  );
});
