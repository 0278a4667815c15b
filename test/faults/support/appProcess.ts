/** The app as a process of its own: a test gives it an environment, and sees its output and how it ends. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, renameSync } from 'node:fs';
import { basename, join } from 'node:path';
import { bundle } from '../../../scripts/build';
import { ROOT } from '../../e2e/support/world';
import { temporaryFolder } from '../../temporaryFolder';

export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** Said by an app that reached Slack at once, or at a later attempt, as on a busy machine. */
export const IS_READY = /Lostdeal is ready|Slack is reached again/u;

export interface AppProcess {
  /** All that it wrote so far, to stdout and stderr. */
  output(): string;
  /** Waits until it wrote these words. @throws when it ends or takes too long; the error holds all that it wrote */
  says(words: string | RegExp): Promise<string>;
  /** Resolves when it has ended. */
  readonly ended: Promise<Exit>;
  /** Sends a signal and waits until it has ended. */
  kill(signal: 'SIGKILL' | 'SIGTERM'): Promise<Exit>;
  /** Sends a signal that does not end it. */
  signal(signal: NodeJS.Signals): void;
}

export type Environment = Readonly<Record<string, string>>;

/** Long enough for a machine on which many processes start at once; a passing test does not wait for it. */
const TIMEOUT_MS = 120_000;
const running = new Set<ChildProcess>();

/** Starts the app as `npm start` does. It runs in an empty folder, so that it reads no developer's .env. */
export function startApp(env: Environment): AppProcess {
  const script = inTests() ? bundled(join(ROOT, 'src', 'main.ts')) : join(ROOT, 'dist', 'main.js');
  return start(script, { NODE_ENV: 'production', ...env });
}

/** Starts the app with short waits; see quickApp.ts. */
export function startQuickApp(env: Environment): AppProcess {
  return start(bundled(join(__dirname, 'quickApp.ts')), env);
}

/** Kills the processes that a failed test left behind. */
export async function endAll(): Promise<void> {
  await Promise.all([...running].map((child) => child.kill('SIGKILL') && exitOf(child)));
}

function start(script: string, env: Environment): AppProcess {
  const cwd = temporaryFolder();
  const child = spawn(process.execPath, [script], {
    cwd: cwd.path,
    env: { PATH: process.env.PATH ?? '', ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  running.add(child);
  let output = '';
  const listeners = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      for (const listener of listeners) listener();
    });
  }
  const ended = exitOf(child).finally(() => {
    running.delete(child);
    cwd.remove();
  });
  return {
    output: () => output,
    ended,
    says(words) {
      return new Promise((resolve, reject) => {
        const finish = (act: () => void) => {
          clearTimeout(timer);
          listeners.delete(look);
          act();
        };
        const look = () => {
          const found = typeof words === 'string' ? output.includes(words) : words.test(output);
          if (found) finish(() => resolve(output));
        };
        const fail = (why: string) =>
          finish(() => reject(new Error(`${why} before it said ${String(words)}. It said:\n${output}`)));
        const timer = setTimeout(() => fail(`${TIMEOUT_MS} ms passed`), TIMEOUT_MS);
        listeners.add(look);
        look();
        ended.then(({ code, signal }) => fail(`it ended (${code ?? signal})`), reject);
      });
    },
    async kill(signal) {
      child.kill(signal);
      return ended;
    },
    signal: (signal) => {
      child.kill(signal);
    },
  };
}

/** True under jest, whose global setup makes the folder for bundled scripts and whose teardown removes it. */
const inTests = (): boolean => process.env.LOSTDEAL_TEST_CODE !== undefined;

/**
 * A script bundled with all that it imports; the first process that needs the bundle makes it. Loading a thousand
 * modules takes twice as long, and the tests start the app a hundred times.
 */
function bundled(script: string): string {
  const file = join(process.env.LOSTDEAL_TEST_CODE ?? '', `${basename(script, '.ts')}.js`);
  if (!existsSync(file)) {
    const written = `${file}.${process.pid}`;
    bundle([script], { outfile: written });
    // Renaming is atomic: another process finds the whole file or none.
    renameSync(written, file);
  }
  return file;
}

/** Resolves after the last of its output was read. */
function exitOf(child: ChildProcess): Promise<Exit> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve({ code, signal }));
  });
}
