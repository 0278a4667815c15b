/** A short fault run of `npm run chaos`: few people, shorter waits, always the same seed. */
import { chmodSync } from 'node:fs';
import { type RunDatabase, sqliteDatabase } from '../../chaos/databases';
import { postgresDatabase } from '../../chaos/postgres';
import { Random } from '../../chaos/random';
import { playRun, type RunResult } from '../../chaos/run';
import { temporaryFolder } from '../temporaryFolder';
import { endAll, startQuickApp } from './support/appProcess';

/** For another run: CHAOS_SEED=123 npx jest chaos */
const SEED = Number(process.env.CHAOS_SEED ?? 4);

const folders = [temporaryFolder(), temporaryFolder()] as const;
beforeAll(() => {
  // PostgreSQL runs as a user of its own, who needs access to its data.
  for (const { path } of folders) chmodSync(path, 0o711);
});
afterAll(async () => {
  await endAll();
  for (const folder of folders) folder.remove();
});

const play = (name: string, folder: string, instances: number, database: RunDatabase): Promise<RunResult> =>
  playRun({
    name,
    folder,
    instances,
    database,
    people: 5,
    random: new Random(SEED).of(name),
    durationMs: 6_000,
    leastActions: 25,
    recoverMs: 2_000,
    faultFreeMs: 1_500,
    thinkMs: 600,
    faultEveryMs: 900,
    convergeWithinMs: 150_000,
    retryScale: 0.01,
    rateLimits: true,
    start: startQuickApp,
    log: () => undefined,
  });

it(`in a storm of faults nothing that was acknowledged is lost, and nothing is said twice (CHAOS_SEED=${SEED})`, async () => {
  const [alone, shared] = folders;
  const postgres = await postgresDatabase(shared.path);
  const results = await Promise.all([
    play('SQLite', alone.path, 1, sqliteDatabase(alone.path)),
    ...(postgres === null ? [] : [play('PostgreSQL', shared.path, 2, postgres)]),
  ]);
  for (const { name, violations, figures } of results) {
    expect([name, ...violations]).toEqual([name]);
    const played = new Map(figures);
    // Faults struck, and people played.
    for (const what of ['instance killed', 'deals checked', 'acknowledged steps checked', 'messages checked'])
      expect([what, Number(played.get(what) ?? 0) > 0]).toEqual([what, true]);
  }
}, 180_000);
