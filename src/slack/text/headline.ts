/** The sentence of a report that somebody would forward. */
import { type Funnel, LATEST_DAYS, type Learned, type PeriodName } from '../../coach/learn';
import { cut } from './encode';
import { MONTHS, sums } from './money';

/** "In May we lost 14 deals, asked in 9, tried to rescue 5 and won back 2 ($96,000)." */
export function headline({ asked, figures: { funnel }, teamName }: Learned): string {
  const { period, competitor } = asked;
  const to = competitor === null ? '' : ` to ${cut(competitor, 80)}`;
  const start = `${periodWords(period.named)} ${whoLost(period.named, teamName)}`;
  if (funnel.lost === 0) return `${start} no deals${to} that you can see.`;
  return `${start} ${funnel.lost === 1 ? oneDeal(funnel, to) : manyDeals(funnel, to)}.`;
}

/** "Last quarter we lost 1,240 deals to Globex", "So far we've lost no deals that you can see". */
export function lostWords({ asked, teamName }: Pick<Learned, 'asked' | 'teamName'>, lost: number): string {
  const { period, competitor } = asked;
  const to = competitor === null ? '' : ` to ${cut(competitor, 80)}`;
  const what = lost === 0 ? `no deals${to} that you can see` : `${dealCount(lost)}${to}`;
  return `${periodWords(period.named)} ${whoLost(period.named, teamName)} ${what}`;
}

export const dealCount = (count: number): string =>
  `${count.toLocaleString('en-US')} ${count === 1 ? 'deal' : 'deals'}`;

/** A period that is not over yet goes on: "So far we've lost", "In May we lost". */
function whoLost({ kind }: PeriodName, teamName: string | null): string {
  const isOver = kind === 'last' || kind === 'in' || kind === 'week';
  if (teamName !== null) return `${cut(teamName, 80)} ${isOver ? 'lost' : 'has lost'}`;
  return isOver ? 'we lost' : "we've lost";
}

/** "1 deal, asked, tried to rescue it and won it back ($48,000)" */
function oneDeal(funnel: Funnel, to: string): string {
  const { reached, tried, back } = funnel;
  return joined([
    `1 deal${to}`,
    ...(reached === 0 ? [] : ['asked']),
    ...(tried === 0 ? [] : ['tried to rescue it']),
    ...(back === 0 ? [] : [`won it back${backMoney(funnel)}`]),
  ]);
}

function manyDeals(funnel: Funnel, to: string): string {
  const { lost, reached, tried, back } = funnel;
  return joined([
    `${lost} deals${to}`,
    `asked in ${countOf(reached)}`,
    ...(tried === 0 && back === 0 ? [] : [`tried to rescue ${countOf(tried)}`]),
    ...(tried === 0 && back === 0 ? [] : [`won back ${countOf(back)}${backMoney(funnel)}`]),
  ]);
}

/** " ($96,000), 1 of them not signed yet" */
function backMoney({ back, backMoney: money, backNotKnown, signed, lost }: Funnel): string {
  const worth = money.length === 0 ? '' : ` (${sums(money, backNotKnown)})`;
  if (signed === back) return worth;
  if (back === 1 || lost === 1) return `${worth}, not signed yet`;
  return `${worth}, ${signed === 0 ? 'none of them signed yet' : `${back - signed} of them not signed yet`}`;
}

const joined = (parts: readonly string[]): string =>
  parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;

/** Read aloud, a zero is no number. */
const countOf = (count: number): string => (count === 0 ? 'none' : String(count));

/** The beginning of a sentence: "In May", "Last quarter". */
export function periodWords({ kind, unit, quarter, month, year, day }: PeriodName): string {
  switch (kind) {
    case 'days':
      return `In the last ${LATEST_DAYS} days`;
    case 'all':
      return 'So far';
    case 'this':
      return `This ${unit}`;
    case 'last':
      return `Last ${unit}`;
    case 'week': {
      const [, monthOf, dayOf] = (day ?? '').split('-').map(Number);
      return `In the week of ${MONTHS[(monthOf ?? 1) - 1] ?? ''} ${dayOf ?? ''}`;
    }
    case 'in': {
      const named = quarter === null ? (month === null ? [] : [MONTHS[month - 1]]) : [`Q${quarter}`];
      return ['In', ...named, ...(year === null ? [] : [String(year)])].join(' ');
    }
  }
}
