/**
 * The commit on PostgreSQL: what every click waits for, the change of a deal that is there, in one statement and so
 * in one round trip, where a transaction would take five. Everything else goes the ordinary way.
 */
import { sql } from 'kysely';
import type { Commit, CommitResult, DeliveryKey } from '../deals/dealsStore';
import { postgresStoreDialect } from '../dialect';
import { rowsOf, type StateColumns } from '../records/commitRows';
import { tenantColumns } from '../records/tenancy';
import type { Db } from '../schema';
import type { Deliveries } from './deliveries';
import { commitInTransaction } from './transaction';

/** @throws {StoreError} `store_unreadable` when the deal or an event could not be read back; nothing is written */
export async function commitOnPostgres(db: Db, deliveries: Deliveries, asked: Commit): Promise<CommitResult> {
  const { deal, deliveryKey, expectedRevision } = asked;
  if (expectedRevision === 0 || asked.events.length === 0) return commitInTransaction(db, deliveries, asked);
  const { state, events } = rowsOf(asked);
  if (state === null) throw new Error('a commit with events has a state');
  const { enterprise_id, team_id } = tenantColumns(deal.tenant);
  const column = <T>(read: (event: (typeof events)[number]) => T): T[] => events.map(read);

  // The deal is locked first: if somebody else was faster, nothing of what follows finds it at this revision, and the
  // delivery's key is not used up. Where two bring the same key, the second waits at its insert, and then finds
  // nothing inserted and so changes nothing.
  const { rows } = await sql<{ changed: number }>`
    with target as (
      select enterprise_id, team_id, id from deals
      where enterprise_id = ${enterprise_id} and team_id = ${team_id} and id = ${deal.id}
        and revision = ${expectedRevision}
      for update
    ), ${deliveryKey === undefined ? sql`noted as (select id from target)` : notedAs(deliveryKey)},
    changed as (
      update deals set ${assignments(asked, state)}
      where enterprise_id = ${enterprise_id} and team_id = ${team_id} and id = ${deal.id}
        and revision = ${expectedRevision} and exists (select from noted)
      returning enterprise_id, team_id, id
    ), appended as (
      insert into events (enterprise_id, team_id, deal_id, seq, at, by_user, type, body)
      select changed.enterprise_id, changed.team_id, changed.id, event.*
      from changed, unnest(
        ${column(({ seq }) => seq)}::bigint[], ${column(({ at }) => at)}::bigint[],
        ${column(({ by_user }) => by_user)}::text[], ${column(({ type }) => type)}::text[],
        ${column(({ body }) => body)}::text[]
      ) as event (seq, at, by_user, type, body)
    )
    select count(*) as changed from changed`.execute(db);

  if (rows[0]?.changed === 1) {
    if (deliveryKey !== undefined) await deliveries.noted(db);
    return 'committed';
  }
  if (deliveryKey === undefined) return 'conflict';
  // A repeated delivery is known as one even though the deal has moved on since.
  return (await deliveries.isKnown(db, deal.tenant, deliveryKey)) ? 'duplicate' : 'conflict';
}

const notedAs = (key: DeliveryKey) => sql`noted as (
      insert into deliveries (enterprise_id, team_id, delivery_key, received_at)
      select enterprise_id, team_id, ${key}, ${postgresStoreDialect.nowMs} from target
      on conflict do nothing
      returning delivery_key
    )`;

/** News ends the wait for a retry. What was not shown yet when nothing was added to it is still to be shown. */
function assignments({ changesNoMessage, deal, expectedRevision }: Commit, state: StateColumns) {
  const columns = Object.entries(state).map(([name, value]) => sql`${sql.ref(name)} = ${value}`);
  const shown = sql`rendered_revision = case when rendered_revision = ${expectedRevision} then ${deal.revision}
    else rendered_revision end`;
  return sql.join([...columns, sql`retry_at = null`, ...(changesNoMessage === true ? [shown] : [])]);
}
