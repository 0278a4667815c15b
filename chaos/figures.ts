/** The figures of a run. */

import type { DecisionTerms } from '../src/deal/model/deal';
import type { DealEvent } from '../src/deal/model/events';

export type Figure = readonly [what: string, value: string | number];

export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

/** A table with one column for each run. */
export function table(
  runs: readonly { readonly name: string; readonly figures: readonly Figure[] }[],
): string {
  const rows = [...new Set(runs.flatMap(({ figures }) => figures.map(([what]) => what)))];
  const columns = runs.map(({ figures }) => new Map(figures.map(([what, value]) => [what, String(value)])));
  const widest = Math.max(...rows.map((row) => row.length));
  const widths = runs.map(({ name }, at) =>
    Math.max(name.length, ...rows.map((row) => (columns[at]?.get(row) ?? '–').length)),
  );
  const line = (first: string, cells: readonly string[]) =>
    `${first.padEnd(widest)}  ${cells.map((cell, at) => cell.padStart(widths[at] ?? 0)).join('  ')}`;
  return [
    line(
      '',
      runs.map(({ name }) => name),
    ),
    ...rows.map((row) =>
      line(
        row,
        columns.map((column) => column.get(row) ?? '–'),
      ),
    ),
  ].join('\n');
}

export const counted = (kind: string, counts: ReadonlyMap<string, number>): readonly Figure[] =>
  [...counts].sort(([a], [b]) => a.localeCompare(b)).map(([what, count]) => [`${kind}${what}`, count]);

/** Rare actions. A run without one of them shows nothing about it. */
export function rareDeeds(events: readonly DealEvent[]): readonly Figure[] {
  const count = (is: (event: DealEvent) => boolean) => events.filter(is).length;
  return [
    ['  asked again', count((it) => it.type === 'asked' && it.changed !== undefined)],
    ['  gave for something in return', count((it) => it.type === 'decided' && wantsReturn(it.decision))],
    ['  gave what was approved before', count((it) => it.type === 'pre_approved')],
    [
      '  heard a verbal yes',
      count((it) => it.type === 'outcome_reported' && it.outcome.kind === 'verbal_yes'),
    ],
  ];
}

const wantsReturn = (decision: DecisionTerms): boolean =>
  decision.kind !== 'decline' && decision.inReturn !== null;
