/** What is done after a request was answered: extras that nobody's ack waits for. */
import type { Logger } from '../../log';

export interface BackgroundTasks {
  /** Begins at once; a failure is logged with these words, and harms nothing. */
  run(logger: Pick<Logger, 'warn'>, failure: string, work: () => Promise<unknown>): void;
  /** All that was begun is over. */
  settled(): Promise<void>;
}

export function createBackgroundTasks(): BackgroundTasks {
  const underWay = new Set<Promise<void>>();
  return {
    run(logger, failure, work) {
      const running = work().then(
        () => undefined,
        (error: unknown) => logger.warn({ err: error }, failure),
      );
      const tracked = running.finally(() => underWay.delete(tracked));
      underWay.add(tracked);
    },
    async settled() {
      await Promise.allSettled(underWay);
    },
  };
}
