/**
 * `npm run migrate-to-postgres -- --from file:… --to postgres://…`: moves a whole database, and proves that it arrived.
 */
import { parseArgs } from 'node:util';
import { postgresTarget, sqliteFile } from '../databaseUrl';
import { moveToPostgres } from './move';
import { databaseUrl, runTool, say } from './tool';

const PRINT_EVERY_MS = 2_000;

runTool(async () => {
  const { values } = parseArgs({ options: { from: { type: 'string' }, to: { type: 'string' } } });
  const target = postgresTarget(values.to ?? '');
  if (target === null) {
    throw new Error(
      'Say where to: npm run migrate-to-postgres -- --to postgres://user:password@host:5432/database (and --from file:…, if it is not what DATABASE_URL names)',
    );
  }
  const from = sqliteFile(values.from ?? databaseUrl());
  const startedAt = performance.now();
  let printedAt = 0;
  let last = '';
  const moved = await moveToPostgres(from, target, {
    onProgress(what, rows, of) {
      const isNew = what !== last;
      if (!isNew && performance.now() - printedAt < PRINT_EVERY_MS) return;
      printedAt = performance.now();
      last = what;
      say(of === null ? `${what} …` : `${what}: ${rows} of ${of}`);
    },
  });
  say(`\nMoved, and read back on both sides with the same result:\n`);
  for (const { table, rows, hash } of moved)
    say(`${table.padEnd(18)} ${String(rows).padStart(10)} rows  ${hash}`);
  say(
    `\n${Math.round((performance.now() - startedAt) / 1_000)} s. ${from} is as it was: keep it as a backup.`,
  );
  say('Now set DATABASE_URL to the PostgreSQL database and start Lostdeal.');
});
