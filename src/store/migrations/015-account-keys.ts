/** One key a deal for all spellings of its company, so that a rep finds the open deal that somebody has with it. */
import { sql } from 'kysely';
import { companyKey } from '../records/companyKey';
import type { Migration, MigrationDb } from './migration';

export const accountKeys: Migration = {
  version: 15,
  name: 'account_keys',
  async up(db) {
    await db.schema.alterTable('deals').addColumn('account_key', 'text').execute();
    await fill(db);
    await db.schema
      .createIndex('deals_of_account')
      .on('deals')
      .columns(['enterprise_id', 'team_id', 'account_key'])
      .where(sql<boolean>`is_open = 1`)
      .execute();
  },
};

/** Deals of one read. */
const BATCH = 500;

interface Row {
  readonly enterprise_id: string;
  readonly team_id: string;
  readonly id: string;
  readonly account: string;
}

/** Only open deals are searched; a deal that is opened again brings its key. */
async function fill(db: MigrationDb): Promise<void> {
  let last: Row = { enterprise_id: '', team_id: '', id: '', account: '' };
  for (;;) {
    const { rows } = await sql<Row>`select enterprise_id, team_id, id, account from deals
      where is_open = 1 and (enterprise_id, team_id, id) > (${last.enterprise_id}, ${last.team_id}, ${last.id})
      order by enterprise_id, team_id, id limit ${BATCH}`.execute(db);
    for (const { enterprise_id, team_id, id, account } of rows) {
      await sql`update deals set account_key = ${companyKey(account)} where enterprise_id = ${enterprise_id}
        and team_id = ${team_id} and id = ${id}`.execute(db);
    }
    const end = rows.at(-1);
    if (end === undefined) return;
    last = end;
  }
}
