/**
 * A PostgreSQL server of our own for the tests of one jest run: started by the first test that needs it, stopped when
 * the run ends, however it ends. Nothing of it is synced to the disk.
 */
import { execFileSync, spawn } from 'node:child_process';
import {
  accessSync,
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { freePort } from '../freePort';

/** Where the server's programs are; null: it is not installed. */
export function findPostgres(): string | null {
  const folders = [
    ...(process.env.PATH ?? '').split(':'),
    ...versionsIn('/usr/lib/postgresql'),
    ...versionsIn('/opt/homebrew/opt'),
  ];
  return folders.find((folder) => folder !== '' && hasServer(folder)) ?? null;
}

/** Newest first. */
function versionsIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder).filter((name) => /^(postgresql@)?\d+$/.test(name));
  const version = (name: string) => Number(name.replace('postgresql@', ''));
  return names.sort((a, b) => version(b) - version(a)).map((name) => join(folder, name, 'bin'));
}

function hasServer(folder: string): boolean {
  try {
    for (const program of ['initdb', 'postgres']) accessSync(join(folder, program));
    return true;
  } catch {
    return false;
  }
}

export interface TestServer {
  /** Of the database `postgres`, as its owner. */
  readonly url: string;
  readonly pid: number;
}

/**
 * Starts a server in `folder`, or finds the one that another test file started there.
 *
 * @param watched process id; when it ends, the server does
 */
export async function serverIn(folder: string, programs: string, watched: number): Promise<TestServer> {
  const written = join(folder, 'server.json');
  mkdirSync(folder, { recursive: true });
  // The server may run as another user, who has to come through.
  chmodSync(folder, 0o711);
  try {
    mkdirSync(join(folder, 'starting'));
  } catch {
    // Another one is at it.
    return waitFor(() => {
      if (existsSync(join(folder, 'failed'))) throw new Error(readFileSync(join(folder, 'failed'), 'utf8'));
      return existsSync(written) ? (JSON.parse(readFileSync(written, 'utf8')) as TestServer) : null;
    });
  }
  try {
    const server = await start(folder, programs, watched);
    writeFileSync(`${written}.new`, JSON.stringify(server));
    // In one step, so that nobody reads half of it.
    execFileSync('mv', [`${written}.new`, written]);
    return server;
  } catch (error) {
    writeFileSync(join(folder, 'failed'), String(error));
    throw error;
  }
}

async function start(folder: string, programs: string, watched: number): Promise<TestServer> {
  const data = join(folder, 'data');
  mkdirSync(data, { mode: 0o700 });
  const user = ownerFor(data);
  execFileSync(
    join(programs, 'initdb'),
    ['-D', data, '-A', 'trust', '-U', 'postgres', '-E', 'UTF8', '--locale=C', '--no-sync'],
    { ...user, cwd: data, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  const port = await freePort();
  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    port: String(port),
    fsync: 'off',
    full_page_writes: 'off',
    max_connections: '200',
  };
  const server = spawn(
    join(programs, 'postgres'),
    ['-D', data, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
    { ...user, cwd: data, detached: true, stdio: 'ignore' },
  );
  const failed = new Promise<never>((_, reject) => {
    server.once('error', reject);
    server.once('exit', (code) => reject(new Error(`PostgreSQL ended with ${code} when it was started`)));
  });
  const { pid } = server;
  if (pid === undefined) return failed;
  endWith(watched, pid, folder);
  const url = `postgres://postgres@127.0.0.1:${port}/postgres`;
  await Promise.race([failed, waitFor(async () => ((await answers(url)) ? true : null))]);
  server.removeAllListeners('exit');
  failed.catch(() => undefined);
  server.unref();
  return { url, pid };
}

/** PostgreSQL does not run as root; then it runs as the user that its package made. */
export function ownerFor(data: string): { readonly uid?: number; readonly gid?: number } {
  if (process.getuid?.() !== 0) return {};
  const id = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
  const owner = { uid: id('-u'), gid: id('-g') };
  chownSync(data, owner.uid, owner.gid);
  return owner;
}

/** Also when jest is killed: nothing is left running and nothing on the disk. */
function endWith(watched: number, pid: number, folder: string): void {
  const script =
    'while kill -0 "$1" 2>/dev/null && kill -0 "$2" 2>/dev/null; do sleep 1; done; kill -QUIT "$2" 2>/dev/null; sleep 1; rm -rf "$3"';
  spawn('sh', ['-c', script, 'sh', String(watched), String(pid), folder], {
    detached: true,
    stdio: 'ignore',
  }).unref();
}

async function answers(url: string): Promise<boolean> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 1_000 });
  try {
    await client.connect();
    return true;
  } catch {
    return false;
  } finally {
    await client.end();
  }
}

async function waitFor<T>(ask: () => T | null | Promise<T | null>): Promise<T> {
  for (;;) {
    const answer = await ask();
    if (answer !== null) return answer;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
