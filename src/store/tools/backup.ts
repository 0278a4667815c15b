/** `npm run backup -- [--to file]`: makes a checked copy of the SQLite database that DATABASE_URL names. */
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { postgresTarget, sqliteFile } from '../databaseUrl';
import { copyDatabase } from './copyDatabase';
import { databaseUrl, runTool, say } from './tool';

runTool(async () => {
  const { values } = parseArgs({ options: { to: { type: 'string' } } });
  const url = databaseUrl();
  if (postgresTarget(url) !== null) {
    throw new Error(
      'DATABASE_URL names a PostgreSQL database; back it up with PostgreSQL\'s own tool, which works while Lostdeal runs: pg_dump --format=custom --file=lostdeal.dump "$DATABASE_URL"',
    );
  }
  const from = sqliteFile(url);
  const stamp = new Date().toISOString().slice(0, 19).replaceAll(':', '-');
  const to = values.to ?? join(dirname(from), 'backup', `lostdeal-${stamp}.db`);
  const { rows } = await copyDatabase(from, to);
  say(`${from}\n→ ${to}, checked. Rows:`);
  for (const [table, count] of rows) say(`  ${table.padEnd(20)} ${String(count).padStart(10)}`);
});
