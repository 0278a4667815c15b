/** What winners had promised the buyers who chose them, and whether it held. */
import type { PledgeKept } from '../deal/model/deal';
import type { InsightGroup } from '../store/store';

/** Each counts deals. */
export interface PledgeFigures extends Readonly<Record<PledgeKept, number>> {
  /** As one of the deals spells it; null: not known. */
  readonly competitor: string | null;
  readonly competitorKey: string | null;
  /** The buyer said what they chose the winner for. */
  readonly promised: number;
  /** Somebody was to ask, long after, whether it held. The rest of them was not reached, or nobody recorded it. */
  readonly asked: number;
}

/** By competitor, most often promised first. */
export function pledgesIn(groups: readonly InsightGroup[]): PledgeFigures[] {
  const keys = [...new Set(groups.map(({ competitorKey }) => competitorKey))];
  return keys
    .map((key): PledgeFigures => {
      const of = groups.filter(({ competitorKey }) => competitorKey === key);
      const kept = (which: PledgeKept) => sum(of, (it) => (it.pledgeKept === which ? it.deals : 0));
      return {
        competitor: of.find(({ competitor }) => competitor !== null)?.competitor ?? null,
        competitorKey: key,
        promised: sum(of, ({ pledged }) => pledged),
        asked: sum(of, ({ pledgeAsked }) => pledgeAsked),
        held: kept('held'),
        partly: kept('partly'),
        broken: kept('broken'),
        unknown: kept('unknown'),
      };
    })
    .filter(({ promised }) => promised > 0)
    .sort((a, b) => b.promised - a.promised || (a.competitorKey ?? '').localeCompare(b.competitorKey ?? ''));
}

const sum = (groups: readonly InsightGroup[], count: (group: InsightGroup) => number): number =>
  groups.reduce((total, group) => total + count(group), 0);
