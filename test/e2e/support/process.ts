/** The built app as a process: its environment in, its output and its exit out. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { transformFileSync } from '@swc/core';
import { ROOT } from './world';

export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export interface AppProcess {
  /** Everything it wrote so far, to stdout and stderr. */
  output(): string;
  /** Waits until it wrote these words. @throws when it ended or a minute passed before, with all it wrote */
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
const PATIENCE_MS = 60_000;
const running = new Set<ChildProcess>();
/** Compiled here once, not by each process for itself. */
let compiled: string | undefined;

/** As `npm start` does. It runs in an empty folder, so that no developer's .env is read. */
export function startApp(env: Environment): AppProcess {
  return start([join(ROOT, 'dist', 'main.js')], { NODE_ENV: 'production', ...env });
}

/** The same with short waits: see app.ts. */
export function startQuickApp(env: Environment): AppProcess {
  compiled ??= transformFileSync(join(__dirname, 'app.ts'), {
    jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
    module: { type: 'commonjs' },
  }).code;
  return start(['app.js', join(ROOT, 'dist')], env, { 'app.js': compiled });
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

function start(
  args: readonly string[],
  env: Environment,
  files: Readonly<Record<string, string>> = {},
): AppProcess {
  const cwd = temporaryFolder();
  for (const [name, text] of Object.entries(files)) writeFileSync(join(cwd.path, name), text);
  const code = compiledCode();
  const child = spawn(process.execPath, [...code.args, ...args], {
    cwd: cwd.path,
    env: { PATH: process.env.PATH ?? '', ...code.env, ...env },
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
        const timer = setTimeout(() => fail(`${PATIENCE_MS} ms passed`), PATIENCE_MS);
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

/** What lets the app take its modules as they were compiled before; nothing outside of jest. See codeCache.cjs. */
function compiledCode(): { readonly args: readonly string[]; readonly env: Environment } {
  const file = process.env.LOSTDEAL_TEST_CODE;
  if (!file) return { args: [], env: {} };
  const code = { args: ['--require', join(__dirname, 'codeCache.cjs')], env: { APP_CODE_CACHE: file } };
  if (!existsSync(file)) {
    const all = `require(${JSON.stringify(join(ROOT, 'dist', 'lostdeal.js'))})`;
    const { status, stderr } = spawnSync(process.execPath, [...code.args, '--eval', all], {
      env: code.env,
      encoding: 'utf8',
    });
    if (status !== 0) throw new Error(`the built app cannot be loaded: ${stderr}`);
  }
  return code;
}

/** After the last of its output was read. */
function exitOf(child: ChildProcess): Promise<Exit> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve({ code, signal }));
  });
}
