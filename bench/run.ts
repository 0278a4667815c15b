/**
 * `npm run bench`: what an ack costs beside a bare Bolt app, on loopback, in under a minute. Prints the figures and
 * writes them to docs/benchmarks.md.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { transformFileSync } from '@swc/core';
import { playCall, type Recorded } from './call';
import { connect, SIGNING_SECRET } from './connection';
import { type RunningApp, startApp } from './process';
import { type Footprint, fsyncMs, medianOf, report } from './report';
import { liveRound, type Round, replayedRound } from './rounds';
import { CHANNEL, type SlackStub, startSlackStub } from './slackStub';

const ROOT = join(__dirname, '..');
const CONNECTIONS = 16;
const ROUNDS = 5;
const ROUND_MS = 1_500;
/** Some thousand requests: before that the compiler of Node is still at work. */
const WARM_UP_MS = 4_000;
const STARTS = 3;
/** After which a started process is idle. */
const SETTLE_MS = 1_000;

/** Both apps are plain JavaScript when they run, so that neither pays for a compiler. */
function buildBareApp(): string {
  const folder = join(ROOT, 'dist', 'bench');
  mkdirSync(folder, { recursive: true });
  const { code } = transformFileSync(join(__dirname, 'bareApp.ts'), {
    jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
    module: { type: 'commonjs' },
  });
  const script = join(folder, 'bareApp.js');
  writeFileSync(script, code);
  return script;
}

async function main(): Promise<void> {
  const slack = await startSlackStub();
  // On the disk of the project: a temporary folder may be memory, where fsync costs nothing.
  const cache = join(ROOT, 'node_modules', '.cache');
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, 'lostdeal-bench-'));
  const common = {
    SLACK_BOT_TOKEN: 'xoxb-bench',
    SLACK_SIGNING_SECRET: SIGNING_SECRET,
    SLACK_API_URL: slack.url,
  };
  const bareScript = buildBareApp();
  const apps: RunningApp[] = [];
  const start = async (which: 'lostdeal' | 'bare'): Promise<RunningApp> => {
    const app = await (which === 'bare'
      ? startApp(bareScript, common)
      : startApp(join(ROOT, 'dist', 'main.js'), {
          ...common,
          LOSTDEAL_CHANNEL: CHANNEL,
          DATABASE_URL: `file:${join(folder, 'lostdeal.db')}`,
        }));
    apps.push(app);
    return app;
  };

  try {
    // Makes the database and learns which workspace it serves, as an app does once.
    await (await start('lostdeal')).stop();
    const footprint = {
      lostdeal: await footprintOf(() => start('lostdeal')),
      bare: await footprintOf(() => start('bare')),
    };
    const acks = await compare(await start('lostdeal'), await start('bare'), slack);
    const text = report({ acks, footprint, connections: CONNECTIONS, fsyncMs: fsyncMs(folder) });
    process.stdout.write(text);
    writeFileSync(join(ROOT, 'docs', 'benchmarks.md'), text);
  } finally {
    await Promise.all(apps.map((app) => app.stop()));
    await slack.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function footprintOf(start: () => Promise<RunningApp>): Promise<Footprint> {
  const times: number[] = [];
  const sizes: number[] = [];
  for (let count = 0; count < STARTS; count++) {
    const app = await start();
    times.push(app.startMs);
    await after(SETTLE_MS);
    sizes.push(await app.memory());
    await app.stop();
  }
  return { startMs: medianOf(times), idleBytes: medianOf(sizes) };
}

/** Rounds take turns, so that whatever else the machine does meets both. */
async function compare(
  lostdeal: RunningApp,
  bare: RunningApp,
  slack: SlackStub,
): Promise<{ readonly lostdeal: readonly Round[]; readonly bare: readonly Round[] }> {
  const call = await recordCall(lostdeal, slack);
  const loadOn = (app: RunningApp, ms: number) => ({ port: app.port, connections: CONNECTIONS, ms });
  await liveRound(loadOn(lostdeal, WARM_UP_MS), slack);
  await replayedRound(loadOn(bare, WARM_UP_MS), call);
  const rounds: { lostdeal: Round[]; bare: Round[] } = { lostdeal: [], bare: [] };
  for (let count = 0; count < ROUNDS; count++) {
    rounds.lostdeal.push(await liveRound(loadOn(lostdeal, ROUND_MS), slack));
    rounds.bare.push(await replayedRound(loadOn(bare, ROUND_MS), call));
  }
  return rounds;
}

async function recordCall(lostdeal: RunningApp, slack: SlackStub): Promise<Recorded[]> {
  const connection = connect(lostdeal.port);
  try {
    return await playCall({ userId: 'U000REC', name: 'rec' }, connection, slack, () => undefined);
  } finally {
    connection.close();
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exitCode = 1;
});
