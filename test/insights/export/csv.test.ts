/** The file of an export, read back with a library. */
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { EXPORT_COLUMNS, type ExportNames } from '../../../src/insights/export/columns';
import { csvPage } from '../../../src/insights/export/csv';
import { uncounted } from '../../../src/insights/insightOf';
import type { ListedDeal } from '../../../src/store/store';

const NAMES: ExportNames = {
  person: (id) => (id === 'U1' ? 'Robin Reed' : null),
  reason: (id) => (id === 'price' ? 'Price' : id),
  zone: 'America/New_York',
};
const deal = (change: Partial<ListedDeal> = {}): ListedDeal => ({
  ...uncounted('D1', 1),
  rep: 'U1',
  account: 'Acme',
  startedAt: Date.parse('2026-06-01T02:00:00Z'),
  ...change,
});

const read = (text: string): Record<string, string>[] => parse(text, { columns: true, bom: true });
const fileOf = (...deals: readonly ListedDeal[]) => csvPage(deals, NAMES, true);
const cells = (change: Partial<ListedDeal>) => read(fileOf(deal(change)))[0] ?? {};

it('begins with a byte order mark and the names of the columns, and ends each line with CRLF', () => {
  const text = fileOf(deal(), deal());
  expect(text.startsWith(`\uFEFF${EXPORT_COLUMNS.map(({ name }) => name).join(',')}\r\n`)).toBe(true);
  expect(text.split('\r\n')).toHaveLength(4);
  expect(text.replaceAll('\r\n', '')).not.toContain('\n');
  expect(csvPage([deal()], NAMES, false)).toMatch(/^D1,/u);
});

it('holds a deal cell by cell: ISO days of the reader’s zone, names, amounts beside their currency, blanks for what is not known', () => {
  expect(
    cells({
      competitor: 'Globex, Inc.',
      manager: 'U2',
      reasons: ['price', 'risk'],
      wouldHave: true,
      wasAsked: true,
      wasInTime: false,
      decidedIn: 'day',
      isBack: true,
      worth: { minor: 4_800_050, currency: 'USD' },
      back: { minor: 48_000, currency: 'JPY' },
      cost: { minor: -1_250, currency: 'EUR' },
      confirmed: ['risk', 'price'],
      confirmedDiffers: true,
    }),
  ).toEqual({
    deal_id: 'D1',
    started_on: '2026-05-31',
    account: 'Acme',
    business: 'new',
    rep: 'Robin Reed',
    rep_id: 'U1',
    manager: '',
    manager_id: 'U2',
    competitor: 'Globex, Inc.',
    reasons: 'Price; risk',
    reasons_differ: '',
    reached: 'no',
    would_have: 'yes',
    asked: 'yes',
    decided: 'no',
    decided_in_time: 'no',
    decided_within: 'day',
    tried: 'no',
    manager_yes: 'no',
    gave: 'no',
    gave_on: '',
    call_back_kept: '',
    outcome: 'back',
    worth: '48000.5',
    worth_currency: 'USD',
    back: '48000',
    back_currency: 'JPY',
    cost: '-12.5',
    cost_currency: 'EUR',
    confirmed_reasons: 'risk; Price',
    confirmed_differ: 'yes',
  });
});

it('leaves the confirmed reasons blank where no manager has confirmed any', () => {
  expect(cells({})).toMatchObject({ confirmed_reasons: '', confirmed_differ: '' });
});

it.each(['A\nB', 'A\rB', 'A\r\nB', 'A; B', 'A\tB'])('quotes %j, which programs would split', (account) => {
  expect(fileOf(deal({ account }))).toContain(`,"${account}",new,`);
  expect(cells({ account }).account).toBe(account);
});

it.each(['=cmd()', '+1', '-1', '@SUM(A1)', '\tx', '\rx'])(
  'shows %j as text, which no spreadsheet runs',
  (account) => {
    expect(cells({ account }).account).toBe(`'${account}`);
  },
);

it('keeps any words as they were typed, in their own cell, and none that a spreadsheet runs', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.string(), (account, competitor) => {
      const found = cells({ account, competitor });
      expect(Object.keys(found)).toHaveLength(EXPORT_COLUMNS.length);
      for (const [typed, cell] of [
        [account, found.account],
        [competitor, found.competitor],
      ]) {
        expect(cell === typed || cell === `'${typed}`).toBe(true);
        expect(cell).not.toMatch(/^[=+\-@\t\r]/u);
      }
    }),
  );
});
