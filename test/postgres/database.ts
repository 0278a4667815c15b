/** Databases for tests on PostgreSQL; `describeOnPostgres` leaves its tests out where there is no server. */
import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { serverIn } from './server';

const outside = process.env.TEST_DATABASE_URL;
const own = process.env.LOSTDEAL_TEST_POSTGRES;

/** What is left out where it is missing is said once, before all tests. */
export const describeOnPostgres = outside || own ? describe : describe.skip;

async function serverUrl(): Promise<string> {
  if (outside) return outside;
  if (!own) throw new Error('there is no PostgreSQL; use describeOnPostgres');
  const { folder, programs, watched } = JSON.parse(own) as {
    folder: string;
    programs: string;
    watched: number;
  };
  return (await serverIn(folder, programs, watched)).url;
}

/** Runs statements on a database from outside. */
export async function onDatabase<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

export interface TestDatabase {
  readonly url: string;
  drop(): Promise<void>;
}

/** An empty database of its own. */
export async function createDatabase(): Promise<TestDatabase> {
  const server = await serverUrl();
  const name = `lostdeal_test_${randomBytes(6).toString('hex')}`;
  await onDatabase(server, (client) => client.query(`create database ${name}`));
  const url = new URL(server);
  url.pathname = `/${name}`;
  return {
    url: url.href,
    drop: () =>
      onDatabase(server, async (client) => void (await client.query(`drop database ${name} with (force)`))),
  };
}

/** Empties all tables; faster than a new database for each test. */
export async function emptyTables(url: string): Promise<void> {
  await onDatabase(url, async (client) => {
    const { rows } = await client.query<{ tablename: string }>(
      "select tablename from pg_tables where schemaname = 'public' and tablename <> 'lostdeal_migrations'",
    );
    if (rows.length === 0) return;
    await client.query(
      `set session_replication_role = replica; ${rows.map(({ tablename }) => `delete from ${tablename}`).join('; ')}`,
    );
  });
}
