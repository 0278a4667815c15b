/**
 * Columns that the ledger counts: kinds of offers, the cost of a yes, and deals that were matched and lost all the
 * same.
 */
import { sql } from 'kysely';
import type { Migration, MigrationDb } from './migration';

export const offers: Migration = {
  version: 4,
  name: 'offers',
  async up(db) {
    for (const column of ['offer_kinds', 'cost_currency'] as const) {
      await db.schema.alterTable('deals').addColumn(column, 'text').execute();
    }
    await db.schema.alterTable('deals').addColumn('cost_minor', 'bigint').execute();
    await db.schema
      .alterTable('deals')
      .addColumn('was_matched_lost', 'integer', (c) => c.notNull().defaultTo(0))
      .execute();
    await backfill(db);

    // ledger: counts from the index alone.
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
        'cost_currency',
        'was_asked',
        'was_matched',
        'was_won_back',
        'was_matched_lost',
        'cost_minor',
        'id',
      ])
      .where(sql.ref('competitor_key'), 'is not', null)
      .execute();
  },
};

/** Deals of one read: a million states are more than a process has memory for. */
const BATCH = 500;

/** Fills the columns of earlier deals from their states. Of those, only counter-offers hold the cost of a yes. */
async function backfill(db: MigrationDb): Promise<void> {
  await sql`update deals set was_matched_lost = 1
    where was_matched = 1 and was_won_back = 0 and stage = 'closed'`.execute(db);
  let last: Pick<DealBefore, 'enterprise_id' | 'team_id' | 'id'> = { enterprise_id: '', team_id: '', id: '' };
  for (;;) {
    const { rows } = await sql<DealBefore>`select enterprise_id, team_id, id, state from deals
      where competitor_key is not null
        and (enterprise_id, team_id, id) > (${last.enterprise_id}, ${last.team_id}, ${last.id})
      order by enterprise_id, team_id, id limit ${BATCH}`.execute(db);
    for (const deal of rows) await count(db, deal);
    const end = rows.at(-1);
    if (end === undefined) return;
    last = end;
  }
}

async function count(db: MigrationDb, { enterprise_id, team_id, id, state }: DealBefore): Promise<void> {
  const { kinds, cost } = readBefore(state);
  if (kinds === null && cost === null) return;
  await sql`update deals set offer_kinds = ${kinds}, cost_minor = ${cost?.minor ?? null},
    cost_currency = ${cost?.currency ?? null}
    where enterprise_id = ${enterprise_id} and team_id = ${team_id} and id = ${id}`.execute(db);
}

interface DealBefore {
  readonly enterprise_id: string;
  readonly team_id: string;
  readonly id: string;
  readonly state: string;
}

/** The parts of a state, in the form of that release, that this migration reads. */
interface StateBefore {
  readonly trail: readonly {
    readonly fact: string | null;
    readonly answer: { readonly reasons?: string[] };
  }[];
  readonly ask: AskBefore | null;
  readonly pastAsks: readonly AskBefore[];
}
interface AskBefore {
  readonly decisions: readonly {
    readonly kind: string;
    readonly value?: { readonly minor: number; readonly currency: string } | null;
  }[];
}

/** @returns nulls for an unreadable state, which must not stop the migration of the other deals */
function readBefore(state: string): ReturnType<typeof countedOf> {
  try {
    return countedOf(JSON.parse(state) as StateBefore);
  } catch {
    return { kinds: null, cost: null };
  }
}

function countedOf({ trail, ask, pastAsks }: StateBefore) {
  const reasons = trail.flatMap(({ fact, answer }) => (fact === 'picture' ? (answer.reasons ?? []) : []));
  const kinds = [...new Set(reasons)].sort();
  const standing = [...pastAsks, ...(ask === null ? [] : [ask])].map(({ decisions }) => decisions.at(-1));
  const costs = standing.map((decision) => (decision?.kind === 'counter' ? decision.value : null));
  return {
    kinds: kinds.length === 0 ? null : `,${kinds.join(',')},`,
    cost: costs.findLast((it) => it !== null && it !== undefined) ?? null,
  };
}
