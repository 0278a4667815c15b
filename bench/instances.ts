/** The gain from more processes on one PostgreSQL, and the time in which the others replace a dead one. */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { Client } from 'pg';
import { openStore } from '../src/store/open';
import { findPostgres, serverIn } from '../test/postgres/server';
import { CONNECTIONS } from './acks';
import { makeChangedDeals } from './changedDeals';
import { medianOf, table } from './figures';
import { startMessageStub } from './messageStub';
import type { Bench, Part } from './part';
import type { RunningApp } from './process';
import { liveRound } from './rounds';
import { startWorker } from './workers';

const COUNTS = [1, 2, 4];
/** Rounds of each measurement; fewer for a first look: BENCH_ROUNDS=1. */
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 3);
const ROUND_MS = 2_500;
const WARM_UP_MS = 2_500;
const DEALS = 2_000;
const CHANNELS = 200;
/** The number of deals in the middle of which we kill a process. */
const KILLED_AT_DEALS = 600;
const LOOK_EVERY_MS = 50;

interface Figures {
  readonly count: number;
  readonly acks: number;
  readonly writes: number;
}

export const instances: Part = {
  name: 'instances',
  title: 'Instances',
  async measure(bench) {
    const programs = findPostgres();
    if (programs === null)
      throw new Error('PostgreSQL is not installed (Debian: apt-get install postgresql)');
    const folder = mkdtempSync(join(tmpdir(), 'lostdeal-bench-postgres-'));
    chmodSync(folder, 0o711);

    const server = await serverIn(folder, programs, process.pid);
    let databases = 0;
    const fresh = async (): Promise<string> => {
      databases += 1;
      const url = new URL(server.url);
      await onServer(server.url, `create database bench_${databases}`);
      url.pathname = `/bench_${databases}`;
      return url.href;
    };
    try {
      const figures: Figures[] = [];
      for (const count of COUNTS) {
        bench.say(`${count} …`);
        figures.push({
          count,
          acks: await acksOf(bench, await fresh(), count),
          writes: await writesOf(await fresh(), count),
        });
      }
      bench.say('a killed one …');
      return page(figures, await missedFor(await fresh()));
    } finally {
      process.kill(server.pid, 'SIGQUIT');
      await after(500);
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

async function acksOf(bench: Bench, databaseUrl: string, count: number): Promise<number> {
  const apps: RunningApp[] = [];
  for (let index = 0; index < count; index++) apps.push(await bench.lostdeal(databaseUrl));
  const load = async (ms: number): Promise<number> => {
    const rounds = await Promise.all(
      apps.map((app) => liveRound({ app, connections: CONNECTIONS / count, ms }, bench.slack)),
    );
    return rounds.reduce((sum, { requestsPerSecond }) => sum + requestsPerSecond, 0);
  };
  await load(WARM_UP_MS);
  const rounds: number[] = [];
  for (let round = 0; round < ROUNDS; round++) rounds.push(await load(ROUND_MS));
  await Promise.all(apps.map((app) => app.stop()));
  return medianOf(rounds);
}

async function changedDeals(databaseUrl: string): Promise<void> {
  const store = await openStore(databaseUrl);
  await makeChangedDeals(store, { deals: DEALS, channels: CHANNELS, change: 'post' });
  await store.close();
}

async function writesOf(databaseUrl: string, count: number): Promise<number> {
  await changedDeals(databaseUrl);
  const slack = await startMessageStub();
  const task = { databaseUrl, slackUrl: slack.url, limits: false, speed: 1, untilIdle: true };
  const workers = Array.from({ length: count }, () => startWorker(task));
  const done = await Promise.all(workers.map((worker) => worker.done));
  await slack.stop();
  const worked = done.filter(({ writes }) => writes > 0);
  const from = Math.min(...worked.map(({ firstAt }) => firstAt));
  const until = Math.max(...worked.map(({ lastAt }) => lastAt));
  return worked.reduce((sum, { writes }) => sum + writes, 0) / ((until - from) / 1000);
}

/**
 * Kills one of two working processes in the middle. @returns the time until the other has finished the last of its
 * deals, s
 */
async function missedFor(databaseUrl: string): Promise<number> {
  await changedDeals(databaseUrl);
  const slack = await startMessageStub();
  const task = { databaseUrl, slackUrl: slack.url, limits: false, speed: 1, untilIdle: false };
  const [doomed, other] = [startWorker(task), startWorker(task)];
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  // Each deal has one message; when it stands, its thread is complete.
  const left = async (): Promise<number> => {
    const { rows } = await client.query<{ stand: string }>(
      "select count(*) as stand from slots where state = 'posted'",
    );
    return DEALS - Number(rows[0]?.stand ?? 0);
  };
  try {
    await Promise.all([doomed.started, other.started]);
    while ((await left()) > DEALS - KILLED_AT_DEALS) await after(5);
    const at = performance.now();
    await doomed.kill();
    while ((await left()) > 0) await after(LOOK_EVERY_MS);
    return (performance.now() - at) / 1000;
  } finally {
    await other.kill();
    await client.end();
    await slack.stop();
  }
}

async function onServer(url: string, sql: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

function page(figures: readonly Figures[], missed: number): string {
  const [one] = figures;
  const beside = (value: number, first: number | undefined) =>
    `${value.toFixed(0)} (${(value / (first ?? value)).toFixed(2)})`;
  return `Processes of Lostdeal on one PostgreSQL 15 on the same machine, database, load and all. Acks: ${CONNECTIONS} connections spread
over the instances, as in the first part. Slot writes: ${DEALS} changed deals over ${CHANNELS} channels, Slack's limits off, reconcilers
alone. Medians of ${ROUNDS} rounds for acks; in brackets beside one process.

${table([
  ['processes', 'acks a second', 'slot writes a second'],
  ...figures.map(({ count, acks, writes }) => [
    String(count),
    beside(acks, one?.acks),
    beside(writes, one?.writes),
  ]),
])}

One of two instances is killed in the middle of its deals: the other has completed the thread of the last of them ${missed.toFixed(1)} s later. The
dead one's leases end after 9 s. A post that was under way is looked for then; one that Slack never got is looked for
once more, 12 s after it was begun, and posted.

What limits it: the machine. Database, instances and load share its processors, so a second instance brings only what
the first leaves idle, and more of them share what is there. On machines of their own instances add up until the one
database is busy: an ack is three statements and a commit, whose sync is shared by commits that come together. With
Slack's limits on, one instance is enough for any workspace; more of them are for when one dies.

What was changed because of it: a lease lasts 9 s instead of 60, a call to Slack is waited for 4 s instead of 10, and a
lost post is looked for twice within 12 s; a twin that turns up later is taken back. So a killed instance is missed for
a quarter of a minute at most.
`;
}
