/** The app as several processes that share one PostgreSQL and one Slack; over HTTP they stand behind a load balancer. */
import { connectSandbox, type Sandbox, type SandboxClient, startSandbox } from 'slack-sandbox';
import { WORKSPACE } from '../../../scripts/workspace';
import { PRIVATE_CHANNEL } from '../../e2e/support/world';
import { createDatabase } from '../../postgres/database';
import { type AppProcess, IS_READY, startApp } from './appProcess';
import { startLoadBalancer } from './loadBalancer';

export interface ProcessInstances {
  readonly sandbox: Sandbox;
  readonly slack: SandboxClient;
  readonly databaseUrl: string;
  /** Starts one more process; resolves when it serves requests. */
  startAnother(): Promise<AppProcess>;
}

/** Removes everything when `play` is over. */
export async function withInstances(
  transport: 'socket' | 'http',
  play: (instances: ProcessInstances) => Promise<void>,
): Promise<void> {
  const database = await createDatabase();
  const sandbox = await startSandbox({ ...WORKSPACE, rateLimits: false });
  const balancer = await startLoadBalancer();
  const started: AppProcess[] = [];
  let slackKnows: Promise<void> | undefined;
  try {
    await play({
      sandbox,
      slack: connectSandbox(sandbox.url),
      databaseUrl: database.url,
      async startAnother() {
        const app = startApp({
          SLACK_API_URL: sandbox.apiUrl,
          SLACK_BOT_TOKEN: sandbox.botToken,
          ...(transport === 'socket'
            ? { SLACK_APP_TOKEN: sandbox.appToken }
            : { SLACK_SIGNING_SECRET: sandbox.signingSecret }),
          LOSTDEAL_CHANNEL: PRIVATE_CHANNEL,
          DATABASE_URL: database.url,
          PORT: '0',
          ADMIN_PORT: '0',
        });
        started.push(app);
        const said = await app.says(IS_READY);
        if (transport === 'socket') return app;
        await balancer.add(Number(/"port":(\d+)/.exec(said)?.[1]));
        slackKnows ??= sandbox.setRequestUrl(balancer.url);
        await slackKnows;
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
