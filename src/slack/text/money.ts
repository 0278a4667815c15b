/** Money of many deals in words: a sum for each currency, and an approximate total at the rates that an admin entered. */
import { addedIn, type Exchange, rounded } from '../../coach/learn';
import { formatMoney, type Money } from '../../deal/model/money';

export const MONTHS = [
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

/**
 * "$96,000 and €20,000, with 1 amount unknown"
 *
 * @param notKnown deals whose amount nobody wrote down
 */
export const sums = (amounts: readonly Money[], notKnown = 0): string =>
  `${amounts.map((it) => formatMoney(it)).join(' and ')}${notKnownWords(notKnown)}`;

const notKnownWords = (count: number): string =>
  count === 0 ? '' : `, with ${count} ${count === 1 ? 'amount' : 'amounts'} unknown`;

/** "about $118,000 at the rates of Nov 3". Null: money of one currency, or a rate is missing. */
export function addedWords(amounts: readonly Money[], exchange: Exchange): string | null {
  const sum = addedIn(exchange.to, amounts, exchange.rates);
  return sum === null ? null : `about ${formatMoney(rounded(sum.money))} at ${ratesOf(sum, exchange)}`;
}

/** "About $118,000 at the rates of Nov 3." Empty where {@link addedWords} has none. */
export function addedSentence(amounts: readonly Money[], exchange: Exchange): string[] {
  const words = addedWords(amounts, exchange);
  return words === null ? [] : [`A${words.slice(1)}.`];
}

/** The cost of deals that came back. */
interface Costs {
  readonly cost: readonly Money[];
  readonly costNotKnown: number;
  readonly back: number;
}

/** "$5,000 and €1,000", "nothing". Null: nobody wrote it down. */
export function costWords({ cost, costNotKnown, back }: Costs): string | null {
  if (costNotKnown === back) return null;
  return cost.length === 0 ? `nothing${notKnownWords(costNotKnown)}` : sums(cost, costNotKnown);
}

/** "It cost $5,000 and €1,000. About $6,100 at the rates of Nov 3." Null: nobody wrote it down. */
export function costSentence(costs: Costs, exchange: Exchange): string | null {
  const words = costWords(costs);
  return words === null ? null : [`It cost ${words}.`, ...addedSentence(costs.cost, exchange)].join(' ');
}

/** "the rates of Nov 3", "rates of Nov 1 to Nov 3", with the year of a day in another one. */
function ratesOf(
  { from, until }: { readonly from: string; readonly until: string },
  { year }: Exchange,
): string {
  const day = (date: string): string => {
    const [yearOf = 0, month = 1, dayOf = 1] = date.split('-').map(Number);
    return `${MONTHS[month - 1]?.slice(0, 3)} ${dayOf}${yearOf === year ? '' : `, ${yearOf}`}`;
  };
  return from === until ? `the rates of ${day(from)}` : `rates of ${day(from)} to ${day(until)}`;
}
