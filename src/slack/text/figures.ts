/** Figures as text: a sentence, bars and tables in a fixed width, which every client draws. */
import type { RichTextBlock } from '@slack/types';
import {
  type Funnel,
  LATEST_DAYS,
  type Learned,
  type Month,
  type PeriodName,
  type ReasonFigures,
  type Share,
  type SpeedFigures,
} from '../../coach/learn';
import { formatMoney, type Money } from '../../deal/model/money';
import { clip } from '../../deal/model/typed';
import type { Reason } from '../../playbook/schema';
import { reasonLabels } from './answers';
import { cut } from './encode';
import { line, paragraph, type RichPiece, rich, table } from './rich';

/** Rows of a table; the rest is counted. */
const ROWS = 10;
/** Rows of a chart or table in the short form. */
const SHORT = 5;
/** Reasons with a sentence of their own. */
const SENTENCES = 3;
const LABEL = 20;
const BAR = 12;

/** "In May we lost 14 deals, asked in 9, tried to rescue 5 and won back 2 ($96,000)." */
export function headline({ asked, figures: { funnel }, teamName }: Learned): string {
  const { period, competitor } = asked;
  const who = teamName === null ? 'we' : cut(teamName, 80);
  const to = competitor === null ? '' : ` to ${cut(competitor, 80)}`;
  const name = periodWords(period.named);
  if (funnel.lost === 0) return `${name} ${who} lost no deals${to} that you can see.`;
  const back = funnel.back === 0 ? 'none' : String(funnel.back);
  const money = funnel.backMoney.length === 0 ? '' : ` (${sums(funnel.backMoney)})`;
  return `${name} ${who} lost ${deals(funnel.lost)}${to}, asked in ${funnel.reached}, tried to rescue ${funnel.tried} and won back ${back}${money}.`;
}

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

/** The beginning of a sentence: "In May", "Last quarter". */
export function periodWords({ kind, unit, quarter, month, year }: PeriodName): string {
  switch (kind) {
    case 'days':
      return `In the last ${LATEST_DAYS} days`;
    case 'all':
      return 'So far';
    case 'this':
      return `This ${unit}`;
    case 'last':
      return `Last ${unit}`;
    case 'in': {
      const named = quarter === null ? (month === null ? [] : [MONTHS[month - 1]]) : [`Q${quarter}`];
      return ['In', ...named, ...(year === null ? [] : [String(year)])].join(' ');
    }
  }
}

/** "Mar", "Mar 26" */
const shortMonth = ({ month, year }: Month): string =>
  [MONTHS[month - 1]?.slice(0, 3), ...(year === null ? [] : [String(year).slice(-2)])].join(' ');

/** The whole report. The first block is rich text. */
export function figureBlocks(learned: Learned): RichTextBlock[] {
  const { figures, asked } = learned;
  const { first, end } = figureParts(learned);
  if (figures.funnel.lost === 0) return [first];
  return [
    first,
    rich(line({ bold: 'From no to back' }), table(barRows(figures.funnel)), ...funnelNotes(figures.funnel)),
    rich(line({ bold: 'Reasons, and what it took' }), ...reasonPieces(learned)),
    ...(asked.competitor === null
      ? [rich(line({ bold: 'Who won them' }), ...competitorPieces(learned))]
      : []),
    ...end,
  ];
}

/** The parts of a report beside its charts and tables, which each form draws in its own way. */
export function figureParts(learned: Learned): {
  readonly first: RichTextBlock;
  readonly reasons: readonly RichTextBlock[];
  readonly others: readonly RichTextBlock[];
  readonly end: readonly RichTextBlock[];
} {
  const { figures, asked, seesAll } = learned;
  const reasons = [...funnelNotes(figures.funnel), ...reasonNotes(learned)];
  const others = asked.competitor === null ? unnamedNote(learned) : [];
  return {
    first: paragraph([{ bold: headline(learned) }]),
    reasons: reasons.length === 0 ? [] : [rich(...reasons)],
    others: others.length === 0 ? [] : [rich(...others)],
    end: [
      ...partBlocks(learned),
      ...speedBlocks(figures.speed),
      ...(seesAll ? [] : [paragraph([{ italic: 'This counts only deals that you can see.' }])]),
    ],
  };
}

/** The short form: one sentence, two charts and a table. The first block is rich text. */
export function shortFigures(learned: Learned): RichTextBlock[] {
  const { funnel, competitors } = learned.figures;
  const reasons = learned.figures.reasons.slice(0, SHORT);
  const first = line({ bold: headline(learned) });
  if (funnel.lost === 0) return [rich(first)];
  const named = competitors.filter(({ key }) => key !== null).slice(0, SHORT);
  const most = Math.max(1, ...named.map(({ lost }) => lost));
  return [
    rich(
      first,
      table(barRows(funnel)),
      ...(named.length === 0
        ? []
        : [
            line({ bold: 'Who won them' }),
            table(named.map(({ name, lost }) => [short(name ?? ''), String(lost), bar(lost, most)])),
          ]),
      ...(reasons.length === 0
        ? []
        : [line({ bold: 'Reasons, and what it took' }), reasonTable(reasons, learned.reasons)]),
    ),
  ];
}

function funnelNotes(funnel: Funnel): RichPiece[] {
  const { wouldHaveNotKnown, backMoney, cost } = funnel;
  return [
    ...(wouldHaveNotKnown === 0 ? [] : [line(`No clear answer in ${wouldHaveNotKnown}.`)]),
    ...(backMoney.length === 0
      ? []
      : [
          line(
            `Back: ${sums(backMoney)}. ${cost.length === 0 ? 'Nobody wrote down what it cost.' : `It cost ${sums(cost)}.`}`,
          ),
        ]),
  ];
}

export function funnelRows(funnel: Funnel): readonly (readonly [label: string, deals: number])[] {
  return [
    ['Lost', funnel.lost],
    ['Asked the question', funnel.reached],
    ['Would have chosen us', funnel.wouldHave],
    ['Manager asked', funnel.asked],
    ['Answered in time', funnel.inTime],
    ['Yes or counter', funnel.yes],
    ['Back', funnel.back],
  ];
}

const barRows = (funnel: Funnel): string[][] =>
  funnelRows(funnel).map(([name, count]) => [name, String(count), bar(count, funnel.lost)]);

const bar = (count: number, of: number): string =>
  '█'.repeat(of === 0 ? 0 : Math.max(Math.round((count / of) * BAR), count > 0 ? 1 : 0));

function reasonPieces(learned: Learned): RichPiece[] {
  const { reasons } = learned.figures;
  const shown = reasons.slice(0, ROWS);
  return [
    ...(shown.length === 0 ? [] : [reasonTable(shown, learned.reasons)]),
    ...rest(reasons.length - shown.length, 'reason', 'reasons'),
    ...reasonNotes(learned),
  ];
}

function reasonNotes({ figures: { reasons, noReason, differ }, reasons: labels }: Learned): RichPiece[] {
  const told = reasons.filter(({ share }) => share !== null).slice(0, SENTENCES);
  return [
    ...told.map((figures) => line(verdict(figures, labels))),
    ...(noReason === 0 ? [] : [line(`We don't know the reason in ${noReason}.`)]),
    ...(differ.of === 0 || differ.deals === 0
      ? []
      : [
          line(
            `In ${differ.deals} of ${differ.of} the rep picked different reasons after the call than during it.`,
          ),
        ]),
  ];
}

export const REASON_HEADINGS = ['Reason', 'Said', 'Given', 'Back', 'Still lost'] as const;

export const reasonRows = (
  reasons: readonly ReasonFigures[],
  labels: readonly Reason[],
): (readonly [label: string, ...counts: number[]])[] =>
  reasons.map(({ reason, said, given, back, stillLost }) => [
    label(reason, labels),
    said,
    given,
    back,
    stillLost,
  ]);

const reasonTable = (reasons: readonly ReasonFigures[], labels: readonly Reason[]): RichPiece =>
  table([
    REASON_HEADINGS,
    ...reasonRows(reasons, labels).map(([name, ...counts]) => [name, ...counts.map(String)]),
  ]);

/** "Price: said 14 times, given 6 times, back once. It's rarely the reason." */
export function verdict(figures: ReasonFigures, labels: readonly Reason[]): string {
  const { said, given, back, stillLost, cost, share } = figures;
  const open = given - back - stillLost;
  const counts = [
    `said ${times(said)}`,
    `given ${times(given)}`,
    `back ${times(back)}`,
    ...(open === 0 ? [] : [`open ${times(open)}`]),
  ].join(', ');
  const price = cost.length === 0 ? '' : ` It cost ${sums(cost)}.`;
  return `${label(reasonOf(figures), labels)}: ${counts}.${price}${share === null ? '' : ` ${sureness(share)}`}`;
}

const reasonOf = ({ reason }: ReasonFigures): string => reason;

/** The conclusion from the cases, as sure as they make us. */
export function sureness({ verdict: says, low, high }: Share): string {
  switch (says) {
    case 'rarely':
      return "It's rarely the reason.";
    case 'mostly':
      return 'It mostly brings them back.';
    case 'open':
      return `With so few it could be ${often(low)} or ${often(high)}.`;
  }
}

/** Shares as people say them, the nearest counts. */
const OFTEN: readonly (readonly [share: number, words: string])[] = [
  [0, 'almost never'],
  [0.1, 'one in ten'],
  [0.2, 'one in five'],
  [0.25, 'one in four'],
  [1 / 3, 'one in three'],
  [0.5, 'half of the time'],
  [2 / 3, 'two in three'],
  [0.75, 'three in four'],
  [0.8, 'four in five'],
  [0.95, 'nearly always'],
];

export function often(share: number): string {
  const [nearest] = [...OFTEN].sort(([a], [b]) => Math.abs(a - share) - Math.abs(b - share));
  return nearest?.[1] ?? '';
}

function competitorPieces(learned: Learned): RichPiece[] {
  const { competitors } = learned.figures;
  const named = competitors.filter(({ key }) => key !== null);
  const shown = named.slice(0, ROWS);
  return [
    ...(shown.length === 0
      ? []
      : [
          table([
            ['Competitor', 'Lost', 'Tried', 'Back'],
            ...shown.map(({ name, lost, tried, back }) => [
              short(name ?? ''),
              ...[lost, tried, back].map(String),
            ]),
          ]),
        ]),
    ...rest(named.length - shown.length, 'competitor', 'competitors'),
    ...unnamedNote(learned),
  ];
}

function unnamedNote({ figures: { competitors } }: Learned): RichPiece[] {
  const unnamed = competitors.find(({ key }) => key === null)?.lost ?? 0;
  return unnamed === 0 ? [] : [line(`Nobody wrote down who won ${deals(unnamed)}.`)];
}

const BUSINESS = { new: 'New business', customer: 'Customers' } as const;

/** The same deals by month, by team, and by new business or customer. */
function partBlocks({ months, teams, figures: { business } }: Learned): RichTextBlock[] {
  const most = Math.max(1, ...months.map(({ funnel }) => funnel.lost));
  const kinds = business.map(({ name, ...rest }) => ({ ...rest, name: BUSINESS[name] }));
  const parts = [...(kinds.length > 1 ? kinds : []), ...teams];
  return [
    ...(months.length === 0
      ? []
      : [
          rich(
            line({ bold: 'By month' }),
            table([
              ['', 'Lost', 'Back'],
              ...months.map(({ month, funnel: { lost, back } }) => [
                shortMonth(month),
                String(lost),
                String(back),
                bar(lost, most),
              ]),
            ]),
          ),
        ]),
    ...(parts.length === 0
      ? []
      : [
          rich(
            line({ bold: teams.length === 0 ? 'New or a customer' : 'New or a customer, and teams' }),
            table([
              ['', 'Lost', 'Tried', 'Back'],
              ...parts.map(({ name, lost, tried, back }) => [
                short(name),
                ...[lost, tried, back].map(String),
              ]),
            ]),
          ),
        ]),
  ];
}

const SPAN_LABELS = { hour: 'Within an hour', day: 'Within a day', later: 'Later' } as const;

function speedBlocks({ decidedIn, callBack }: SpeedFigures): RichTextBlock[] {
  const rows = [
    ...decidedIn.map(({ span, deals: count, back }) => [SPAN_LABELS[span], count, back] as const),
    ...callBack.map(
      ({ kept, deals: count, back }) =>
        [kept ? 'Called back in time' : 'Called back late', count, back] as const,
    ),
  ].filter(([, count]) => count > 0);
  if (rows.length === 0) return [];
  return [
    rich(
      line({ bold: 'Speed of the answer and the call-back' }),
      table([
        ['', 'Deals', 'Back'],
        ...rows.map(([name, count, back]) => [name, String(count), String(back)]),
      ]),
    ),
  ];
}

const rest = (count: number, one: string, many: string): RichPiece[] =>
  count <= 0 ? [] : [line(`And ${count} more ${count === 1 ? one : many}.`)];

/** Tables are no markup, so each character counts once. */
const short = (text: string): string => (text.length <= LABEL ? text : `${clip(text, LABEL - 1).trimEnd()}…`);

const label = (reason: string, labels: readonly Reason[]): string => short(reasonLabels([reason], labels));

const deals = (count: number): string => `${count} ${count === 1 ? 'deal' : 'deals'}`;

const TIMES = ['never', 'once', 'twice'];
const times = (count: number): string => TIMES[count] ?? `${count} times`;

/** One sum a currency: nobody knows at what rate to add them. */
export const sums = (amounts: readonly Money[]): string => amounts.map((it) => formatMoney(it)).join(' and ');
