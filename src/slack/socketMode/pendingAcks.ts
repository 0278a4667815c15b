/** What came on one connection and waits for its ack: so that we leave in a pause, when there is one. */
import { setTimeout as after, setImmediate as turn } from 'node:timers/promises';

/** What Slack sends often comes in bunches; the longer no pause between them comes, the shorter one will do. */
const PAUSE_MS = 100;
const PAUSE_WITHIN_MS = 1_000;

export interface PendingAcks {
  /** Something came. @returns to be called when its ack was sent, or never will be */
  came(): () => void;
  /**
   * All that came is acked, and nothing came for a moment. So a goodbye crosses as little as can be: what it does cross
   * cannot be acked on this connection any more.
   */
  quiet(): Promise<void>;
}

export function createPendingAcks(): PendingAcks {
  const waiting = new Set<Promise<void>>();
  let lastCameAt = Number.NEGATIVE_INFINITY;
  return {
    came() {
      lastCameAt = performance.now();
      let settle: () => void = () => undefined;
      const answer = new Promise<void>((resolve) => {
        settle = resolve;
      });
      waiting.add(answer);
      return () => {
        waiting.delete(answer);
        settle();
      };
    },
    async quiet() {
      const since = performance.now();
      let pauseMs: number;
      do {
        pauseMs = PAUSE_MS * Math.max(0, 1 - (performance.now() - since) / PAUSE_WITHIN_MS);
        await Promise.all(waiting);
        await after(Math.max(0, lastCameAt + pauseMs - performance.now()));
        // What the socket has received meanwhile is read first.
        await turn();
      } while (waiting.size > 0 || performance.now() - lastCameAt < pauseMs);
    },
  };
}
