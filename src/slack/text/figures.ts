/** Figures as text: a sentence, bars and tables in a fixed width, which every client draws. */
import type { RichTextBlock } from '@slack/types';
import type {
  Funnel,
  Learned,
  Month,
  PartFigures,
  Quarter,
  ReasonFigures,
  SpeedFigures,
} from '../../coach/learn';
import { nameKey } from '../../deal/model/typed';
import type { Reason } from '../../playbook/schema';
import { cut } from './encode';
import { STEP_LABELS } from './figureMenu';
import { headline } from './headline';
import { addedSentence, costSentence, MONTHS, sums } from './money';
import { line, paragraph, type RichPiece, rich, table } from './rich';
import { addsTo, causeVerdict, ENOUGH_TO_DRAW, label, short, verdict } from './verdicts';

/** Rows of a table; the rest is counted. */
const ROWS = 10;
/** Rows of a chart or table in the short form. */
export const SHORT = 5;
/** Reasons with a sentence of their own. */
const SENTENCES = 3;
/** A table of parts has four columns of counts beside the name, and a direct message on a phone 41 characters. */
const PART_LABEL = 18;
/** People of a table. */
const PEOPLE = 20;
const BAR = 12;
/** A name inside a sentence. */
const NAME = 80;

/** "Mar", "Mar 26" */
const shortMonth = ({ month, year }: Month): string =>
  [MONTHS[month - 1]?.slice(0, 3), ...(year === null ? [] : [String(year).slice(-2)])].join(' ');

/** "Q3 26" */
const shortQuarter = ({ quarter, year }: Quarter): string =>
  quarter === null ? 'Earlier' : `Q${quarter} ${String(year).slice(-2)}`;

/** The whole report. The first block is rich text. */
export function figureBlocks(learned: Learned): RichTextBlock[] {
  const { figures, asked } = learned;
  const { first, reasons, end } = figureParts(learned);
  if (figures.funnel.lost === 0) return [first];
  const causes = causePieces(learned);
  return [
    first,
    ...funnelBlock(learned),
    ...reasons,
    ...(causes.length === 0 ? [] : [rich(line({ bold: CAUSES }), ...causes)]),
    ...(asked.competitor === null
      ? [rich(line({ bold: 'Who won them' }), ...competitorPieces(learned))]
      : []),
    ...end,
  ];
}

/** Empty where the deals were lost and nothing else: the sentence says that. */
function funnelBlock(learned: Learned): RichTextBlock[] {
  const rows = barRows(learned.figures.funnel);
  return rows.length < 2
    ? []
    : [rich(line({ bold: 'From no to back' }), table(rows), ...funnelNotes(learned))];
}

/** Figures against one competitor, for the page that lists what worked below them. The first block is rich text. */
export function competitorBlocks(learned: Learned): RichTextBlock[] {
  const { first, end } = figureParts(learned, { short: true });
  if (learned.figures.funnel.lost === 0) return [rich(line({ bold: headline(learned) }))];
  return [
    first,
    ...funnelBlock(learned),
    rich(line({ bold: REASONS }), ...reasonPieces(learned, true)),
    ...end,
  ];
}

/** The parts of a report beside its charts and tables, which each form draws in its own way. */
export function figureParts(
  learned: Learned,
  { short: isShort = false }: { readonly short?: boolean } = {},
): {
  readonly first: RichTextBlock;
  /** Of the funnel and the reasons. */
  readonly notes: readonly RichTextBlock[];
  readonly reasons: readonly RichTextBlock[];
  readonly others: readonly RichTextBlock[];
  readonly end: readonly RichTextBlock[];
} {
  const { figures, asked, seesAll } = learned;
  const notes = funnelNotes(learned);
  const others = asked.competitor === null ? unnamedNote(learned) : [];
  return {
    first: rich(line({ bold: headline(learned) }), ...emptyLines(learned)),
    notes: notes.length === 0 ? [] : [rich(...notes)],
    reasons: [rich(line({ bold: REASONS }), ...reasonPieces(learned))],
    others: others.length === 0 ? [] : [rich(...others)],
    end: [
      ...(isFew(figures.funnel) ? [paragraph(['It takes three deals to see a pattern.'])] : []),
      ...(isFew(figures.funnel) || isShort ? [] : [...partBlocks(learned), ...speedBlocks(figures.speed)]),
      ...(seesAll ? [] : [paragraph([{ italic: 'This counts only deals that you can see.' }])]),
    ],
  };
}

const isFew = ({ lost }: Funnel): boolean => lost < ENOUGH_TO_DRAW;

export const REASONS = 'Reasons, and what it took';
/** Per reason and competitor. */
export const CAUSES = 'Was it the reason?';

/** A report is empty at first, in a quiet month, or for a competitor whose name is mistyped. */
function emptyLines({
  asked: { period, competitor },
  figures: { funnel },
  alike = [],
}: Learned): RichPiece[] {
  if (funnel.lost > 0) return [];
  if (competitor !== null) {
    const [name] = alike;
    if (name === undefined) return [];
    return nameKey(name) === nameKey(competitor)
      ? [line(`Try a longer period, or type /lostdeal report all vs ${cut(name, NAME)}.`)]
      : [line(`Did you mean ${cut(name, NAME)}? Type /lostdeal report all vs ${cut(name, NAME)}.`)];
  }
  return [
    line(
      period.named.kind === 'all'
        ? 'Figures begin with the first lost deal. Type /lostdeal and the company.'
        : 'Try a longer period, or type /lostdeal report all.',
    ),
  ];
}

/** The short form: one sentence, two charts and a table. The first block is rich text. */
export function shortFigures(learned: Learned): RichTextBlock[] {
  const { funnel, competitors } = learned.figures;
  const reasons = learned.figures.reasons.slice(0, SHORT);
  const first = line({ bold: headline(learned) });
  if (funnel.lost === 0) return [rich(first, ...emptyLines(learned))];
  const named = competitors.filter(({ key }) => key !== null).slice(0, SHORT);
  const most = Math.max(1, ...named.map(({ lost }) => lost));
  return [
    rich(
      first,
      ...addedSentence(funnel.backMoney, learned.exchange).map((it) => line(it)),
      line({ bold: 'From no to back' }),
      table(barRows(funnel)),
      ...(named.length === 0
        ? []
        : [
            line({ bold: 'Who won them' }),
            table(named.map(({ name, lost }) => [short(name ?? ''), String(lost), bar(lost, most)])),
          ]),
      ...(reasons.length === 0 ? [] : [line({ bold: REASONS }), reasonTable(reasons, learned.reasons)]),
    ),
  ];
}

function funnelNotes({ figures: { funnel }, exchange }: Learned): RichPiece[] {
  const { wouldHaveNotKnown, back, backMoney, backNotKnown } = funnel;
  const cost = costSentence(funnel, exchange) ?? 'Nobody wrote down what it cost.';
  const came = [`Back: ${sums(backMoney, backNotKnown)}.`, ...addedSentence(backMoney, exchange)];
  return [
    ...(wouldHaveNotKnown === 0 ? [] : [line(`They gave no clear answer in ${wouldHaveNotKnown}.`)]),
    ...(back === 0 || backMoney.length === 0 ? [] : [line([...came, cost].join(' '))]),
  ];
}

const DRAWN = ['reached', 'wouldHave', 'asked', 'inTime', 'yes', 'back', 'signed'] as const;

export function funnelRows(funnel: Funnel): readonly (readonly [label: string, deals: number])[] {
  return [['Lost', funnel.lost], ...DRAWN.map((step) => [STEP_LABELS[step], funnel[step]] as const)];
}

/** One or two deals show only the steps that they reached. */
const barRows = (funnel: Funnel): string[][] =>
  funnelRows(funnel)
    .filter(([, count]) => count > 0 || !isFew(funnel))
    .map(([name, count]) => [name, String(count), ...(isFew(funnel) ? [] : [bar(count, funnel.lost)])]);

const bar = (count: number, of: number): string =>
  '█'.repeat(of === 0 ? 0 : Math.max(Math.round((count / of) * BAR), count > 0 ? 1 : 0));

/** @param isLesson the page says elsewhere what came of the reasons that we moved on */
function reasonPieces(learned: Learned, isLesson = false): RichPiece[] {
  const { reasons } = learned.figures;
  const shown = reasons.slice(0, ROWS);
  return [
    ...(shown.length === 0
      ? []
      : [
          reasonTable(shown, learned.reasons),
          ...(shown.some(({ given }) => given > 0)
            ? [line('Given means we moved on it. Back and Lost say how those deals ended.')]
            : []),
        ]),
    ...rest(reasons.length - shown.length, 'reason', 'reasons'),
    ...reasonVerdicts(learned, isLesson),
    ...reasonNotes(learned),
  ];
}

function reasonVerdicts(learned: Learned, isLesson: boolean): RichPiece[] {
  const { reasons } = learned.figures;
  const tested = isLesson ? [] : reasons.filter(({ share }) => share !== null).slice(0, SENTENCES);
  // Nobody can say if these were true, only what they were worth.
  const others = reasons
    .filter(({ share, given, worth }) => (isLesson ? given === 0 : share === null) && worth.length > 0)
    .slice(0, SENTENCES);
  return [...tested, ...others].map((figures) => line(verdict(figures, learned.reasons, learned.exchange)));
}

function reasonNotes({
  figures: { noReason, differ, confirmed, confirmedDiffer, funnel },
}: Learned): RichPiece[] {
  return [
    ...(confirmed === 0 ? [] : [line(`A manager confirmed the reason in ${confirmed} of ${funnel.lost}.`)]),
    ...(confirmedDiffer.deals === 0
      ? []
      : [
          line(
            `In ${confirmedDiffer.deals} of ${confirmedDiffer.of} the manager's reason differs from the buyer's words.`,
          ),
        ]),
    ...(noReason === 0 ? [] : [line(`We don't know the reason in ${noReason}.`)]),
    ...(differ.of === 0 || differ.deals === 0
      ? []
      : [
          line(
            `In ${differ.deals} of ${differ.of} the rep picked different reasons after the call than during it.`,
          ),
        ]),
  ];
}

/** The deals of each competitor whose buyers said it, and what we moved on there, where enough of them have ended. */
function causePieces({ figures: { causes, reasons: all }, reasons, exchange }: Learned): RichPiece[] {
  return causes
    .filter((it) => it.share !== null && addsTo(all, it))
    .slice(0, SENTENCES)
    .map((figures) => line(causeVerdict(figures, reasons, exchange)));
}

/** With a longer heading than *Lost* a label of 20 characters would break the lines on a phone. */
export const REASON_HEADINGS = ['Reason', 'Said', 'Given', 'Back', 'Lost'] as const;

export const reasonRows = (
  reasons: readonly ReasonFigures[],
  labels: readonly Reason[],
): (readonly [label: string, ...counts: number[]])[] =>
  reasons.map(({ reason, said, given, back, stillLost }) => [
    label(reason, labels),
    said,
    given,
    back,
    stillLost,
  ]);

const reasonTable = (reasons: readonly ReasonFigures[], labels: readonly Reason[]): RichPiece =>
  table([
    REASON_HEADINGS,
    ...reasonRows(reasons, labels).map(([name, ...counts]) => [name, ...counts.map(String)]),
  ]);

function competitorPieces(learned: Learned): RichPiece[] {
  const { competitors } = learned.figures;
  const named = competitors.filter(({ key }) => key !== null);
  const shown = named.slice(0, ROWS);
  return [
    ...(shown.length === 0
      ? []
      : [
          table([
            ['Competitor', 'Lost', 'Tried', 'Back'],
            ...shown.map(({ name, lost, tried, back }) => [
              short(name ?? ''),
              ...[lost, tried, back].map(String),
            ]),
          ]),
        ]),
    ...rest(named.length - shown.length, 'competitor', 'competitors'),
    ...unnamedNote(learned),
  ];
}

function unnamedNote({ figures: { competitors } }: Learned): RichPiece[] {
  const unnamed = competitors.find(({ key }) => key === null)?.lost ?? 0;
  return unnamed === 0 ? [] : [line(`Nobody wrote down who won ${deals(unnamed)}.`)];
}

const BUSINESS = { new: 'New business', customer: 'Customers' } as const;

const PART_HEADINGS = ['', 'Lost', 'Tried', 'Back', 'Signed'] as const;

type Part = readonly [name: string, funnel: Funnel];

function partTable(title: string, parts: readonly Part[], more = 0): RichTextBlock[] {
  if (parts.length === 0) return [];
  return [
    rich(
      line({ bold: title }),
      table([
        PART_HEADINGS,
        ...parts.map(([name, { lost, tried, back, signed }]) => [
          short(name === '' ? 'Name not known' : name, PART_LABEL),
          ...[lost, tried, back, signed].map(String),
        ]),
      ]),
      ...rest(more, 'person', 'people'),
    ),
  ];
}

const partsIn = (figures: readonly PartFigures<string>[]): Part[] => figures.map((it) => [it.name, it]);

/** Whether one team lost all deals of the report. */
const isWhole = (teams: readonly PartFigures<string>[], { lost }: Funnel): boolean =>
  teams.length === 1 && teams[0]?.lost === lost;

/** The same deals by month, quarter, team and person, and by new or customer. One part alone says nothing new. */
function partBlocks({
  months,
  quarters,
  teams,
  people,
  figures: { business, funnel },
}: Learned): RichTextBlock[] {
  const kinds = business.map(({ name, ...funnel }): Part => [BUSINESS[name], funnel]);
  return [
    ...partTable(
      'By month',
      months.map(({ month, funnel }) => [shortMonth(month), funnel]),
    ),
    ...partTable(
      'By quarter',
      quarters.length < 2 ? [] : quarters.map(({ quarter, funnel }) => [shortQuarter(quarter), funnel]),
    ),
    ...partTable('By kind of business', kinds.length > 1 ? kinds : []),
    ...partTable('By team', isWhole(teams, funnel) ? [] : partsIn(teams)),
    ...(people.length < 2
      ? []
      : partTable('By person, A to Z', partsIn(people.slice(0, PEOPLE)), people.length - PEOPLE)),
  ];
}

const SPAN_LABELS = {
  hour: 'Answered in an hour',
  day: 'Answered in a day',
  later: 'Answered later',
} as const;

function speedBlocks({ decidedIn, callBack }: SpeedFigures): RichTextBlock[] {
  const rows = [
    ...decidedIn.map(({ span, deals: count, back }) => [SPAN_LABELS[span], count, back] as const),
    ...callBack.map(
      ({ kept, deals: count, back }) =>
        [kept ? 'Called back in time' : 'Called back late', count, back] as const,
    ),
  ].filter(([, count]) => count > 0);
  if (rows.length === 0) return [];
  return [
    rich(
      line({ bold: 'Does speed matter?' }),
      table([
        ['', 'Deals', 'Back'],
        ...rows.map(([name, count, back]) => [name, String(count), String(back)]),
      ]),
    ),
  ];
}

const rest = (count: number, one: string, many: string): RichPiece[] =>
  count <= 0 ? [] : [line(`And ${count} more ${count === 1 ? one : many}.`)];

const deals = (count: number): string => `${count} ${count === 1 ? 'deal' : 'deals'}`;
