/** Figures as Slack draws them: charts and a table that people sort. Some workspaces refuse these blocks. */
import type { Block, DataTableBlock, KnownBlock } from '@slack/types';
import type { Learned } from '../../coach/learn';
import { figureParts, funnelRows, REASON_HEADINGS, reasonRows } from './figures';

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
  if (funnel.lost === 0) return null;
  const { first, reasons, others, end } = figureParts(learned);
  const named = competitors.flatMap(({ key, name, lost }) =>
    key === null || name === null ? [] : [[name, lost] as const],
  );
  return [
    first,
    bars('From no to back', 'Deals', funnelRows(funnel)),
    ...reasonTable(learned),
    ...reasons,
    ...(learned.asked.competitor === null && named.length > 0 ? [bars('Who won them', 'Lost', named)] : []),
    ...others,
    ...end,
  ];
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

function reasonTable(learned: Learned): DataTableBlock[] {
  const rows = reasonRows(learned.figures.reasons, learned.reasons);
  if (rows.length === 0) return [];
  return [
    {
      type: 'data_table',
      caption: 'Reasons, and what it took',
      page_size: 10,
      rows: [
        REASON_HEADINGS.map((text) => ({ type: 'raw_text', text })),
        ...rows.map(([label, ...counts]) => [
          { type: 'raw_text' as const, text: label },
          ...counts.map((value) => ({ type: 'raw_number' as const, value, text: String(value) })),
        ]),
      ],
    },
  ];
}
