/** The app under a supervisor that starts it again whenever it died, on the same database, beside one sandbox. */
import { join } from 'node:path';
import { connectSandbox, type Sandbox, type SandboxClient, startSandbox } from 'slack-sandbox';
import { WORKSPACE } from '../../../scripts/workspace';
import { type AppProcess, type Environment, type Exit, startQuickApp, temporaryFolder } from './process';
import { PRIVATE_CHANNEL } from './world';

export interface Supervised {
  readonly sandbox: Sandbox;
  readonly slack: SandboxClient;
  readonly databaseFile: string;
  /** Goes up with every death: whoever waits for an answer of the app before it waits in vain. */
  generation(): number;
  /** Resolves when a living app is connected. */
  up(): Promise<AppProcess>;
  /** The app is ended, and the next one is being started. Resolves when the old one is gone. */
  end(signal: 'SIGKILL' | 'SIGTERM'): Promise<Exit>;
  /** Stops the app's clocks: it hears nothing any more, but is not dead yet. */
  freeze(): void;
  /** What every process wrote. */
  output(): string;
  stop(): Promise<void>;
}

export interface SupervisedOptions {
  /** Default: the app with short waits. */
  readonly start?: (env: Environment) => AppProcess;
  readonly env?: Environment;
  /** HTTP delivery instead of Socket Mode. Slack is told the address when somebody knows it: `setRequestUrl`. */
  readonly overHttp?: boolean;
  /** Starts the next one also when one ends by itself; told of each such end. */
  readonly revives?: (exit: Exit) => void;
}

export async function startSupervised(options: SupervisedOptions = {}): Promise<Supervised> {
  const folder = temporaryFolder();
  const databaseFile = join(folder.path, 'lostdeal.db');
  const sandbox = await startSandbox({
    ...WORKSPACE,
    rateLimits: false,
    ackTimeoutMs: 1_500,
    // Slack repeats an event at once, after a minute and after five: here after 2.4 and 12 seconds.
    retryScale: 0.04,
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
  const lives: AppProcess[] = [];
  let current: AppProcess;
  let over = false;
  let connected: Promise<AppProcess>;
  const begin = () => {
    const app = (options.start ?? startQuickApp)(env);
    lives.push(app);
    current = app;
    revive(app);
    connected = app.says('Lostdeal is ready').then(() => app);
    // Whoever awaits `up` hears of it.
    connected.catch(() => undefined);
  };
  function revive(app: AppProcess): void {
    const { revives } = options;
    if (revives === undefined) return;
    app.ended.then((exit) => {
      if (current !== app || over) return;
      revives(exit);
      begin();
    }, revives);
  }
  begin();
  return {
    sandbox,
    slack: connectSandbox(sandbox.url),
    databaseFile,
    generation: () => lives.length,
    async up() {
      for (;;) {
        const mine = connected;
        try {
          return await mine;
        } catch (error) {
          // One that died while it started is followed by another.
          await new Promise((resolve) => setImmediate(resolve));
          if (mine === connected) throw error;
        }
      }
    },
    async end(signal) {
      const ending = current.kill(signal);
      over = true;
      const exit = await ending;
      over = false;
      begin();
      return exit;
    },
    freeze: () => current.signal('SIGSTOP'),
    output: () => lives.map((app) => app.output()).join('\n'),
    async stop() {
      over = true;
      await current.kill('SIGKILL');
      await sandbox.stop();
      folder.remove();
    },
  };
}
