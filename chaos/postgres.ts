/**
 * A PostgreSQL server of the run's own with Debian's settings. An outage stops it without a checkpoint, as a crash
 * does.
 */
import { execFile } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { freePort } from '../test/freePort';
import { findPostgres, ownerFor } from '../test/postgres/server';
import { snapshotOf } from './databaseSnapshot';
import type { RunDatabase } from './databases';

const run = promisify(execFile);

/** Null: PostgreSQL is not installed. */
export async function postgresDatabase(folder: string): Promise<RunDatabase | null> {
  const programs = findPostgres();
  if (programs === null) return null;
  const data = join(folder, 'data');
  mkdirSync(data, { mode: 0o700 });
  const owner = ownerFor(data);
  const tool = (name: string, ...args: readonly string[]) =>
    run(join(programs, name), ['-D', data, ...args], { ...owner, cwd: data });
  await tool('initdb', '-A', 'trust', '-U', 'postgres', '-E', 'UTF8', '--locale=C');
  const port = await freePort();
  const settings = `-c listen_addresses=127.0.0.1 -c unix_socket_directories= -c port=${port}`;
  const start = async () => {
    // Output to a file: the server would hold a pipe open for as long as it runs.
    await tool('pg_ctl', '-w', '-s', '-l', join(data, 'server.log'), '-o', settings, 'start');
  };
  const stop = async (mode: 'immediate' | 'fast') => {
    await tool('pg_ctl', '-w', '-s', '-m', mode, 'stop');
  };
  await start();
  const url = `postgres://postgres@127.0.0.1:${port}/postgres`;
  return {
    kind: 'PostgreSQL',
    url,
    snapshot: snapshotOf(async (sql) => {
      const client = new Client({ connectionString: url });
      await client.connect();
      try {
        return (await client.query<Record<string, unknown>>(sql)).rows;
      } finally {
        await client.end();
      }
    }),
    outage: { name: 'database stopped', stop: () => stop('immediate'), start },
    end: () => stop('fast'),
  };
}
