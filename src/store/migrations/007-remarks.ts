/**
 * Replies in rows of their own. Their words leave the states and events of earlier deals. Words that were deleted, that
 * an edit replaced, or that somebody from outside wrote, are not taken along.
 */
import { sql } from 'kysely';
import type { Migration, MigrationDb } from './migration';

export const remarks: Migration = {
  version: 7,
  name: 'remarks',
  async up(db) {
    await db.schema
      .createTable('remarks')
      .addColumn('enterprise_id', 'text', (c) => c.notNull())
      .addColumn('team_id', 'text', (c) => c.notNull())
      .addColumn('deal_id', 'text', (c) => c.notNull())
      .addColumn('id', 'bigint', (c) => c.notNull())
      .addColumn('by_user', 'text', (c) => c.notNull())
      .addColumn('at', 'bigint', (c) => c.notNull())
      .addColumn('channel', 'text', (c) => c.notNull())
      .addColumn('ts', 'text', (c) => c.notNull())
      .addColumn('edited_at', 'bigint')
      .addColumn('edited_ts', 'text')
      .addColumn('edits', 'integer', (c) => c.notNull())
      .addColumn('is_cut', 'smallint', (c) => c.notNull())
      .addColumn('text', 'text')
      .addPrimaryKeyConstraint('remarks_key', ['enterprise_id', 'team_id', 'deal_id', 'id'])
      .addForeignKeyConstraint('remarks_deal', ['enterprise_id', 'team_id', 'deal_id'], 'deals', [
        'enterprise_id',
        'team_id',
        'id',
      ])
      .execute();
    // remark
    await db.schema
      .createIndex('remarks_by_message')
      .on('remarks')
      .columns(['enterprise_id', 'team_id', 'deal_id', 'channel', 'ts'])
      .execute();
    // Erasing what one person wrote.
    await db.schema
      .createIndex('remarks_by_author')
      .on('remarks')
      .columns(['enterprise_id', 'team_id', 'by_user'])
      .execute();
    await moveWords(db);
  },
};

/** Deals of one read: a million states are more than a process has memory for. */
const BATCH = 200;

/** What a form allowed when this migration was released, characters. */
const LONGEST = 3_000;

interface Key {
  readonly enterprise_id: string;
  readonly team_id: string;
  readonly id: string;
}

async function moveWords(db: MigrationDb): Promise<void> {
  let last: Key = { enterprise_id: '', team_id: '', id: '' };
  for (;;) {
    // People's words cannot look like this, because JSON escapes their quotes.
    const { rows } = await sql<
      Key & { readonly state: string }
    >`select enterprise_id, team_id, id, state from deals
      where (enterprise_id, team_id, id) > (${last.enterprise_id}, ${last.team_id}, ${last.id})
        and state like ${'%"remarks":[{%'}
      order by enterprise_id, team_id, id limit ${BATCH}`.execute(db);
    for (const { state, ...key } of rows) {
      await moveState(db, key, state);
      await stripEvents(db, key);
    }
    const end = rows.at(-1);
    if (end === undefined) return;
    last = end;
  }
}

/** A reply in the form of earlier releases. */
interface RemarkBefore {
  readonly id: number;
  readonly by: string;
  readonly text: string;
  readonly at: number;
  readonly channel: string;
  readonly ts: string;
  readonly offersDecision: boolean;
  readonly editedAt?: number | null;
  readonly editedTs?: string | null;
  readonly deleted: boolean;
}

async function moveState(db: MigrationDb, key: Key, text: string): Promise<void> {
  const state = parsed<{ readonly remarks: readonly RemarkBefore[] }>(text);
  // An unreadable deal must not stop the migration of the others.
  if (state === null) return;
  for (const remark of state.remarks) await insert(db, key, remark);
  const offers = state.remarks
    .filter(({ offersDecision }) => offersDecision)
    .map(({ text: _, ...remark }) => remark);
  const after = JSON.stringify({ ...state, remarks: offers, remarkCount: state.remarks.length });
  await sql`update deals set state = ${after} where enterprise_id = ${key.enterprise_id}
    and team_id = ${key.team_id} and id = ${key.id}`.execute(db);
}

async function insert(db: MigrationDb, key: Key, remark: RemarkBefore): Promise<void> {
  const stranger = await sql`select 1 from people where enterprise_id = ${key.enterprise_id}
    and team_id = ${key.team_id} and user_id = ${remark.by} and is_stranger = 1`.execute(db);
  // PostgreSQL's text cannot hold NUL.
  const words = remark.text.replaceAll('\u0000', '');
  const isKept = !remark.deleted && stranger.rows.length === 0;
  const isCut = isKept && words.length > LONGEST ? 1 : 0;
  await sql`insert into remarks (enterprise_id, team_id, deal_id, id, by_user, at, channel, ts, edited_at,
      edited_ts, edits, is_cut, text)
    values (${key.enterprise_id}, ${key.team_id}, ${key.id}, ${remark.id}, ${remark.by}, ${remark.at},
      ${remark.channel}, ${remark.ts}, ${remark.editedAt ?? null}, ${remark.editedTs ?? null}, 0, ${isCut},
      ${isKept ? words.slice(0, LONGEST) : null})`.execute(db);
}

interface EventBefore {
  readonly type: string;
  readonly seq: number;
  readonly remark?: number;
  readonly text?: string;
}

/** Takes the words out of a deal's events. An edit that changed nothing says so instead. */
async function stripEvents(db: MigrationDb, key: Key): Promise<void> {
  const { rows } = await sql<{ readonly seq: number; readonly body: string }>`select seq, body from events
    where enterprise_id = ${key.enterprise_id} and team_id = ${key.team_id} and deal_id = ${key.id}
      and type in ('remarked', 'remark_edited') order by seq`.execute(db);
  const words = new Map<number, string>();
  for (const { seq, body } of rows) {
    const event = parsed<EventBefore>(body);
    if (event === null) continue;
    const { text = '', ...rest } = event;
    const id = event.remark ?? event.seq;
    const isUnchanged = event.type === 'remark_edited' && words.get(id) === text;
    words.set(id, text);
    const after = JSON.stringify(isUnchanged ? { ...rest, unchanged: true } : rest);
    await sql`update events set body = ${after} where enterprise_id = ${key.enterprise_id}
      and team_id = ${key.team_id} and deal_id = ${key.id} and seq = ${seq}`.execute(db);
  }
}

function parsed<T>(text: string): T | null {
  try {
    return JSON.parse(text) as T;
  } catch {
    return null;
  }
}
