/** `npm run export -- --team T --account A`: prints as JSON what is kept of an account; Lostdeal may run meanwhile. */
import { parseArgs } from 'node:util';
import { exportAccount } from './exportAccount';
import { databaseUrl, runTool, say } from './tool';

runTool(async () => {
  const { values } = parseArgs({ options: { team: { type: 'string' }, account: { type: 'string' } } });
  const { team, account } = values;
  if (!team?.trim() || !account?.trim()) {
    throw new Error(
      'Say of whom: npm run export --silent -- --team T024BE7LH --account "Acme Ltd" > acme.json',
    );
  }
  say(JSON.stringify(await exportAccount(databaseUrl(), team, account), null, 2));
});
