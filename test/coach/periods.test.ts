import { DateTime } from 'luxon';
import { monthsOf, type Period, periodOf, readReport } from '../../src/coach/periods';
import { periodWords } from '../../src/slack/text/headline';

const nameOf = (period: Period | null | undefined) => period && periodWords(period.named);

const ZONE = 'America/New_York';
/** Saturday 14 March 2026, 23:30 in New York: already Sunday in UTC. */
const NOW = DateTime.fromISO('2026-03-14T23:30', { zone: ZONE }).toMillis();
const day = (at: number | null | undefined) =>
  at == null ? at : DateTime.fromMillis(at, { zone: ZONE }).toFormat('yyyy-MM-dd HH:mm');

it.each([
  ['last week', '2026-03-02', '2026-03-09', 'In the week of March 2'],
  ['this month', '2026-03-01', '2026-04-01', 'This month'],
  ['last month', '2026-02-01', '2026-03-01', 'Last month'],
  ['Last Quarter', '2025-10-01', '2026-01-01', 'Last quarter'],
  ['this year', '2026-01-01', '2027-01-01', 'This year'],
  ['March', '2026-03-01', '2026-04-01', 'In March'],
  ['may', '2025-05-01', '2025-06-01', 'In May'],
  ['May 2024', '2024-05-01', '2024-06-01', 'In May 2024'],
  ['q1', '2026-01-01', '2026-04-01', 'In Q1'],
  ['Q3', '2025-07-01', '2025-10-01', 'In Q3'],
  ['q3 2024', '2024-07-01', '2024-10-01', 'In Q3 2024'],
  ['2025', '2025-01-01', '2026-01-01', 'In 2025'],
])('“%s” is from %s to %s in the zone of whoever asks', (words, from, until, name) => {
  const period = periodOf(words, NOW, ZONE);
  expect([day(period?.from), day(period?.until), nameOf(period)]).toEqual([
    `${from} 00:00`,
    `${until} 00:00`,
    name,
  ]);
});

it.each([
  ['this year', ['1', '2', '3']],
  ['last quarter', ['10', '11', '12']],
  ['2025', ['1', '2', '3', '4', '5', '6', '7', '8', '9', '10', '11', '12']],
  ['last month', []],
  ['all', []],
])('“%s” has the months %p', (words, names) => {
  const period = periodOf(words, NOW, ZONE);
  if (period === null) throw new Error('a period');
  expect(monthsOf(period, NOW, ZONE).map(({ month }) => String(month))).toEqual(names);
});

it('the last 90 days name the year of each month where there are two', () => {
  const period = readReport('', [], NOW, ZONE)?.period;
  if (period === undefined) throw new Error('a period');
  expect(monthsOf(period, NOW, ZONE).map(({ month, year }) => `${month}/${year}`)).toEqual([
    '12/2025',
    '1/2026',
    '2/2026',
    '3/2026',
  ]);
});

const TEAMS = [
  { id: 'T1', name: 'North' },
  { id: 'T2', name: 'Key Accounts' },
];
const read = (words: string) => {
  const found = readReport(words, TEAMS, NOW, ZONE);
  return found === null ? null : [nameOf(found.period), found.competitor, found.team];
};

it.each([
  ['', 'In the last 90 days', null, null],
  ['all', 'So far', null, null],
  ['last month', 'Last month', null, null],
  ['vs Globex', 'In the last 90 days', 'Globex', null],
  ['May 2024 vs Big Co', 'In May 2024', 'Big Co', null],
  ['north', 'In the last 90 days', null, 'T1'],
  ['q3 key accounts', 'In Q3', null, 'T2'],
  ['last quarter vs Big Co Key Accounts', 'Last quarter', 'Big Co', 'T2'],
])('“report %s” is a report', (words, period, competitor, team) => {
  expect(read(words)).toEqual([period, competitor, team]);
});

it.each(['Ltd', 'vs', 'South', 'next week', 'May & Co', 'last month please', 'Q5', 'north star'])(
  '“report %s” is a company',
  (words) => {
    expect(read(words)).toBeNull();
  },
);
