/** Columns that the figures beside an ask count: what became of each deal, and what came back. */
import { sql } from 'kysely';
import { rescueColumns } from '../records/dealColumns';
import { readDeal } from '../records/dealJson';
import type { Migration, MigrationDb } from './migration';

export const rescueCases: Migration = {
  version: 16,
  name: 'rescue_cases',
  async up(db) {
    for (const column of ['rescue_case', 'won_currency'] as const) {
      await db.schema.alterTable('deals').addColumn(column, 'text').execute();
    }
    await db.schema.alterTable('deals').addColumn('won_minor', 'bigint').execute();
    await fill(db);

    // cases: counts from the index alone.
    await db.schema.dropIndex('deals_by_competitor').execute();
    await db.schema
      .createIndex('deals_by_competitor')
      .on('deals')
      .columns([
        'enterprise_id',
        'team_id',
        'competitor_key',
        'counts_as_lost',
        'offer_kinds',
        'rescue_case',
        'cost_currency',
        'won_currency',
        'cost_minor',
        'won_minor',
        'id',
      ])
      .where(sql.ref('competitor_key'), 'is not', null)
      .execute();
  },
};

/** Deals of one read: a million states are more than a process has memory for. */
const BATCH = 500;

interface Row {
  readonly enterprise_id: string;
  readonly team_id: string;
  readonly id: string;
  readonly state_format: number;
  readonly state: string;
}

/** No figure counts a deal without a competitor; one that gets a competitor brings its columns. */
async function fill(db: MigrationDb): Promise<void> {
  let last: Omit<Row, 'state' | 'state_format'> = { enterprise_id: '', team_id: '', id: '' };
  for (;;) {
    const { rows } = await sql<Row>`select enterprise_id, team_id, id, state_format, state from deals
      where competitor_key is not null
        and (enterprise_id, team_id, id) > (${last.enterprise_id}, ${last.team_id}, ${last.id})
      order by enterprise_id, team_id, id limit ${BATCH}`.execute(db);
    for (const row of rows) {
      const { enterprise_id, team_id, id } = row;
      const columns = columnsOf(row);
      if (columns === null) continue;
      await sql`update deals set rescue_case = ${columns.rescue_case}, won_minor = ${columns.won_minor},
        won_currency = ${columns.won_currency}
        where enterprise_id = ${enterprise_id} and team_id = ${team_id} and id = ${id}`.execute(db);
    }
    const end = rows.at(-1);
    if (end === undefined) return;
    last = end;
  }
}

/** @returns null for an unreadable state, which must not stop the migration of the other deals */
function columnsOf(row: Row): ReturnType<typeof rescueColumns> | null {
  try {
    return rescueColumns(readDeal(row));
  } catch {
    return null;
  }
}
