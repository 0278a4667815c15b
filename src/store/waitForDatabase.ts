/** Waits for a database server that does not answer. */
import { STORE_ERRORS, StoreError } from './errors';
import type { OpenOptions } from './openOptions';

const RETRY_AFTER_MS = 1_000;
const LOG_EVERY_MS = 30_000;

/**
 * Repeats `work` until the server answers, if `waitForServer` is given.
 *
 * @param name the database's name in the log
 * @throws what `work` throws, if the server answered or `waitForServer` is missing; the signal's reason, if it is
 * aborted meanwhile
 */
export async function waitForDatabase<T>(
  name: string,
  { waitForServer, logger }: Pick<OpenOptions, 'waitForServer' | 'logger'>,
  work: () => Promise<T>,
): Promise<T> {
  let loggedAt = Number.NEGATIVE_INFINITY;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (waitForServer === undefined || !isUnreachable(error)) throw error;
      waitForServer.throwIfAborted();
      if (performance.now() - loggedAt >= LOG_EVERY_MS) {
        loggedAt = performance.now();
        logger?.warn?.({ err: error }, `${name} does not answer; waiting for it`);
      }
      await pause(RETRY_AFTER_MS, waitForServer);
    }
  }
}

const isUnreachable = (error: unknown): boolean =>
  error instanceof StoreError && error.code === STORE_ERRORS.UNREACHABLE;

/** @throws the signal's reason, if it is aborted meanwhile */
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
