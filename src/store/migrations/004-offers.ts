/** What the ledger counts: kinds of offers, what a yes cost, and what was matched and lost all the same. */
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

    // ledger: counted from the index alone.
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

/** Read at once: a million states together are more than the memory of a process. */
const BATCH = 500;

/** The deals of before, as far as their state says it. What a yes cost was said of counter-offers only. */
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

/** What this reads of a state as it was stored then. */
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

/** A state that cannot be read says nothing, and is no reason for the others to stay behind. */
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
