/**
 * The files of exports until Slack has them. They hold customers' names, so each process has a folder that only its user
 * may read, and removes what a dead process left.
 */
import { randomBytes } from 'node:crypto';
import { type FileHandle, mkdir, open, readdir, rm, stat } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';

export interface TemporaryFile {
  readonly path: string;
  readonly handle: FileHandle;
}

export interface TemporaryFiles {
  /** A new file, mode 0600. */
  create(): Promise<TemporaryFile>;
  remove(path: string): Promise<void>;
  /** Removes the files of this process and of dead ones. */
  clear(): Promise<void>;
}

/** A folder of another machine goes after this time, ms: nobody here can tell whether its process lives. */
const OTHERS_KEPT_MS = 24 * 60 * 60_000;

/** Below the operating system's folder for temporary files, one folder a user. */
export const exportsFolder = (): string =>
  join(tmpdir(), `lostdeal-exports-${process.getuid?.() ?? 'windows'}`);

/** @param now ms UTC by the clock of the file system */
export function createTemporaryFiles(folder = exportsFolder(), now: () => number = Date.now): TemporaryFiles {
  const machine = encodeURIComponent(hostname());
  const own = join(folder, `${machine}+${process.pid}+${randomBytes(4).toString('hex')}`);

  async function isLeftOver(name: string): Promise<boolean> {
    const [of, pid] = name.split('+');
    if (of === machine) return Number(pid) === process.pid || !isAlive(Number(pid));
    const known = await stat(join(folder, name)).catch(goneIsNull);
    return known !== null && now() - known.mtimeMs > OTHERS_KEPT_MS;
  }

  return {
    async create() {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      await refuseForeign(folder);
      await mkdir(own, { recursive: true, mode: 0o700 });
      const path = join(own, `${randomBytes(8).toString('hex')}.csv`);
      return { path, handle: await open(path, 'wx', 0o600) };
    },
    async remove(path) {
      await rm(path, { force: true });
    },
    async clear() {
      for (const name of (await readdir(folder).catch(goneIsNull)) ?? []) {
        if (await isLeftOver(name)) await rm(join(folder, name), { recursive: true, force: true });
      }
    },
  };
}

/** Somebody else on the machine may have made a folder of this name, to read what comes into it. */
async function refuseForeign(folder: string): Promise<void> {
  const { uid, mode } = await stat(folder);
  const isOurs = process.getuid === undefined || (uid === process.getuid() && (mode & 0o077) === 0);
  if (!isOurs) throw new ForeignFolderError(folder);
}

class ForeignFolderError extends Error {
  override readonly name = 'ForeignFolderError';
  readonly code = 'export_folder_not_ours';
  constructor(folder: string) {
    super(`${folder} belongs to another user, or others may read it. Remove it, or set TMPDIR.`);
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
}

function goneIsNull(error: unknown): null {
  if (codeOf(error) === 'ENOENT') return null;
  throw error;
}

const codeOf = (error: unknown): unknown => (error as { readonly code?: unknown } | null)?.code;
