/**
 * What figures cost when deals pile up: the time of each question, how far rows of figures are behind the deals, and what
 * reports cost those who click meanwhile.
 */
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import { setTimeout as after } from 'node:timers/promises';
import { Client } from 'pg';
import { namesByPage } from '../src/coach/exporting';
import { createTemporaryFiles } from '../src/insights/export/temporaryFiles';
import { writeDeals } from '../src/insights/export/writeDeals';
import { INSIGHT_VERSION } from '../src/insights/insightOf';
import { createProjector } from '../src/insights/projector';
import { figuresOf, funnelsOf, wordsOf } from '../src/insights/questions';
import { openStore } from '../src/store/open';
import { connectSqlite } from '../src/store/sqlite/connectSqlite';
import type { FiguresAsked, Store } from '../src/store/store';
import { findPostgres, serverIn } from '../test/postgres/server';
import { playCall } from './call';
import { type Connection, connect } from './connection';
import { medianOf, megabytes, milliseconds, percentile, ratioOf, table } from './figures';
import type { Bench, Part } from './part';
import { commandForm } from './payloads';
import type { RunningApp } from './process';
import { seedDeals } from './seedDeals';
import { ADMIN, TEAM } from './slackStub';

const SIZES = (process.env.LEARN_SIZES ?? '1000,100000,1000000').split(',').map(Number);
const DAY = 24 * 60 * 60_000;
const TIMES = 7;
/** Requests a second. */
const CLICKS = 50;
const CLICKERS = 10;
const ROUNDS = 5;
const ROUND_MS = 6_000;
const WARM_UP_MS = 10_000;
const REBUILD_FOR_MS = 10_000;
const LOOK_EVERY_MS = 10;
const REPORT_EVERY_MS = 250;
/** While an export runs, a second one is refused. */
const ORDERS = ['report this quarter', 'report last quarter', 'export all', 'report all'];

const QUESTIONS: readonly (readonly [string, (store: Store, asked: FiguresAsked) => Promise<unknown>])[] = [
  [
    'from no to back, competitors, promises',
    ({ insights }, asked) => insights.groups(asked, ['competitor', 'pledgeKept']),
  ],
  ['reasons', ({ insights }, asked) => insights.groups(asked, ['reasons', 'given', 'confirmed'])],
  ['speed', ({ insights }, asked) => insights.groups(asked, ['decidedIn', 'callBackKept'])],
  ['by rep, new or customer', ({ insights }, asked) => insights.groups(asked, ['rep', 'business'])],
  ['all of these and *Was it true?*, one after the other: the whole report', figuresOf],
  [
    'month by month',
    (store, asked) =>
      funnelsOf(
        store,
        asked,
        [60, 90].map((days) => (asked.from ?? 0) + days * DAY),
      ),
  ],
  ['lines of the script', wordsOf],
  ['one competitor', (store, asked) => figuresOf(store, { ...asked, competitor: 'Competitor 7' })],
  [
    'the deals behind a figure',
    (store, asked) =>
      store.insights.dealsBehind(asked, { of: { kind: 'said', reason: 'price' }, limit: 50, offset: 0 }),
  ],
];

export const learn: Part = {
  name: 'learn',
  title: 'Figures',
  async measure(bench) {
    const times: number[][] = QUESTIONS.map(() => []);
    const rebuilds: Rebuilt[] = [];
    const exports: Exported[] = [];
    let path = '';
    const server = await startServer();
    try {
      for (const size of SIZES) {
        path = join(bench.folder, `${size}.db`);
        await seedDeals(path, size);
        bench.say(`  ${count(size)} deals`);
        await answer(`file:${path}`, times);
        await answer(await copied(path, server), times);
        exports.push(await exportAll(path, bench.folder));
        // The largest is needed as it is until the clicks are over.
        if (size !== SIZES.at(-1)) rebuilds.push(await rebuild(path));
      }
    } finally {
      await server.stop();
    }
    const beside = await besideReports(bench, path);
    rebuilds.push(await rebuild(path));
    return page(times, rebuilds, exports, beside);
  },
};

function page(
  times: readonly number[][],
  rebuilds: readonly Rebuilt[],
  exports: readonly Exported[],
  beside: Beside,
): string {
  const p99 = (rounds: readonly (readonly number[])[], share: number): number =>
    medianOf(rounds.map((round) => percentile(round, share)));
  return `Three years of deals, seven in ten of the workspace that asks; each question is about one quarter of it. On PostgreSQL
the rows of figures alone, which is what questions read. Medians of ${TIMES}.

${table([
  ['', ...SIZES.flatMap((size) => [`${count(size)}, SQLite`, 'PostgreSQL'])],
  ...QUESTIONS.map(([name], index) => [name, ...(times[index] ?? []).map(milliseconds)]),
])}

Rows made again after an upgrade that counts otherwise, ${REBUILD_FOR_MS / 1000} s of it, on SQLite; half of the time is left to people:

${table([
  ['', ...SIZES.map(count)],
  ['rows a second', ...rebuilds.map(({ rowsASecond }) => rowsASecond.toFixed(0))],
  [
    'all of them, at this rate',
    ...rebuilds.map(({ rowsASecond }, index) => minutes((SIZES[index] ?? 0) / rowsASecond)),
  ],
  ['memory', ...rebuilds.map(({ memory }) => megabytes(Math.max(0, memory)))],
])}

An export of all deals of the workspace to a file, on SQLite, and the longest time in which the process answered nobody:

${table([
  ['', ...SIZES.map(count)],
  ['the file', ...exports.map(({ took }) => milliseconds(took))],
  ['longest pause', ...exports.map(({ pause }) => milliseconds(pause))],
])}

${CLICKS} clicks a second on ${count(SIZES.at(-1) ?? 0)} deals, without and with an admin who orders a report or an export of all deals every ${REPORT_EVERY_MS} ms (${beside.reports} in all, files of
${megabytes(beside.exported)} were done). Medians of ${ROUNDS} rounds of ${ROUND_MS / 1000} s, first without.

${table([
  ['', 'nobody reads', 'reports and exports', 'ratio'],
  ...[0.5, 0.99].map((share) => {
    const [less, more] = [p99(beside.alone, share), p99(beside.reporting, share)];
    return [`click, p${share * 100}`, milliseconds(less), milliseconds(more), ratioOf(more, less)];
  }),
])}

After a commit the row of figures follows in ${milliseconds(percentile(beside.lags, 0.5))} (p50) and ${milliseconds(percentile(beside.lags, 0.99))} (p99).

What limits it: a question is one pass over the rows of its period, which an index finds. Rows are gathered for a second, so
that many commits make one transaction. On SQLite questions run on a thread of their own that only reads.`;
}

const minutes = (seconds: number): string =>
  seconds < 120 ? `${seconds.toFixed(0)} s` : `${(seconds / 60).toFixed(0)} min`;

const count = (value: number): string => value.toLocaleString('en');

const quarter = (): FiguresAsked => ({
  tenant: { enterpriseId: '', teamId: TEAM },
  sight: 'all',
  from: Date.now() - 120 * DAY,
  until: Date.now() - 28 * DAY,
  reps: null,
  competitor: null,
});

/** Asks each question several times, and adds the median time of each, ms. */
async function answer(databaseUrl: string, times: readonly number[][]): Promise<void> {
  const store = await openStore(databaseUrl);
  try {
    for (const [index, [, ask]] of QUESTIONS.entries()) {
      const took: number[] = [];
      for (let turn = 0; turn < TIMES; turn += 1) {
        const from = performance.now();
        await ask(store, quarter());
        took.push(performance.now() - from);
      }
      times[index]?.push(medianOf(took));
    }
  } finally {
    await store.close();
  }
}

interface Server {
  /** Makes an empty database. */
  fresh(): Promise<string>;
  stop(): Promise<void>;
}

async function startServer(): Promise<Server> {
  const programs = findPostgres();
  if (programs === null) throw new Error('PostgreSQL is not installed (Debian: apt-get install postgresql)');
  const folder = mkdtempSync(join(tmpdir(), 'lostdeal-bench-postgres-'));
  chmodSync(folder, 0o711);
  const server = await serverIn(folder, programs, process.pid);
  let databases = 0;
  return {
    async fresh() {
      databases += 1;
      const url = new URL(server.url);
      const client = new Client({ connectionString: url.href });
      await client.connect();
      await client.query(`create database bench_${databases}`);
      await client.end();
      url.pathname = `/bench_${databases}`;
      return url.href;
    },
    async stop() {
      process.kill(server.pid, 'SIGQUIT');
      await after(500);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const ROWS_AT_ONCE = 5_000;

/** Copies the rows of figures alone: questions read no deal. @returns the URL of the database */
async function copied(path: string, server: Server): Promise<string> {
  const url = await server.fresh();
  await (await openStore(url)).close();
  const file = connectSqlite(path, { readonly: true });
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query('alter table insights drop constraint insights_deal');
    let rows: unknown[] = [];
    const write = async () => {
      await client.query('insert into insights select * from json_populate_recordset(null::insights, $1)', [
        JSON.stringify(rows),
      ]);
      rows = [];
    };
    for (const row of file.prepare('select * from insights').iterate()) {
      rows.push(row);
      if (rows.length === ROWS_AT_ONCE) await write();
    }
    await write();
    await client.query('analyze insights');
    return url;
  } finally {
    await client.end();
    file.close();
  }
}

interface Rebuilt {
  readonly rowsASecond: number;
  /** Resident memory that it took, bytes. */
  readonly memory: number;
}

/** Makes rows again for a while, as an upgrade does that counts otherwise. */
async function rebuild(path: string): Promise<Rebuilt> {
  const version = INSIGHT_VERSION + 1;
  const store = await openStore(`file:${path}`);
  const projector = createProjector({ store, logger: { warn: () => undefined }, version });
  const before = process.memoryUsage.rss();
  const from = performance.now();
  const done = projector.round();
  await Promise.race([done, after(REBUILD_FOR_MS)]);
  await projector.stop();
  await done;
  const seconds = (performance.now() - from) / 1000;
  const memory = process.memoryUsage.rss() - before;
  await store.close();
  const file = connectSqlite(path);
  const { rows } = file.prepare('select count(*) as rows from insights where version = ?').get(version) as {
    readonly rows: number;
  };
  file.prepare('update insights set version = ?').run(INSIGHT_VERSION);
  file.close();
  return { rowsASecond: rows / seconds, memory };
}

interface Exported {
  /** ms */
  readonly took: number;
  /** The longest time in which nothing else ran, ms. */
  readonly pause: number;
}

async function exportAll(path: string, folder: string): Promise<Exported> {
  const store = await openStore(`file:${path}`);
  const files = createTemporaryFiles(join(folder, 'exports'));
  const { tenant } = quarter();
  const all: FiguresAsked = { ...quarter(), from: null, until: null };
  const names = namesByPage({ store }, tenant, { zone: 'America/New_York', reason: (id) => id });
  const pauses = monitorEventLoopDelay({ resolution: 1 });
  pauses.enable();
  const from = performance.now();
  const written = await writeDeals({ store, files, namesFor: names, goesOn: async () => undefined }, all);
  const took = performance.now() - from;
  pauses.disable();
  await files.remove(written.path);
  await store.close();
  return { took, pause: pauses.max / 1e6 };
}

interface Beside {
  /** Latencies of the clicks of each round, ms, sorted. */
  readonly alone: readonly (readonly number[])[];
  readonly reporting: readonly (readonly number[])[];
  /** Reports and exports that were ordered. */
  readonly reports: number;
  /** Bytes. */
  readonly exported: number;
  /** The time after a commit in which the row of figures followed, ms, sorted. */
  readonly lags: readonly number[];
}

/** Clicks at a fixed rate on the largest database, without and with an admin who orders one report after the other. */
async function besideReports(bench: Bench, path: string): Promise<Beside> {
  // The database was written a moment ago, and the disk has to come to rest.
  execFileSync('sync');
  const app = await bench.lostdeal(`file:${path}`);
  await clicks(bench, app, WARM_UP_MS);
  const alone: number[][] = [];
  const reporting: number[][] = [];
  let reports = 0;
  const lag = watchLag(path);
  // Not in turns: an export of a million deals goes on for longer than a round.
  for (let turn = 0; turn < ROUNDS; turn += 1) alone.push(await clicks(bench, app, ROUND_MS));
  for (let turn = 0; turn < ROUNDS; turn += 1) {
    const [clicked, ordered] = await Promise.all([clicks(bench, app, ROUND_MS), orderReports(app, ROUND_MS)]);
    reporting.push(clicked);
    reports += ordered;
  }
  const lags = await lag.stop();
  // Whatever measures next opens the same database.
  await app.stop();
  return { alone, reporting, reports, exported: bench.slack.uploadedBytes(), lags };
}

/** @returns latencies, ms, sorted */
async function clicks({ slack }: Bench, app: RunningApp, ms: number): Promise<number[]> {
  const latencies: number[] = [];
  const until = performance.now() + ms;
  const every = (CLICKERS / CLICKS) * 1_000;
  await Promise.all(
    Array.from({ length: CLICKERS }, async (_, index) => {
      const connection = connect(app.port);
      let due = performance.now() + (every / CLICKERS) * index;
      const paced: Connection = {
        ...connection,
        async send(form) {
          await after(Math.max(0, due - performance.now()));
          due += every;
          return connection.send(form);
        },
      };
      try {
        while (performance.now() < until) {
          await playCall({ userId: `U000REP${index}`, name: `rep${index}` }, paced, slack, (_kind, took) =>
            latencies.push(took),
          );
        }
      } finally {
        connection.close();
      }
    }),
  );
  return latencies.sort((a, b) => a - b);
}

/** @returns the number of reports */
async function orderReports(app: RunningApp, ms: number): Promise<number> {
  const connection = connect(app.port);
  const until = performance.now() + ms;
  let ordered = 0;
  try {
    while (performance.now() < until) {
      const what = ORDERS[ordered % ORDERS.length] ?? '';
      const form = commandForm({ userId: ADMIN, name: 'admin' }, `report.${Date.now()}.${ordered}`, what);
      const answer = await connection.send(form);
      if (answer.status !== 200) throw new Error(`a report was answered with ${answer.status}`);
      ordered += 1;
      await after(REPORT_EVERY_MS);
    }
    return ordered;
  } finally {
    connection.close();
  }
}

/** Looks which deals have no row of figures yet, and for how long. */
function watchLag(path: string): { stop(): Promise<readonly number[]> } {
  const file = connectSqlite(path, { readonly: true });
  const behind = file.prepare('select id from deals where revision > projected_revision');
  const since = new Map<string, number>();
  const lags: number[] = [];
  const look = () => {
    const now = performance.now();
    const seen = new Set(behind.pluck().all() as string[]);
    for (const id of seen) if (!since.has(id)) since.set(id, now);
    for (const [id, from] of since) {
      if (seen.has(id)) continue;
      since.delete(id);
      lags.push(now - from);
    }
  };
  const timer = setInterval(look, LOOK_EVERY_MS);
  return {
    async stop() {
      while (since.size > 0) await after(LOOK_EVERY_MS);
      clearInterval(timer);
      file.close();
      return lags.sort((a, b) => a - b);
    },
  };
}
