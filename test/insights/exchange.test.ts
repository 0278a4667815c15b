/** Money of several currencies, added at rates of the settings. */
import { addedIn, rounded } from '../../src/insights/exchange';

const usd = (minor: number) => ({ minor, currency: 'USD' });
const eur = (minor: number) => ({ minor, currency: 'EUR' });
const rateOf = (currency: string, rate: string, on = '2026-11-03', to = 'USD') => ({
  currency,
  to,
  rate,
  on,
});

describe('money of several currencies', () => {
  it('is one sum in the currency of the team, with the oldest and the newest day of the rates', () => {
    const rates = [
      rateOf('EUR', '1.1'),
      rateOf('JPY', '0.0065', '2026-11-01'),
      rateOf('GBP', '9', '2020-01-01'),
    ];
    expect(addedIn('USD', [usd(9_600_000), eur(2_000_000)], rates)).toEqual({
      money: usd(11_800_000),
      from: '2026-11-03',
      until: '2026-11-03',
    });
    expect(addedIn('USD', [eur(100), { minor: 1_000, currency: 'JPY' }], rates)).toEqual({
      money: usd(760),
      from: '2026-11-01',
      until: '2026-11-03',
    });
  });

  it('counts currencies without decimals, with three and with four', () => {
    const jpy = { minor: 1, currency: 'JPY' };
    const kwd = { minor: 1_234, currency: 'KWD' };
    const clf = { minor: 10_000, currency: 'CLF' };
    const to = (target: string, rate: string, ...from: string[]) =>
      from.map((currency) => rateOf(currency, rate, '2026-11-03', target));
    expect(addedIn('JPY', [jpy, usd(100)], to('JPY', '150.4', 'USD'))?.money).toEqual({
      minor: 151,
      currency: 'JPY',
    });
    expect(addedIn('KWD', [kwd, jpy], to('KWD', '0.002', 'JPY'))?.money).toEqual({
      minor: 1_236,
      currency: 'KWD',
    });
    expect(addedIn('JPY', [kwd, clf], to('JPY', '1', 'KWD', 'CLF'))?.money.minor).toBe(2);
  });

  it('is rounded once, half up', () => {
    const rates = [rateOf('EUR', '0.5'), rateOf('GBP', '0.25'), rateOf('CHF', '0.249999999')];
    const of = (...currencies: string[]) =>
      addedIn('USD', [usd(1), ...currencies.map((currency) => ({ minor: 1, currency }))], rates)?.money.minor;
    expect(of('EUR')).toBe(2);
    expect(of('GBP')).toBe(1);
    expect(of('GBP', 'CHF')).toBe(1);
    expect(of('EUR', 'GBP', 'CHF')).toBe(2);
  });

  it('is not added where a rate is missing or leads to another currency, nor is money of a single one', () => {
    expect(addedIn('USD', [usd(1), eur(1)], [])).toBeNull();
    expect(addedIn('USD', [usd(1), eur(1)], [rateOf('EUR', '1', '2026-11-03', 'GBP')])).toBeNull();
    expect(addedIn('USD', [eur(1)], [rateOf('EUR', '1.1')])).toBeNull();
    expect(addedIn('USD', [], [])).toBeNull();
  });

  it('is not added past the largest whole number that counts exactly', () => {
    const most = Number.MAX_SAFE_INTEGER;
    expect(addedIn('USD', [usd(most - 1), eur(1)], [rateOf('EUR', '1')])?.money.minor).toBe(most);
    expect(addedIn('USD', [usd(most), eur(1)], [rateOf('EUR', '1')])).toBeNull();
  });
});

it('an amount from 100 on stands without cents, and a smaller one with them', () => {
  expect(rounded(usd(11_761_250))).toEqual(usd(11_761_300));
  expect(rounded(usd(11_761_249))).toEqual(usd(11_761_200));
  expect(rounded(usd(9_999))).toEqual(usd(9_999));
  expect(rounded({ minor: 151, currency: 'JPY' })).toEqual({ minor: 151, currency: 'JPY' });
});
