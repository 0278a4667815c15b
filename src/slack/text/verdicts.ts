/** Whether a stated reason was true, in words that are as sure as the cases make us. */
import type { CauseFigures, Exchange, ReasonFigures, Share } from '../../coach/learn';
import { clip } from '../../deal/model/typed';
import type { Reason } from '../../playbook/schema';
import { reasonLabels } from './answers';
import { cut } from './encode';
import { addedWords, costSentence, sums } from './money';

/** Slack's charts take labels of this length. */
export const LABEL = 20;
/** Inside a sentence. */
const LONGEST_NAME = 80;

/** Fewer deals than this are no chart. */
export const ENOUGH_TO_DRAW = 3;

/** Tables are no markup, so each character counts once. */
export const short = (text: string, most = LABEL): string =>
  text.length <= most ? text : `${clip(text, most - 1).trimEnd()}…`;

export const label = (reason: string, labels: readonly Reason[]): string =>
  short(reasonLabels([reason], labels));

/** "Price: said 14 times ($310,000, with 2 amounts unknown), given 6, back once. It's rarely the reason." */
export function verdict(figures: ReasonFigures, labels: readonly Reason[], exchange: Exchange): string {
  const { reason, worth, worthNotKnown, given } = figures;
  const sum = [sums(worth, worthNotKnown), addedWords(worth, exchange) ?? []].flat().join(', ');
  const counted = counts(
    figures,
    given === 0 ? 'never given' : `given ${times(given)}`,
    exchange,
    worth.length === 0 ? '' : ` (${sum})`,
  );
  return `${label(reason, labels)}: ${counted}`;
}

/** "Price against Globex: said 14 times, Payment terms given 6, back once." */
export function causeVerdict(figures: CauseFigures, labels: readonly Reason[], exchange: Exchange): string {
  const { reason, competitor, movedOn, given } = figures;
  const moved =
    movedOn === null || movedOn === reason
      ? `given ${times(given)}`
      : `${label(movedOn, labels)} given ${times(given)}`;
  const against = competitor === null ? '' : ` against ${short(competitor)}`;
  return `${label(reason, labels)}${against}: ${counts(figures, moved, exchange)}`;
}

/** False for a cause that covers all deals of its reason: the reason's own line already says the same. */
export const addsTo = (reasons: readonly ReasonFigures[], cause: CauseFigures): boolean =>
  cause.movedOn !== cause.reason ||
  !reasons.some(
    ({ reason, said, given }) => reason === cause.reason && said === cause.said && given === cause.given,
  );

/** A cell of the table *Was it the reason?*. */
export function wasIt(share: Share | null): string {
  if (share === null) return 'Too early';
  return { mostly: 'Mostly', rarely: 'Rarely', open: 'Could be' }[share.verdict];
}

/** "Against Globex, moving on payment terms mostly brings deals back." The surest of each kind. */
export function causePoint(causes: readonly CauseFigures[], labels: readonly Reason[]): string {
  const said = (['mostly', 'rarely'] as const).flatMap((verdictSays) => {
    const found = causes.find(
      ({ share, competitor }) => share?.verdict === verdictSays && competitor !== null,
    );
    if (found === undefined) return [];
    const what = inSentence(found.movedOn ?? found.reason, labels);
    return [`Against ${short(found.competitor ?? '')}, moving on ${what} ${verdictSays} brings deals back.`];
  });
  return said.length === 0 ? "It's too early to say what brings deals back." : said.join(' ');
}

/** A reason inside a sentence: "payment terms", but "SLA". */
export function inSentence(reason: string, labels: readonly Reason[]): string {
  const name = cut(reasonLabels([reason], labels), LONGEST_NAME);
  return /^\p{Lu}\p{Lu}/u.test(name) ? name : name.charAt(0).toLowerCase() + name.slice(1);
}

/** "Price: given 6 times, back once. It's rarely the reason." */
export function gaveLine(
  {
    reason,
    given,
    inReturn,
    back,
    share,
  }: Pick<ReasonFigures, 'reason' | 'given' | 'inReturn' | 'back' | 'share'>,
  labels: readonly Reason[],
): string {
  const sure = share === null ? '' : ` ${sureness(share)}`;
  return `${label(reason, labels)}: given ${timesInFull(given)}${returned(inReturn, given)}, back ${timesInFull(back)}.${sure}`;
}

type Counts = Pick<
  ReasonFigures,
  'said' | 'given' | 'inReturn' | 'back' | 'stillLost' | 'cost' | 'costNotKnown' | 'share'
>;

/** @param worth of the deals whose buyers said it */
function counts(figures: Counts, moved: string, exchange: Exchange, worth = ''): string {
  const { said, given, inReturn, back, stillLost, share } = figures;
  const open = given - back - stillLost;
  const told = [
    `said ${timesInFull(said)}${worth}`,
    `${moved}${returned(inReturn, given)}`,
    ...(given === 0 ? [] : [`back ${times(back)}`]),
    ...(given === 0 || open === 0 ? [] : [`open ${times(open)}`]),
  ].join(', ');
  const price = costSentence(figures, exchange);
  return [`${told}.`, price ?? [], share === null ? [] : sureness(share)].flat().join(' ');
}

/** Follows "given 4": ", each for something in return"; ", twice for something in return". */
function returned(count: number, given: number): string {
  if (count === 0) return '';
  const all = ['', '', ', both times'][given] ?? ', each';
  return `${count === given ? all : `, ${timesInFull(count)}`} for something in return`;
}

const TIMES = ['never', 'once', 'twice'];
const times = (count: number): string => TIMES[count] ?? String(count);

/** "3 times", where nothing before it says so. */
const timesInFull = (count: number): string => TIMES[count] ?? `${count} times`;

/** The conclusion from the cases, as sure as they make us. */
export function sureness({ verdict: says, low, high }: Share): string {
  switch (says) {
    case 'rarely':
      return "It's rarely the reason.";
    case 'mostly':
      return 'It mostly brings them back.';
    case 'open':
      return `With so few it could be ${often(low)} or ${often(high)}.`;
  }
}

/** Shares as people say them, the nearest counts. */
const OFTEN: readonly (readonly [share: number, words: string])[] = [
  [0, 'almost never'],
  [0.1, 'one in ten'],
  [0.2, 'one in five'],
  [0.25, 'one in four'],
  [1 / 3, 'one in three'],
  [0.5, 'half of the time'],
  [2 / 3, 'two in three'],
  [0.75, 'three in four'],
  [0.8, 'four in five'],
  [0.95, 'nearly always'],
];

export function often(share: number): string {
  const [nearest] = [...OFTEN].sort(([a], [b]) => Math.abs(a - share) - Math.abs(b - share));
  return nearest?.[1] ?? '';
}
