/** Before all tests: is there a PostgreSQL to test with? */
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findPostgres } from './server';

export default function globalSetup(): void {
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
  const folder = join(tmpdir(), `lostdeal-postgres-${randomBytes(6).toString('hex')}`);
  process.env.LOSTDEAL_TEST_POSTGRES = JSON.stringify({ programs, folder, watched: process.pid });
}
