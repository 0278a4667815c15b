/** What an ack costs beside a bare Bolt app. */
import { join } from 'node:path';
import { KINDS, type Kind, recordCall } from './call';
import { medianOf, milliseconds, percentile, ratioOf, table } from './figures';
import type { Bench, Part } from './part';
import type { RunningApp } from './process';
import { liveRound, type Round, replayedRound } from './rounds';

export const CONNECTIONS = 16;
const ROUNDS = 9;
const ROUND_MS = 2_000;
/** Ten thousand requests: before that the compiler of Node is still at work. */
const WARM_UP_MS = 12_000;

interface Compared {
  readonly ours: readonly Round[];
  readonly bare: readonly Round[];
}

export const acks: Part = {
  name: 'acks',
  title: 'Acks',
  async measure(bench) {
    const rounds = await compare(bench);
    return `${CONNECTIONS} connections send signed HTTP requests, each a rep on one call after the other: \`/lostdeal\`, the first
screen, three steps. Lostdeal decides and commits each of the four submissions to SQLite and syncs the disk
(\`synchronous = FULL\`) before it acks, and answers with the next screen; for each \`/lostdeal\` it opens a screen by a
call to Slack's side, which is faked in another process; reconciler, logs and health run as in production. The bare
Bolt app gets the same requests, acks a constant and keeps nothing. One load generator sends to both. Medians of ${ROUNDS} rounds of ${ROUND_MS / 1000} s, in turns.

${table([
  ['', 'Lostdeal', 'bare Bolt', 'ratio'],
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
own; what a click waits for speaks to SQLite directly, with statements prepared once, instead of building and compiling
queries; a deal is parsed once for each revision, and a load asks only which revision stands; a screen reads the facts
of a deal once, and lines without marks are not parsed; settings and people are remembered for a second; answers in the
middle of a call, which change no message, are no work for the reconciler, and its wakes are bundled; a request's log is
made only when there is something to tell. Tried and left: commits on a thread of their own (more of them a second, but
each waits for two threads to get a turn), smaller shared transactions, a larger young generation of the garbage
collector, and commits without any sync, which were hardly faster here.`;

const NAMES: Readonly<Record<Kind, string>> = { command: '`/lostdeal`', submission: 'submission' };

function kindRows(kind: Kind, rounds: Compared): string[][] {
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
  { ours, bare }: Compared,
  read: (round: Round) => number,
  show: (value: number) => string,
): string[] {
  const [left, right] = [medianOf(ours.map(read)), medianOf(bare.map(read))];
  return [name, show(left), show(right), ratioOf(left, right)];
}

/** Rounds take turns, so that whatever else the machine does meets both. */
async function compare(bench: Bench): Promise<Compared> {
  const { slack } = bench;
  const ours = await bench.lostdeal(`file:${join(bench.folder, 'lostdeal.db')}`);
  const bare = await bench.bare();
  const call = await recordCall(ours.port, slack);
  const loadOn = (app: RunningApp, ms: number) => ({ app, connections: CONNECTIONS, ms });
  await liveRound(loadOn(ours, WARM_UP_MS), slack);
  await replayedRound(loadOn(bare, WARM_UP_MS), call);
  const rounds: { ours: Round[]; bare: Round[] } = { ours: [], bare: [] };
  for (let count = 0; count < ROUNDS; count++) {
    rounds.ours.push(await liveRound(loadOn(ours, ROUND_MS), slack));
    rounds.bare.push(await replayedRound(loadOn(bare, ROUND_MS), call));
  }
  return rounds;
}
