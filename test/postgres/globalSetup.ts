/** Before all tests: is there a PostgreSQL to test with? And a place for what the tests that start the app share. */
import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeEmptyDatabase } from '../emptyDatabase';
import { makeMemoryFolder } from '../memoryFolder';
import { findPostgres } from './server';

export default async function globalSetup(): Promise<void> {
  const memory = makeMemoryFolder();
  // The processes that run the tests make their temporary folders there.
  if (memory !== null) Object.assign(process.env, { TMPDIR: memory, LOSTDEAL_TEST_MEMORY: memory });
  await makeEmptyDatabase();
  const run = randomBytes(6).toString('hex');
  // Filled by the first test that starts the app: see e2e/support/process.ts. As deep as the rooms of the built app,
  // and beneath its packages, so that its code finds both.
  process.env.LOSTDEAL_TEST_CODE = join(__dirname, '..', '..', 'dist', `test-${run}`);
  mkdirSync(process.env.LOSTDEAL_TEST_CODE, { recursive: true });
  // Read by `database.ts` in the processes that run the tests.
  process.env.LOSTDEAL_TEST_POSTGRES = '';
  if (process.env.TEST_DATABASE_URL) return;
  const programs = findPostgres();
  if (programs === null) {
    const how =
      'install it (Debian: apt-get install postgresql), or set TEST_DATABASE_URL to a server where databases may be made';
    if (process.env.CI === 'true')
      throw new Error(`PostgreSQL is not installed, and CI tests with it: ${how}`);
    process.stdout.write(`Left out: the tests on PostgreSQL, as it is not installed. To run them, ${how}.\n`);
    return;
  }
  // Made by the first test that needs it.
  const folder = join(tmpdir(), `lostdeal-postgres-${run}`);
  process.env.LOSTDEAL_TEST_POSTGRES = JSON.stringify({ programs, folder, watched: process.pid });
}
