/**
 * The built app as a process of its own, with short waits instead of Slack's: after a death, a post whose reply was
 * lost is looked for after half a second and not after forty. Everything else is as `npm start` runs it.
 */
import { join } from 'node:path';
import type { readConfig } from '../../../src/config';
import type { createLogger } from '../../../src/log';
import type { startLostdeal } from '../../../src/lostdeal';

/** The folder of the built app is given: this file runs from another place. */
const [, , dist = ''] = process.argv;
const built = <T>(file: string): T => require(join(dist, file)) as T;

/** Named in src/crashPoints.ts and src/reconciler/crashPoints.ts. */
const crashAt = process.env.LOSTDEAL_CRASH_AT;
/** How far this process's clock is ahead. */
const aheadMs = Number(process.env.LOSTDEAL_CLOCK_AHEAD_MS ?? 0);
/** As nobody could prepare for it: not one more line runs. */
const die = () => process.kill(process.pid, 'SIGKILL');

async function main(): Promise<void> {
  const { readConfig: read } = built<{ readConfig: typeof readConfig }>('config.js');
  const { createLogger: log } = built<{ createLogger: typeof createLogger }>('log.js');
  const { startLostdeal: start } = built<{ startLostdeal: typeof startLostdeal }>('lostdeal.js');
  const config = read(process.env);
  const lostdeal = await start(config, {
    logger: log({ level: config.logLevel, pretty: false }),
    ...(crashAt === undefined ? {} : { crashPoint: (point) => point === crashAt && die() }),
    clock: { now: () => Date.now() + aheadMs },
    // One message a second and channel is Slack's wish, and not the one that these tests are about.
    ...(process.env.LOSTDEAL_UNPACED === undefined ? {} : { limits: { channelBurst: 1_000 } }),
    timing: { callTimeoutMs: 400, settleMs: 100, twinMs: 500, pollMs: 200 },
  });
  process.on('SIGTERM', () => lostdeal.stop().then(() => process.exit(0)));
  // Nobody is left to kill us.
  process.on('disconnect', () => process.exit(1));
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  process.exit(1);
});
