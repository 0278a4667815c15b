/**
 * `npm run chaos -- --minutes 10 --seed 7`: people play random stories while everything around the app fails. If
 * anything is lost, duplicated or out of order at the end, it prints the violations and the seed and exits with code 1.
 */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startApp } from '../test/faults/support/appProcess';
import { sqliteDatabase } from './databases';
import { table } from './figures';
import { postgresDatabase } from './postgres';
import { Random } from './random';
import { playRun } from './run';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '2' },
    seed: { type: 'string' },
    people: { type: 'string', default: '50' },
    /** Mean seconds between two actions of one person. */
    think: { type: 'string', default: '8' },
  },
});

async function main(): Promise<number> {
  const seed = Number(values.seed ?? Math.floor(Math.random() * 1_000_000));
  const minutes = Number(values.minutes);
  const people = Number(values.people);
  const folder = openToPostgres(mkdtempSync(join(tmpdir(), 'lostdeal-chaos-')));
  const began = Date.now();
  const logOf = (run: string) => (words: string) =>
    console.log(`${((Date.now() - began) / 1000).toFixed(1).padStart(6)} s  ${run}: ${words}`);
  console.log(`Chaos for ${minutes} minutes with seed ${seed}; logs and databases in ${folder}`);
  const random = new Random(seed);
  const common = {
    durationMs: minutes * 60_000,
    leastActions: 1,
    recoverMs: 15_000,
    faultFreeMs: 15_000,
    thinkMs: Number(values.think) * 1_000,
    faultEveryMs: 4_000,
    convergeWithinMs: 5 * 60_000,
    retryScale: 0.1,
    rateLimits: true,
    start: startApp,
  };
  const runOf = (name: string) => {
    const own = openToPostgres(mkdtempSync(join(folder, `${name}-`)));
    return { ...common, name, folder: own, random: random.of(name), log: logOf(name) };
  };
  const alone = runOf('SQLite');
  const shared = runOf('PostgreSQL');
  const postgres = await postgresDatabase(shared.folder);
  if (postgres === null) {
    console.log('PostgreSQL is not installed (Debian: apt install postgresql): only the SQLite half runs.');
    if (process.env.CI === 'true') return 1;
  }
  const onSqlite = postgres === null ? people : Math.floor(people / 2);
  const results = await Promise.all([
    playRun({ ...alone, people: onSqlite, instances: 1, database: sqliteDatabase(alone.folder) }),
    ...(postgres === null
      ? []
      : [playRun({ ...shared, people: people - onSqlite, instances: 2, database: postgres })]),
  ]);
  console.log(`\n${table(results)}\n`);
  const violations = results.flatMap(({ name, violations: found }) =>
    found.map((violation) => `${name}: ${violation}`),
  );
  if (violations.length === 0) {
    rmSync(folder, { recursive: true, force: true });
    console.log(`No violation. Seed ${seed}.`);
    return 0;
  }
  console.log(
    `${violations.length} violations:\n${violations.map((violation) => `  - ${violation}`).join('\n')}`,
  );
  console.log(`\nAgain: npm run chaos -- --minutes ${minutes} --seed ${seed}. Logs and databases: ${folder}`);
  return 1;
}

/** PostgreSQL runs as a user of its own, who needs access to its data. */
function openToPostgres(folder: string): string {
  chmodSync(folder, 0o711);
  return folder;
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
