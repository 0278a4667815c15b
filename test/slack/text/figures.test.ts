/** What a report says. */
import type { Learned } from '../../../src/coach/learn';
import { shareOf } from '../../../src/insights/share';
import { chartBlocks, figureBlocks, headline, shortCharts, shortFigures } from '../../../src/slack/text';
import { funnelPoint } from '../../../src/slack/text/charts';
import { causeVerdict, often, sureness, verdict } from '../../../src/slack/text/verdicts';
import { readBlocks } from '../read';

const usd = (minor: number) => [{ minor, currency: 'USD' }];
const REASONS = [
  { id: 'price', label: 'Price' },
  { id: 'payment_terms', label: 'Payment terms' },
];

const NO_RATES = { to: 'USD', rates: [], year: 2026 };

const NAMED = { kind: 'in', unit: null, quarter: null, month: null, year: null } as const;

const price = {
  reason: 'price',
  said: 14,
  confirmed: 5,
  worth: [],
  worthNotKnown: 14,
  given: 6,
  inReturn: 0,
  back: 1,
  stillLost: 5,
  cost: [],
  costNotKnown: 1,
};
const terms = {
  reason: 'payment_terms',
  said: 4,
  confirmed: 0,
  worth: usd(9_000_000),
  worthNotKnown: 0,
  given: 5,
  inReturn: 0,
  back: 3,
  stillLost: 1,
  cost: usd(500_000),
  costNotKnown: 0,
};

const none = {
  lost: 0,
  reached: 0,
  wouldHave: 0,
  wouldHaveNotKnown: 0,
  asked: 0,
  decided: 0,
  inTime: 0,
  tried: 0,
  yes: 0,
  gave: 0,
  back: 0,
  backMoney: [],
  backNotKnown: 0,
  signed: 0,
  signedMoney: [],
  cost: [],
  costNotKnown: 0,
};

const cause = {
  reason: 'price',
  competitor: 'Globex',
  competitorKey: 'globex',
  movedOn: 'payment_terms',
  said: 6,
  given: 4,
  inReturn: 0,
  back: 3,
  stillLost: 1,
  cost: usd(500_000),
  costNotKnown: 0,
  share: shareOf(3, 4),
};

const learned = (
  change: Partial<Learned['figures']['funnel']> = {},
  more: Partial<Learned> = {},
): Learned => ({
  asked: { period: { from: 0, until: 1, named: { ...NAMED, month: 5 } }, competitor: null, team: null },
  figures: {
    worst: null,
    funnel: {
      lost: 14,
      reached: 9,
      wouldHave: 6,
      wouldHaveNotKnown: 1,
      asked: 5,
      decided: 5,
      inTime: 4,
      tried: 5,
      yes: 4,
      gave: 4,
      back: 2,
      backMoney: usd(9_600_000),
      backNotKnown: 0,
      signed: 2,
      signedMoney: usd(9_600_000),
      cost: usd(500_000),
      costNotKnown: 0,
      ...change,
    },
    reasons: [
      { ...price, share: shareOf(1, 6) },
      { ...terms, share: shareOf(3, 4) },
    ],
    causes: [
      cause,
      {
        ...cause,
        competitor: null,
        competitorKey: null,
        movedOn: null,
        said: 2,
        given: 0,
        inReturn: 0,
        back: 0,
        stillLost: 0,
        cost: [],
        share: null,
      },
    ],
    noReason: 3,
    differ: { deals: 2, of: 5 },
    confirmed: 5,
    confirmedDiffer: { deals: 2, of: 4 },
    pledges: [],
    competitors: [
      { name: 'Globex', key: 'globex', lost: 8, tried: 4, back: 2, backMoney: usd(9_600_000) },
      { name: null, key: null, lost: 6, tried: 1, back: 0, backMoney: [] },
    ],
    speed: {
      decidedIn: [
        { span: 'hour', deals: 3, back: 2 },
        { span: 'day', deals: 2, back: 0 },
        { span: 'later', deals: 0, back: 0 },
      ],
      callBack: [
        { kept: true, deals: 3, back: 2 },
        { kept: false, deals: 0, back: 0 },
      ],
    },
    business: [
      { ...none, name: 'new', lost: 9, tried: 3, back: 1, signed: 1 },
      { ...none, name: 'customer', lost: 5, tried: 2, back: 1 },
    ],
    reps: [],
  },
  months: [],
  quarters: [],
  teams: [],
  people: [],
  teamName: null,
  seesAll: true,
  reasons: REASONS,
  exchange: NO_RATES,
  ...more,
});

const text = (it: Learned): string => readBlocks(figureBlocks(it));

it('begins with the sentence that somebody would forward', () => {
  expect(headline(learned())).toBe(
    'In May we lost 14 deals, asked in 9, tried to rescue 5 and won back 2 ($96,000).',
  );
  expect(
    headline(learned({ lost: 1, reached: 0, tried: 0, back: 0, backMoney: [] }, { teamName: 'North' })),
  ).toBe('In May North lost 1 deal.');
  const one = { lost: 1, reached: 1, tried: 1, back: 1, signed: 0, backMoney: usd(4_800_000) };
  expect(headline(learned(one))).toBe(
    'In May we lost 1 deal, asked, tried to rescue it and won it back ($48,000), not signed yet.',
  );
  expect(headline(learned({ reached: 0, tried: 0, back: 0 }))).toBe(
    'In May we lost 14 deals and asked in none.',
  );
  expect(headline(learned({ back: 0, backMoney: [], signed: 0 }))).toBe(
    'In May we lost 14 deals, asked in 9, tried to rescue 5 and won back none.',
  );
  expect(headline(learned({ signed: 1 }))).toBe(
    'In May we lost 14 deals, asked in 9, tried to rescue 5 and won back 2 ($96,000), 1 of them not signed yet.',
  );
  const against = {
    period: { from: 0, until: 1, named: { ...NAMED, kind: 'last', unit: 'quarter' } as const },
    competitor: 'Globex',
    team: null,
  };
  expect(headline(learned({ lost: 0 }, { asked: against }))).toBe(
    'Last quarter we lost no deals to Globex that you can see.',
  );
});

it('has bars from the no to the deal that is back, and what nobody knows', () => {
  const report = text(learned());
  expect(report).toContain('Lost       14 ████████████');
  expect(report).toContain('Back        2 ██');
  expect(report).toContain('Signed      2 ██');
  expect(report).toContain('They gave no clear answer in 1.');
  expect(report).toContain('Back: $96,000. It cost $5,000.');
  const some = text(learned({ backNotKnown: 1, costNotKnown: 1 }));
  expect(some).toContain('won back 2 ($96,000, with 1 amount unknown).');
  expect(some).toContain('Back: $96,000, with 1 amount unknown. It cost $5,000, with 1 amount unknown.');
  expect(text(learned({ cost: [], costNotKnown: 2 }))).toContain('Nobody wrote down what it cost.');
  expect(text(learned({ cost: [] }))).toContain('Back: $96,000. It cost nothing.');
  expect(report).toContain("We don't know the reason in 3.");
  expect(report).toContain('In 2 of 5 the rep picked different reasons after the call than during it.');
  expect(report).toContain('A manager confirmed the reason in 5 of 14.');
  expect(report).toContain("In 2 of 4 the manager's reason differs from the buyer's words.");
  expect(report).toContain('Nobody wrote down who won 6 deals.');
});

it('adds money of several currencies at the rates of the settings, and says nothing where one is missing', () => {
  const eur = (minor: number) => ({ minor, currency: 'EUR' });
  const money = {
    backMoney: [...usd(9_600_000), eur(2_000_000)],
    cost: [...usd(500_000), eur(100_000)],
  };
  const rate = { currency: 'EUR', to: 'USD', rate: '1.1', on: '2026-11-03' };
  const exchange = { to: 'USD', rates: [rate], year: 2026 };
  const it = learned(money, { exchange });
  expect(text(it)).toContain(
    'Back: $96,000 and €20,000. About $118,000 at the rates of Nov 3. It cost $5,000 and €1,000. About $6,100 at the rates of Nov 3.',
  );
  const short = readBlocks(shortFigures(it));
  for (const form of [short, readBlocks(shortCharts(it) ?? [])])
    expect(form).toContain('won back 2 ($96,000 and €20,000).\nAbout $118,000 at the rates of Nov 3.\n');

  const yen = [...money.backMoney, { minor: 1_000_000, currency: 'JPY' }];
  const two = [rate, { currency: 'JPY', to: 'USD', rate: '0.0065', on: '2025-11-01' }];
  expect(text(learned({ ...money, backMoney: yen }, { exchange: { ...exchange, rates: two } }))).toContain(
    'About $124,500 at rates of Nov 1, 2025 to Nov 3.',
  );
  const missing = learned({ backMoney: yen, cost: [] }, { exchange });
  expect(`${text(missing)}${readBlocks(shortFigures(missing))}`).not.toContain('About');
  expect(text(learned({ cost: [] }, { exchange }))).not.toContain('About');
});

it('has each reason in a table, and what its cases say', () => {
  const report = text(learned());
  expect(report).toContain(
    ['Reason        Said Given Back Lost', 'Price           14     6    1    5'].join('\n'),
  );
  expect(report).toContain("Price: said 14 times, given 6, back once. It's rarely the reason.");
  expect(report).toContain(
    'Payment terms: said 4 times ($90,000), given 5, back 3, open once. It cost $5,000. With so few it could be one in three or nearly always.',
  );
});

it('keeps short labels whole, whatever marks they have, and cuts long ones', () => {
  const labels = [
    { id: 'price', label: 'Features & quality' },
    { id: 'payment_terms', label: 'What the board of directors wants' },
  ];
  const report = text(learned({}, { reasons: labels }));
  expect(report).toContain('Features & quality');
  expect(report).toContain('What the board of d…');
});

it('gives no verdict below three cases', () => {
  const few = { ...terms, given: 2, back: 2, stillLost: 0, share: shareOf(2, 2) };
  expect(verdict(few, REASONS, NO_RATES)).toBe(
    'Payment terms: said 4 times ($90,000), given twice, back twice. It cost $5,000.',
  );
});

it('says how often we got something in return for what we gave', () => {
  expect(verdict({ ...price, inReturn: 2, share: shareOf(1, 6) }, REASONS, NO_RATES)).toBe(
    "Price: said 14 times, given 6, twice for something in return, back once. It's rarely the reason.",
  );
  const once = {
    ...terms,
    given: 1,
    inReturn: 1,
    back: 1,
    stillLost: 0,
    cost: [],
    costNotKnown: 1,
    share: null,
  };
  expect(verdict(once, REASONS, NO_RATES)).toBe(
    'Payment terms: said 4 times ($90,000), given once for something in return, back once.',
  );
  expect(verdict({ ...once, given: 2, inReturn: 2 }, REASONS, NO_RATES)).toContain(
    'given twice, both times for something in return, back once, open once.',
  );
});

it('says what we moved on against one competitor, where that was another reason than the one they said', () => {
  expect(causeVerdict(cause, REASONS, NO_RATES)).toBe(
    'Price against Globex: said 6 times, Payment terms given 4, back 3. It cost $5,000. With so few it could be one in three or nearly always.',
  );
  expect(
    causeVerdict(
      { ...cause, movedOn: 'price', given: 2, back: 1, cost: [], costNotKnown: 1, share: null },
      REASONS,
      NO_RATES,
    ),
  ).toBe('Price against Globex: said 6 times, given twice, back once.');
  expect(text(learned())).toContain('Price against Globex: said 6 times, Payment terms given 4, back 3.');
});

it('of a quiet month says where to look, and a first report how figures begin', () => {
  expect(text(learned({ lost: 0 }))).toBe(
    ['In May we lost no deals that you can see.', 'Try a longer period, or type /lostdeal report all.'].join(
      '\n',
    ),
  );
  const always = {
    period: { from: null, until: null, named: { ...NAMED, kind: 'all' } as const },
    competitor: null,
    team: null,
  };
  expect(text(learned({ lost: 0 }, { asked: always }))).toBe(
    [
      "So far we've lost no deals that you can see.",
      'Figures begin with the first lost deal. Type /lostdeal and the company.',
    ].join('\n'),
  );
});

it('of one deal or two has no chart', () => {
  const one = learned({ lost: 1, reached: 1 });
  expect(text(one)).not.toContain('█');
  expect(text(one)).toContain('Lost       1\nAsked      1\n');
  expect(text(one)).toContain('It takes three deals to see a pattern.');
  expect(text(one)).not.toContain('By kind of business');
  expect(chartBlocks(one)).toBeNull();
});

it('says how sure the cases make us', () => {
  expect(sureness(shareOf(6, 6) ?? { low: 0, high: 0, verdict: 'open' })).toBe('It mostly brings them back.');
  expect([0, 0.12, 0.34, 0.48, 0.9, 1].map(often)).toEqual([
    'almost never',
    'one in ten',
    'one in three',
    'half of the time',
    'nearly always',
    'nearly always',
  ]);
});

it('shows nobody else’s deals, and says so', () => {
  expect(text(learned({}, { seesAll: false }))).toContain('This counts only deals that you can see.');
  expect(text(learned())).not.toContain('you can see');
});

it('has two charts and a table where Slack draws them, within its limits', () => {
  const long = 'A company with quite a long name';
  const two = [long, `${long} Ltd`].map((name) => ({
    name,
    key: name,
    lost: 2,
    tried: 1,
    back: 1,
    backMoney: [],
  }));
  const it = learned();
  const blocks = chartBlocks({ ...it, figures: { ...it.figures, competitors: two } }) ?? [];
  const charts = blocks.filter(({ type }) => type === 'data_visualization');
  expect(charts).toHaveLength(2);
  expect(charts[1]).toMatchObject({
    title: 'Who won them',
    chart: {
      type: 'bar',
      axis_config: { categories: ['A company with quite', 'A company with q (2)'] },
    },
  });
  expect(JSON.stringify(charts)).toContain('{"label":"Open to it","value":6}');
  expect(blocks.find(({ type }) => type === 'data_table')).toMatchObject({
    caption: 'Was it the reason?',
    rows: [
      ['They said', 'Against', 'True?', 'We gave', 'Said', 'Given', 'Back', 'Still lost', 'Cost'].map(
        (heading) => ({ text: heading }),
      ),
      [
        { text: 'Price' },
        { text: 'Globex' },
        { text: 'Could be' },
        { text: 'Payment terms' },
        ...[6, 4, 3, 1].map((value) => ({ value })),
        { text: '$5,000' },
      ],
    ],
  });
  expect(blocks[0]?.type).toBe('rich_text');
  const said = readBlocks(blocks);
  for (const words of [
    "It's rarely the reason.",
    '6 of the 9 we asked were open to it, and 2 came back.',
    'won the most, 2 each.',
    "It's too early to say what brings deals back.",
  ])
    expect(said).toContain(words);
  expect(chartBlocks(learned({ lost: 0 }))).toBeNull();
});

it('says the point of the way from no to back, whatever the counts are', () => {
  const { funnel } = learned().figures;
  const said = (change: Partial<typeof funnel>) => funnelPoint({ ...funnel, ...change });
  expect(said({ wouldHave: 1, back: 1 })).toBe('1 of the 9 we asked was open to it, and 1 came back.');
  expect(said({ wouldHave: 0, back: 0 })).toBe('None of the 9 we asked were open to it, and none came back.');
  expect(said({ reached: 0, wouldHave: 0, back: 0 })).toBe(
    "We didn't ask in any of 14 deals, and none came back.",
  );
});

it('says against whom moving on a reason brings deals back, the surest first', () => {
  const it = learned();
  const causes = [
    { ...cause, movedOn: 'price', given: 9, back: 1, stillLost: 8, share: shareOf(1, 9) },
    { ...cause, competitor: 'Initech', given: 9, back: 8, stillLost: 1, share: shareOf(8, 9) },
  ];
  expect(readBlocks(chartBlocks({ ...it, figures: { ...it.figures, causes } }) ?? [])).toContain(
    'Against Initech, moving on payment terms mostly brings deals back. Against Globex, moving on price rarely brings deals back.',
  );
});

it('says once what came of a reason, where there is only one competitor', () => {
  const it = learned();
  const same = { ...cause, ...price, movedOn: 'price', share: shareOf(1, 6) };
  const one = { ...it, figures: { ...it.figures, causes: [same] } };
  expect(text(one).match(/said 14 times/gu)).toHaveLength(1);
  expect(chartBlocks(one)?.map(({ type }) => type)).not.toContain('data_table');
});

it('leads from a competitor without deals to a name like it, or to a longer period', () => {
  const asked = { ...learned().asked, competitor: 'Globx' };
  expect(text(learned({ lost: 0 }, { asked, alike: ['Globex'] }))).toBe(
    'In May we lost no deals to Globx that you can see.\nDid you mean Globex? Type /lostdeal report all vs Globex.',
  );
  expect(text(learned({ lost: 0 }, { asked, alike: ['GLOBX'] }))).toContain('Try a longer period');
  expect(text(learned({ lost: 0 }, { asked, alike: [] }))).toBe(
    'In May we lost no deals to Globx that you can see.',
  );
});

it('has a short form that Slack draws, and says the point of each chart and of the table', () => {
  const blocks = shortCharts(learned()) ?? [];
  expect(blocks.map(({ type }) => type)).toEqual([
    'rich_text',
    'data_visualization',
    'rich_text',
    'data_visualization',
    'rich_text',
    'data_table',
    'rich_text',
  ]);
  const said = readBlocks(blocks);
  expect(said).toContain('6 of the 9 we asked were open to it, and 2 came back.');
  expect(said).toContain('Globex won 8 of 14 deals.');
  expect(said).toContain('Price came up most, in 14 of 14 deals.');
  const rivals = ['Globex', 'Initech'].map((name) => ({
    name,
    key: name,
    lost: 2,
    tried: 1,
    back: 1,
    backMoney: [],
  }));
  const it = learned();
  const tied = shortCharts({ ...it, figures: { ...it.figures, competitors: rivals } }) ?? [];
  expect(readBlocks(tied)).toContain('Globex and Initech won the most, 2 each.');
  expect(shortCharts(learned({ lost: 2 }))).toBeNull();
});

it('has a short form of one sentence, two charts and a table', () => {
  const short = readBlocks(shortFigures(learned()));
  expect(short).toContain('In May we lost 14 deals');
  expect(short).toContain('Back        2 ██');
  expect(short).toContain('Globex 8 ████████████');
  expect(short).toContain('Reason        Said Given Back Lost');
  expect(short).not.toContain("isn't known");
});

it('has the same deals by month, by team, and by new business or customer', () => {
  const { funnel } = learned().figures;
  const report = text(
    learned(
      {},
      {
        months: [
          { month: { from: 0, month: 3, year: null }, funnel: { ...funnel, lost: 10, back: 0 } },
          { month: { from: 1, month: 4, year: null }, funnel: { ...funnel, lost: 5, back: 2 } },
        ],
        teams: [{ ...none, name: 'North', lost: 12, tried: 4, back: 2 }],
        quarters: [
          { quarter: { from: 0, quarter: null, year: 2024 }, funnel: { ...funnel, lost: 3, back: 0 } },
          { quarter: { from: 1, quarter: 1, year: 2024 }, funnel: { ...funnel, lost: 11, back: 2 } },
        ],
        people: [
          { ...none, name: 'Ana Diaz', lost: 2 },
          { ...none, name: 'Robin Reyes', lost: 12, back: 2, signed: 1 },
        ],
      },
    ),
  );
  expect(report).toContain(
    ['    Lost Tried Back Signed', 'Mar   10     5    0      2', 'Apr    5     5    2      2'].join('\n'),
  );
  expect(report).toContain('New business    9     3    1      1');
  expect(report).toContain('Customers       5     2    1      0');
  expect(report).toContain('North   12     4    2      0');
  expect(report).toContain('Earlier    3     5    0      2');
  expect(report).toContain('Q1 24     11     5    2      2');
  expect(report).toContain('By person, A to Z');
  expect(report).toContain('Robin Reyes   12     0    2      1');
  expect(text(learned())).not.toContain('By month');
  const all = [{ ...none, name: 'North', lost: 14 }];
  expect(text(learned({}, { teams: all }))).not.toContain('By team');
});

it('fits a phone', () => {
  const labels = [{ id: 'price', label: 'Legal or procurement' }];
  const lines = text(learned({}, { reasons: labels }))
    .split('\n')
    .filter((it) => /\d {2}|Said /u.test(it) || it.includes('█'));
  expect(lines.some((it) => it.startsWith('Legal or procurement '))).toBe(true);
  for (const row of lines) expect(row.length).toBeLessThanOrEqual(41);
});
