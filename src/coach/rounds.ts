/** Work that repeats in the background. */

export interface Rounds {
  /** Begins a round at once, and repeats until it is stopped. A round that is due during another one is skipped. */
  start(): void;
  /** Begins no more rounds, and waits for the one that runs. */
  stop(): Promise<void>;
}

interface Options {
  /** Pause between the beginnings of two rounds, ms. */
  readonly everyMs: number;
  /** Called when a round failed; the next one comes in its time. */
  readonly onFailure: (error: unknown) => void;
}

export function createRounds(round: () => Promise<void>, { everyMs, onFailure }: Options): Rounds {
  let timer: NodeJS.Timeout | null = null;
  let running: Promise<void> | null = null;

  const next = () => {
    running ??= round()
      .catch(onFailure)
      .finally(() => {
        running = null;
      });
  };

  return {
    start() {
      next();
      timer = setInterval(next, everyMs).unref();
    },
    async stop() {
      if (timer !== null) clearInterval(timer);
      await running;
    },
  };
}
