/** The columns that repeat parts of a deal, so that queries search and count deals without reading them. */
import { stationOf } from '../../deal/asking/stations';
import type { Ask, Deal } from '../../deal/model/deal';
import { offerKinds } from '../../deal/model/facts';
import type { Money } from '../../deal/model/money';
import { ENDS, MOVES, type RescueCase, rescueCaseOf } from '../../deal/model/rescueCase';
import type { DealsTable, Flag, Work } from '../schema';
import { companyKey } from './companyKey';
import { STATE_FORMAT, writeDeal } from './dealJson';

export function dealColumns(deal: Deal) {
  const asks = deal.ask === null ? deal.pastAsks : [...deal.pastAsks, deal.ask];
  const pending = deal.ask?.status === 'pending' ? deal.ask : null;
  const wasMatchedEver = asks.some(wasMatched);
  const wonBack = deal.outcome?.kind === 'won_back';
  const cost = costOf(asks);
  return {
    revision: deal.revision,
    stage: deal.stage,
    is_open: flag(deal.stage !== 'closed' && deal.stage !== 'withdrawn'),
    rep: deal.rep,
    manager: deal.manager,
    // PostgreSQL's text cannot hold NUL.
    account: deal.account.replaceAll('\u0000', ''),
    account_key: companyKey(deal.account),
    started_at: deal.startedAt,
    // The person who has the ask now, who may be a stand-in or an approver.
    ask_manager: pending && (stationOf(pending).to ?? pending.manager),
    ask_deadline: pending && stationOf(pending).answerBy,
    competitor_key: companyKey(deal.details.competitor),
    counts_as_lost: flag(deal.stage !== 'withdrawn'),
    was_asked: flag(asks.length > 0),
    was_matched: flag(wasMatchedEver),
    was_won_back: flag(wonBack),
    was_matched_lost: flag(wasMatchedEver && !wonBack && deal.stage === 'closed'),
    offer_kinds: kindsColumn(offerKinds(deal)),
    cost_minor: cost?.minor ?? null,
    cost_currency: cost?.currency ?? null,
    ...rescueColumns(deal),
    state_format: STATE_FORMAT,
    state: writeDeal(deal),
  } satisfies Omit<DealsTable, keyof Work | 'projected_revision'> & Pick<Work, 'revision'>;
}

/** The last decision is the one that stands. */
function wasMatched(ask: Ask): boolean {
  const standing = ask.decisions.at(-1);
  return standing?.kind === 'match' || standing?.kind === 'counter';
}

/** Cost to us of the latest yes that stands. */
function costOf(asks: readonly Ask[]): Money | null {
  const yes = asks.findLast(wasMatched)?.decisions.at(-1);
  return yes === undefined || yes.kind === 'decline' ? null : yes.value;
}

export function rescueColumns(deal: Deal) {
  const rescue = rescueCaseOf(deal);
  return {
    rescue_case: writeRescueCase(rescue),
    won_minor: rescue.won?.minor ?? null,
    won_currency: rescue.won?.currency ?? null,
  };
}

type CaseWords = Omit<RescueCase, 'won' | 'cost'>;
const FLAGS = ['pulse', 'tried', 'asked', 'inTime'] as const;

/** Its words, `pulse,tried,matched,whole`, so that a query counts alike cases together. */
const writeRescueCase = (rescue: RescueCase): string =>
  [
    ...FLAGS.filter((flag) => rescue[flag]),
    ...(rescue.move === null ? [] : [rescue.move]),
    rescue.end,
  ].join();

/** @param column null: an earlier release wrote the deal, and its state could not be read */
export function readRescueCase(column: string | null): CaseWords {
  const words = new Set(column?.split(',') ?? []);
  return {
    pulse: words.has('pulse'),
    tried: words.has('tried'),
    asked: words.has('asked'),
    inTime: words.has('inTime'),
    move: MOVES.find((move) => words.has(move)) ?? null,
    end: ENDS.find((end) => words.has(end)) ?? 'open',
  };
}

/** Commas on both sides, so that a query finds one kind by `,kind,`. */
function kindsColumn(kinds: readonly string[]): string | null {
  return kinds.length === 0 ? null : `,${[...kinds].sort().join(',')},`;
}

export const flag = (value: boolean): Flag => (value ? 1 : 0);
