/**
 * One run: a workspace with people, instances and a database. People play, faults strike, and the result is checked.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { connectSandbox, type Sandbox, startSandbox } from 'slack-sandbox';
import { environmentFor } from '../scripts/demo';
import { openStore } from '../src/store/open';
import { ROOT } from '../test/e2e/support/world';
import type { AppProcess, Environment } from '../test/faults/support/appProcess';
import { converge } from './converge';
import type { RunDatabase } from './databases';
import { Expectations } from './expectations';
import { FaultInjector } from './faultInjector';
import { counted, type Figure, percentile, rareDeeds } from './figures';
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
  readonly random: Random;
  readonly folder: string;
  readonly durationMs: number;
  /** Beyond `durationMs`, faults go on until people did this much and answered a step, and an instance was killed. */
  readonly leastActions: number;
  /** How long the app has to recover after the last fault. */
  readonly recoverMs: number;
  /** How long people play on after that. */
  readonly faultFreeMs: number;
  readonly thinkMs: number;
  readonly faultEveryMs: number;
  readonly convergeWithinMs: number;
  /** Scales Slack's pauses before it repeats an event: 1 is as long as Slack's. */
  readonly retryScale: number;
  readonly rateLimits: boolean;
  readonly start: (env: Environment) => AppProcess;
  readonly log: (words: string) => void;
}

export interface RunResult {
  readonly name: string;
  readonly violations: readonly string[];
  readonly figures: readonly Figure[];
}

/** Long enough for the slowest machine, so that a run fails here only if the app never starts. */
const READY_WITHIN_MS = 10 * 60_000;
const LOG_EVERY_MS = 30_000;
const MS_PER_SECOND = 1_000;

export async function playRun(options: RunOptions): Promise<RunResult> {
  const { random, database, log } = options;
  const workspace = seedWorkspace(options.people);
  const seed = join(options.folder, 'workspace.yml');
  writeFileSync(seed, workspace.seed);
  const sandbox = await startSandbox({
    manifest: join(ROOT, 'manifest.yml'),
    seed,
    rateLimits: options.rateLimits,
    retryScale: options.retryScale,
  });
  const slack = connectSandbox(sandbox.url, { timeoutMs: READY_WITHIN_MS });
  await chooseSettings(database, workspace);
  const instances = startInstances(options, sandbox, workspace);
  const traffic = new TrafficRecorder(slack);
  const expectations = new Expectations();
  let recording = true;
  const recorder = traffic.watch(() => !recording);
  try {
    await slack.connected();
    log(`${options.people} people begin`);
    const injector = new FaultInjector({
      slack,
      instances,
      outage: database.outage,
      random: random.of('storm'),
      everyMs: options.faultEveryMs,
      log,
    });
    const progressTimer = setInterval(() => log(progress(expectations, traffic)), LOG_EVERY_MS);
    const began = Date.now();
    let [faultFree, ended] = [false, false];
    const playing = Promise.all(
      players(options, sandbox, workspace, expectations, () => faultFree).map((player) =>
        player.play(() => ended),
      ),
    );
    const enough = () =>
      expectations.actions >= options.leastActions &&
      expectations.steps.length > 0 &&
      injector.injected.has('instance killed');
    await injector.run(() => Date.now() - began >= options.durationMs && enough());
    const faultsEndedAt = Date.now();
    log('the faults are over; people play on for a moment');
    await Promise.all(instances.map((instance) => instance.up(READY_WITHIN_MS)));
    await slack.connected();
    await pause(options.recoverMs);
    faultFree = true;
    await pause(options.faultFreeMs);
    ended = true;
    await playing;
    clearInterval(progressTimer);
    // One more delivery makes the sandbox send a delivery that it holds back to swap it with the next.
    await new PersonClient(sandbox.url, workspace.people[0]?.name ?? '').act({
      type: 'command',
      channel: workspace.people[0]?.commandChannel ?? '',
      text: '/lostdeal help',
    });
    log('waits until Slack shows everything');
    const convergence = await converge({ ...options, sandbox, workspace, expectations });
    recording = false;
    await recorder;
    const records = await database.snapshot.records();
    const unexpectedExits = instances.flatMap((instance) => instance.unexpectedExits);
    const violations = [
      ...convergence.differences,
      ...checkDatabase(records),
      ...checkExpectations(records, expectations, traffic.received),
      ...unexpectedExits,
    ];
    return {
      name: options.name,
      violations,
      figures: [
        ['people', options.people],
        ['played, s', Math.round((faultsEndedAt - began) / MS_PER_SECOND)],
        ['actions that the app had to ack', expectations.actions],
        ...counted('  ', expectations.outcomes),
        ['  not acked, and Slack showed an error', expectations.shownAsFailed],
        ['  acked, but the screen was lost', expectations.withoutScreen],
        ['tapped twice at once', expectations.doubleTaps],
        ...counted('  tapped ', expectations.taps),
        ['  answered a direct message in words', expectations.plainWords],
        ...rareDeeds(records.flatMap(({ events }) => events)),
        ['commits (events)', records.reduce((sum, { events }) => sum + events.length, 0)],
        ['acks p50, ms', percentile(expectations.acks, 0.5)],
        ['acks p99, ms', percentile(expectations.acks, 0.99)],
        ['acks max, ms', Math.max(0, ...expectations.acks)],
        ...counted('', injector.injected),
        ...counted('', traffic.faults),
        ['events that Slack sent again', traffic.retries],
        ['429 of Slack’s own limits', traffic.rateLimited],
        ['messages posted / edited', `${traffic.posts} / ${traffic.edits}`],
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
        ['messages checked', convergence.messages],
        ['acknowledged words checked', expectations.words.length],
        ['acknowledged steps checked', expectations.steps.length],
        ['remarks checked', expectations.replies.length],
        [
          'converged after the last fault, s',
          convergence.isComplete ? Math.round((Date.now() - faultsEndedAt) / MS_PER_SECOND) : 'never',
        ],
        ['violations', violations.length],
      ],
    };
  } finally {
    recording = false;
    await Promise.all(instances.map((instance) => instance.stop()));
    for (const instance of instances)
      writeFileSync(join(options.folder, `${instance.options.name}.log`), instance.output());
    await sandbox.stop();
    await database.end();
  }
}

/** What reps may give alone, so that some calls are won without an ask. */
async function chooseSettings({ url }: RunDatabase, { people, teamId }: Workspace): Promise<void> {
  const by = people.find(({ role }) => role === 'admin')?.id ?? '';
  const give = {
    by,
    team: null,
    terms: '60 days to pay',
    inReturn: 'A reference',
    cost: null,
    worthUpTo: null,
  };
  const gives = GIVEN_REASONS.map((reason) => ({ ...give, id: reason, reason, until: null, perQuarter: 40 }));
  const store = await openStore(url, { now: Date.now });
  await store.workspace.saveSettings({ enterpriseId: '', teamId }, { gives });
  await store.close();
}

const GIVEN_REASONS = ['price', 'payment_terms', 'delivery_time', 'service'];

/**
 * Several instances share the sockets. A single one receives over HTTP in some of its processes, over a socket in
 * others.
 */
function startInstances(options: RunOptions, sandbox: Sandbox, workspace: Workspace): readonly Instance[] {
  const drawn = options.random.of('delivery');
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
          LOSTDEAL_CHANNEL: workspace.channel,
          PORT: '0',
          ADMIN_PORT: '0',
          ...(overHttp ? { SLACK_APP_TOKEN: '', SLACK_SIGNING_SECRET: sandbox.signingSecret } : {}),
        };
      },
      isUp: (port) => deliverTo(sandbox, overHttp ? `http://127.0.0.1:${port}/slack/events` : undefined),
    });
  });
  for (const instance of instances) instance.start();
  return instances;
}

/**
 * Sets where Slack sends deliveries. Slack refuses a URL that does not answer, and the sandbox keeps the former one.
 */
async function deliverTo(sandbox: Sandbox, url: string | undefined): Promise<void> {
  await sandbox.setRequestUrl(url).catch(() => undefined);
}

function players(
  options: RunOptions,
  sandbox: Sandbox,
  workspace: Workspace,
  expectations: Expectations,
  faultFree: () => boolean,
): readonly Player[] {
  const managers = workspace.people.filter(({ role }) => role === 'manager').map(({ id }) => id);
  return workspace.people.map((person) => {
    const random = options.random.of(person.name);
    return new Player(person, {
      client: new PersonClient(sandbox.url, person.name),
      random,
      expectations,
      formFiller: new FormFiller(person.name, random, managers),
      channel: workspace.channel,
      botUserId: sandbox.botUserId,
      thinkMs: options.thinkMs,
      faultFree,
    });
  });
}

const progress = (expectations: Expectations, { posts, edits, faults }: TrafficRecorder): string =>
  `${expectations.actions} actions, ${posts} posts, ${edits} edits, ${[...faults.values()].reduce((a, b) => a + b, 0)} faults, ${expectations.violations.length} violations so far`;
