/**
 * Fills an SQLite database with deals as they pile up over the years: nearly all closed and shown in Slack, each with
 * its events and messages, most of one workspace and the rest of twenty others. The same number gives the same
 * deals. From the command line: `npx tsx bench/seedDeals.ts <file> <number>`.
 */
import { openStore } from '../src/store/open';
import {
  connectSqlite,
  type SqliteConnection,
  type SqliteStatement,
} from '../src/store/sqlite/connectSqlite';
import { type Life, playLives, STOOD_IN } from './dealTemplates';
import { chooserOf, type Print, type Stamp, stampOf, type Value } from './rowTemplate';
import { TEAM } from './slackStub';

const DAY = 24 * 60 * 60_000;
const YEARS = 3;
const REPS = 200;
const MANAGERS = 40;
const COMPETITORS = 1_000;
const OTHER_TEAMS = 20;
/** The reps who call in the benchmark have old deals too. */
const CALLING_REPS = 16;
/** Messages of a closed deal that stand in Slack. */
const SLOTS = ['summary', 'transcript', 'closed'] as const;

export interface Seeded {
  readonly deals: number;
  readonly events: number;
  readonly slots: number;
}

/** @param path path of a file that does not exist yet */
export async function seedDeals(path: string, count: number, now = Date.now()): Promise<Seeded> {
  const lives = await playLives();
  // Makes the tables of this release.
  await (await openStore(`file:${path}`)).close();
  const file = connectSqlite(path);
  try {
    // Nobody needs this file if we die halfway.
    file.pragma('journal_mode = OFF');
    file.pragma('synchronous = OFF');
    file.pragma('locking_mode = EXCLUSIVE');
    file.pragma('cache_size = -500000');
    file.pragma('foreign_keys = OFF');
    const rebuild = dropIndexes(file);
    const seeded = file.transaction(() => insertAll(file, lives, count, now))();
    rebuild();
    file.pragma('locking_mode = NORMAL');
    file.pragma('journal_mode = WAL');
    return seeded;
  } finally {
    file.close();
  }
}

/**
 * Drops the indexes: building one over many rows takes a tenth of the time of updating it with each row. @returns a
 * function that builds them again
 */
function dropIndexes(file: SqliteConnection): () => void {
  const made = file
    .prepare("select name, sql from sqlite_master where type = 'index' and sql is not null")
    .all() as { name: string; sql: string }[];
  for (const { name } of made) file.exec(`drop index "${name}"`);
  return () => {
    for (const { sql } of made) file.exec(sql);
  };
}

interface StampedLife {
  readonly share: number;
  readonly isOpen: boolean;
  /** The time from its first moment to its last, ms. */
  readonly lasted: number;
  readonly deal: Stamp;
  readonly events: readonly Stamp[];
  readonly insight: Stamp;
}

const stamped = ({ share, end, deal, events, insight }: Life): StampedLife => ({
  share,
  isOpen: deal.is_open === 1,
  lasted: end - STOOD_IN.start,
  // Slack and the figures show this revision, so nothing is left to do.
  deal: stampOf({ ...deal, rendered_revision: deal.revision ?? 0, projected_revision: deal.revision ?? 0 }),
  events: events.map(stampOf),
  insight: stampOf(insight),
});

function insertAll(file: SqliteConnection, lives: readonly Life[], count: number, now: number): Seeded {
  const all = lives.map(stamped);
  const [first] = all;
  if (first === undefined) throw new Error('there are no lives');
  const lifeOf = chooserOf(all);
  const putDeal = inserter(file, 'deals', first.deal.columns);
  const putEvent = inserter(file, 'events', first.events[0]?.columns ?? []);
  const putInsight = inserter(file, 'insights', first.insight.columns);
  const [reasons, given, wasGiven] = ['reasons', 'given', 'was_given'].map((column) =>
    first.insight.columns.indexOf(column),
  ) as [number, number, number];
  const putSlot = file.prepare(
    `insert into slots (enterprise_id, team_id, deal_id, key, channel, ts, hash, state, intent_at, lookups)
      values ('', ?, ?, ?, 'C000BENCH', ?, ?, 'posted', null, 0)`,
  );
  const wake = first.deal.columns.indexOf('wake_at');
  let events = 0;
  let slots = 0;
  for (let index = 0; index < count; index++) {
    const life = lifeOf(index);
    const began = life.isOpen ? now - DAY : now - ((count - index) / count) * YEARS * 365 * DAY - DAY;
    const to = printOf(index, count, Math.floor(began) - life.lasted - STOOD_IN.start);
    const values = life.deal.print(to);
    values[wake] = wakeAt(values[wake] ?? null, life.isOpen, now);
    putDeal.run(...values);
    for (const event of life.events) putEvent.run(...event.print(to));
    const figures = life.insight.print(to);
    figures[reasons] = reasonsOf(index);
    if (figures[wasGiven] === 1) figures[given] = `,${REASONS[index % REASONS.length]},`;
    putInsight.run(...figures);
    events += life.events.length;
    if (life.isOpen) continue;
    for (const key of SLOTS) {
      putSlot.run(
        to.team,
        to.id,
        key,
        `${Math.floor(began / 1000)}.${String(slots % 1_000_000).padStart(6, '0')}`,
        HASH,
      );
      slots += 1;
    }
  }
  return { deals: count, events, slots };
}

const REASONS = ['price', 'payment_terms', 'timeline', 'service', 'features', 'integration', 'relationship'];

/** One or two reasons as a row of figures holds them; one deal in eight has none. */
function reasonsOf(index: number): string | null {
  if (index % 8 === 0) return null;
  const said = [REASONS[index % REASONS.length], REASONS[(index * 3) % REASONS.length]];
  return `,${[...new Set(said)].sort().join(',')},`;
}

const HASH = '0'.repeat(64);

/** Due reminders have happened; later ones do not come during a measurement. */
function wakeAt(planned: Value, isOpen: boolean, now: number): number | null {
  const tomorrow = now + DAY;
  if (typeof planned === 'number' && planned > tomorrow) return planned;
  return isOpen ? tomorrow : null;
}

function printOf(index: number, count: number, shift: number): Print {
  // Workspaces come one after the other, so that rows of one workspace lie together.
  const others = Math.floor(count * 0.3);
  const other = index < others;
  const rep = index % REPS;
  return {
    id: `dseed${String(index).padStart(15, '0')}`,
    team: other ? `T00OTHER${String(Math.floor((index / others) * OTHER_TEAMS)).padStart(2, '0')}` : TEAM,
    rep: rep < CALLING_REPS ? `U000REP${rep}` : `U000SEED${rep}`,
    manager: `U000BOSS${index % MANAGERS}`,
    account: `Account number ${index}`,
    competitor: `Competitor ${(index * 7) % COMPETITORS}`,
    shift,
  };
}

function inserter(file: SqliteConnection, table: string, columns: readonly string[]): SqliteStatement {
  const places = columns.map(() => '?').join(', ');
  return file.prepare(`insert into ${table} (${columns.join(', ')}) values (${places})`);
}

async function main([path, count]: readonly string[]): Promise<void> {
  if (path === undefined || !(Number(count) > 0))
    throw new Error('npx tsx bench/seedDeals.ts <file> <number>');
  const from = performance.now();
  const seeded = await seedDeals(path, Number(count));
  const seconds = ((performance.now() - from) / 1000).toFixed(1);
  process.stdout.write(`${JSON.stringify(seeded)} in ${seconds} s\n`);
}

if (require.main === module) {
  main(process.argv.slice(2)).catch((error: unknown) => {
    process.stderr.write(`${String(error)}\n`);
    process.exitCode = 1;
  });
}
