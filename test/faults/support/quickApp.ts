/**
 * The app as a process of its own with short waits: after a crash it looks for a post whose reply was lost after half a
 * second instead of forty. Everything else is as `npm start` runs it.
 */
import { readConfig } from '../../../src/config';
import { createLogger } from '../../../src/log';
import { startLostdeal } from '../../../src/lostdeal';

/** A name from src/slack/bolt/crashPoints.ts or src/reconciler/crashPoints.ts. */
const crashAt = process.env.LOSTDEAL_CRASH_AT;
/** How far the clock of this process is ahead. */
const aheadMs = Number(process.env.LOSTDEAL_CLOCK_AHEAD_MS ?? 0);
/** Without warning: not one more line runs. */
const die = () => process.kill(process.pid, 'SIGKILL');

async function main(): Promise<void> {
  const config = readConfig(process.env);
  const stopWanted = new AbortController();
  process.on('SIGTERM', () => stopWanted.abort());
  const lostdeal = await startLostdeal(config, {
    logger: createLogger({ level: config.logLevel, pretty: false }),
    // Ends the wait for a database that does not answer.
    stopped: stopWanted.signal,
    ...(crashAt === undefined ? {} : { crashPoint: (point) => point === crashAt && die() }),
    clock: { now: () => Date.now() + aheadMs },
    // These tests are not about Slack's limit of one message a second and channel.
    ...(process.env.LOSTDEAL_UNPACED === undefined ? {} : { limits: { channelBurst: 1_000 } }),
    timing: { callTimeoutMs: 400, settleMs: 100, duplicateMs: 500, pollMs: 200 },
  });
  process.on('SIGTERM', () => lostdeal.stop().then(() => process.exit(0)));
  // The test process is gone, so nobody else would end this one.
  process.on('disconnect', () => process.exit(1));
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  process.exit(1);
});
