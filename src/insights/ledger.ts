/** The ledger beneath an ask: the team's earlier deals with the same competitor and kind of offer. */
import {
  type Deal,
  type LedgerLessons,
  PLEDGE_KEPT,
  type PledgeKept,
  type RescueLedger,
} from '../deal/model/deal';
import { offerKinds } from '../deal/model/facts';
import type { MoveGroup, Store } from '../store/store';
import { countRescues, withSameKind } from './rescues';

/** Figures of the team's other deals lost to the same competitor; null while the competitor is not known. */
export async function ledgerOf(
  store: Pick<Store, 'deals' | 'insights'>,
  deal: Pick<Deal, 'tenant' | 'id' | 'trail' | 'details'>,
): Promise<RescueLedger | null> {
  const competitor = deal.details.competitor?.trim() ?? '';
  if (competitor === '') return null;
  const [groups, moves] = await Promise.all([
    store.deals.casesAgainst(deal.tenant, competitor, deal.id),
    store.insights.movesAgainst(deal.tenant, competitor, deal.id),
  ]);
  const kinds = offerKinds(deal);
  const lessons = lessonsOf(moves, kinds);
  return {
    rescues: countRescues(groups),
    sameKind: kinds.length === 0 ? null : { ...countRescues(withSameKind(groups, kinds)), kinds },
    ...(lessons === null ? {} : { lessons }),
  };
}

/** A manager reads them within seconds. */
const MOST_REASONS = 2;

/** Null: we never moved on these reasons against them, and nobody recorded whether they keep their word. */
function lessonsOf(moves: readonly MoveGroup[], kinds: readonly string[]): LedgerLessons | null {
  const reasons = kinds
    .map((reason) => {
      const on = moves.filter(({ given }) => given.includes(reason));
      return {
        reason,
        given: dealsOf(on),
        inReturn: dealsOf(on.filter(({ hasReturn }) => hasReturn)),
        back: dealsOf(on.filter(({ isBack }) => isBack)),
        stayedLost: dealsOf(on.filter(({ isLost }) => isLost)),
      };
    })
    .filter(({ given }) => given > 0)
    .sort((a, b) => b.given - a.given || a.reason.localeCompare(b.reason))
    .slice(0, MOST_REASONS);
  const of = (kept: PledgeKept) => dealsOf(moves.filter(({ pledgeKept }) => pledgeKept === kept));
  const pledges = { held: of('held'), partly: of('partly'), broken: of('broken'), unknown: of('unknown') };
  return reasons.length === 0 && PLEDGE_KEPT.every((kept) => pledges[kept] === 0)
    ? null
    : { reasons, pledges };
}

const dealsOf = (groups: readonly MoveGroup[]): number =>
  groups.reduce((total, { deals }) => total + deals, 0);
