/** The machine that a measurement ran on. */
import { closeSync, fsyncSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { cpus, release, totalmem, type } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { medianOf } from './figures';

export function machine(): string {
  const cores = cpus();
  const memory = Math.round(totalmem() / 1024 ** 3);
  return `${cores.length} × ${cores[0]?.model.trim() ?? 'unknown'}, ${memory} GB, ${type()} ${release()}`;
}

export function versions(): string {
  const packages = ['@slack/bolt', 'better-sqlite3', 'pg', 'kysely'].map(
    (name) => `${name} ${versionOf(name)}`,
  );
  return [`Node ${process.versions.node}`, ...packages].join(', ');
}

function versionOf(name: string): string {
  const path = join(__dirname, '..', 'node_modules', name, 'package.json');
  return (JSON.parse(readFileSync(path, 'utf8')) as { version: string }).version;
}

/** The median time of one small appended write and its fsync, ms. In memory it would be a few microseconds. */
export function fsyncMs(folder: string): number {
  const path = join(folder, 'fsync');
  const file = openSync(path, 'w');
  try {
    return medianOf(
      Array.from({ length: 200 }, () => {
        const from = performance.now();
        writeSync(file, Buffer.alloc(4096, 1));
        fsyncSync(file);
        return performance.now() - from;
      }),
    );
  } finally {
    closeSync(file);
    rmSync(path);
  }
}
