/** A folder in memory for what tests write, so that a commit does not wait for the disk. */
import { accessSync, chmodSync, constants, mkdtempSync, rmSync, statfsSync } from 'node:fs';
import { join } from 'node:path';

/** Linux has a file system in memory here. In a container it is often too small. */
const MEMORY = '/dev/shm';
/** More than all tests together write at one time. */
const ENOUGH_BYTES = 4 * 1024 ** 3;

/** @returns the folder; null: there is none on this machine, or too little of it is free */
export function makeMemoryFolder(): string | null {
  try {
    accessSync(MEMORY, constants.W_OK);
    const { bavail, bsize } = statfsSync(MEMORY);
    if (bavail * bsize < ENOUGH_BYTES) return null;
    const folder = mkdtempSync(join(MEMORY, 'lostdeal-tests-'));
    // PostgreSQL, which refuses to run as root, keeps its own folder in it.
    chmodSync(folder, 0o755);
    return folder;
  } catch {
    return null;
  }
}

export const removeMemoryFolder = (folder: string): void => rmSync(folder, { recursive: true, force: true });
