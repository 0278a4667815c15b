/** Waiting for a database server that does not answer. */
import { STORE_ERRORS, StoreError } from './errors';
import type { OpenOptions } from './openOptions';

const ASK_AGAIN_MS = 1_000;
const SAY_AGAIN_MS = 30_000;

/**
 * Does what needs the server, again and again until it answers, for those who want to wait.
 *
 * @param name of the database, for the log
 * @throws whatever `work` throws when the server answers, or nobody wants to wait; the signal's reason when it is
 * aborted meanwhile
 */
export async function waitForDatabase<T>(
  name: string,
  { waitForServer, logger }: Pick<OpenOptions, 'waitForServer' | 'logger'>,
  work: () => Promise<T>,
): Promise<T> {
  let saidAt = Number.NEGATIVE_INFINITY;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (waitForServer === undefined || !isUnreachable(error)) throw error;
      waitForServer.throwIfAborted();
      if (performance.now() - saidAt >= SAY_AGAIN_MS) {
        saidAt = performance.now();
        logger?.warn?.({ err: error }, `${name} does not answer; waiting for it`);
      }
      await pause(ASK_AGAIN_MS, waitForServer);
    }
  }
}

const isUnreachable = (error: unknown): boolean =>
  error instanceof StoreError && error.code === STORE_ERRORS.UNREACHABLE;

/** @throws the signal's reason, when it is aborted meanwhile */
function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop);
      resolve();
    }, ms);
    const stop = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    signal.addEventListener('abort', stop, { once: true });
  });
}
