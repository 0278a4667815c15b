/** The counting rules of the figures beside an ask. Each deal counts once in each figure. */
import type { GivenUp, RescueFigures } from '../deal/model/deal';
import type { Money } from '../deal/model/money';
import type { CaseGroup } from '../store/store';

export function countRescues(groups: readonly CaseGroup[]): RescueFigures {
  const tried = groups.filter((group) => group.tried);
  const back = tried.filter(({ end }) => end === 'whole' || end === 'part');
  return {
    lost: dealsOf(groups),
    pulse: dealsOf(groups.filter(({ pulse }) => pulse)),
    asked: dealsOf(groups.filter(({ asked }) => asked)),
    inTime: dealsOf(groups.filter(({ inTime }) => inTime)),
    tried: dealsOf(tried),
    matched: dealsOf(tried.filter(({ move }) => move === 'matched')),
    countered: dealsOf(tried.filter(({ move }) => move === 'countered')),
    given: dealsOf(tried.filter(({ move }) => move === 'given')),
    wonWhole: dealsOf(back.filter(({ end }) => end === 'whole')),
    wonPart: dealsOf(back.filter(({ end }) => end === 'part')),
    stayedLost: dealsOf(tried.filter(({ end }) => end === 'lost')),
    won: sums(back.flatMap(({ won }) => won ?? [])),
    givenUp: givenUpIn(back),
  };
}

/** Groups with at least one of these reasons. */
export function withSameKind(groups: readonly CaseGroup[], kinds: readonly string[]): CaseGroup[] {
  return groups.filter((group) => group.kinds.some((kind) => kinds.includes(kind)));
}

const dealsOf = (groups: readonly CaseGroup[]): number =>
  groups.reduce((total, { deals }) => total + deals, 0);

/** One sum a currency, never added across currencies; by currency, so that the same deals give the same figures. */
function sums(amounts: readonly Money[]): Money[] {
  const byCurrency = new Map<string, number>();
  for (const { currency, minor } of amounts) {
    byCurrency.set(currency, (byCurrency.get(currency) ?? 0) + minor);
  }
  return [...byCurrency]
    .filter(([, minor]) => minor > 0)
    .map(([currency, minor]) => ({ currency, minor }))
    .sort((a, b) => a.currency.localeCompare(b.currency));
}

function givenUpIn(back: readonly CaseGroup[]): GivenUp[] {
  const named = new Map(back.map(({ kinds }) => [kinds.join(), kinds]));
  return [...named]
    .sort(([a], [b]) => a.localeCompare(b))
    .flatMap(([name, kinds]) => {
      const costs = back.flatMap((group) => (group.kinds.join() === name ? (group.cost ?? []) : []));
      return sums(costs).map((cost) => ({ kinds, cost }));
    });
}
