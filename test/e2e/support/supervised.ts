/** The app under a supervisor that starts it again whenever it died, on the same database, beside one sandbox. */
import { join } from 'node:path';
import { connectSandbox, type Sandbox, type SandboxClient, startSandbox } from 'slack-sandbox';
import { type AppProcess, type Environment, type Exit, startQuickApp, temporaryFolder } from './process';
import { PRIVATE_CHANNEL, ROOT } from './world';

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
  /** Default: the built app with short waits. */
  readonly start?: (env: Environment) => AppProcess;
  readonly env?: Environment;
}

export async function startSupervised(options: SupervisedOptions = {}): Promise<Supervised> {
  const folder = temporaryFolder();
  const databaseFile = join(folder.path, 'lostdeal.db');
  const sandbox = await startSandbox({
    manifest: join(ROOT, 'manifest.yml'),
    rateLimits: false,
    ackTimeoutMs: 1_500,
    // Slack repeats an event at once, after a minute and after five: here after 2.4 and 12 seconds.
    retryScale: 0.04,
  });
  const env: Environment = {
    SLACK_API_URL: sandbox.apiUrl,
    SLACK_BOT_TOKEN: sandbox.botToken,
    SLACK_APP_TOKEN: sandbox.appToken,
    LOSTDEAL_CHANNEL: PRIVATE_CHANNEL,
    DATABASE_URL: `file:${databaseFile}`,
    PORT: '0',
    ...options.env,
  };
  const lives: AppProcess[] = [];
  let current: AppProcess;
  let connected: Promise<AppProcess>;
  const begin = () => {
    const app = (options.start ?? startQuickApp)(env);
    lives.push(app);
    current = app;
    connected = app.says('Lostdeal is ready').then(() => app);
    // Whoever awaits `up` hears of it.
    connected.catch(() => undefined);
  };
  begin();
  return {
    sandbox,
    slack: connectSandbox(sandbox.url, { timeoutMs: 15_000 }),
    databaseFile,
    generation: () => lives.length,
    up: () => connected,
    async end(signal) {
      const exit = await current.kill(signal);
      begin();
      return exit;
    },
    freeze: () => current.signal('SIGSTOP'),
    output: () => lives.map((app) => app.output()).join('\n'),
    async stop() {
      await current.kill('SIGKILL');
      await sandbox.stop();
      folder.remove();
    },
  };
}
