/** Lostdeal in the sandbox: both in this process, on one clock that people move on the page. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DateTime } from 'luxon';
import { type Sandbox, startSandbox } from 'slack-sandbox';
import { readConfig } from '../src/config';
import { createLogger } from '../src/log';
import { type Lostdeal, startLostdeal } from '../src/lostdeal';
import { HISTORY_TEAMS, makeHistory } from './history';
import { WORKSPACE } from './workspace';

/** The sandbox's own small workspace, and its `#lost-deals`. */
const TENANT = { enterpriseId: '', teamId: 'T000BRIGHT' };
const CHANNEL = 'C000LOSTDL';
/** Dana gets an ask that Maya does not answer. */
const SETTINGS = { fallback: { kind: 'person', userId: 'U00000DANA' } };

/** Of everybody in `demo.yml`. */
const ZONE = 'America/New_York';
const START_HOUR = 10;
const [MONDAY, THURSDAY] = [1, 4] as const;

/** Ten in the morning of a working day before another one: today, or else next Monday. */
export function demoStart(realNow: number): number {
  const today = DateTime.fromMillis(realNow, { zone: ZONE }).startOf('day');
  const day = today.weekday <= THURSDAY ? today : today.plus({ days: 7 + MONDAY - today.weekday });
  return day.set({ hour: START_HOUR }).toMillis();
}

export interface Demo {
  readonly sandbox: Sandbox;
  readonly lostdeal: Lostdeal;
  stop(): Promise<void>;
}

export interface DemoOptions {
  readonly port: number;
  readonly logLevel: string;
  /** Begins with a year of made-up deals. */
  readonly history?: boolean;
}

/** Settings under which the app talks to this sandbox. Blank ones keep a developer's own .env out of the demo. */
export function environmentFor(sandbox: Sandbox, databaseUrl: string): Record<string, string> {
  return {
    SLACK_API_URL: sandbox.apiUrl,
    SLACK_BOT_TOKEN: sandbox.botToken,
    SLACK_APP_TOKEN: sandbox.appToken,
    SLACK_SIGNING_SECRET: '',
    SLACK_CLIENT_ID: '',
    SLACK_CLIENT_SECRET: '',
    SLACK_STATE_SECRET: '',
    LOSTDEAL_CHANNEL: CHANNEL,
    DATABASE_URL: databaseUrl,
    ENCRYPTION_KEY: '',
    HOST: '127.0.0.1',
    PORT: '0',
    ADMIN_HOST: '127.0.0.1',
    ADMIN_PORT: '0',
  };
}

/** @throws when the app cannot start; then nothing is left running */
export async function startDemo({ port, logLevel, history = false }: DemoOptions): Promise<Demo> {
  const folder = await mkdtemp(join(tmpdir(), 'lostdeal-demo-'));
  const offset = demoStart(Date.now()) - Date.now();
  const sandbox = await startSandbox({
    ...WORKSPACE,
    seed: join(__dirname, 'demo.yml'),
    port,
    clock: () => Date.now() + offset,
  });
  const end = async () => {
    await sandbox.stop();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const databaseUrl = `file:${join(folder, 'lostdeal.db')}`;
    const lostdeal = await startLostdeal(
      readConfig({
        ...environmentFor(sandbox, databaseUrl),
        PLAYBOOKS_DIR: process.env.PLAYBOOKS_DIR ?? '',
        NEW_PLAYBOOKS: process.env.NEW_PLAYBOOKS ?? '',
      }),
      {
        logger: createLogger({ level: logLevel, pretty: true }),
        clock: { now: sandbox.clock.now },
      },
    );
    const { reconciler, coach } = lostdeal;
    await coach.store.workspace.saveSettings(TENANT, {
      ...SETTINGS,
      ...(history ? { teams: HISTORY_TEAMS } : {}),
    });
    if (history) await makeHistory(coach, TENANT);
    sandbox.clock.follow({
      nextDue: () => coach.store.work.nextDue(coach.clock.now()),
      settle: () => reconciler.idle(),
    });
    return {
      sandbox,
      lostdeal,
      async stop() {
        await lostdeal.stop();
        await end();
      },
    };
  } catch (error) {
    await end();
    throw error;
  }
}
