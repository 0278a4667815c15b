import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CROWD_MANIFEST, crowdSeed, runCrowd } from '../bench/crowd';
import { makeCrowdApp } from '../bench/crowdApp';
import { startSandbox } from '../src';

const PEOPLE = 50;
/** Long, because this test proves that nothing fails, on a busy machine too; bench/ measures the speed. */
const TIMEOUTS = { ackTimeoutMs: 30_000, triggerLifeMs: 30_000 };

it('serves fifty people who act at once for five seconds, without an error', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'crowd-'));
  const seed = join(folder, 'seed.yml');
  writeFileSync(seed, crowdSeed(PEOPLE));
  const sandbox = await startSandbox({
    manifest: CROWD_MANIFEST,
    seed,
    rateLimits: false,
    ...TIMEOUTS,
  });
  const app = makeCrowdApp(sandbox.apiUrl, sandbox.botToken, sandbox.appToken);
  try {
    await app.start();
    const report = await runCrowd({ url: sandbox.url, people: PEOPLE, ms: 5000, pauseMs: 3000 });
    expect(report.errors).toEqual([]);
    expect(Object.keys(report.actions).sort()).toEqual(['click', 'command', 'post', 'reply', 'submission']);
  } finally {
    await app.stop();
    await sandbox.stop();
    rmSync(folder, { recursive: true });
  }
});
