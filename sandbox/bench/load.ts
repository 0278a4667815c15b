/**
 * `npm run load -w slack-sandbox`: 200 people act at once for a minute, with a Bolt app in a process of its own and rate
 * limits off. Prints what they did, the errors (none, or it fails), how long things took, and the memory of the sandbox
 * (people included) every ten seconds. Arguments: people, seconds, seconds between two things a person does.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSandbox } from '../src/sandbox';
import { CROWD_MANIFEST, crowdSeed, runCrowd } from './crowd';

const MEMORY_EVERY_MS = 10_000;
const [people = 200, seconds = 60, pause = 10] = process.argv.slice(2).map(Number);

/** Megabytes of live objects, garbage apart where Node lets us collect it. */
function memory(): string {
  globalThis.gc?.();
  const { heapUsed, rss } = process.memoryUsage();
  return `heap ${Math.round(heapUsed / 1e6)} MB, rss ${Math.round(rss / 1e6)} MB`;
}

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'crowd-'));
  const [manifest, seed] = [join(folder, 'manifest.yml'), join(folder, 'seed.yml')];
  writeFileSync(manifest, CROWD_MANIFEST);
  writeFileSync(seed, crowdSeed(people));
  const sandbox = await startSandbox({ manifest, seed, rateLimits: false });
  const app = fork(join(__dirname, 'crowdApp.ts'), {
    env: {
      ...process.env,
      SLACK_API_URL: sandbox.apiUrl,
      SLACK_BOT_TOKEN: sandbox.botToken,
      SLACK_APP_TOKEN: sandbox.appToken,
    },
  });
  await once(app, 'message');

  console.log(`${people} people, ${seconds} s, each at it every ${pause} s or so`);
  console.log(` start: ${memory()}`);
  const startedAt = performance.now();
  const steps = setInterval(() => {
    console.log(`${String(Math.round((performance.now() - startedAt) / 1000)).padStart(4)} s: ${memory()}`);
  }, MEMORY_EVERY_MS);
  const report = await runCrowd({ url: sandbox.url, people, ms: seconds * 1000, pauseMs: pause * 1000 });
  clearInterval(steps);
  console.log(`   end: ${memory()}`);

  const { latencies, errors, actions } = report;
  const at = (share: number) => `${(latencies[Math.floor(latencies.length * share)] ?? 0).toFixed(1)} ms`;
  console.log(`actions: ${latencies.length} ${JSON.stringify(actions)}`);
  console.log(`latency: p50 ${at(0.5)}, p95 ${at(0.95)}, p99 ${at(0.99)}, most ${at(0.99999)}`);
  console.log(`errors: ${errors.length}`);
  for (const error of errors.slice(0, 10)) console.log(`  ${error}`);
  app.kill();
  await sandbox.stop();
  rmSync(folder, { recursive: true });
  process.exitCode = errors.length === 0 ? 0 : 1;
}

void main();
