/** Starts reconcilers as processes, and receives their reports. */
import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import type { Done, Task } from './reconcilerProcess';

export interface Worker {
  readonly child: ChildProcess;
  readonly started: Promise<void>;
  /** The report of the process when everything is done, or on request. */
  readonly done: Promise<Done>;
  report(): void;
  kill(): Promise<void>;
}

export function startWorker(task: Task): Worker {
  const child = spawn(
    process.execPath,
    ['--import', require.resolve('tsx'), join(__dirname, 'reconcilerProcess.ts')],
    {
      env: { PATH: process.env.PATH ?? '', NODE_ENV: 'production', BENCH_TASK: JSON.stringify(task) },
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    },
  );
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const hear = <T>(name: string) =>
    new Promise<T>((resolve, reject) => {
      child.on('message', (message: Record<string, T>) => {
        const told = message[name];
        if (told !== undefined) resolve(told);
      });
      gone.then(() => reject(new Error('a reconciler ended early')), reject);
    });
  const done = hear<Done>('done');
  // Nobody waits for the report of a killed process.
  done.catch(() => undefined);
  return {
    child,
    started: hear<string>('started').then(() => undefined),
    done,
    report: () => child.send('report'),
    async kill() {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
      await gone;
    },
  };
}
