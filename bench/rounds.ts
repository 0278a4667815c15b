/**
 * A round: a number of connections, each a rep on one call after the other, for a bounded time or number of requests.
 */
import { performance } from 'node:perf_hooks';
import { setTimeout as after } from 'node:timers/promises';
import { KINDS, type Kind, playCall, type Recorded, replayCall, type Seen } from './call';
import { type Connection, connect } from './connection';
import type { RunningApp } from './process';
import type { SlackStub } from './slackStub';

export interface Round {
  readonly requestsPerSecond: number;
  /** Latencies, ms, sorted. */
  readonly latencies: Readonly<Record<Kind, readonly number[]>>;
  /** Processor time of the app for one request, ms; it also shows when other work keeps the machine busy. */
  readonly cpuMs: number;
}

export interface Load {
  readonly app: Pick<RunningApp, 'port' | 'cpuMs'>;
  readonly connections: number;
  /** The round ends at the first of the two limits; calls that have begun still finish. */
  readonly ms?: number;
  readonly requests?: number;
}

export function liveRound(load: Load, slack: SlackStub): Promise<Round> {
  return round(load, (connection, index, seen) =>
    playCall({ userId: `U000REP${index}`, name: `rep${index}` }, connection, slack, seen),
  );
}

export function replayedRound(load: Load, call: readonly Recorded[]): Promise<Round> {
  return round(load, (connection, _index, seen) => replayCall(call, connection, seen));
}

/** The time in which we open connections, one after the other. Answers during it do not count. */
const RAMP_MS = 200;

async function round(
  { app, connections, ms = Number.POSITIVE_INFINITY, requests = Number.POSITIVE_INFINITY }: Load,
  play: (connection: Connection, index: number, seen: Seen) => Promise<unknown>,
): Promise<Round> {
  const latencies: Record<Kind, number[]> = { command: [], submission: [] };
  let answered = 0;
  const usedBefore = app.cpuMs();
  const from = performance.now() + RAMP_MS;
  const seen: Seen = (kind, took) => {
    answered += 1;
    if (performance.now() >= from) latencies[kind].push(took);
  };
  await Promise.all(
    Array.from({ length: connections }, async (_, index) => {
      await after((RAMP_MS / connections) * index);
      const connection = connect(app.port);
      try {
        while (performance.now() - from < ms && answered < requests) await play(connection, index, seen);
      } finally {
        connection.close();
      }
    }),
  );
  const seconds = (performance.now() - from) / 1000;
  for (const kind of KINDS) latencies[kind].sort((a, b) => a - b);
  return {
    requestsPerSecond: KINDS.reduce((sum, kind) => sum + latencies[kind].length, 0) / seconds,
    latencies,
    cpuMs: (app.cpuMs() - usedBefore) / answered,
  };
}
