/** Sentences that somebody would forward. */
import type { Learned, WorstFigures } from '../../coach/learn';
import { LOSSES_WITHIN_DAYS, type ToldLosses } from '../../coach/losses';
import { formatMoney } from '../../deal/model/money';
import { cut } from './encode';
import { headline } from './headline';
import { addedWords, sums } from './money';
import { line, list, type RichPiece } from './rich';
import { inSentence } from './verdicts';

const LONGEST_NAME = 80;
/** Deals that a message lists; the rest is counted. */
const LISTED = 10;

/** "Globex beat us on payment terms three times: $310,000. Given once, and it came back." With too little to say, the headline. */
export function digestSentence(learned: Learned): { readonly text: string; readonly isHeadline: boolean } {
  const { worst } = learned.figures;
  if (worst === null || worst.lost < 2) return { text: headline(learned), isHeadline: true };
  const sum = [sums(worst.worth, worst.worthNotKnown), addedWords(worst.worth, learned.exchange) ?? []];
  const money = worst.worth.length === 0 ? '' : `: ${sum.flat().join(', ')}`;
  const what = inSentence(worst.reason, learned.reasons);
  const text = `${cut(worst.competitor, LONGEST_NAME)} beat us on ${what} ${times(worst.lost)}${money}.${given(worst)}`;
  return { text, isHeadline: false };
}

function given({ given: count, back, stillLost }: WorstFigures): string {
  if (count === 0) return '';
  if (count > 1) return ` Given ${times(count)}, back ${back === 0 ? 'never' : times(back)}.`;
  return ` Given once, and it ${back === 1 ? 'came back' : stillLost === 1 ? 'stayed lost' : 'is still open'}.`;
}

const TIMES = ['', 'once', 'twice', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];

const times = (count: number): string =>
  count < 3 ? (TIMES[count] ?? '') : `${TIMES[count] ?? String(count)} times`;

/** "We lost 3 deals to Globex on payment terms in the last 90 days." */
export function lossSentence({ competitor, reason, deals, reasons }: ToldLosses): string {
  const to = cut(competitor, LONGEST_NAME);
  return `We lost ${deals.length} deals to ${to} on ${inSentence(reason, reasons)} in the last ${LOSSES_WITHIN_DAYS} days.`;
}

/** The sentence, and the deals behind it, the newest first. */
export function lossLines(told: ToldLosses): RichPiece[] {
  const newest = told.deals.toReversed();
  const shown = newest.slice(0, LISTED);
  return [
    line({ bold: lossSentence(told) }),
    list(
      shown.map(({ account, worth, lostAt }) => [
        { bold: cut(account, LONGEST_NAME) },
        worth === null ? ', ' : `, ${formatMoney(worth)}, `,
        { date: lostAt, style: 'day' as const },
      ]),
    ),
    ...(newest.length > shown.length ? [line(`And ${newest.length - shown.length} more.`)] : []),
  ];
}
