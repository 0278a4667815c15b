/** The row that figures count of a deal. It follows from the deal alone. */
import { namedApprover } from '../deal/asking/approver';
import { askedSoFar } from '../deal/asking/stations';
import type { Ask, Deal, Decision, UserId, VerbalYes } from '../deal/model/deal';
import { factsOf, known, offerKinds, pledgeOf, type Recorded } from '../deal/model/facts';
import type { Money } from '../deal/model/money';
import { rescueCaseOf } from '../deal/model/rescueCase';
import { traitsOf } from '../playbook/schema';
import type { DecidedIn, InsightRow } from '../store/store';

/** Goes up with each change of this file that makes other rows: the rows of earlier versions are then made again. */
export const INSIGHT_VERSION = 4;

const HOUR_MS = 60 * 60_000;
const DAY_MS = 24 * HOUR_MS;

/** A rep who reports back within this time after the promised moment has called in time. */
export const CALL_BACK_GRACE_MS = HOUR_MS;

export function insightOf(deal: Deal): InsightRow {
  const facts = factsOf(deal);
  const asks = asksOf(deal);
  const put = asks.filter(({ preApproved }) => preApproved === null);
  const rescue = rescueCaseOf(deal);
  const given = standingYes(asks);
  const reasons = offerKinds(deal);
  const isSigned = rescue.end === 'whole' || rescue.end === 'part';
  const verbal = verbalYesOf(deal);
  return {
    dealId: deal.id,
    revision: deal.revision,
    counts: deal.stage !== 'withdrawn',
    rep: deal.rep,
    manager: deal.manager,
    asked: peopleAsked(deal, asks),
    approver: deal.ask?.approval ? namedApprover(deal.ask.approval) : null,
    account: deal.account,
    business: deal.business,
    competitor: deal.details.competitor,
    startedAt: deal.startedAt,
    ...wouldHave(facts.would_have_kept, facts.keep_talking),
    ...answerOf(put),
    wasInTime: rescue.inTime ? true : put.some(({ decisions }) => decisions.length > 0) ? false : null,
    wasTried: rescue.tried,
    wasYes: standingYes(put) !== null,
    wasGiven: rescue.move !== null,
    isBack: isSigned || verbal !== null,
    isSigned,
    isLost: rescue.end === 'lost',
    callBackKept: callBackKept(deal, known(facts.promise)),
    reasons,
    given: rescue.move === null ? [] : movedOn(given, reasons),
    reasonsDiffer: reasonsDiffer(deal),
    confirmed: deal.confirmedReason?.reasons ?? [],
    confirmedDiffers: differ(deal.confirmedReason?.reasons ?? [], ticked(deal)),
    lostAt: rescue.end === 'lost' && deal.asksReason ? deal.closedAt : null,
    worth: deal.details.amount,
    back: verbal === null ? rescue.won : worthOf(deal, verbal),
    cost: isSigned || verbal !== null ? (given?.decision.value ?? null) : null,
    playbookHash: deal.playbook.hash,
    steps: stepsOf(deal),
    leftAt: leftAt(deal),
    ...pledgeIn(deal),
    hasReturn: rescue.move !== null && (given?.decision.inReturn?.trim() ?? '') !== '',
  };
}

/** The row of a deal whose record cannot be read: it is in no figure. */
export const uncounted = (dealId: string, revision: number): InsightRow => ({
  dealId,
  revision,
  counts: false,
  rep: '',
  manager: null,
  asked: [],
  approver: null,
  account: '',
  business: 'new',
  competitor: null,
  startedAt: 0,
  wasReached: false,
  wouldHave: null,
  wasAsked: false,
  wasDecided: false,
  wasInTime: null,
  decidedIn: null,
  wasTried: false,
  wasYes: false,
  wasGiven: false,
  isBack: false,
  isSigned: false,
  isLost: false,
  callBackKept: null,
  reasons: [],
  given: [],
  reasonsDiffer: null,
  confirmed: [],
  confirmedDiffers: null,
  lostAt: null,
  worth: null,
  back: null,
  cost: null,
  playbookHash: null,
  steps: [],
  leftAt: null,
  wasPledged: false,
  pledgeAsked: false,
  pledgeKept: null,
  hasReturn: false,
});

/** Oldest first. */
const asksOf = (deal: Deal): readonly Ask[] =>
  deal.ask === null ? deal.pastAsks : [...deal.pastAsks, deal.ask];

/** Everybody who may see the deal because an ask or a proposal went to them, or because they decided. */
function peopleAsked({ ask }: Deal, asks: readonly Ask[]): readonly UserId[] {
  return [
    ...asks.flatMap((it) => [...askedSoFar(it), ...it.decisions.map(({ by }) => by)]),
    ...(ask?.approval ? [namedApprover(ask.approval)] : []),
  ];
}

/** "Would that have won it?"; one last question asks whether to keep talking. */
function wouldHave(
  won: Recorded<'yes' | 'no' | 'unclear'>,
  talks: Recorded<'yes' | 'no'>,
): Pick<InsightRow, 'wasReached' | 'wouldHave'> {
  const said = known(won) ?? known(talks);
  return {
    wasReached: won.state !== 'missing' || talks.state !== 'missing',
    wouldHave: said === null || said === 'unclear' ? null : said === 'yes',
  };
}

/** The last ask that somebody answered counts, by its first answer. */
function answerOf(asks: readonly Ask[]): Pick<InsightRow, 'wasAsked' | 'wasDecided' | 'decidedIn'> {
  const answered = asks.findLast(({ decisions }) => decisions.length > 0);
  const decidedAt = answered?.decisions[0]?.at;
  return {
    wasAsked: asks.length > 0,
    wasDecided: answered !== undefined,
    decidedIn: answered === undefined || decidedAt === undefined ? null : spanOf(decidedAt - answered.at),
  };
}

const spanOf = (ms: number): DecidedIn => (ms <= HOUR_MS ? 'hour' : ms <= DAY_MS ? 'day' : 'later');

interface Yes {
  readonly decision: Exclude<Decision, { kind: 'decline' }>;
  /** The loss reason of a rep's pre-approved offer; null: a manager said yes. */
  readonly preApproved: string | null;
}

/** The latest yes that stands: the last decision of an ask is the one that stands. */
function standingYes(asks: readonly Ask[]): Yes | null {
  for (const { decisions, preApproved } of asks.toReversed()) {
    const last = decisions.at(-1);
    if (last !== undefined && last.kind !== 'decline')
      return { decision: last, preApproved: preApproved?.reason ?? null };
  }
  return null;
}

/** The loss reasons of what earlier releases offered to move on. */
const REASON_OF: Readonly<Record<string, string>> = {
  delivery: 'delivery_time',
  service: 'service',
  term: 'contract_length',
  features: 'features',
  price: 'price',
};

/**
 * A counter-offer moves on its levers, a pre-approved offer on its reason; a match, and a rep alone, give what the buyer
 * said. Null: nobody said yes.
 */
function movedOn(yes: Yes | null, reasons: readonly string[]): readonly string[] {
  if (yes === null) return reasons;
  const { decision, preApproved } = yes;
  if (preApproved !== null) return [preApproved];
  return decision.kind === 'counter' ? decision.levers.map((lever) => REASON_OF[lever] ?? lever) : reasons;
}

/** What was asked or recorded counts as promised, also once the words are gone. */
function pledgeIn(deal: Deal): Pick<InsightRow, 'wasPledged' | 'pledgeAsked' | 'pledgeKept'> {
  const { reminder = null, answer = null } = deal.pledge ?? {};
  const pledgeAsked = reminder !== null || answer !== null;
  return {
    wasPledged: pledgeAsked || pledgeOf(deal) !== null,
    pledgeAsked,
    pledgeKept: answer?.kept ?? null,
  };
}

/** They said yes and have not signed yet. Null once the deal is closed: then only a signature counts. */
const verbalYesOf = ({ outcome, stage }: Deal): VerbalYes | null =>
  outcome?.kind === 'verbal_yes' && stage !== 'closed' ? outcome : null;

const worthOf = ({ details }: Deal, { amount, part }: VerbalYes): Money | null =>
  amount ?? (part === 'whole' ? details.amount : null);

const stepsOf = ({ trail, position }: Deal): readonly string[] => [
  ...trail.map(({ stepId }) => stepId),
  ...(position === null ? [] : [position.stepId]),
];

/** A call that reached nobody lost nobody by its words. */
function leftAt({ verdict, closedAt, position, trail }: Deal): string | null {
  if (traitsOf(verdict)?.isDodge === true) return trail.at(-1)?.stepId ?? null;
  return verdict === null && closedAt !== null ? (position?.stepId ?? null) : null;
}

/** The first report after the call counts: an outcome, or that they signed. */
function callBackKept(deal: Deal, promisedAt: number | null): boolean | null {
  if (promisedAt === null) return null;
  const reported = [deal.verbalYes?.at ?? null, deal.outcomeAt, deal.signedReportedAt].filter(
    (it) => it !== null,
  );
  if (reported.length > 0) return Math.min(...reported) <= promisedAt + CALL_BACK_GRACE_MS;
  return deal.closedAt === null ? null : false;
}

/** Compares what the rep ticked while the prospect talked with what they picked afterwards. */
const reasonsDiffer = (deal: Deal): boolean | null => differ(deal.details.reasons ?? [], ticked(deal));

/** The reasons that the rep ticked while the prospect talked. */
function ticked(deal: Deal): readonly string[] {
  const { picture } = factsOf(deal);
  return picture.state === 'known' && picture.source === 'prospect' ? picture.value.reasons : [];
}

/** Null: one of them is not known. */
function differ(some: readonly string[], others: readonly string[]): boolean | null {
  if (some.length === 0 || others.length === 0) return null;
  return [...new Set(some)].sort().join() !== [...new Set(others)].sort().join();
}
