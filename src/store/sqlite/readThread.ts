/** Kysely over a thread that only reads an SQLite file. The thread starts with the first question. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely';
import { fromSqlite } from './errors';

export type Asked =
  | 'close'
  | { readonly id: number; readonly sql: string; readonly parameters: readonly unknown[] };

export type Answer =
  | { readonly id: number; readonly ok: true; readonly rows: unknown[] }
  | { readonly id: number; readonly ok: false; readonly message: string; readonly code: string | null };

interface Waiting {
  resolve(rows: unknown[]): void;
  reject(error: unknown): void;
}

/** Built, the thread is a file beside the app; from source, TypeScript. */
function startThread(path: string): Worker {
  const source = join(__dirname, 'readWorker.ts');
  const fromSource = existsSync(source);
  return new Worker(fromSource ? source : builtWorker(__dirname), {
    workerData: path,
    ...(fromSource ? { execArgv: ['--require', 'tsx/cjs'] } : {}),
  });
}

/** Looks in the folders above too, since a bundle may lie deeper than the app's own. */
function builtWorker(folder: string): string {
  const file = join(folder, 'store', 'sqlite', 'readWorker.js');
  const parent = join(folder, '..');
  return existsSync(file) || parent === folder ? file : builtWorker(parent);
}

export interface ReadThread {
  readonly dialect: Dialect;
  close(): void;
}

export function createReadThread(path: string): ReadThread {
  const waiting = new Map<number, Waiting>();
  let thread: Worker | null = null;
  let asked = 0;

  /** A thread that died is started again by the next question. */
  function died(error: unknown): void {
    thread = null;
    const all = [...waiting.values()];
    waiting.clear();
    for (const one of all) one.reject(error);
  }

  function running(): Worker {
    if (thread !== null) return thread;
    const started = startThread(path);
    started.on('message', (answer: Answer) => {
      const one = waiting.get(answer.id);
      waiting.delete(answer.id);
      if (answer.ok) one?.resolve(answer.rows);
      else one?.reject(fromSqlite(Object.assign(new Error(answer.message), { code: answer.code }), path));
      if (waiting.size === 0) started.unref();
    });
    started.on('error', died);
    started.on('exit', () => {
      if (thread === started) died(new Error('the thread that reads figures has ended'));
    });
    thread = started;
    return started;
  }

  const ask = ({ sql, parameters }: CompiledQuery): Promise<unknown[]> =>
    new Promise((resolve, reject) => {
      const id = ++asked;
      waiting.set(id, { resolve, reject });
      const to = running();
      to.ref();
      to.postMessage({ id, sql, parameters: [...parameters] } satisfies Asked);
    });

  const connection: DatabaseConnection = {
    executeQuery: async <R>(query: CompiledQuery) => ({ rows: (await ask(query)) as R[] }),
    // biome-ignore lint/correctness/useYield: it only throws.
    async *streamQuery() {
      throw new Error('nothing is streamed from the thread; read in batches');
    },
  };

  return {
    dialect: {
      createDriver: () => readOnly(connection),
      createAdapter: () => new SqliteAdapter(),
      createQueryCompiler: () => new SqliteQueryCompiler(),
      createIntrospector: (db) => new SqliteIntrospector(db),
    },
    close() {
      thread?.postMessage('close' satisfies Asked);
      thread?.unref();
    },
  };
}

function readOnly(connection: DatabaseConnection): Driver {
  const refuse = async (): Promise<never> => {
    throw new Error('figures are only read');
  };
  const nothing = async (): Promise<void> => undefined;
  return {
    init: nothing,
    acquireConnection: async () => connection,
    beginTransaction: refuse,
    commitTransaction: refuse,
    rollbackTransaction: refuse,
    releaseConnection: nothing,
    destroy: nothing,
  };
}
