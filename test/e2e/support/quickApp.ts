/**
 * The app as a process of its own, with short waits instead of Slack's: after a death, a post whose reply was
 * lost is looked for after half a second and not after forty. Everything else is as `npm start` runs it.
 */
import { readConfig } from '../../../src/config';
import { createLogger } from '../../../src/log';
import { startLostdeal } from '../../../src/lostdeal';

/** Named in src/slack/bolt/crashPoints.ts and src/reconciler/crashPoints.ts. */
const crashAt = process.env.LOSTDEAL_CRASH_AT;
/** How far this process's clock is ahead. */
const aheadMs = Number(process.env.LOSTDEAL_CLOCK_AHEAD_MS ?? 0);
/** As nobody could prepare for it: not one more line runs. */
const die = () => process.kill(process.pid, 'SIGKILL');

async function main(): Promise<void> {
  const config = readConfig(process.env);
  const noLongerWanted = new AbortController();
  process.on('SIGTERM', () => noLongerWanted.abort());
  const lostdeal = await startLostdeal(config, {
    logger: createLogger({ level: config.logLevel, pretty: false }),
    // A database that does not answer is waited for.
    stopped: noLongerWanted.signal,
    ...(crashAt === undefined ? {} : { crashPoint: (point) => point === crashAt && die() }),
    clock: { now: () => Date.now() + aheadMs },
    // One message a second and channel is Slack's wish, and not the one that these tests are about.
    ...(process.env.LOSTDEAL_UNPACED === undefined ? {} : { limits: { channelBurst: 1_000 } }),
    timing: { callTimeoutMs: 400, settleMs: 100, duplicateMs: 500, pollMs: 200 },
  });
  process.on('SIGTERM', () => lostdeal.stop().then(() => process.exit(0)));
  // Nobody is left to kill us.
  process.on('disconnect', () => process.exit(1));
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  process.exit(1);
});
