/**
 * `npm run load -w slack-sandbox` lets 200 people act at once. The people and a Bolt app run in processes of their
 * own and rate limits are off, so that the run measures the sandbox alone. It prints the actions, the errors, the
 * latencies and, every five seconds, the memory after a garbage collection. It fails on an error or if the heap
 * grows.
 *
 * The first 45 s fill everything that has a fixed size: the traffic log, a hundred messages in each channel, Node's
 * caches. The trend counts only the seconds after them. Arguments: people, seconds after the warm-up, seconds between
 * two actions of one person.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { type Sandbox, startSandbox } from '../src/sandbox';
import { CROWD_MANIFEST, type CrowdReport, crowdSeed } from './crowd';
import { type MemorySample, sampleMemory, trendOf } from './memory';

const SAMPLE_EVERY_MS = 5000;
const WARM_UP_S = 45;
/** Messages add to the heap by design. With this many in each channel their share stays constant. */
const MESSAGES_PER_CHANNEL = 100;
/**
 * Smaller rises are indistinguishable from work in progress, such as events that wait for a retry on a busy machine.
 */
const TOLERANCE = 0.05;
const [people = 200, seconds = 75, pause = 5] = process.argv.slice(2).map(Number);

const mb = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`;

function startApp({ apiUrl, botToken, appToken }: Sandbox): ChildProcess {
  return fork(join(__dirname, 'crowdApp.ts'), {
    env: { ...process.env, SLACK_API_URL: apiUrl, SLACK_BOT_TOKEN: botToken, SLACK_APP_TOKEN: appToken },
  });
}

async function crowdActs(sandbox: Sandbox): Promise<CrowdReport> {
  const ms = (WARM_UP_S + seconds) * 1000;
  const crowd = fork(join(__dirname, 'crowd.ts'), [sandbox.url, ...[people, ms, pause * 1000].map(String)]);
  const [report] = (await once(crowd, 'message')) as [CrowdReport];
  return report;
}

/** @returns false if the heap grew */
function printMemory(samples: readonly MemorySample[]): boolean {
  const later = samples.filter(({ at }) => at >= WARM_UP_S && at <= WARM_UP_S + seconds);
  if (later.length < 5) {
    console.log('memory: too few samples for a trend');
    return true;
  }
  const width = Math.round((later.at(-1)?.at ?? 0) - (later[0]?.at ?? 0));
  const heap = trendOf(later.map(({ at, heap: value }) => ({ at, value })));
  const rss = trendOf(later.map(({ at, rss: value }) => ({ at, value })));
  for (const [name, { mean, rise, noise }] of Object.entries({ heap, rss }))
    console.log(
      `${name}: ${mb(mean)} on the average, ${mb(rise)} more in ${width} s (chance: ±${mb(noise)})`,
    );
  const isFlat = heap.rise <= Math.max(heap.noise, heap.mean * TOLERANCE);
  console.log(isFlat ? 'the heap does not grow' : 'THE HEAP GROWS');
  return isFlat;
}

function printActions({ latencies, errors, actions }: CrowdReport): void {
  const at = (share: number) => `${(latencies[Math.floor(latencies.length * share)] ?? 0).toFixed(1)} ms`;
  console.log(`actions: ${latencies.length} ${JSON.stringify(actions)}`);
  console.log(`latency: p50 ${at(0.5)}, p95 ${at(0.95)}, p99 ${at(0.99)}, most ${at(0.99999)}`);
  console.log(`errors: ${errors.length}`);
  for (const error of errors.slice(0, 10)) console.log(`  ${error}`);
}

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'crowd-'));
  const [manifest, seed] = [join(folder, 'manifest.yml'), join(folder, 'seed.yml')];
  writeFileSync(manifest, CROWD_MANIFEST);
  writeFileSync(seed, crowdSeed(people));
  const sandbox = await startSandbox({
    manifest,
    seed,
    rateLimits: false,
    messagesPerChannel: MESSAGES_PER_CHANNEL,
  });
  const app = startApp(sandbox);
  await once(app, 'message');

  console.log(`${people} people, ${WARM_UP_S} s and then ${seconds} s, each acts about every ${pause} s`);
  const samples: MemorySample[] = [];
  const startedAt = performance.now();
  const sample = () => {
    const one = sampleMemory(startedAt);
    samples.push(one);
    const when = `${String(Math.round(one.at)).padStart(4)} s${one.at < WARM_UP_S ? ' (warming up)' : ''}`;
    console.log(`${when}: heap ${mb(one.heap)}, rss ${mb(one.rss)}`);
  };
  sample();
  const steps = setInterval(sample, SAMPLE_EVERY_MS);
  const loop = monitorEventLoopDelay({ resolution: 10 });
  loop.enable();
  const before = process.cpuUsage();
  const report = await crowdActs(sandbox);
  const used = process.cpuUsage(before);
  loop.disable();
  clearInterval(steps);
  sample();

  const isFlat = printMemory(samples);
  const share = (used.user + used.system) / 1000 / (performance.now() - startedAt);
  console.log(
    `sandbox: ${Math.round(share * 100)} % of a core, its loop late by ${(loop.percentile(50) / 1e6 - 10).toFixed(1)} ms (p50), ${(loop.percentile(99) / 1e6 - 10).toFixed(1)} ms (p99)`,
  );
  printActions(report);
  app.kill();
  await sandbox.stop();
  rmSync(folder, { recursive: true });
  process.exitCode = report.errors.length === 0 && isFlat ? 0 : 1;
}

void main();
