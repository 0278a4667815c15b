/** A workspace installs the app through one instance while another instance has lost the database. */
import { startSandbox } from 'slack-sandbox';
import { WORKSPACE } from '../../../scripts/workspace';
import { readConfig } from '../../../src/config';
import { createLogger } from '../../../src/log';
import { startLostdeal } from '../../../src/lostdeal';
import { openStore } from '../../../src/store/open';
import { createDatabase, describeOnPostgres, onDatabase } from '../../postgres/database';
import { aDeal, commitOf } from '../../store/builder';
import { until } from '../../store/harness';

const TENANT = { enterpriseId: '', teamId: 'T000BRIGHT' };

describeOnPostgres('an instance that lost the database for a moment', () => {
  it('knows which workspace installed the app meanwhile', async () => {
    const database = await createDatabase();
    const sandbox = await startSandbox(WORKSPACE);
    const config = readConfig({
      SLACK_API_URL: sandbox.apiUrl,
      SLACK_CLIENT_ID: 'client',
      SLACK_CLIENT_SECRET: 'secret',
      SLACK_STATE_SECRET: 'a long random text',
      ENCRYPTION_KEY: Buffer.alloc(32, 7).toString('base64'),
      SLACK_APP_TOKEN: sandbox.appToken,
      DATABASE_URL: database.url,
      PORT: '0',
      ADMIN_PORT: '0',
    });
    const lostdeal = await startLostdeal(config, {
      logger: createLogger({ level: 'silent', pretty: false }),
    });

    await onDatabase(database.url, async (client) => {
      const { rowCount } = await client.query(
        "select pg_terminate_backend(pid) from pg_stat_activity where query in ('listen lostdeal', 'select 1') and pid <> pg_backend_pid()",
      );
      expect(rowCount).toBeGreaterThan(0);
    });
    const key = config.encryptionKey === null ? {} : { encryptionKey: config.encryptionKey };
    const other = await openStore(database.url, key);
    await other.workspace.saveInstallation({
      tenant: TENANT,
      botToken: sandbox.botToken,
      botId: 'B0SANDBOX1',
      botUserId: sandbox.botUserId,
      appId: '',
      teamName: 'Bright',
      channel: null,
    });

    // The reconciler tries each deal once; the reason for parking it shows whether the app knows its workspace.
    for (let deal = 1; ; deal++) {
      const id = `D${deal}`;
      await other.deals.commit(commitOf(aDeal({ id, tenant: TENANT, stage: 'awaiting_decision' })));
      const { why } = await until(async () =>
        lostdeal.reconciler.status().parked.find(({ owner }) => owner.id === id),
      );
      if (why !== 'not_installed') break;
    }
    await other.close();
    await lostdeal.stop();
    await sandbox.stop();
    await database.drop();
  });
});
