/** Work that no ack waits for. */
import type { Logger } from '../../log';

export interface BackgroundTasks {
  /** Starts the work at once. A failure is only logged, with this message. */
  run(logger: Pick<Logger, 'warn'>, failure: string, work: () => Promise<unknown>): void;
  /** Resolves when all started work has ended. */
  settled(): Promise<void>;
}

export function createBackgroundTasks(): BackgroundTasks {
  const running = new Set<Promise<void>>();
  return {
    run(logger, failure, work) {
      const done = work().then(
        () => undefined,
        (error: unknown) => logger.warn({ err: error }, failure),
      );
      const tracked = done.finally(() => running.delete(tracked));
      running.add(tracked);
    },
    async settled() {
      await Promise.allSettled(running);
    },
  };
}
