/** Answers of the figures of a period. Counts only: the words are Slack's. Never adds money across currencies. */
import type { Business, UserId } from '../deal/model/deal';
import type { Money } from '../deal/model/money';
import type { DecidedIn, FigureStep, FiguresAsked, InsightGroup, Store } from '../store/store';
import { type PledgeFigures, pledgesIn } from './pledges';
import { type Share, shareOf } from './share';

/** From the no to the deal that is back. Each counts deals, and those before it that nobody knows it of. */
export interface Funnel {
  readonly lost: number;
  readonly reached: number;
  readonly wouldHave: number;
  /** They were asked and gave no clear answer. */
  readonly wouldHaveNotKnown: number;
  readonly asked: number;
  readonly decided: number;
  readonly inTime: number;
  /** We went for it: with a manager, or the rep alone. */
  readonly tried: number;
  readonly yes: number;
  /** We moved, with a manager or alone. */
  readonly gave: number;
  /** They said yes, or signed. */
  readonly back: number;
  readonly backMoney: readonly Money[];
  /** Nobody wrote down what came back. */
  readonly backNotKnown: number;
  /** Those of them that signed. */
  readonly signed: number;
  readonly signedMoney: readonly Money[];
  readonly cost: readonly Money[];
  /** They are back, and nobody wrote down what it cost. */
  readonly costNotKnown: number;
}

/** A reason of the buyers of one competitor, and what we moved on there. */
export interface CauseFigures {
  /** Id of the reason. */
  readonly reason: string;
  /** Null: not known. */
  readonly competitor: string | null;
  readonly competitorKey: string | null;
  /** Id of the reason that we moved on, which may be another one. Null: we moved on none. */
  readonly movedOn: string | null;
  /** Deals against them whose buyer said it, whatever we moved on. */
  readonly said: number;
  /** Those of them in which we moved on it, */
  readonly given: number;
  /** and got something in return, */
  readonly inReturn: number;
  readonly back: number;
  readonly stillLost: number;
  readonly cost: readonly Money[];
  /** They are back, and nobody wrote down what it cost. */
  readonly costNotKnown: number;
  /** Null: too few have ended. */
  readonly share: Share | null;
}

/** Deals in which we moved, and what became of them. */
type MovedFigures = Pick<
  ReasonFigures,
  'given' | 'inReturn' | 'back' | 'stillLost' | 'cost' | 'costNotKnown' | 'share'
>;

/** A step of one version of a playbook. */
export interface StepFigures {
  /** Id of the step. */
  readonly step: string;
  readonly reached: number;
  /** Calls that ended here without an answer. */
  readonly left: number;
}

export interface PlaybookFigures {
  readonly hash: string;
  readonly calls: number;
  readonly steps: readonly StepFigures[];
}

export interface ReasonFigures {
  /** Id of the reason. */
  readonly reason: string;
  /** Deals whose buyer said it, or whose manager confirmed it. */
  readonly said: number;
  /** Those of them in which a manager confirmed it. */
  readonly confirmed: number;
  readonly worth: readonly Money[];
  /** Those of them whose worth nobody wrote down. */
  readonly worthNotKnown: number;
  /** Deals in which we moved on it, */
  readonly given: number;
  /** those of them in which we got something in return, */
  readonly inReturn: number;
  /** those of them that came back, */
  readonly back: number;
  /** and those that stayed lost; the rest is open. */
  readonly stillLost: number;
  readonly cost: readonly Money[];
  /** They are back, and nobody wrote down what it cost. */
  readonly costNotKnown: number;
  /** How often a deal came back where we moved; null: too few have ended. */
  readonly share: Share | null;
}

export interface CompetitorFigures {
  /** Null: not known. */
  readonly name: string | null;
  readonly key: string | null;
  readonly lost: number;
  readonly tried: number;
  readonly back: number;
  readonly backMoney: readonly Money[];
}

export interface SpeedFigures {
  readonly decidedIn: readonly { readonly span: DecidedIn; readonly deals: number; readonly back: number }[];
  readonly callBack: readonly { readonly kept: boolean; readonly deals: number; readonly back: number }[];
}

export interface Figures {
  readonly funnel: Funnel;
  /** Most often said first. */
  readonly reasons: readonly ReasonFigures[];
  /** Most often said first. */
  readonly causes: readonly CauseFigures[];
  /** Null: nobody named a competitor and a reason. */
  readonly worst: WorstFigures | null;
  /** Deals without a reason. */
  readonly noReason: number;
  /** Deals in which what the rep picked afterwards differs from what they ticked on the call, of those with both. */
  readonly differ: { readonly deals: number; readonly of: number };
  /** Deals whose reason a manager confirmed. */
  readonly confirmed: number;
  /** Deals in which the manager's reason differs from the buyer's words, of those with both. */
  readonly confirmedDiffer: { readonly deals: number; readonly of: number };
  /** Most often lost to first, then those that nobody named. */
  readonly competitors: readonly CompetitorFigures[];
  /** By competitor, most often promised first. */
  readonly pledges: readonly PledgeFigures[];
  readonly speed: SpeedFigures;
  /** New business, and customers who were leaving. */
  readonly business: readonly PartFigures<Business>[];
  /** By the rep of the deal now. */
  readonly reps: readonly PartFigures<UserId>[];
}

/** The deals of one part of a report. */
export interface PartFigures<Name> extends Funnel {
  readonly name: Name;
}

export const FIGURE_STEPS = [
  'reached',
  'wouldHave',
  'asked',
  'inTime',
  'tried',
  'yes',
  'back',
  'signed',
] as const satisfies readonly FigureStep[];

/** Competitors that most deals were lost to, for figures that go through all of them. */
const MOST_COMPETITORS = 30;

/** Everything that a report shows. Five reads: each is one pass over the rows of the period. */
export async function figuresOf(store: Pick<Store, 'insights'>, asked: FiguresAsked): Promise<Figures> {
  const [byReason, byCompetitor, bySpeed, byRep] = await Promise.all([
    store.insights.groups(asked, ['reasons', 'given', 'confirmed']),
    store.insights.groups(asked, ['competitor', 'pledgeKept']),
    store.insights.groups(asked, ['decidedIn', 'callBackKept']),
    store.insights.groups(asked, ['rep', 'business']),
  ]);
  const competitors = competitorsIn(byCompetitor);
  // Of a thousand competitors nearly every deal would be a group of its own.
  const among = [...competitors.slice(0, MOST_COMPETITORS).map(({ key }) => key), null];
  const byCause = await store.insights.groups({ ...asked, among }, [
    'reasons',
    'given',
    'competitor',
    'confirmed',
  ]);
  return {
    funnel: funnelOf(byCompetitor),
    reasons: reasonsIn(byReason),
    causes: causesIn(byCause),
    worst: worstIn(byCause),
    noReason: count(byReason.filter((group) => counted(group).length === 0)),
    differ: { deals: sum(byReason, 'differ'), of: sum(byReason, 'differKnown') },
    confirmed: sum(byReason, 'confirmedDeals'),
    confirmedDiffer: {
      deals: sum(byReason, 'confirmedDiffer'),
      of: sum(byReason, 'confirmedDifferKnown'),
    },
    competitors,
    pledges: pledgesIn(byCompetitor),
    speed: speedIn(bySpeed),
    business: partsOf(byRep, ({ business }) => business),
    reps: partsOf(byRep, ({ rep }) => rep),
  };
}

export function funnelOf(groups: readonly InsightGroup[]): Funnel {
  return {
    lost: count(groups),
    reached: sum(groups, 'reached'),
    wouldHave: sum(groups, 'wouldHave'),
    wouldHaveNotKnown: sum(groups, 'reached') - sum(groups, 'wouldHaveKnown'),
    asked: sum(groups, 'asked'),
    decided: sum(groups, 'decided'),
    inTime: sum(groups, 'inTime'),
    tried: sum(groups, 'tried'),
    yes: sum(groups, 'yes'),
    gave: sum(groups, 'gave'),
    back: sum(groups, 'back'),
    backMoney: added(groups, 'backMoney'),
    backNotKnown: notKnown(groups, 'backMoney', 'back'),
    signed: sum(groups, 'signed'),
    signedMoney: added(groups, 'signedMoney'),
    cost: added(groups, 'cost'),
    costNotKnown: notKnown(groups, 'cost', 'back'),
  };
}

/** The deals of all of them. */
export function funnelOfAll(funnels: readonly Funnel[]): Funnel {
  const total = (key: CountedIn<Funnel>) => funnels.reduce((so, it) => so + it[key], 0);
  const money = (key: 'backMoney' | 'signedMoney' | 'cost') => addedUp(funnels.flatMap((it) => it[key]));
  return {
    lost: total('lost'),
    reached: total('reached'),
    wouldHave: total('wouldHave'),
    wouldHaveNotKnown: total('wouldHaveNotKnown'),
    asked: total('asked'),
    decided: total('decided'),
    inTime: total('inTime'),
    tried: total('tried'),
    yes: total('yes'),
    gave: total('gave'),
    back: total('back'),
    backMoney: money('backMoney'),
    backNotKnown: total('backNotKnown'),
    signed: total('signed'),
    signedMoney: money('signedMoney'),
    cost: money('cost'),
    costNotKnown: total('costNotKnown'),
  };
}

/** Each period's funnel, the first period first. */
export async function funnelsOf(
  store: Pick<Store, 'insights'>,
  asked: FiguresAsked,
  periods: readonly number[],
): Promise<Funnel[]> {
  const groups = await store.insights.groups(asked, [], periods);
  return Array.from({ length: periods.length + 1 }, (_, index) =>
    funnelOf(groups.filter(({ period }) => period === index)),
  );
}

/** The reason that a manager confirmed counts before those that the buyer and the rep named. */
export const counted = ({ reasons, confirmed }: InsightGroup): readonly string[] =>
  confirmed.length > 0 ? confirmed : reasons;

/** The competitor and the reason that most deals were lost to; null: nobody named both. */
export interface WorstFigures extends MovedFigures {
  readonly reason: string;
  readonly competitor: string;
  readonly lost: number;
  readonly worth: readonly Money[];
  /** Those of them whose worth nobody wrote down. */
  readonly worthNotKnown: number;
}

function worstIn(groups: readonly InsightGroup[]): WorstFigures | null {
  const named = gathered(
    groups.flatMap((group) =>
      group.competitorKey === null
        ? []
        : counted(group).map((reason) => [causeKey(reason, group.competitorKey), { reason, group }] as const),
    ),
  );
  const all = [...named].flatMap(([key, pairs]) => {
    const [first] = pairs;
    if (first === undefined) return [];
    const of = pairs.map(({ group }) => group);
    const competitor = of.find((it) => it.competitor !== null)?.competitor ?? '';
    const moved = movedFigures(of.filter(({ given }) => given.includes(first.reason)));
    const worth = { worth: added(of, 'worth'), worthNotKnown: notKnown(of, 'worth', 'deals') };
    return [{ key, reason: first.reason, competitor, lost: count(of), ...worth, ...moved }];
  });
  const [worst] = all.sort((a, b) => b.lost - a.lost || a.key.localeCompare(b.key));
  if (worst === undefined) return null;
  const { key: _, ...figures } = worst;
  return figures;
}

export function reasonsIn(groups: readonly InsightGroup[]): ReasonFigures[] {
  const ids = [...new Set(groups.flatMap((group) => [...counted(group), ...group.given]))].sort();
  return ids
    .map((reason): ReasonFigures => {
      const said = groups.filter((group) => counted(group).includes(reason));
      const moved = groups.filter(({ given }) => given.includes(reason));
      return {
        reason,
        said: count(said),
        confirmed: sum(said, 'confirmedDeals'),
        worth: added(said, 'worth'),
        worthNotKnown: notKnown(said, 'worth', 'deals'),
        ...movedFigures(moved),
      };
    })
    .sort((a, b) => b.said - a.said || b.given - a.given);
}

/** Gathers the items of each key. */
function gathered<Key, Item>(pairs: Iterable<readonly [key: Key, item: Item]>): Map<Key, Item[]> {
  const found = new Map<Key, Item[]>();
  for (const [key, item] of pairs) {
    const items = found.get(key);
    if (items === undefined) found.set(key, [item]);
    else items.push(item);
  }
  return found;
}

/** Ids hold no spaces, and a key of a competitor comes last. */
const causeKey = (...parts: readonly (string | null)[]): string => parts.map((it) => it ?? '').join(' ');

export function causesIn(groups: readonly InsightGroup[]): CauseFigures[] {
  const said = gathered(
    groups.flatMap((group) =>
      counted(group).map((reason) => [causeKey(reason, group.competitorKey), { reason, group }] as const),
    ),
  );
  return [...said.values()]
    .flatMap((ofBoth) => {
      const [first] = ofBoth;
      if (first === undefined) return [];
      const moved = gathered(
        ofBoth.flatMap(({ group }) => group.given.map((movedOn) => [movedOn, group] as const)),
      );
      const about = {
        reason: first.reason,
        competitor: ofBoth.find(({ group }) => group.competitor !== null)?.group.competitor ?? null,
        competitorKey: first.group.competitorKey,
        said: count(ofBoth.map(({ group }) => group)),
      };
      const rows = [...moved].map(([movedOn, theirs]) => ({ movedOn, ...movedFigures(theirs) }));
      return (rows.length === 0 ? [{ movedOn: null, ...movedFigures([]) }] : rows).map((row) => ({
        ...about,
        ...row,
      }));
    })
    .sort(
      (a, b) =>
        b.said - a.said ||
        b.given - a.given ||
        causeKey(a.reason, a.movedOn, a.competitorKey).localeCompare(
          causeKey(b.reason, b.movedOn, b.competitorKey),
        ),
    );
}

function movedFigures(moved: readonly InsightGroup[]): MovedFigures {
  const back = sum(moved, 'back');
  const stillLost = sum(moved, 'lost');
  return {
    given: count(moved),
    inReturn: sum(moved, 'inReturn'),
    back,
    stillLost,
    cost: added(moved, 'cost'),
    costNotKnown: notKnown(moved, 'cost', 'back'),
    share: shareOf(back, back + stillLost),
  };
}

/** Steps that the calls of each version of a playbook reached, and where they were left. Most calls first. */
export async function wordsOf(
  store: Pick<Store, 'insights'>,
  asked: FiguresAsked,
): Promise<PlaybookFigures[]> {
  const groups = await store.insights.groups(asked, ['playbook', 'steps', 'leftAt']);
  const byVersion = gathered(
    groups.flatMap((group) => (group.playbookHash === null ? [] : [[group.playbookHash, group] as const])),
  );
  return [...byVersion]
    .map(([hash, of]) => ({ hash, calls: count(of), steps: stepsIn(of) }))
    .sort((a, b) => b.calls - a.calls || a.hash.localeCompare(b.hash));
}

function stepsIn(groups: readonly InsightGroup[]): StepFigures[] {
  const reached = gathered(groups.flatMap((group) => group.steps.map((step) => [step, group] as const)));
  return [...reached]
    .map(([step, of]) => ({
      step,
      reached: count(of),
      left: count(of.filter(({ leftAt }) => leftAt === step)),
    }))
    .sort((a, b) => b.reached - a.reached || a.step.localeCompare(b.step));
}

function competitorsIn(groups: readonly InsightGroup[]): CompetitorFigures[] {
  const byKey = gathered(groups.map((group) => [group.competitorKey, group] as const));
  return [...byKey]
    .map(([key, of]) => ({
      name: of.find(({ competitor }) => competitor !== null)?.competitor ?? null,
      key,
      lost: count(of),
      tried: sum(of, 'tried'),
      back: sum(of, 'back'),
      backMoney: added(of, 'backMoney'),
    }))
    .sort(
      (a, b) =>
        Number(a.key === null) - Number(b.key === null) ||
        b.lost - a.lost ||
        (a.key ?? '').localeCompare(b.key ?? ''),
    );
}

/** By name, so that the same deals give the same figures. */
function partsOf<Name extends string>(
  groups: readonly InsightGroup[],
  nameOf: (group: InsightGroup) => Name | null,
): PartFigures<Name>[] {
  const named = gathered(
    groups.flatMap((group) => {
      const name = nameOf(group);
      return name === null ? [] : [[name, group] as const];
    }),
  );
  return [...named.keys()].sort().map((name) => ({ name, ...funnelOf(named.get(name) ?? []) }));
}

const SPANS: readonly DecidedIn[] = ['hour', 'day', 'later'];

function speedIn(groups: readonly InsightGroup[]): SpeedFigures {
  const part = (of: readonly InsightGroup[]) => ({ deals: count(of), back: sum(of, 'back') });
  return {
    decidedIn: SPANS.map((span) => ({ span, ...part(groups.filter(({ decidedIn }) => decidedIn === span)) })),
    callBack: [true, false].map((kept) => ({
      kept,
      ...part(groups.filter(({ callBackKept }) => callBackKept === kept)),
    })),
  };
}

type CountedIn<Row> = { [Key in keyof Row]: Row[Key] extends number ? Key : never }[keyof Row];

const sum = (groups: readonly InsightGroup[], key: CountedIn<InsightGroup>): number =>
  groups.reduce((total, group) => total + group[key], 0);

const count = (groups: readonly InsightGroup[]): number => sum(groups, 'deals');

/** The deals of a group share their currencies, so either all of them have an amount or none has. */
const notKnown = (
  groups: readonly InsightGroup[],
  money: 'worth' | 'backMoney' | 'cost',
  of: CountedIn<InsightGroup>,
): number =>
  sum(
    groups.filter((group) => group[money] === null),
    of,
  );

function added(
  groups: readonly InsightGroup[],
  key: 'worth' | 'backMoney' | 'signedMoney' | 'cost',
): Money[] {
  return addedUp(groups.flatMap((group) => group[key] ?? []));
}

/** One sum a currency, by currency. A sum of zero is left out beside others. */
function addedUp(amounts: readonly Money[]): Money[] {
  const totals = new Map<string, number>();
  for (const { currency, minor } of amounts) totals.set(currency, (totals.get(currency) ?? 0) + minor);
  return [...totals]
    .filter(([, minor]) => minor > 0)
    .map(([currency, minor]) => ({ currency, minor }))
    .sort((a, b) => a.currency.localeCompare(b.currency));
}
