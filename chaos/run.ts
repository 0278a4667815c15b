/** One workspace with its people, its instances and its database: played, shaken, waited for and judged. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { connectSandbox, type Sandbox, startSandbox } from 'slack-sandbox';
import { environmentFor } from '../scripts/demo';
import { ROOT } from '../test/e2e/support/world';
import type { AppProcess, Environment } from '../test/faults/support/appProcess';
import { converge } from './converge';
import type { RunDatabase } from './databases';
import { Expectations } from './expectations';
import { FaultInjector } from './faultInjector';
import { counted, type Figure, percentile } from './figures';
import { FormFiller } from './formFiller';
import { Instance } from './instance';
import { checkDatabase, checkExpectations } from './invariants';
import { PersonClient } from './personClient';
import { Player } from './player';
import type { Random } from './random';
import { TrafficRecorder } from './trafficRecorder';
import { seedWorkspace, type Workspace } from './workspaceSeed';

export interface RunOptions {
  readonly name: string;
  readonly people: number;
  readonly instances: number;
  readonly database: RunDatabase;
  readonly chance: Random;
  readonly folder: string;
  readonly durationMs: number;
  /** A slow machine goes on for longer, until people did so much and an instance was killed. */
  readonly leastActions: number;
  /** Given to the app after the last fault, before it has to be as if nothing had been. */
  readonly recoverMs: number;
  /** How long people then play on. */
  readonly calmMs: number;
  readonly thinkMs: number;
  readonly blowEveryMs: number;
  readonly convergeWithinMs: number;
  /** Slack's clock for repeated events: 1 is Slack's own pace. */
  readonly retryScale: number;
  readonly rateLimits: boolean;
  readonly start: (env: Environment) => AppProcess;
  readonly say: (words: string) => void;
}

export interface Verdict {
  readonly name: string;
  readonly violations: readonly string[];
  readonly figures: readonly Figure[];
}

const READY_WITHIN_MS = 30_000;
const TELL_EVERY_MS = 30_000;
const ROUND = 1_000;

export async function playRun(options: RunOptions): Promise<Verdict> {
  const { chance, database, say } = options;
  const town = seedWorkspace(options.people);
  const seed = join(options.folder, 'workspace.yml');
  writeFileSync(seed, town.seed);
  const sandbox = await startSandbox({
    manifest: join(ROOT, 'manifest.yml'),
    seed,
    rateLimits: options.rateLimits,
    retryScale: options.retryScale,
  });
  const slack = connectSandbox(sandbox.url, { timeoutMs: READY_WITHIN_MS });
  const instances = raise(options, sandbox, town);
  const witness = new TrafficRecorder(slack);
  const memory = new Expectations();
  let watched = true;
  const watching = witness.watch(() => !watched);
  try {
    await slack.connected();
    say(`${options.people} people begin`);
    const storm = new FaultInjector({
      slack,
      instances,
      outage: database.outage,
      chance: chance.of('storm'),
      everyMs: options.blowEveryMs,
      say,
    });
    const telling = setInterval(() => say(progress(memory, witness)), TELL_EVERY_MS);
    const began = Date.now();
    let [calm, ended] = [false, false];
    const playing = Promise.all(
      players(options, sandbox, town, memory, () => calm).map((player) => player.play(() => ended)),
    );
    const enough = () => memory.actions >= options.leastActions && storm.struck.has('instance killed');
    await storm.blow(() => Date.now() - began >= options.durationMs && enough());
    const stormOver = Date.now();
    say('the faults are over; people play on for a moment');
    await Promise.all(instances.map((instance) => instance.up(READY_WITHIN_MS)));
    await slack.connected();
    await pause(options.recoverMs);
    calm = true;
    await pause(options.calmMs);
    ended = true;
    await playing;
    clearInterval(telling);
    // Releases what waits to be overtaken.
    await new PersonClient(sandbox.url, town.people[0]?.name ?? '').act({
      type: 'command',
      channel: town.people[0]?.room ?? '',
      text: '/lostdeal help',
    });
    say('waits until everything stands in Slack');
    const settled = await converge({ ...options, sandbox, town });
    watched = false;
    await watching;
    const records = await database.books.records();
    const ownEnds = instances.flatMap((instance) => instance.ownEnds);
    const violations = [
      ...settled.differences,
      ...checkDatabase(records),
      ...checkExpectations(records, memory, witness.heard),
      ...ownEnds,
    ];
    return {
      name: options.name,
      violations,
      figures: [
        ['people', options.people],
        ['played, s', Math.round((stormOver - began) / ROUND)],
        ['actions that the app had to ack', memory.actions],
        ...counted('  ', memory.outcomes),
        ['  not acked, and the person was told', memory.told],
        ['  acked, but the screen was lost', memory.silent],
        ['tapped twice at once', memory.doubled],
        ['commits (events)', records.reduce((sum, { events }) => sum + events.length, 0)],
        ['acks p50, ms', percentile(memory.acks, 0.5)],
        ['acks p99, ms', percentile(memory.acks, 0.99)],
        ['acks max, ms', Math.max(0, ...memory.acks)],
        ...counted('', storm.struck),
        ...counted('', witness.faults),
        ['events that Slack sent again', witness.retries],
        ['429 of Slack’s own limits', witness.rateLimited],
        ['messages posted / edited', `${witness.posts} / ${witness.edits}`],
        [
          'start to ready p50, ms',
          Math.round(
            percentile(
              instances.flatMap(({ startedIn }) => startedIn),
              0.5,
            ),
          ),
        ],
        ['deals checked', records.length],
        ['messages checked', settled.messages],
        ['acknowledged words checked', memory.words.length],
        ['acknowledged steps checked', memory.steps.length],
        ['remarks checked', memory.said.length],
        [
          'converged after the last fault, s',
          settled.done ? Math.round((Date.now() - stormOver) / ROUND) : 'never',
        ],
        ['violations', violations.length],
      ],
    };
  } finally {
    watched = false;
    await Promise.all(instances.map((instance) => instance.stop()));
    for (const instance of instances)
      writeFileSync(join(options.folder, `${instance.options.name}.log`), instance.output());
    await sandbox.stop();
    await database.end();
  }
}

/** Several instances share the sockets; one alone hears by HTTP in some of its lives and by socket in the others. */
function raise(options: RunOptions, sandbox: Sandbox, town: Workspace): readonly Instance[] {
  const drawn = options.chance.of('delivery');
  const alone = options.instances === 1;
  const instances = Array.from({ length: options.instances }, (_, index) => {
    let overHttp = false;
    return new Instance({
      name: `${options.name}-${index + 1}`,
      start: options.start,
      environment: () => {
        overHttp = alone && drawn.roll(0.5);
        return {
          ...environmentFor(sandbox, options.database.url),
          LOSTDEAL_CHANNEL: town.channel,
          PORT: '0',
          ADMIN_PORT: '0',
          ...(overHttp ? { SLACK_APP_TOKEN: '', SLACK_SIGNING_SECRET: sandbox.signingSecret } : {}),
        };
      },
      isUp: (port) => listen(sandbox, overHttp ? `http://127.0.0.1:${port}/slack/events` : undefined),
    });
  });
  for (const instance of instances) instance.start();
  return instances;
}

/** The app's settings page: where Slack sends what happens. A URL that does not answer is not taken. */
async function listen(sandbox: Sandbox, url: string | undefined): Promise<void> {
  await sandbox.setRequestUrl(url).catch(() => undefined);
}

function players(
  options: RunOptions,
  sandbox: Sandbox,
  town: Workspace,
  memory: Expectations,
  calm: () => boolean,
): readonly Player[] {
  const managers = town.people.filter(({ role }) => role === 'manager').map(({ id }) => id);
  return town.people.map((who) => {
    const chance = options.chance.of(who.name);
    return new Player(who, {
      hands: new PersonClient(sandbox.url, who.name),
      chance,
      memory,
      filling: new FormFiller(who.name, chance, managers),
      channel: town.channel,
      botUserId: sandbox.botUserId,
      thinkMs: options.thinkMs,
      calm,
    });
  });
}

const progress = (memory: Expectations, { posts, edits, faults }: TrafficRecorder): string =>
  `${memory.actions} actions, ${posts} posts, ${edits} edits, ${[...faults.values()].reduce((a, b) => a + b, 0)} faults, ${memory.violations.length} violations so far`;
