/** The price of an ack, beside an app of a day and a bare Bolt app. */
import { join } from 'node:path';
import { KINDS, type Kind, recordCall } from './call';
import { medianOf, milliseconds, percentile, ratioOf, table } from './figures';
import type { Bench, Part } from './part';
import { liveRound, type Round, replayedRound } from './rounds';

export const CONNECTIONS = 16;
const ROUNDS = 9;
const ROUND_MS = 2_000;
/** The warm-up takes ten thousand requests: until then Node's compiler is still at work. */
const WARM_UP_MS = 12_000;

type Apps<T> = Readonly<Record<'ours' | 'day' | 'bare', T>>;

export const acks: Part = {
  name: 'acks',
  title: 'Acks',
  async measure(bench) {
    const rounds = await compare(bench);
    return `${CONNECTIONS} connections send signed HTTP requests, each a rep on one call after the other: \`/lostdeal\`, the first
screen, three steps. Lostdeal decides and commits each of the four submissions to SQLite and syncs the disk
(\`synchronous = FULL\`) before it acks, and answers with the next screen; for each \`/lostdeal\` it opens a screen by a
call to Slack's side, which is faked in another process; reconciler, logs and health run as in production.

Two apps get the same requests. The *app of a day* (\`bench/dayApp.ts\`) is what a good engineer writes in a day: Bolt and
better-sqlite3, each submission one transaction that is synced before the ack, the next screen in the ack, and nothing
else. The bare Bolt app acks a constant and keeps nothing. One load generator sends to all three. Medians of ${ROUNDS} rounds of ${ROUND_MS / 1000} s, in turns.

${table([
  ['', 'Lostdeal', 'app of a day', 'bare Bolt', 'ratio to the app of a day', 'ratio to bare Bolt'],
  figureRow(
    'requests a second',
    rounds,
    (round) => round.requestsPerSecond,
    (value) => value.toFixed(0),
  ),
  ...KINDS.flatMap((kind) => kindRows(kind, rounds)),
  figureRow(
    'processor time a request',
    rounds,
    (round) => round.cpuMs,
    (value) => `${value.toFixed(2)} ms`,
  ),
])}

${LIMITS}
`;
  },
};

const LIMITS = `What limits it: one thread does everything, so requests a second are what one request costs it, and a latency at 16
connections is what 16 of them cost. Of a submission about a third is Bolt's and Node's own (reading, verifying and
parsing the request, finding the listener, writing the answer), a fifth SQLite (three statements, and its share of the
sync, during which the thread stands still; now and then the log is written back into the database), the rest what
Lostdeal is for: the command decided, deal and event checked and written as JSON, the next screen made. A \`/lostdeal\`
spends most on the call to Slack, after its ack. The slowest hundredth are those that meet a sync, a write-back or the
garbage collector behind fifteen others.

What was changed because of it: Bolt offered each request to forty listeners, now to one, which finds whom it is for in
a map; Slack is called through the HTTP client behind \`fetch\`, without its streams, which halves what a call costs;
commits that arrive in the same turn of the event loop share one transaction and one sync, each in a savepoint of its
own; the queries that a click waits for are built and compiled once, and on SQLite they run at once: Kysely lends its one
connection to one query after the other, and each query that ended woke all that waited; a deal is parsed once for each revision, and a load asks only for the current revision; a screen reads the facts
of a deal once, and lines without marks are not parsed; settings and people are remembered for a second; answers in the
middle of a call, which change no message, are no work for the reconciler, and its wakes are bundled; a request's log is
made only when there is something to tell. Tried and left: commits on a thread of their own (more of them a second, but
each waits for two threads to get a turn), smaller shared transactions, a larger young generation of the garbage
collector, and commits without any sync, which were hardly faster here.`;

const NAMES: Readonly<Record<Kind, string>> = { command: '`/lostdeal`', submission: 'submission' };

function kindRows(kind: Kind, rounds: Apps<Round[]>): string[][] {
  return [0.5, 0.99].map((share) =>
    figureRow(
      `${NAMES[kind]}, p${share * 100}`,
      rounds,
      ({ latencies }) => percentile(latencies[kind], share),
      milliseconds,
    ),
  );
}

function figureRow(
  name: string,
  rounds: Apps<Round[]>,
  read: (round: Round) => number,
  show: (value: number) => string,
): string[] {
  const median = (of: readonly Round[]) => medianOf(of.map(read));
  const [ours, day, bare] = [median(rounds.ours), median(rounds.day), median(rounds.bare)];
  return [name, show(ours), show(day), show(bare), ratioOf(ours, day), ratioOf(ours, bare)];
}

/** Rounds take turns, so that other work on the machine meets all apps alike. */
async function compare(bench: Bench): Promise<Apps<Round[]>> {
  const { slack } = bench;
  const ours = await bench.lostdeal(`file:${join(bench.folder, 'lostdeal.db')}`);
  const day = await bench.day(join(bench.folder, 'day.db'));
  const bare = await bench.bare();
  const call = await recordCall(ours.port, slack);
  const play: Apps<(ms: number) => Promise<Round>> = {
    ours: (ms) => liveRound({ app: ours, connections: CONNECTIONS, ms }, slack),
    day: (ms) => liveRound({ app: day, connections: CONNECTIONS, ms }, slack),
    bare: (ms) => replayedRound({ app: bare, connections: CONNECTIONS, ms }, call),
  };
  const rounds: Apps<Round[]> = { ours: [], day: [], bare: [] };
  const apps = ['ours', 'day', 'bare'] as const;
  for (const app of apps) await play[app](WARM_UP_MS);
  for (let count = 0; count < ROUNDS; count++) {
    for (const app of apps) rounds[app].push(await play[app](ROUND_MS));
  }
  return rounds;
}
