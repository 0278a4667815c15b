/** The rows that a commit writes. */
import type { Deal } from '../../deal/model/deal';
import type { DealEvent } from '../../deal/model/events';
import type { Commit } from '../deals/dealsStore';
import { dealColumns } from './dealColumns';
import { writeEvent } from './eventJson';
import { ofDeal } from './tenancy';

export type StateColumns = ReturnType<typeof dealColumns> & {
  readonly wake_at: number | null;
  readonly updated_at: number;
};

export interface CommitRows {
  /** Null: the commit has no events and only moves the wake. */
  readonly state: StateColumns | null;
  readonly events: readonly ReturnType<typeof eventRow>[];
}

/** @throws {StoreError} `store_unreadable` if the deal or an event could not be read back */
export function rowsOf(asked: Commit): CommitRows {
  assertSequence(asked);
  const { deal, events, wakeAt } = asked;
  return {
    state:
      events.length === 0
        ? null
        : { ...dealColumns(deal), wake_at: wakeAt, updated_at: Math.max(...events.map(({ at }) => at)) },
    events: events.map((event) => eventRow(deal, event)),
  };
}

function eventRow(deal: Deal, event: DealEvent) {
  return {
    ...ofDeal(deal.tenant, deal.id),
    seq: event.seq,
    at: event.at,
    by_user: event.by,
    type: event.type,
    body: writeEvent(event, deal.id),
  };
}

/** A revision is the number of events. A commit that breaks this is a fault in the code, never of people. */
function assertSequence({ deal, events, expectedRevision }: Commit): void {
  const inOrder = events.every(({ seq }, index) => seq === expectedRevision + index + 1);
  if (!inOrder || deal.revision !== expectedRevision + events.length || deal.revision === 0) {
    throw new Error(
      `deal ${deal.id}: revision ${deal.revision} does not follow from ${expectedRevision} by ${events.length} events`,
    );
  }
}
