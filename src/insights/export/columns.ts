/** The columns of an export, in their order: a contract with whoever reads the file, which docs/export.md shows. */
import { DateTime } from 'luxon';
import type { UserId } from '../../deal/model/deal';
import { type Money, majorUnits } from '../../deal/model/money';
import type { ListedDeal } from '../../store/store';

/** Null: an empty cell. Only numbers may begin with a minus. */
export type Cell = string | number | null;

/** What an export needs besides the deals. */
export interface ExportNames {
  /** The full name of a person; null: not known. */
  readonly person: (id: UserId) => string | null;
  /** The label of a reason. */
  readonly reason: (id: string) => string;
  /** The time zone of whoever exports, which decides on which day a deal began. */
  readonly zone: string;
}

export interface ExportColumn {
  readonly name: string;
  /** What a cell holds, in Markdown. */
  readonly holds: string;
  readonly cell: (deal: ListedDeal, names: ExportNames) => Cell;
}

const yesOrNo = (value: boolean | null): Cell => (value === null ? null : value ? 'yes' : 'no');

const amount = (money: Money | null): Cell => (money === null ? null : majorUnits(money));

const labels = (ids: readonly string[], { reason }: ExportNames): Cell => ids.map(reason).join('; ');

const column = (name: string, holds: string, cell: ExportColumn['cell']): ExportColumn => ({
  name,
  holds,
  cell,
});

export const EXPORT_COLUMNS: readonly ExportColumn[] = [
  column('deal_id', 'the id of the deal, the same in every export', (deal) => deal.dealId),
  column(
    'started_on',
    'the day on which the rep began to work the lost deal, in the time zone of whoever exports: `2026-05-31`',
    ({ startedAt }, { zone }) => DateTime.fromMillis(startedAt, { zone }).toISODate(),
  ),
  column('account', 'the company that said no', (deal) => deal.account),
  column('business', '`new`, or `customer` for one that we are losing', (deal) => deal.business),
  column('rep', 'the full name of the rep; empty: Slack has not told it', (deal, { person }) =>
    person(deal.rep),
  ),
  column('rep_id', 'the rep in Slack', (deal) => deal.rep),
  column(
    'manager',
    'the full name of whoever decides or decided; empty: nobody was asked, or the name is not known',
    (deal, { person }) => (deal.manager === null ? null : person(deal.manager)),
  ),
  column('manager_id', 'the same person in Slack', (deal) => deal.manager),
  column('competitor', 'whoever won it; empty: not known', (deal) => deal.competitor),
  column(
    'reasons',
    'the reasons that the rep picked afterwards, or else ticked on the call, joined by `; `; empty: none is known',
    (deal, names) => labels(deal.reasons, names),
  ),
  column(
    'reasons_differ',
    'whether the reasons that the rep picked afterwards differ from those ticked on the call',
    (deal) => yesOrNo(deal.reasonsDiffer),
  ),
  column('reached', 'whether the buyer answered the question “would we have won it”', (deal) =>
    yesOrNo(deal.wasReached),
  ),
  column('would_have', 'whether we would have won it with what they asked for', (deal) =>
    yesOrNo(deal.wouldHave),
  ),
  column('asked', 'whether a manager was asked', (deal) => yesOrNo(deal.wasAsked)),
  column('decided', 'whether a manager answered', (deal) => yesOrNo(deal.wasDecided)),
  column('decided_in_time', 'whether the answer came by its deadline', (deal) => yesOrNo(deal.wasInTime)),
  column('decided_within', '`hour`, `day` or `later`, from the ask to its answer', (deal) => deal.decidedIn),
  column('tried', 'whether we went for it, with a manager or the rep alone', (deal) =>
    yesOrNo(deal.wasTried),
  ),
  column('manager_yes', 'whether a manager matched or countered', (deal) => yesOrNo(deal.wasYes)),
  column('gave', 'whether we moved', (deal) => yesOrNo(deal.wasGiven)),
  column('gave_on', 'the reasons that we moved on, joined by `; `', (deal, names) =>
    labels(deal.given, names),
  ),
  column('call_back_kept', 'whether the rep called back by the time they had promised', (deal) =>
    yesOrNo(deal.callBackKept),
  ),
  column('outcome', '`back`, `lost`, or `open` while nothing is settled', (deal) =>
    deal.isBack ? 'back' : deal.isLost ? 'lost' : 'open',
  ),
  column('worth', 'what the deal was worth, in major units: `48000` or `48000.5`', (deal) =>
    amount(deal.worth),
  ),
  column('worth_currency', 'the currency of that amount: `USD`', (deal) => deal.worth?.currency ?? null),
  column('back', 'what came back of it; empty also while nothing did', (deal) => amount(deal.back)),
  column('back_currency', 'the currency of that amount', (deal) => deal.back?.currency ?? null),
  column('cost', 'what it cost us to win it back; empty also while nothing came back', (deal) =>
    amount(deal.cost),
  ),
  column('cost_currency', 'the currency of that amount', (deal) => deal.cost?.currency ?? null),
  column(
    'confirmed_reasons',
    'the reasons that a manager confirmed after the deal was lost, joined by `; `; the report counts them before `reasons`; empty: nobody has confirmed any',
    (deal, names) => labels(deal.confirmed, names),
  ),
  column(
    'confirmed_differ',
    'whether the confirmed reasons differ from those ticked on the call; empty: one of the two is not known',
    (deal) => yesOrNo(deal.confirmedDiffers),
  ),
];
