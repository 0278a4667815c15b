/** A round: so many connections, each a rep on one call after the other, for a bounded time. */
import { performance } from 'node:perf_hooks';
import { KINDS, type Kind, playCall, type Recorded, replayCall, type Seen } from './call';
import { type Connection, connect } from './connection';
import type { SlackStub } from './slackStub';

export interface Round {
  readonly requestsPerSecond: number;
  /** Latencies, ms, sorted. */
  readonly latencies: Readonly<Record<Kind, readonly number[]>>;
}

export interface Load {
  readonly port: number;
  readonly connections: number;
  readonly ms: number;
}

export function liveRound(load: Load, slack: SlackStub): Promise<Round> {
  return round(load, (connection, index, seen) =>
    playCall({ userId: `U000REP${index}`, name: `rep${index}` }, connection, slack, seen),
  );
}

export function replayedRound(load: Load, call: readonly Recorded[]): Promise<Round> {
  return round(load, (connection, _index, seen) => replayCall(call, connection, seen));
}

async function round(
  { port, connections, ms }: Load,
  play: (connection: Connection, index: number, seen: Seen) => Promise<unknown>,
): Promise<Round> {
  const latencies: Record<Kind, number[]> = { command: [], submission: [] };
  const from = performance.now();
  await Promise.all(
    Array.from({ length: connections }, async (_, index) => {
      const connection = connect(port);
      try {
        while (performance.now() - from < ms) {
          await play(connection, index, (kind, took) => latencies[kind].push(took));
        }
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
  };
}
