/** Requests of one connection that wait for their ack, so that the connection is closed in a pause between them. */
import { setTimeout as after, setImmediate as nextTurn } from 'node:timers/promises';

/** Slack often sends requests in bunches. The longer no pause comes, the shorter a pause is enough. */
const PAUSE_MS = 100;
const PAUSE_WITHIN_MS = 1_000;

export interface PendingAcks {
  /** Notes that a request arrived. @returns a function to call when its ack was sent, or never will be */
  received(): () => void;
  /**
   * Resolves when all requests are acked and none has arrived for a moment. So few requests cross our close frame, after
   * which none can be acked on this connection.
   */
  idle(): Promise<void>;
}

export function createPendingAcks(): PendingAcks {
  const waiting = new Set<Promise<void>>();
  let lastReceivedAt = Number.NEGATIVE_INFINITY;
  return {
    received() {
      lastReceivedAt = performance.now();
      let settle: () => void = () => undefined;
      const ack = new Promise<void>((resolve) => {
        settle = resolve;
      });
      waiting.add(ack);
      return () => {
        waiting.delete(ack);
        settle();
      };
    },
    async idle() {
      const since = performance.now();
      let pauseMs: number;
      do {
        pauseMs = PAUSE_MS * Math.max(0, 1 - (performance.now() - since) / PAUSE_WITHIN_MS);
        await Promise.all(waiting);
        await after(Math.max(0, lastReceivedAt + pauseMs - performance.now()));
        // Lets Node read what has arrived on the socket meanwhile.
        await nextTurn();
      } while (waiting.size > 0 || performance.now() - lastReceivedAt < pauseMs);
    },
  };
}
