/** The track record beside an ask, a sentence for each group of figures. */
import { shareOf } from '../../coach/learn';
import {
  type ClaimCounts,
  type ClaimLedger,
  type GivenUp,
  type Ledger,
  type LedgerLessons,
  PLEDGE_KEPT,
  type PledgeKept,
  type RescueFigures,
} from '../../deal/model/deal';
import { formatMoney, type Money } from '../../deal/model/money';
import { reasonLabels, type Wording } from './answers';
import { cut } from './encode';
import { KEPT_WORDS } from './labels';
import { gaveLine } from './verdicts';

/** Longest list of reasons in a line. */
const REASONS = 200;

/** Empty when this deal is the first against this competitor. */
export function ledgerLines(ledger: Ledger | null, competitor: string | null, wording: Wording): string[] {
  if (ledger === null) return [];
  if (!('rescues' in ledger)) return claimLines(ledger, competitor, wording);
  const { rescues, sameKind, lessons } = ledger;
  if (rescues.lost === 0) return [];
  const kinds = sameKind === null ? '' : reasonsIn(sameKind.kinds, wording);
  return [
    `Against ${competitor ?? 'this competitor'}: ${triedIn(rescues)}.${givenUpIn(rescues.givenUp, wording)}`,
    sentences([movesIn(rescues), reachedIn(rescues)]),
    ...(sameKind === null || sameKind.lost === 0 || kinds === ''
      ? []
      : [sentences([`On ${kinds}: ${triedIn(sameKind)}.`, movesIn(sameKind)])]),
    ...(lessons === undefined ? [] : lessonLines(lessons, competitor, wording)),
  ];
}

/** "Price: given 6 times, back once.", "Globex's promises: 2 held, 3 broken." */
function lessonLines(
  { reasons, pledges }: LedgerLessons,
  competitor: string | null,
  wording: Wording,
): string[] {
  const kept = pledgeCounts(pledges);
  return [
    ...reasons.map(({ stayedLost, ...counts }) =>
      gaveLine({ ...counts, share: shareOf(counts.back, counts.back + stayedLost) }, wording.reasons),
    ),
    ...(kept === '' ? [] : [`${competitor === null ? 'Their' : `${competitor}'s`} promises: ${kept}.`]),
  ];
}

/** "2 held, 3 broken"; empty while nothing is recorded. */
export const pledgeCounts = (pledges: Readonly<Record<PledgeKept, number>>): string =>
  PLEDGE_KEPT.filter((kept) => pledges[kept] > 0)
    .map((kept) => `${pledges[kept]} ${KEPT_WORDS[kept]}`)
    .join(', ');

const sentences = (parts: readonly (string | null)[]): string =>
  parts.filter((part) => part !== null).join(' ');

/** "3 rescues tried, 2 won back ($96,000), 1 of them in part" */
function triedIn(figures: RescueFigures): string {
  const { tried, wonWhole, wonPart, won } = figures;
  if (tried === 0) return 'no rescue tried so far';
  const back = wonWhole + wonPart;
  const money = won.length === 0 ? '' : ` (${moneyIn(won)})`;
  const inPart =
    wonPart === 0 ? '' : back === 1 ? ', in part' : `, ${wonPart === back ? 'all' : wonPart} of them in part`;
  return `${tried} ${tried === 1 ? 'rescue' : 'rescues'} tried, ${none(back)} won back${money}${inPart}${rateOf(figures)}`;
}

/** Below this many cases a rate says nothing. */
const ENOUGH_CASES = 3;

/** The share that came back of those that ended, as the others may come back yet. Empty: they are too few. */
function rateOf({ wonWhole, wonPart, stayedLost }: RescueFigures): string {
  const back = wonWhole + wonPart;
  const ended = back + stayedLost;
  return ended < ENOUGH_CASES ? '' : `, ${Math.round((back / ended) * 100)}% of the ${ended} that ended`;
}

/** " We gave up $5,000 on payment terms." Several kinds of offer are one sum. */
function givenUpIn(givenUp: readonly GivenUp[], wording: Wording): string {
  if (givenUp.length === 0) return '';
  const named = new Set(givenUp.map(({ kinds }) => kinds.join()));
  const [first] = givenUp;
  const kinds = named.size === 1 && first !== undefined ? reasonsIn(first.kinds, wording) : '';
  return ` We gave up ${moneyIn(added(givenUp.map(({ cost }) => cost)))}${kinds === '' ? '' : ` on ${kinds}`}.`;
}

function added(amounts: readonly Money[]): Money[] {
  const currencies = [...new Set(amounts.map(({ currency }) => currency))].sort();
  return currencies.map((currency) => ({
    currency,
    minor: amounts.reduce((sum, it) => sum + (it.currency === currency ? it.minor : 0), 0),
  }));
}

/** "We matched 1 and countered 2."; null: we moved nothing. */
function movesIn({ matched, countered, given }: RescueFigures): string | null {
  const moves = [
    ...(matched === 0 ? [] : [`matched ${matched}`]),
    ...(countered === 0 ? [] : [`countered ${countered}`]),
    ...(given === 0 ? [] : [`gave it in ${given}`]),
  ];
  return moves.length === 0 ? null : `We ${listed(moves)}.`;
}

/** "Of 7 lost to them, 4 would have chosen us. 3 went to a manager, 2 of them answered in time." */
function reachedIn({ lost, pulse, asked, inTime }: RescueFigures): string {
  const open = `Of ${lost} lost to them, ${none(pulse)} would have chosen us.`;
  if (asked === 0) return open;
  const answered =
    asked === 1
      ? inTime === 1
        ? 'who answered in time'
        : "who didn't answer in time"
      : `${none(inTime)} of them answered in time`;
  return `${open} ${asked} went to a manager, ${answered}.`;
}

const none = (count: number): string => (count === 0 ? 'none' : String(count));
const moneyIn = (amounts: readonly Money[]): string => listed(amounts.map((money) => formatMoney(money)));
const listed = (parts: readonly string[]): string =>
  parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;

/** "payment terms and price": inside a sentence, so a label begins small unless it is all capitals. */
function reasonsIn(kinds: readonly string[], { reasons }: Wording): string {
  const labels = kinds.map((kind) => reasonLabels([kind], reasons));
  return cut(
    listed(labels.map((label) => label.replace(/^\p{Lu}(?!\p{Lu})/u, (first) => first.toLowerCase()))),
    REASONS,
  );
}

/** Below this many cases the figures of earlier releases have no percentage. */
const ENOUGH_CLAIMS = 5;

/** As the release that asked showed them, so that no upgrade changes what a manager has read. */
function claimLines(ledger: ClaimLedger, competitor: string | null, wording: Wording): string[] {
  const { sameKind } = ledger;
  if (ledger.lost === 0) return [];
  const kinds = sameKind === null ? '' : reasonLabels(sameKind.kinds, wording.reasons);
  return [
    `${competitor ?? 'This competitor'} before: ${claimsIn(ledger)}`,
    ...(sameKind === null || sameKind.lost === 0 || kinds === ''
      ? []
      : [`With ${cut(kinds, REASONS)}: ${claimsIn(sameKind)}`]),
  ];
}

function claimsIn({ lost, matched, wonBack, matchedLost, cost }: ClaimCounts): string {
  const claimed = `claimed in ${lost} ${lost === 1 ? 'deal' : 'deals'}`;
  if (matched === 0 && wonBack === 0) return `${claimed}, never matched.`;
  const share = matched < ENOUGH_CLAIMS ? '' : ` (${Math.round((wonBack / matched) * 100)}%)`;
  const sums = cost.map((money) => formatMoney(money)).join(' and ');
  return [
    claimed,
    `matched in ${matched}`,
    `saved ${wonBack}${share}`,
    `matched and still lost ${matchedLost}`,
    ...(sums === '' ? [] : [`cost ${sums}`]),
  ]
    .join(', ')
    .concat('.');
}
