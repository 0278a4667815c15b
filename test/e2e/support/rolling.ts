/** The app as several processes on one PostgreSQL, at one Slack: over HTTP behind a balancer. */
import { connectSandbox, type Sandbox, type SandboxClient, startSandbox } from 'slack-sandbox';
import { WORKSPACE } from '../../../scripts/workspace';
import { createDatabase } from '../../postgres/database';
import { startBalancer } from './balancer';
import { type AppProcess, startApp } from './process';
import { PRIVATE_CHANNEL } from './world';

export interface Rolling {
  readonly sandbox: Sandbox;
  readonly slack: SandboxClient;
  readonly databaseUrl: string;
  /** Resolves when it serves. */
  another(): Promise<AppProcess>;
}

/** Takes everything away again when `play` is over. */
export async function withInstances(
  delivery: 'socket' | 'http',
  play: (rolling: Rolling) => Promise<void>,
): Promise<void> {
  const database = await createDatabase();
  const sandbox = await startSandbox({ ...WORKSPACE, rateLimits: false });
  const balancer = await startBalancer();
  const started: AppProcess[] = [];
  let toldSlack: Promise<void> | undefined;
  try {
    await play({
      sandbox,
      slack: connectSandbox(sandbox.url),
      databaseUrl: database.url,
      async another() {
        const app = startApp({
          SLACK_API_URL: sandbox.apiUrl,
          SLACK_BOT_TOKEN: sandbox.botToken,
          ...(delivery === 'socket'
            ? { SLACK_APP_TOKEN: sandbox.appToken }
            : { SLACK_SIGNING_SECRET: sandbox.signingSecret }),
          LOSTDEAL_CHANNEL: PRIVATE_CHANNEL,
          DATABASE_URL: database.url,
          PORT: '0',
          ADMIN_PORT: '0',
        });
        started.push(app);
        const said = await app.says('Lostdeal is ready');
        if (delivery === 'socket') return app;
        await balancer.add(Number(/"port":(\d+)/.exec(said)?.[1]));
        toldSlack ??= sandbox.setRequestUrl(balancer.url);
        await toldSlack;
        return app;
      },
    });
  } finally {
    await Promise.all(started.map((app) => app.kill('SIGKILL')));
    await balancer.stop();
    await sandbox.stop();
    await database.drop();
  }
}
