/** The app beside one sandbox, under a supervisor that starts it again on the same database whenever it ends. */
import { join } from 'node:path';
import { connectSandbox, type Sandbox, type SandboxClient, startSandbox } from 'slack-sandbox';
import { WORKSPACE } from '../../../scripts/workspace';
import { PRIVATE_CHANNEL } from '../../e2e/support/world';
import { temporaryFolder } from '../../temporaryFolder';
import { type AppProcess, type Environment, type Exit, IS_READY, startQuickApp } from './appProcess';

export interface Supervised {
  readonly sandbox: Sandbox;
  readonly slack: SandboxClient;
  readonly databaseFile: string;
  /** Number of processes started so far. A process never answers a request to an earlier one. */
  starts(): number;
  /** Resolves when a process is connected to Slack. */
  up(): Promise<AppProcess>;
  /** Ends the process and starts the next one. Resolves when the old one is gone. */
  end(signal: 'SIGKILL' | 'SIGTERM'): Promise<Exit>;
  /** Pauses the process (SIGSTOP): it receives nothing, but it is not dead yet. */
  pause(): void;
  /** What all processes wrote. */
  output(): string;
  stop(): Promise<void>;
}

export interface SupervisedOptions {
  /** Default: the app with short waits. */
  readonly start?: (env: Environment) => AppProcess;
  readonly env?: Environment;
  /** HTTP delivery instead of Socket Mode; the caller tells Slack the address with `setRequestUrl`. */
  readonly overHttp?: boolean;
  /** Called when a process ends by itself; the next one then starts. Absent: none starts then. */
  readonly onCrash?: (exit: Exit) => void;
}

export async function startSupervised(options: SupervisedOptions = {}): Promise<Supervised> {
  const folder = temporaryFolder();
  const databaseFile = join(folder.path, 'lostdeal.db');
  const sandbox = await startSandbox({
    ...WORKSPACE,
    rateLimits: false,
    ackTimeoutMs: 1_500,
    // Slack retries an event at once, after one minute and after five; here after 0, 3.6 and 18 seconds, which is long
    // enough for a slow machine to start the app again.
    retryScale: 0.06,
  });
  const env: Environment = {
    SLACK_API_URL: sandbox.apiUrl,
    SLACK_BOT_TOKEN: sandbox.botToken,
    ...(options.overHttp === true
      ? { SLACK_SIGNING_SECRET: sandbox.signingSecret }
      : { SLACK_APP_TOKEN: sandbox.appToken }),
    LOSTDEAL_CHANNEL: PRIVATE_CHANNEL,
    DATABASE_URL: `file:${databaseFile}`,
    PORT: '0',
    ADMIN_PORT: '0',
    LOSTDEAL_UNPACED: 'yes',
    ...options.env,
  };
  const processes: AppProcess[] = [];
  let current: AppProcess;
  let isEnding = false;
  let connected: Promise<AppProcess>;
  const startNext = () => {
    const app = (options.start ?? startQuickApp)(env);
    processes.push(app);
    current = app;
    restartAfterCrash(app);
    connected = app.says(IS_READY).then(() => app);
    // `up` reports the failure.
    connected.catch(() => undefined);
  };
  function restartAfterCrash(app: AppProcess): void {
    const { onCrash } = options;
    if (onCrash === undefined) return;
    app.ended.then((exit) => {
      if (current !== app || isEnding) return;
      onCrash(exit);
      startNext();
    }, onCrash);
  }
  startNext();
  return {
    sandbox,
    slack: connectSandbox(sandbox.url),
    databaseFile,
    starts: () => processes.length,
    async up() {
      for (;;) {
        const awaited = connected;
        try {
          return await awaited;
        } catch (error) {
          // A process that died while it started is followed by the next one.
          await new Promise((resolve) => setImmediate(resolve));
          if (awaited === connected) throw error;
        }
      }
    },
    async end(signal) {
      isEnding = true;
      const exit = await current.kill(signal);
      isEnding = false;
      startNext();
      return exit;
    },
    pause: () => current.signal('SIGSTOP'),
    output: () => processes.map((app) => app.output()).join('\n'),
    async stop() {
      isEnding = true;
      await current.kill('SIGKILL');
      await sandbox.stop();
      folder.remove();
    },
  };
}
