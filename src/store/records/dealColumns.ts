/** What the deals table repeats of a deal, so that it can be searched and counted without reading the deal. */
import { stationOf } from '../../deal/asking/stations';
import type { Ask, Deal } from '../../deal/model/deal';
import { offerKinds } from '../../deal/model/facts';
import type { Money } from '../../deal/model/money';
import type { Flag } from '../schema';
import { competitorKey } from './competitor';
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
    // PostgreSQL's text knows no NUL.
    account: deal.account.replaceAll('\u0000', ''),
    started_at: deal.startedAt,
    // Whom it is with now, stand-ins and approvers among them.
    ask_manager: pending && (stationOf(pending).to ?? pending.manager),
    ask_deadline: pending && stationOf(pending).answerBy,
    competitor_key: competitorKey(deal.details.competitor),
    counts_as_lost: flag(deal.stage !== 'withdrawn'),
    was_asked: flag(asks.length > 0),
    was_matched: flag(wasMatchedEver),
    was_won_back: flag(wonBack),
    was_matched_lost: flag(wasMatchedEver && !wonBack && deal.stage === 'closed'),
    offer_kinds: kindsColumn(offerKinds(deal)),
    cost_minor: cost?.minor ?? null,
    cost_currency: cost?.currency ?? null,
    state_format: STATE_FORMAT,
    state: writeDeal(deal),
  };
}

/** By the decision that stands, the last one. */
function wasMatched(ask: Ask): boolean {
  const standing = ask.decisions.at(-1);
  return standing?.kind === 'match' || standing?.kind === 'counter';
}

/** What the latest yes that stands costs us. */
function costOf(asks: readonly Ask[]): Money | null {
  const yes = asks.findLast(wasMatched)?.decisions.at(-1);
  return yes === undefined || yes.kind === 'decline' ? null : yes.value;
}

/** So that one kind is found by `,kind,`. */
function kindsColumn(kinds: readonly string[]): string | null {
  return kinds.length === 0 ? null : `,${[...kinds].sort().join(',')},`;
}

export const flag = (value: boolean): Flag => (value ? 1 : 0);
