/**
 * Reads bodies of people we do not know yet. One connection can hold few bytes for a short time, and all connections
 * together can hold little: the oldest body gives way, since a real one is here within milliseconds.
 */
import type { IncomingMessage } from 'node:http';

export interface BodyBounds {
  /** Of one body, ms. Slack waits for 3 s. */
  readonly withinMs: number;
  /** Of all unfinished bodies together, bytes. */
  readonly bytesTogether: number;
}

const BOUNDS: BodyBounds = { withinMs: 5_000, bytesTogether: 4 * 1024 * 1024 };
/** Grows from here: a declared length costs its sender nothing. */
const FIRST_BYTES = 16 * 1024;

/** Why a body did not come: later than `withinMs`, it gave way to others, or its sender left. */
export type Unread = 'too_slow' | 'gave_way' | 'gone';

export interface Bodies {
  /** @param length as declared by the sender, bytes; Node lets no more come */
  read(request: IncomingMessage, length: number): Promise<Buffer | Unread>;
}

export function createBodies({ withinMs, bytesTogether }: BodyBounds = BOUNDS): Bodies {
  /** Oldest first; each ends its own read. */
  const unfinished = new Set<(why: Unread) => void>();
  let held = 0;

  return {
    read: (request, length) =>
      new Promise((resolve) => {
        let bytes = Buffer.alloc(0);
        let filled = 0;
        const end = (result: Buffer | Unread) => {
          clearTimeout(late);
          unfinished.delete(end);
          held -= bytes.length;
          bytes = Buffer.alloc(0);
          request.off('data', take).off('end', finish).off('close', leave);
          resolve(result);
        };
        const take = (chunk: Buffer) => {
          if (filled + chunk.length > bytes.length) {
            // Small chunks are copied together: each alone would cost many times its bytes.
            const size = Math.min(length, Math.max(FIRST_BYTES, 2 * bytes.length, filled + chunk.length));
            const larger = Buffer.allocUnsafeSlow(size);
            bytes.copy(larger, 0, 0, filled);
            held += size - bytes.length;
            bytes = larger;
          }
          chunk.copy(bytes, filled);
          filled += chunk.length;
          while (held > bytesTogether) {
            const [oldest] = unfinished;
            oldest?.('gave_way');
          }
        };
        const finish = () => end(bytes.subarray(0, filled));
        const leave = () => end('gone');
        const late = setTimeout(end, withinMs, 'too_slow');
        unfinished.add(end);
        request.on('data', take).on('end', finish).on('close', leave);
      }),
  };
}
