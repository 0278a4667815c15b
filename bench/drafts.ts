/** What people who type cost those who click: acks of clicks with twenty of them, beside those without. */
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as after } from 'node:timers/promises';
import { playCall } from './call';
import { type Connection, connect } from './connection';
import { medianOf, milliseconds, percentile, ratioOf, table } from './figures';
import type { Bench, Part } from './part';
import { keystrokeForm, type Rep } from './payloads';
import type { RunningApp } from './process';
import type { ShownView } from './slackStub';

const TYPISTS = 20;
const TYPE_EVERY_MS = 125;
/** A keystroke waits for its commit, at most a second; Slack sends the next ones meanwhile. */
const CONNECTIONS_OF_A_TYPIST = 8;
const CLICKERS = 4;
/** A pause between clicks, so that neither side keeps the machine busy. */
const CLICK_EVERY_MS = 20;
const ROUNDS = 7;
const ROUND_MS = 4_000;
const WARM_UP_MS = 8_000;

export const drafts: Part = {
  name: 'drafts',
  title: 'People who type',
  async measure(bench) {
    const app = await bench.lostdeal(`file:${join(bench.folder, 'lostdeal.db')}`);
    const typists = await Promise.all(
      Array.from({ length: TYPISTS }, (_, index) => typistOn(app, bench, index)),
    );
    const alone: number[][] = [];
    const beside: number[][] = [];
    const keys: number[] = [];
    await Promise.all([clicks(app, bench, WARM_UP_MS), type(app, typists, WARM_UP_MS)]);
    for (let turn = 0; turn < ROUNDS; turn += 1) {
      alone.push(await clicks(app, bench, ROUND_MS));
      const [clicked, typed] = await Promise.all([
        clicks(app, bench, ROUND_MS),
        type(app, typists, ROUND_MS),
      ]);
      beside.push(clicked);
      keys.push(...typed);
    }
    return page({ alone, beside, keys: keys.sort((a, b) => a - b) });
  },
};

interface Measured {
  /** Latencies of the clicks of each round, ms, sorted. */
  readonly alone: readonly (readonly number[])[];
  readonly beside: readonly (readonly number[])[];
  /** Latencies of all keystrokes, ms, sorted. */
  readonly keys: readonly number[];
}

function page({ alone, beside, keys }: Measured): string {
  const rows = [0.5, 0.99].map((share) => {
    const [without, withThem] = [alone, beside].map((rounds) =>
      medianOf(rounds.map((round) => percentile(round, share))),
    );
    const [less = Number.NaN, more = Number.NaN] = [without, withThem];
    return [`click, p${share * 100}`, milliseconds(less), milliseconds(more), ratioOf(more, less)];
  });
  const keyRows = [0.5, 0.99].map((share) => [
    `keystroke, p${share * 100}`,
    '',
    milliseconds(percentile(keys, share)),
    '',
  ]);
  return `${CLICKERS} reps go through one call after the other, a click every ${CLICK_EVERY_MS} ms, without and with ${TYPISTS} others who type into a screen
of a call, ${1000 / TYPE_EVERY_MS} characters a second each. Slack reports each character, and Lostdeal acks it when the commit that holds it,
or a newer one, has ended. Medians of ${ROUNDS} rounds of ${ROUND_MS / 1000} s, in turns; of keystrokes all rounds together.

${table([['', 'nobody types', `${TYPISTS} people type`, 'ratio'], ...rows, ...keyRows])}

What limits it: each character is a request with its whole screen, which Bolt parses and verifies in the one thread that
also acks clicks. A screen commits at most once every 300 ms, so a character waits up to that long for its ack, which
nobody sees. The aim of 1.2 for p99 is not reached on two processors that the load shares. What was changed because of it:
a commit of a screen waits up to 60 ms for one of a click, so that both share one sync of the disk, and acks of characters are
sent one by one, with a turn for a click in between.`;
}

/** @returns latencies, ms, sorted */
async function clicks(app: RunningApp, { slack }: Bench, ms: number): Promise<number[]> {
  const latencies: number[] = [];
  const until = performance.now() + ms;
  await Promise.all(
    Array.from({ length: CLICKERS }, async (_, index) => {
      const connection = connect(app.port);
      const paced: Connection = {
        ...connection,
        async send(form) {
          await after(CLICK_EVERY_MS);
          return connection.send(form);
        },
      };
      const rep = { userId: `U000REP${index}`, name: `rep${index}` };
      try {
        while (performance.now() < until)
          await playCall(rep, paced, slack, (_kind, took) => latencies.push(took));
      } finally {
        connection.close();
      }
    }),
  );
  return latencies.sort((a, b) => a - b);
}

interface Typist {
  readonly rep: Rep;
  readonly view: ShownView;
  /** The input they type into. */
  readonly block: string;
}

/** Somebody on a screen of a call of their own. */
async function typistOn({ port }: RunningApp, { slack }: Bench, index: number): Promise<Typist> {
  const rep = { userId: `U000TYPE${index}`, name: `type${index}` };
  const connection = connect(port);
  const sent = await playCall(rep, connection, slack, () => undefined);
  connection.close();
  const last = new URLSearchParams(sent.at(-1)?.form).get('payload') ?? '{}';
  const { view } = JSON.parse(last) as { view: ShownView };
  const input = view.blocks.find(({ element }) => element?.type === 'plain_text_input');
  if (input?.block_id === undefined) throw new Error('the screen has nothing to type into');
  return { rep, view, block: input.block_id };
}

const LONGEST = 300;

/** @returns latencies, ms */
async function type({ port }: RunningApp, typists: readonly Typist[], ms: number): Promise<number[]> {
  const latencies: number[] = [];
  const from = performance.now();
  const typing = typists.flatMap(({ rep, view, block }, index) =>
    Array.from({ length: CONNECTIONS_OF_A_TYPIST }, async (_, first) => {
      const connection = connect(port);
      try {
        for (let count = first; count * TYPE_EVERY_MS < ms; count += CONNECTIONS_OF_A_TYPIST) {
          const due = from + (count + index / typists.length) * TYPE_EVERY_MS;
          await after(Math.max(0, due - performance.now()));
          const text = 'x'.repeat(1 + (count % LONGEST));
          const form = keystrokeForm(rep, `${rep.userId}.${due}`, view, { block, text, at: Date.now() });
          const answer = await connection.send(form);
          if (answer.status !== 200) throw new Error(`a keystroke was answered with ${answer.status}`);
          latencies.push(answer.ms);
        }
      } finally {
        connection.close();
      }
    }),
  );
  await Promise.all(typing);
  return latencies;
}
