/** One app under measurement: starts it, reads its memory, ends it. */
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { setTimeout as after } from 'node:timers/promises';
import { promisify } from 'node:util';
import { freePort } from '../test/freePort';
import { connect } from './connection';
import { commandForm } from './payloads';

export interface RunningApp {
  readonly port: number;
  /** The time from the start of the process to the first request it accepted. */
  readonly startMs: number;
  /** Resident memory, bytes. */
  memory(): Promise<number>;
  /** Processor time it has used so far, all its threads, ms. */
  cpuMs(): number;
  /** The process id, for measurements that kill it. */
  readonly pid: number;
  stop(): Promise<void>;
}

const START_WITHIN_MS = 15_000;
const STOP_WITHIN_MS = 3_000;
const ASK_EVERY_MS = 5;

/** @throws when the process ends or does not answer in time; its error output is on the terminal */
export async function startApp(script: string, env: Readonly<Record<string, string>>): Promise<RunningApp> {
  const port = await freePort();
  const from = performance.now();
  const child = spawn(process.execPath, [script], {
    env: {
      PATH: process.env.PATH ?? '',
      NODE_ENV: 'production',
      ...env,
      PORT: String(port),
      ADMIN_PORT: '0',
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  // The app ends with the benchmark, however that ends.
  const kill = () => child.kill('SIGKILL');
  process.on('exit', kill);
  const stop = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill('SIGTERM');
    const lastResort = setTimeout(() => child.kill('SIGKILL'), STOP_WITHIN_MS);
    await gone;
    clearTimeout(lastResort);
    process.off('exit', kill);
  };
  try {
    // `help` writes nothing, so the first request finds the database as the app made it.
    const form = commandForm({ userId: 'U000FIRST', name: 'first' }, 'first', 'help');
    while (!(await accepts(port, form))) {
      if (child.exitCode !== null) throw new Error(`${script} ended with code ${child.exitCode}`);
      if (performance.now() - from > START_WITHIN_MS) throw new Error(`${script} does not answer`);
      await after(ASK_EVERY_MS);
    }
  } catch (error) {
    await stop();
    throw error;
  }
  const startMs = performance.now() - from;
  await ready(port);
  const pid = child.pid ?? 0;
  return { port, startMs, pid, memory: () => residentBytes(pid), cpuMs: () => processorMs(pid), stop };
}

/** Lostdeal's `/readyz` says when all of it serves; an app without that page counts as ready. */
async function ready(port: number): Promise<void> {
  while ((await fetch(`http://127.0.0.1:${port}/readyz`)).status === 503) await after(ASK_EVERY_MS);
}

async function accepts(port: number, form: string): Promise<boolean> {
  const connection = connect(port);
  try {
    return (await connection.send(form)).status === 200;
  } catch {
    // Not listening yet.
    return false;
  } finally {
    connection.close();
  }
}

async function residentBytes(pid: number): Promise<number> {
  const { stdout } = await promisify(execFile)('ps', ['-o', 'rss=', '-p', String(pid)]);
  return Number(stdout.trim()) * 1024;
}

/** User and system time of a process, from Linux's own count in hundredths of a second; unknown elsewhere. */
function processorMs(pid: number): number {
  try {
    // The name in brackets may hold spaces; the two fields stand 12 and 13 fields behind it.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
    return (Number(fields[11]) + Number(fields[12])) * 10;
  } catch {
    return Number.NaN;
  }
}
