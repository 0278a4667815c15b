/** Lostdeal as one instance on SQLite, or as several that share a PostgreSQL database and Slack's sockets. */
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { connectSandbox, type Sandbox, type SandboxClient, startSandbox } from 'slack-sandbox';
import { WORKSPACE } from '../../../scripts/workspace';
import type { Coach } from '../../../src/coach/context';
import { readConfig } from '../../../src/config';
import type { Deal } from '../../../src/deal/model/deal';
import type { DealEvent } from '../../../src/deal/model/events';
import type { KeptRemark } from '../../../src/deal/model/remark';
import { createLogger } from '../../../src/log';
import { type Lostdeal, startLostdeal } from '../../../src/lostdeal';
import { createDatabase } from '../../postgres/database';
import { temporaryFolder } from '../../temporaryFolder';
import { until } from './until';
import { PRIVATE_CHANNEL, UNPACED } from './world';

export interface Several {
  readonly slack: SandboxClient;
  readonly sandbox: Sandbox;
  /** Waits for the one deal of this account. @returns its events and its state @throws when there are two */
  told(account: string): Promise<{
    readonly deal: Deal;
    readonly events: readonly DealEvent[];
    readonly remarks: readonly KeptRemark[];
  }>;
  /** The coach of the first instance. */
  readonly coach: Coach;
  /** The content of the SQLite file and its log on the disk. */
  bytes(): string;
  /** Resolves when every change stands in Slack. */
  settled(): Promise<void>;
  stop(): Promise<void>;
}

const TENANT = { enterpriseId: '', teamId: 'T000BRIGHT' };
const REP = 'U0000ROBIN';
const ALL = 200;

export async function startSeveral(instances: 1 | 2): Promise<Several> {
  const folder = temporaryFolder();
  const database = instances === 1 ? null : await createDatabase();
  const sandbox = await startSandbox({ ...WORKSPACE, rateLimits: false });
  const lostdeals: Lostdeal[] = [];
  for (let count = 0; count < instances; count += 1) {
    const config = readConfig({
      SLACK_API_URL: sandbox.apiUrl,
      SLACK_BOT_TOKEN: sandbox.botToken,
      SLACK_APP_TOKEN: sandbox.appToken,
      LOSTDEAL_CHANNEL: PRIVATE_CHANNEL,
      DATABASE_URL: database?.url ?? `file:${folder.path}/lostdeal.db`,
      PORT: '0',
      ADMIN_PORT: '0',
    });
    const logger = createLogger({ level: process.env.TEST_LOG ?? 'silent', pretty: false });
    const timing = { callTimeoutMs: 400, settleMs: 100, duplicateMs: 500, pollMs: 200, backoffMs: 20 };
    lostdeals.push(await startLostdeal(config, { logger, timing, limits: UNPACED }));
  }
  const [first] = lostdeals;
  if (first === undefined) throw new Error('nothing was started');
  const { deals } = first.coach.store;
  return {
    slack: connectSandbox(sandbox.url),
    sandbox,
    async told(account) {
      const deal = await until(sandbox, `deal of ${account}`, async () => {
        const open = await deals.openOfRep(TENANT, REP, ALL);
        const closed = await deals.recentlyClosedOfRep(TENANT, REP, ALL);
        const named = [...open, ...closed].filter((it) => it.account === account);
        if (named.length > 1) throw new Error(`${account} has ${named.length} deals`);
        return named[0];
      });
      const [events, remarks] = [await deals.events(TENANT, deal.id), await deals.remarks(TENANT, deal.id)];
      return { deal, events, remarks };
    },
    coach: first.coach,
    bytes: () =>
      ['lostdeal.db', 'lostdeal.db-wal']
        .map((name) => join(folder.path, name))
        .filter((path) => existsSync(path))
        .map((path) => readFileSync(path, 'latin1'))
        .join(''),
    async settled() {
      await Promise.all(lostdeals.map(({ reconciler }) => reconciler.idle()));
    },
    async stop() {
      for (const lostdeal of lostdeals) await lostdeal.stop();
      await sandbox.stop();
      await database?.drop();
      rmSync(folder.path, { recursive: true, force: true });
    },
  };
}
