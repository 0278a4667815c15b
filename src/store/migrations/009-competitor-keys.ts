/**
 * Keys of competitors' names by today's rule: quotes, dashes and what nobody sees make no other name. Names are rewritten,
 * not deals, so a million deals cost as many statements as they have names. A key that is right already stays.
 */
import { sql } from 'kysely';
import { companyKey } from '../records/companyKey';
import type { Migration, MigrationDb } from './migration';

export const competitorKeys: Migration = {
  version: 9,
  name: 'competitor_keys',
  up: rewrite,
};

/** Names of one read. */
const BATCH = 500;

interface Name {
  readonly enterprise_id: string;
  readonly team_id: string;
  readonly competitor_key: string;
}

async function rewrite(db: MigrationDb): Promise<void> {
  let last: Name = { enterprise_id: '', team_id: '', competitor_key: '' };
  for (;;) {
    const { rows } = await sql<Name>`select distinct enterprise_id, team_id, competitor_key from deals
      where competitor_key is not null and (enterprise_id, team_id, competitor_key)
        > (${last.enterprise_id}, ${last.team_id}, ${last.competitor_key})
      order by enterprise_id, team_id, competitor_key limit ${BATCH}`.execute(db);
    for (const name of rows) await rename(db, name);
    const end = rows.at(-1);
    if (end === undefined) return;
    last = end;
  }
}

async function rename(db: MigrationDb, { enterprise_id, team_id, competitor_key }: Name): Promise<void> {
  // The rule before made a blank and a combining accent of the accent that some keyboards give for a quote.
  const key = companyKey(competitor_key.replaceAll(' \u0301', "'"));
  if (key === competitor_key) return;
  await sql`update deals set competitor_key = ${key} where enterprise_id = ${enterprise_id}
    and team_id = ${team_id} and competitor_key = ${competitor_key}`.execute(db);
}
