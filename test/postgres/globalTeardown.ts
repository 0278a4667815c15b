/** After all tests: the server, if any test needed it, is stopped, and what the tests shared is removed. */
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { removeEmptyDatabase } from '../emptyDatabase';
import { removeMemoryFolder } from '../memoryFolder';
import type { TestServer } from './server';

export default async function globalTeardown(): Promise<void> {
  await stopPostgres();
  removeEmptyDatabase();
  const memory = process.env.LOSTDEAL_TEST_MEMORY;
  if (memory !== undefined) removeMemoryFolder(memory);
  const code = process.env.LOSTDEAL_TEST_CODE;
  if (code !== undefined) rmSync(code, { recursive: true, force: true });
}

async function stopPostgres(): Promise<void> {
  const given = process.env.LOSTDEAL_TEST_POSTGRES;
  if (!given) return;
  const { folder } = JSON.parse(given) as { folder: string };
  const written = join(folder, 'server.json');
  if (existsSync(written)) {
    const { pid } = JSON.parse(readFileSync(written, 'utf8')) as TestServer;
    // At once; there is nothing worth keeping.
    process.kill(pid, 'SIGQUIT');
    while (isAlive(pid)) await new Promise((resolve) => setTimeout(resolve, 20));
  }
  rmSync(folder, { recursive: true, force: true });
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    // One that ended and was not waited for by its parent yet is as good as gone.
    return !/^State:\tZ/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}
