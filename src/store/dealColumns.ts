/** What the deals table repeats of a deal, so that it can be searched and counted without reading the deal. */
import type { Ask, Deal } from '../deal/deal';
import { competitorKey } from './competitor';
import { STATE_FORMAT, writeDeal } from './dealJson';
import type { Flag } from './schema';

export function dealColumns(deal: Deal) {
  const asks = deal.ask === null ? deal.pastAsks : [...deal.pastAsks, deal.ask];
  const pending = deal.ask?.status === 'pending' ? deal.ask : null;
  return {
    revision: deal.revision,
    stage: deal.stage,
    is_open: flag(deal.stage !== 'closed' && deal.stage !== 'withdrawn'),
    rep: deal.rep,
    manager: deal.manager,
    // PostgreSQL's text knows no NUL.
    account: deal.account.replaceAll('\u0000', ''),
    started_at: deal.startedAt,
    ask_manager: pending?.manager ?? null,
    ask_deadline: pending?.deadline ?? null,
    competitor_key: competitorKey(deal.details.competitor),
    counts_as_lost: flag(deal.stage !== 'withdrawn'),
    was_asked: flag(asks.length > 0),
    was_matched: flag(asks.some(wasMatched)),
    was_won_back: flag(deal.outcome?.kind === 'won_back'),
    state_format: STATE_FORMAT,
    state: writeDeal(deal),
  };
}

/** By the decision that stands, the last one. */
function wasMatched(ask: Ask): boolean {
  const standing = ask.decisions.at(-1);
  return standing?.kind === 'match' || standing?.kind === 'counter';
}

export const flag = (value: boolean): Flag => (value ? 1 : 0);
