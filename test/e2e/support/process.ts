/** The app as a process: its environment in, its output and its exit out. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { bundle } from '../../../scripts/build';
import { ROOT } from './world';

export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export interface AppProcess {
  /** Everything it wrote so far, to stdout and stderr. */
  output(): string;
  /** Waits until it wrote these words. @throws when it ended or it took too long, with all it wrote */
  says(words: string | RegExp): Promise<string>;
  /** Waits for its end. */
  readonly ended: Promise<Exit>;
  /** Sends a signal and waits for the end. */
  kill(signal: 'SIGKILL' | 'SIGTERM'): Promise<Exit>;
  /** Sends a signal it survives. */
  signal(signal: NodeJS.Signals): void;
}

export type Environment = Readonly<Record<string, string>>;

/** Long for a machine on which many start at once; nothing waits for it that is there. */
const TIMEOUT_MS = 120_000;
const running = new Set<ChildProcess>();

/** As `npm start` does. It runs in an empty folder, so that no developer's .env is read. */
export function startApp(env: Environment): AppProcess {
  const script = inTests() ? inOneFile(join(ROOT, 'src', 'main.ts')) : join(ROOT, 'dist', 'main.js');
  return start(script, { NODE_ENV: 'production', ...env });
}

/** The same with short waits: see quickApp.ts. */
export function startQuickApp(env: Environment): AppProcess {
  return start(inOneFile(join(__dirname, 'quickApp.ts')), env);
}

/** Ends what a failed test left behind. */
export async function endAll(): Promise<void> {
  await Promise.all([...running].map((child) => child.kill('SIGKILL') && exitOf(child)));
}

/** A folder that is removed with everything in it. */
export function temporaryFolder(): { readonly path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'lostdeal-process-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
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

/** Then somebody makes a place for such files, and removes it. */
const inTests = (): boolean => process.env.LOSTDEAL_TEST_CODE !== undefined;

/** A script as one file, made by the first test that starts it. */
function inOneFile(script: string): string {
  const file = join(process.env.LOSTDEAL_TEST_CODE ?? '', `${basename(script, '.ts')}.js`);
  if (!existsSync(file)) {
    const written = `${file}.${process.pid}`;
    bundle([script], { outfile: written });
    // The rename is atomic: another test finds the whole file or none.
    renameSync(written, file);
  }
  return file;
}

/** After the last of its output was read. */
function exitOf(child: ChildProcess): Promise<Exit> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve({ code, signal }));
  });
}
