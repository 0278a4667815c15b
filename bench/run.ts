/**
 * `npm run bench`: measures and writes docs/benchmarks.md. With names of parts (`npm run bench -- acks growth`) it runs
 * only those. A part that fails keeps its old section and is reported, and the others go on.
 */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { createApps, ROOT } from './apps';
import type { Part } from './part';
import { PARTS } from './parts';
import { measuredOn, report, type Section } from './report';
import { startSlackStub } from './slackStub';

/** BENCH_PAGE: another page, for a look on a busy machine. */
const PAGE = process.env.BENCH_PAGE || join(ROOT, 'docs', 'benchmarks.md');
/** On the disk of the project: a temporary folder may be memory, where fsync costs nothing. */
const CACHE = join(ROOT, 'node_modules', '.cache');

const say = (words: string): void => {
  process.stderr.write(`${words}\n`);
};

async function measure(part: Part): Promise<Section> {
  const from = performance.now();
  say(`${part.title} …`);
  mkdirSync(CACHE, { recursive: true });
  const folder = mkdtempSync(join(CACHE, 'lostdeal-bench-'));
  const slack = await startSlackStub();
  const apps = createApps(slack.url);
  try {
    const on = measuredOn(folder);
    const body = await part.measure({ folder, slack, ...apps, say });
    return { part, body: `${on}\n\n${body}` };
  } finally {
    await apps.stop();
    await slack.stop();
    rmSync(folder, { recursive: true, force: true });
    say(`${part.title}: ${((performance.now() - from) / 1000).toFixed(0)} s`);
  }
}

function chosen(names: readonly string[]): readonly Part[] {
  const unknown = names.filter((name) => PARTS.every((part) => part.name !== name));
  if (unknown.length > 0) {
    const known = PARTS.map(({ name }) => name).join(', ');
    throw new Error(`there is no part ${unknown.join(', ')}; there are ${known}`);
  }
  return names.length === 0 ? PARTS : PARTS.filter(({ name }) => names.includes(name));
}

async function main(): Promise<void> {
  const measured: Section[] = [];
  for (const part of chosen(process.argv.slice(2))) {
    try {
      measured.push(await measure(part));
    } catch (error) {
      failed(error);
    }
  }
  const before = existsSync(PAGE) ? readFileSync(PAGE, 'utf8') : '';
  writeFileSync(PAGE, report(before, PARTS, measured));
  for (const { part, body } of measured) process.stdout.write(`## ${part.title}\n\n${body}\n\n`);
}

function failed(error: unknown): void {
  say(error instanceof Error ? (error.stack ?? error.message) : String(error));
  process.exitCode = 1;
}

main().catch(failed);
