/** The cost of running the app: the time from its start to the first accepted request, and memory. */
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { recordCall } from './call';
import { medianOf, megabytes, ratioOf, table } from './figures';
import type { Bench, Part } from './part';
import type { RunningApp } from './process';
import { liveRound, replayedRound } from './rounds';

const STARTS = 5;
/** The time after which a started process is idle, ms. */
const SETTLE_MS = 1_000;
const REQUESTS = 100_000;
const CONNECTIONS = 16;

interface Footprint {
  readonly startMs: number;
  readonly idleBytes: number;
  readonly usedBytes: number;
}

export const footprint: Part = {
  name: 'footprint',
  title: 'Footprint',
  async measure(bench) {
    const url = `file:${join(bench.folder, 'lostdeal.db')}`;
    // The first start makes the database and learns the app's workspace, as an app does once.
    const first = await bench.lostdeal(url);
    const call = await recordCall(first.port, bench.slack);
    await first.stop();

    const ours = await footprintOf(
      bench,
      () => bench.lostdeal(url),
      (app) => liveRound({ app, connections: CONNECTIONS, requests: REQUESTS }, bench.slack),
    );
    const bare = await footprintOf(bench, bench.bare, (app) =>
      replayedRound({ app, connections: CONNECTIONS, requests: REQUESTS }, call),
    );
    return `From the start of the process (\`node dist/main.js\`, what \`npm start\` runs) to the first request that is
accepted; resident memory a second later, and after ${REQUESTS.toLocaleString('en')} requests of the kinds above.
Start and idle memory are medians of ${STARTS} starts.

${table([
  ['', 'Lostdeal', 'bare Bolt', 'ratio'],
  [
    'start to first accepted request',
    `${ours.startMs.toFixed(0)} ms`,
    `${bare.startMs.toFixed(0)} ms`,
    ratioOf(ours.startMs, bare.startMs),
  ],
  memoryRow('resident memory, idle', ours.idleBytes, bare.idleBytes),
  memoryRow(`after ${REQUESTS.toLocaleString('en')} requests`, ours.usedBytes, bare.usedBytes),
])}

${LIMITS}
`;
  },
};

const LIMITS = `What limits it: the start is spent compiling code (Bolt, zod, Kysely, luxon) and opening the database; the memory is
that code, its text, SQLite's pages, and what is remembered: at most a thousand deals and ten thousand people and settings.
What was changed because of it: the build makes one file of some 1,300, and checks the built-in playbooks, whose reading and
proof were a fifth of a start; the driver of the other database and the library of the metrics page are loaded when they are
needed, and zod comes without its 50 languages. What is remembered has a limit, so what is in use (some 30 MB of heap) does not grow with the number of deals or
requests; the rest is what the garbage collector has not come to yet.`;

const memoryRow = (name: string, ours: number, bare: number): string[] => [
  name,
  megabytes(ours),
  megabytes(bare),
  ratioOf(ours, bare),
];

async function footprintOf(
  bench: Bench,
  start: () => Promise<RunningApp>,
  use: (app: RunningApp) => Promise<unknown>,
): Promise<Footprint> {
  const times: number[] = [];
  const sizes: number[] = [];
  for (let count = 0; count < STARTS; count++) {
    const app = await start();
    times.push(app.startMs);
    await after(SETTLE_MS);
    sizes.push(await app.memory());
    await app.stop();
  }
  bench.say(`  ${REQUESTS} requests`);
  const app = await start();
  await use(app);
  await after(SETTLE_MS);
  const usedBytes = await app.memory();
  await app.stop();
  return { startMs: medianOf(times), idleBytes: medianOf(sizes), usedBytes };
}
