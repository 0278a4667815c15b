/** Figures as Slack draws them: charts and a table that people sort. Some workspaces refuse these blocks. */
import type { Block, DataTableBlock, KnownBlock } from '@slack/types';
import type { Learned } from '../../coach/learn';
import { CAUSES, figureParts, funnelRows, REASON_HEADINGS, REASONS, reasonRows, SHORT } from './figures';
import { headline, sums } from './headline';
import { line, rich } from './rich';
import { ENOUGH_TO_DRAW, label, short, sureness } from './verdicts';

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
  const { funnel, competitors } = learned.figures;
  if (funnel.lost < ENOUGH_TO_DRAW) return null;
  const { first, notes, reasons, others, end } = figureParts(learned);
  const named = winners(competitors);
  return [
    first,
    bars('From no to back', 'Deals', funnelRows(funnel)),
    ...notes,
    ...reasons,
    ...causeTable(learned),
    ...(learned.asked.competitor === null && named.length > 0 ? [bars('Who won them', 'Lost', named)] : []),
    ...others,
    ...end,
  ];
}

/**
 * One sentence, two charts and a table, each with its point in words for whoever does not see it. Null where there is
 * nothing to draw.
 */
export function shortCharts(learned: Learned): readonly (KnownBlock | Block)[] | null {
  const { funnel, competitors, reasons } = learned.figures;
  const { lost, back } = funnel;
  if (lost < ENOUGH_TO_DRAW) return null;
  const named = winners(competitors);
  const said = reasons.map(({ reason, said: count }) => [label(reason, learned.reasons), count] as const);
  const point = (text: string) => rich(line(text));
  return [
    rich(line({ bold: headline(learned) })),
    bars('From no to back', 'Deals', funnelRows(funnel)),
    point(`${back === 0 ? 'None' : back} of ${lost} deals came back.`),
    ...(named.length === 0
      ? []
      : [bars('Who won them', 'Lost', named), point(mostWords(named, lost, 'competitor'))]),
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
          point(mostWords(said, lost, 'reason')),
        ]),
  ];
}

/** "Price was named most: 14 of 30 deals." */
function mostWords(
  rows: readonly (readonly [name: string, deals: number])[],
  of: number,
  kind: 'competitor' | 'reason',
): string {
  const most = Math.max(...rows.map(([, count]) => count));
  const [first, ...others] = rows.filter(([, count]) => count === most);
  return first === undefined || others.length > 0
    ? `No single ${kind} was named most.`
    : `${short(first[0])} was named most: ${most} of ${of} deals.`;
}

const winners = (competitors: Learned['figures']['competitors']) =>
  competitors.flatMap(({ key, name, lost }) =>
    key === null || name === null ? [] : [[name, lost] as const],
  );

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

const CAUSE_HEADINGS = [
  'Reason',
  'Against',
  'We moved on',
  'Said',
  'Given',
  'Back',
  'Still lost',
  'It cost',
  'So far',
] as const;
/** Rows of the table: a message holds about 10,000 characters in all. */
const CAUSE_ROWS = 20;

/** Per reason, competitor and what we moved on there. */
function causeTable({ figures: { causes }, reasons }: Learned): DataTableBlock[] {
  if (causes.length === 0) return [];
  return [
    dataTable(CAUSES, [
      CAUSE_HEADINGS.map(words),
      ...causes
        .slice(0, CAUSE_ROWS)
        .map(({ reason, competitor, movedOn, said, given, back, stillLost, cost, share }) => [
          words(label(reason, reasons)),
          words(competitor === null ? 'Not known' : short(competitor)),
          words(movedOn === null ? 'Nothing' : label(movedOn, reasons)),
          ...[said, given, back, stillLost].map(number),
          words(cost.length === 0 ? '–' : sums(cost)),
          words(share === null ? 'Too few to say' : sureness(share)),
        ]),
    ]),
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
