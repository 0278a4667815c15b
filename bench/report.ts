/** The page of figures: medians of rounds, ratios of the same run, and on what they were measured. */
import { closeSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs';
import { cpus, release, totalmem, type } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import type { Kind } from './call';
import type { Round } from './rounds';

export interface Footprint {
  readonly startMs: number;
  readonly idleBytes: number;
}

export interface Measured {
  readonly acks: { readonly lostdeal: readonly Round[]; readonly bare: readonly Round[] };
  readonly footprint: { readonly lostdeal: Footprint; readonly bare: Footprint };
  readonly connections: number;
  /** One fsync on the disk of the database. */
  readonly fsyncMs: number;
}

export function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const high = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? high : (high + (sorted[middle - 1] ?? Number.NaN)) / 2;
}

/** Of sorted values. */
const percentile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;

/** Median time of one small appended write and its fsync. */
export function fsyncMs(folder: string): number {
  const file = openSync(join(folder, 'fsync'), 'w');
  try {
    return medianOf(
      Array.from({ length: 200 }, () => {
        const from = performance.now();
        writeSync(file, Buffer.alloc(4096, 1));
        fsyncSync(file);
        return performance.now() - from;
      }),
    );
  } finally {
    closeSync(file);
  }
}

export function report(measured: Measured): string {
  const { acks, footprint, connections } = measured;
  const ratio = throughput(acks.lostdeal) / throughput(acks.bare);
  const { lostdeal, bare } = footprint;
  return `# Benchmarks

Written by \`npm run bench\`. Everything runs on one machine over loopback, load and apps alike, so compare the two
columns of one run and not runs of different days.

${table([
  ['measured', ''],
  ['when', new Date().toISOString().slice(0, 16).replace('T', ' ')],
  ['machine', machine()],
  ['one fsync of 4 kB', `${measured.fsyncMs.toFixed(2)} ms`],
  ['versions', versions()],
])}

## Acks

${connections} connections send signed HTTP requests, each a rep on one call after the other: \`/lostdeal\`, the first screen,
three steps. Lostdeal decides and commits each of the four submissions to SQLite, with an fsync, before it acks, and
answers with the next screen; its reconciler works on the changed deals meanwhile. The bare Bolt app gets the same
requests, acks a constant and keeps nothing. Medians of ${acks.lostdeal.length} rounds, in turns.

${table([
  ['', 'Lostdeal', 'bare Bolt', 'ratio'],
  [
    'requests a second',
    throughput(acks.lostdeal).toFixed(0),
    throughput(acks.bare).toFixed(0),
    ratio.toFixed(2),
  ],
  ...latencyRows('`/lostdeal`', 'command', acks),
  ...latencyRows('submission', 'submission', acks),
])}

What limits it: one thread does everything. A submitted step is 8 statements and one fsync, during which the thread
stands still; the reconciler's look at the changed deal costs about as much again; Bolt offers each request to every
listener there is. A team's busiest minute is a few requests a second.

## Footprint

${table([
  ['', 'Lostdeal', 'bare Bolt', 'ratio'],
  [
    'start to first accepted request',
    `${lostdeal.startMs.toFixed(0)} ms`,
    `${bare.startMs.toFixed(0)} ms`,
    (lostdeal.startMs / bare.startMs).toFixed(2),
  ],
  [
    'resident memory, idle',
    `${megabytes(lostdeal.idleBytes)} MB`,
    `${megabytes(bare.idleBytes)} MB`,
    (lostdeal.idleBytes / bare.idleBytes).toFixed(2),
  ],
])}
`;
}

const throughput = (rounds: readonly Round[]) => medianOf(rounds.map((round) => round.requestsPerSecond));
const megabytes = (bytes: number) => (bytes / 1024 / 1024).toFixed(0);

function latencyRows(name: string, kind: Kind, acks: Measured['acks']): string[][] {
  return [0.5, 0.99].map((share) => {
    const [ours = 0, bare = 0] = [acks.lostdeal, acks.bare].map((rounds) =>
      medianOf(rounds.map(({ latencies }) => percentile(latencies[kind], share))),
    );
    return [
      `${name}, p${share * 100}`,
      `${ours.toFixed(1)} ms`,
      `${bare.toFixed(1)} ms`,
      (ours / bare).toFixed(2),
    ];
  });
}

function table([head = [], ...rows]: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

function machine(): string {
  const cores = cpus();
  const memory = Math.round(totalmem() / 1024 ** 3);
  return `${cores.length} × ${cores[0]?.model.trim() ?? 'unknown'}, ${memory} GB, ${type()} ${release()}`;
}

function versions(): string {
  const packages = ['@slack/bolt', 'better-sqlite3', 'kysely'].map((name) => `${name} ${versionOf(name)}`);
  return [`Node ${process.versions.node}`, ...packages].join(', ');
}

function versionOf(name: string): string {
  const path = join(__dirname, '..', 'node_modules', name, 'package.json');
  return (JSON.parse(readFileSync(path, 'utf8')) as { version: string }).version;
}
