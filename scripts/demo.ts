/** Lostdeal in the sandbox: the sandbox on loopback, and the built app beside it on a database of its own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { connectSandbox, type Sandbox, startSandbox } from 'slack-sandbox';
import { openStore } from '../src/store/open';
import { WORKSPACE } from './workspace';

/** So that the manager is there whenever somebody tries it: asks wait for working hours, and nobody else would. */
const AT_ANY_HOUR = {
  workingDay: { startMinute: 0, endMinute: 1440, weekdays: [1, 2, 3, 4, 5, 6, 7], holidays: [] },
};

export const ROOT = join(__dirname, '..');
/** The sandbox's own small workspace, and its `#lost-deals`. */
const TENANT = { enterpriseId: '', teamId: 'T000BRIGHT' };
export const CHANNEL = 'C000LOSTDL';

export interface Demo {
  readonly sandbox: Sandbox;
  readonly app: ChildProcess;
  stop(): Promise<void>;
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

/** @throws when the app ends before it is connected; its output was shown */
export async function startDemo(options: {
  readonly port: number;
  readonly logLevel: string;
}): Promise<Demo> {
  const folder = await mkdtemp(join(tmpdir(), 'lostdeal-demo-'));
  const sandbox = await startSandbox({ ...WORKSPACE, port: options.port });
  const databaseUrl = `file:${join(folder, 'lostdeal.db')}`;
  await workAtAnyHour(databaseUrl);
  const app = spawn(process.execPath, [join(ROOT, 'dist', 'main.js')], {
    cwd: ROOT,
    env: {
      ...process.env,
      // The local Slack is on this machine.
      NO_PROXY: '*',
      no_proxy: '*',
      ...environmentFor(sandbox, databaseUrl),
      LOG_LEVEL: options.logLevel,
      PLAYBOOKS_DIR: process.env.PLAYBOOKS_DIR ?? '',
    },
    stdio: 'inherit',
  });
  const ended = once(app, 'exit').then(([code]) => {
    throw new Error(`the app ended with code ${String(code)} before it was connected`);
  });
  await Promise.race([connected(sandbox), ended]);
  ended.catch(() => undefined);
  return {
    sandbox,
    app,
    async stop() {
      if (app.exitCode === null && app.signalCode === null) {
        const gone = once(app, 'exit');
        app.kill('SIGTERM');
        await gone;
      }
      await sandbox.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function workAtAnyHour(databaseUrl: string): Promise<void> {
  const store = await openStore(databaseUrl);
  await store.workspace.saveSettings(TENANT, AT_ANY_HOUR);
  await store.close();
}

async function connected(sandbox: Sandbox): Promise<void> {
  const slack = connectSandbox(sandbox.url);
  while (!(await slack.workspace()).app.connected) await after(50);
}
