/**
 * The commit on SQLite: the same writes as on PostgreSQL (`postgres/transaction.ts`), together with those of other
 * requests, in as few statements as there are.
 */
import type { Deal } from '../../deal/model/deal';
import type { Commit, CommitResult } from '../deals/dealsStore';
import { type CommitRows, rowsOf, type StateColumns } from '../records/commitRows';
import { dealKey } from '../records/tenancy';
import type { Deliveries } from './deliveries';
import type { Direct } from './direct';
import type { Run, Value } from './statements';

/** @throws {StoreError} `store_unreadable` when the deal or an event could not be read back; nothing is written */
export function commitDirectly(direct: Direct, deliveries: Deliveries, asked: Commit): Promise<CommitResult> {
  const rows = rowsOf(asked);
  return direct.groupCommit.commit((run) => {
    const result = write(run, deliveries, asked, rows);
    return { keep: result === 'committed', result };
  });
}

function write(run: Run, deliveries: Deliveries, asked: Commit, { state, events }: CommitRows): CommitResult {
  const { deal, deliveryKey, expectedRevision, wakeAt } = asked;
  // First, so that a repeated delivery is known as one even though the deal has moved on since.
  if (deliveryKey !== undefined && !deliveries.note(run, deal.tenant, deliveryKey)) return 'duplicate';
  if (state === null) return moveWake(run, deal, wakeAt) ? 'committed' : 'conflict';
  const staysClean = asked.changesNoMessage === true;
  const written =
    expectedRevision === 0
      ? insertDeal(run, deal, state, staysClean)
      : updateDeal(run, deal, expectedRevision, state, staysClean);
  if (!written) return 'conflict';
  for (const event of events) insert(run, 'events', event, '');
  return 'committed';
}

function insertDeal(run: Run, deal: Deal, state: StateColumns, staysClean: boolean): boolean {
  const row = {
    ...dealKey(deal.tenant, deal.id),
    ...state,
    rendered_revision: staysClean ? deal.revision : 0,
  };
  return insert(run, 'deals', row, ' on conflict do nothing') === 1;
}

/** What was not shown yet when nothing was added to it is still to be shown. */
const SHOWN_AS_BEFORE =
  'rendered_revision = case when rendered_revision = revision then revision + ? else rendered_revision end, ';

/** News ends the wait for a retry: the thing that failed may be exactly what changed. */
function updateDeal(
  run: Run,
  deal: Deal,
  expectedRevision: number,
  state: StateColumns,
  staysClean: boolean,
): boolean {
  const set = Object.keys(state).map((column) => `${column} = ?`);
  const sql = `update deals set ${staysClean ? SHOWN_AS_BEFORE : ''}${set.join(', ')}, retry_at = null ${OF_REVISION}`;
  const added = staysClean ? [deal.revision - expectedRevision] : [];
  return run.change(sql, [...added, ...valuesOf(state), ...keyOf(deal), expectedRevision]) === 1;
}

/** The clock found nothing to say, and the deal is next due at another time. */
function moveWake(run: Run, deal: Deal, wakeAt: number | null): boolean {
  return (
    run.change(`update deals set wake_at = ? ${OF_REVISION}`, [wakeAt, ...keyOf(deal), deal.revision]) === 1
  );
}

const OF_REVISION = 'where enterprise_id = ? and team_id = ? and id = ? and revision = ?';

const keyOf = ({ tenant, id }: Deal): Value[] => [tenant.enterpriseId, tenant.teamId, id];

type Row = Readonly<Record<string, Value>>;

const valuesOf = (row: Row): Value[] => Object.values(row);

function insert(run: Run, table: string, row: Row, orElse: string): number {
  const columns = Object.keys(row);
  const places = columns.map(() => '?').join(', ');
  return run.change(
    `insert into ${table} (${columns.join(', ')}) values (${places})${orElse}`,
    valuesOf(row),
  );
}
