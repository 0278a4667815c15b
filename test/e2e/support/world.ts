/** Lostdeal on a local Slack, in one process, with a clock that tests move. Everything else is real. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectSandbox, type Sandbox, type SandboxClient, startSandbox } from 'slack-sandbox';
import { WORKSPACE } from '../../../scripts/workspace';
import { readConfig } from '../../../src/config';
import { createLogger } from '../../../src/log';
import { type Lostdeal, type Options, startLostdeal } from '../../../src/lostdeal';
import { copyEmptyDatabase } from '../../emptyDatabase';

export const ROOT = join(__dirname, '..', '..', '..');
/** `#lost-deals` (private) and `#closed-lost-public` of the seed. */
export const PRIVATE_CHANNEL = 'C000LOSTDL';

/** The workspace of the seed. */
export const TENANT = { enterpriseId: '', teamId: 'T000BRIGHT' };
const ALWAYS = { startMinute: 0, endMinute: 1440, weekdays: [1, 2, 3, 4, 5, 6, 7], holidays: [] };

/** Slack's second between messages has its own tests; other tests would only wait for it. */
export const UNPACED: NonNullable<Options['limits']> = {
  channelBurst: 1_000,
  methodBurst: 1_000,
  postsPerSecond: 1_000,
};

/**
 * Slack waits for three seconds. We measure whether that is enough instead of testing it, because a machine may be
 * busy.
 */
const LONG_ACK_TIMEOUT = { ackTimeoutMs: 20_000, triggerLifeMs: 20_000 };

export interface World {
  readonly slack: SandboxClient;
  readonly sandbox: Sandbox;
  readonly lostdeal: Lostdeal;
  /** Lets time pass for Lostdeal; resolves when everything due is done. */
  pass(ms: number): Promise<void>;
  /** Resolves when every change stands in Slack. */
  settled(): Promise<void>;
  /** Stops Lostdeal and starts it again, on the same database and the same Slack. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

export interface WorldOptions {
  readonly delivery?: 'socket' | 'http';
  readonly channel?: string;
  /** Another seed file than that of the demo. */
  readonly seed?: string;
  readonly env?: Readonly<Record<string, string>>;
  /**
   * People's working time: any hour, so that the hour of the test does not matter; or a new team's, nine to five on
   * weekdays, for tests of just that.
   */
  readonly calendar?: 'always' | 'office';
  /** Other choices of the team, as stored. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** True: acks and triggers have their three seconds, for tests that let them pass. */
  readonly realAckTimeout?: boolean;
  /** Shorter waits than Slack's, for tests that cause the event. */
  readonly timing?: Options['timing'];
}

export async function startWorld(options: WorldOptions = {}): Promise<World> {
  const folder = mkdtempSync(join(tmpdir(), 'lostdeal-e2e-'));
  copyEmptyDatabase(join(folder, 'lostdeal.db'));
  const delivery = options.delivery ?? 'socket';
  const sandbox = await startSandbox({
    ...WORKSPACE,
    ...(options.seed === undefined ? {} : { seed: options.seed }),
    rateLimits: false,
    ...(options.realAckTimeout ? {} : LONG_ACK_TIMEOUT),
  });
  let offset = 0;
  const config = readConfig({
    SLACK_API_URL: sandbox.apiUrl,
    SLACK_BOT_TOKEN: sandbox.botToken,
    ...(delivery === 'socket'
      ? { SLACK_APP_TOKEN: sandbox.appToken }
      : { SLACK_SIGNING_SECRET: sandbox.signingSecret }),
    LOSTDEAL_CHANNEL: options.channel ?? PRIVATE_CHANNEL,
    DATABASE_URL: `file:${join(folder, 'lostdeal.db')}`,
    PORT: '0',
    ADMIN_PORT: '0',
    ...options.env,
  });
  const start = () =>
    startLostdeal(config, {
      logger: createLogger({ level: process.env.TEST_LOG ?? 'silent', pretty: false }),
      clock: { now: () => Date.now() + offset },
      limits: UNPACED,
      ...(options.timing === undefined ? {} : { timing: options.timing }),
    });
  let lostdeal = await start();
  if (delivery === 'http') await sandbox.setRequestUrl(`http://127.0.0.1:${lostdeal.port}/slack/events`);
  const chosen = {
    ...(options.calendar === 'office' ? {} : { workingDay: ALWAYS }),
    ...options.settings,
  };
  if (Object.keys(chosen).length > 0) await lostdeal.coach.store.workspace.saveSettings(TENANT, chosen);
  const slack = connectSandbox(sandbox.url);
  const settled = () => lostdeal.reconciler.idle();
  return {
    slack,
    sandbox,
    get lostdeal() {
      return lostdeal;
    },
    settled,
    async pass(ms) {
      offset += ms;
      lostdeal.reconciler.wake();
      await settled();
    },
    async restart() {
      await lostdeal.stop();
      lostdeal = await start();
    },
    async stop() {
      await lostdeal.stop();
      await sandbox.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
