/** Figures as Slack draws them: charts and a table that people sort. Some workspaces refuse these blocks. */
import type { Block, DataTableBlock, KnownBlock, RichTextBlock } from '@slack/types';
import type { Funnel, Learned } from '../../coach/learn';
import { CAUSES, figureParts, funnelRows, REASON_HEADINGS, REASONS, reasonRows, SHORT } from './figures';
import { dealCount, headline } from './headline';
import { addedSentence, costWords } from './money';
import { line, rich } from './rich';
import { addsTo, causePoint, ENOUGH_TO_DRAW, label, short, wasIt } from './verdicts';

/** Slack's limits: https://docs.slack.dev/reference/block-kit/blocks/data-visualization-block */
const POINTS = 20;
const LABEL = 20;

/** A chart of counts. `@slack/types` has no type for it yet. */
interface BarChart extends Block {
  readonly type: 'data_visualization';
  readonly title: string;
  readonly chart: object;
}

/** The report with two charts and a table, null where there is nothing to draw. The first block is rich text. */
export function chartBlocks(learned: Learned): readonly (KnownBlock | Block)[] | null {
  const { funnel } = learned.figures;
  if (funnel.lost < ENOUGH_TO_DRAW) return null;
  const { first, notes, reasons, others, end } = figureParts(learned);
  return [
    first,
    ...funnelChart(funnel),
    ...notes,
    ...(learned.asked.competitor === null ? winnersChart(learned) : []),
    ...others,
    ...reasons,
    ...causeTable(learned),
    ...end,
  ];
}

/**
 * One sentence, two charts and a table, each with its point in words for whoever does not see it. Null where there is
 * nothing to draw.
 */
export function shortCharts(learned: Learned): readonly (KnownBlock | Block)[] | null {
  const { funnel, reasons } = learned.figures;
  if (funnel.lost < ENOUGH_TO_DRAW) return null;
  const said = reasons.map(({ reason, said: count }) => [label(reason, learned.reasons), count] as const);
  return [
    rich(
      line({ bold: headline(learned) }),
      ...addedSentence(funnel.backMoney, learned.exchange).map((it) => line(it)),
    ),
    ...funnelChart(funnel),
    ...winnersChart(learned),
    ...(said.length === 0
      ? []
      : [
          dataTable(REASONS, [
            REASON_HEADINGS.map(words),
            ...reasonRows(reasons.slice(0, SHORT), learned.reasons).map(([name, ...counts]) => [
              words(name),
              ...counts.map(number),
            ]),
          ]),
          point(reasonPoint(said, funnel.lost)),
        ]),
  ];
}

const point = (text: string) => rich(line(text));

const funnelChart = (funnel: Funnel) => [
  bars('From no to back', 'Deals', funnelRows(funnel)),
  point(funnelPoint(funnel)),
];

function winnersChart({ figures: { competitors, funnel } }: Learned): (BarChart | RichTextBlock)[] {
  const named = competitors.flatMap(({ key, name, lost }) =>
    key === null || name === null ? [] : [[name, lost] as const],
  );
  return named.length === 0
    ? []
    : [bars('Who won them', 'Lost', named), point(winnerPoint(named, funnel.lost))];
}

/** "68 of the 111 we asked were open to it, and 22 came back." */
export function funnelPoint({ lost, reached, wouldHave, back }: Funnel): string {
  const came = back === 0 ? 'none' : String(back);
  if (reached === 0) return `We didn't ask in any of ${dealCount(lost)}, and ${came} came back.`;
  const open = `${wouldHave === 0 ? 'None' : wouldHave} of the ${reached} we asked`;
  return `${open} ${wouldHave === 1 ? 'was' : 'were'} open to it, and ${came} came back.`;
}

type Counted = readonly (readonly [name: string, deals: number])[];

/** The names with the highest count. */
function top(rows: Counted): { readonly names: readonly string[]; readonly most: number } {
  const most = Math.max(...rows.map(([, count]) => count));
  return { most, names: rows.filter(([, count]) => count === most).map(([name]) => short(name)) };
}

/** "Globex won 50 of 140 deals, more than anybody else." */
function winnerPoint(rows: Counted, of: number): string {
  const { names, most } = top(rows);
  const [first = '', second, ...others] = names;
  if (others.length > 0) return 'No single competitor won the most.';
  if (second !== undefined) return `${first} and ${second} won the most, ${most} each.`;
  return `${first} won ${most} of ${dealCount(of)}${rows.length === 1 ? '' : ', more than anybody else'}.`;
}

/** "Payment terms came up most, in 46 of 140 deals." */
function reasonPoint(rows: Counted, of: number): string {
  const { names, most } = top(rows);
  const [first = '', second, ...others] = names;
  if (others.length > 0) return 'No single reason came up the most.';
  if (second !== undefined) return `${first} and ${second} came up most, ${most} times each.`;
  return `${first} came up${rows.length === 1 ? '' : ' most,'} in ${most} of ${dealCount(of)}.`;
}

function bars(
  title: string,
  series: string,
  rows: readonly (readonly [label: string, count: number])[],
): BarChart {
  const labels = distinct(rows.slice(0, POINTS).map(([label]) => label));
  return {
    type: 'data_visualization',
    title,
    chart: {
      type: 'bar',
      series: [
        { name: series, data: labels.map((label, index) => ({ label, value: rows[index]?.[1] ?? 0 })) },
      ],
      axis_config: { categories: labels },
    },
  };
}

/** Two companies may begin alike, and Slack takes no category twice. */
function distinct(labels: readonly string[]): string[] {
  const seen = new Set<string>();
  return labels.map((label) => {
    let short = [...label].slice(0, LABEL).join('').trimEnd();
    for (let count = 2; seen.has(short); count += 1) {
      short = `${[...label]
        .slice(0, LABEL - 4)
        .join('')
        .trimEnd()} (${count})`;
    }
    seen.add(short);
    return short;
  });
}

/** The answer comes third, since a phone shows three columns at once. */
const CAUSE_HEADINGS = ['They said', 'Against', 'True?'] as const;
const CAUSE_COUNTS = ['Said', 'Given', 'Back', 'Still lost', 'Cost'] as const;
/** Rows of the table: a message holds about 10,000 characters in all. */
const CAUSE_ROWS = 20;

/** A row a reason, competitor and what we moved on there. Left out where the reasons alone say the same. */
function causeTable({
  figures: { causes, reasons: all },
  reasons,
}: Learned): (DataTableBlock | RichTextBlock)[] {
  const tried = causes.filter(({ given }) => given > 0);
  if (!tried.some((it) => addsTo(all, it))) return [];
  const rows = tried.slice(0, CAUSE_ROWS);
  // Without such a row the column would only repeat the reason.
  const hasOthers = rows.some(({ movedOn, reason }) => movedOn !== reason);
  return [
    dataTable(CAUSES, [
      [...CAUSE_HEADINGS, ...(hasOthers ? ['We gave'] : []), ...CAUSE_COUNTS].map(words),
      ...rows.map(({ reason, competitor, movedOn, said, given, back, stillLost, share, ...costs }) => [
        words(label(reason, reasons)),
        words(competitor === null ? 'Not known' : short(competitor)),
        words(wasIt(share)),
        ...(hasOthers
          ? [words(movedOn === null || movedOn === reason ? 'The same' : label(movedOn, reasons))]
          : []),
        ...[said, given, back, stillLost].map(number),
        words(costWords({ ...costs, back }) ?? '–'),
      ]),
    ]),
    point(causePoint(tried, reasons)),
  ];
}

const words = (text: string) => ({ type: 'raw_text' as const, text });
const number = (value: number) => ({ type: 'raw_number' as const, value, text: String(value) });

const dataTable = (caption: string, rows: DataTableBlock['rows']): DataTableBlock => ({
  type: 'data_table',
  caption,
  page_size: 10,
  rows,
});
