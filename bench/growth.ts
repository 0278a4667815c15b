/**
 * Measures whether the app stays as fast when deals pile up: the acks of `acks.ts` over databases of very different
 * sizes.
 */
import { join } from 'node:path';
import { KINDS, type Kind } from './call';
import { medianOf, milliseconds, percentile, ratioOf, table } from './figures';
import type { Bench, Part } from './part';
import type { RunningApp } from './process';
import { liveRound, type Round } from './rounds';
import { seedDeals } from './seedDeals';

const SIZES = [1_000, 100_000, 1_000_000] as const;
const CONNECTIONS = 16;
const ROUNDS = 7;
const ROUND_MS = 2_000;
const WARM_UP_MS = 4_000;

interface Sized {
  readonly size: number;
  readonly app: RunningApp;
  readonly rounds: Round[];
}

export const growth: Part = {
  name: 'growth',
  title: 'Growth',
  async measure(bench) {
    const sized: Sized[] = [];
    const seeding: string[] = [];
    for (const size of SIZES) {
      const path = join(bench.folder, `${size}.db`);
      const from = performance.now();
      const { events } = await seedDeals(path, size);
      const seconds = (performance.now() - from) / 1000;
      bench.say(`  ${count(size)} deals with ${count(events)} events in ${seconds.toFixed(0)} s`);
      seeding.push(`${count(size)} deals with ${count(events)} events`);
      sized.push({ size, app: await bench.lostdeal(`file:${path}`), rounds: [] });
    }
    for (const { app } of sized) await round(bench, app, WARM_UP_MS);
    // The rounds take turns, so that other work on the machine meets all of them.
    for (let turn = 0; turn < ROUNDS; turn++) {
      for (const { app, rounds } of sized) rounds.push(await round(bench, app, ROUND_MS));
    }
    return `The same requests as above to three Lostdeals, each with a database of its own:
${seeding.join(', ')}.
Nearly all deals are closed and stand in Slack, seven in ten belong to the workspace that is measured, and each rep who
calls has a two-hundredth of them. Medians of ${ROUNDS} rounds of ${ROUND_MS / 1000} s, in turns.

${table([
  ['', ...SIZES.map((size) => `${count(size)} deals`), 'largest / smallest'],
  row(
    sized,
    'requests a second',
    (it) => it.requestsPerSecond,
    (value) => value.toFixed(0),
  ),
  ...KINDS.flatMap((kind) =>
    [0.5, 0.99].map((share) =>
      row(
        sized,
        `${NAMES[kind]}, p${share * 100}`,
        (it) => percentile(it.latencies[kind], share),
        milliseconds,
      ),
    ),
  ),
  row(
    sized,
    'processor time a request',
    (it) => it.cpuMs,
    (value) => `${value.toFixed(2)} ms`,
  ),
])}

${LIMITS}
`;
  },
};

const LIMITS = `What limits it: each statement that a click waits for finds its rows through an index, so a larger table costs a
step more down a tree; a test asks SQLite for the plan of every statement (\`test/store/sqlite/plans.test.ts\`). What grows is
the number of pages: more of them are read from the operating system's cache instead of SQLite's own, and a new row's
place in each index is another page to write. What was changed because of it: deals that are due, leased, waited for or
set aside have partial indexes that hold only those, and the counts of a competitor are read from their index alone.`;

const NAMES: Readonly<Record<Kind, string>> = { command: '`/lostdeal`', submission: 'submission' };

const count = (value: number): string => value.toLocaleString('en');

const round = (bench: Bench, app: RunningApp, ms: number): Promise<Round> =>
  liveRound({ app, connections: CONNECTIONS, ms }, bench.slack);

function row(
  sized: readonly Sized[],
  name: string,
  read: (round: Round) => number,
  show: (value: number) => string,
): string[] {
  const medians = sized.map(({ rounds }) => medianOf(rounds.map(read)));
  return [name, ...medians.map(show), ratioOf(medians.at(-1) ?? Number.NaN, medians[0] ?? Number.NaN)];
}
