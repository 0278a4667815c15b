/**
 * Reads bodies of people we do not know yet. One connection can hold one for a short time, and all connections together
 * few bytes: the oldest body gives way to a new one, since a real one is here within milliseconds. What was read in vain
 * is memory until the garbage collector comes, so it is bounded too.
 */
import type { IncomingMessage } from 'node:http';

/** Of one body, ms. Slack waits for 3 s. */
const WITHIN_MS = 5_000;
/** Declared lengths of all unfinished bodies together. Node reads no more of a body than its declared length. */
const BYTES_TOGETHER = 1_500_000;
/** Bodies up to this length are always read; most of Slack's have a tenth of it. Node reads as much along with the headers. */
const SHORT_BODY = 64_000;
/** While more was read in vain, only short bodies are read, bytes. */
const IN_VAIN = 300_000;
/** So much of it is forgotten, bytes a second. */
const FORGOTTEN_A_SECOND = 300_000;

/** Why a body was not read: it took longer than 5 s, it gave way to others, or its sender disconnected. */
export type Unread = 'too_slow' | 'gave_way' | 'gone';

export interface Bodies {
  /** @param length declared length, bytes; at most 1.5 MB */
  read(request: IncomingMessage, length: number): Promise<Buffer | Unread>;
  /** So many bytes were read for somebody whom we do not serve. */
  wasInVain(bytes: number): void;
}

export function createBodies(): Bodies {
  /** Oldest first; each ends its own read. */
  const unfinished = new Set<(why: Unread) => void>();
  let declared = 0;
  let inVain = { bytes: 0, at: performance.now() };

  const stillInVain = () =>
    Math.max(0, inVain.bytes - ((performance.now() - inVain.at) / 1000) * FORGOTTEN_A_SECOND);
  const wasInVain = (bytes: number) => {
    inVain = { bytes: stillInVain() + bytes, at: performance.now() };
  };

  return {
    wasInVain,
    async read(request, length) {
      if (length > SHORT_BODY && stillInVain() > IN_VAIN) return 'gave_way';
      for (const giveWay of unfinished) {
        if (declared + length <= BYTES_TOGETHER) break;
        giveWay('gave_way');
      }
      // One buffer: chunks of a byte each would cost many times their bytes.
      const body = Buffer.allocUnsafeSlow(length);
      let filled = 0;
      return new Promise((resolve) => {
        const end = (result: Buffer | Unread) => {
          clearTimeout(late);
          unfinished.delete(end);
          declared -= length;
          request.off('data', take).off('end', finish).off('close', leave);
          if (typeof result === 'string') wasInVain(filled);
          resolve(result);
        };
        const take = (chunk: Buffer) => {
          filled += chunk.copy(body, filled);
          if (filled === length) return;
          // Node would read megabytes at once, and the next body, to which this one may have to give way, comes after.
          request.pause();
          setImmediate(() => request.resume());
        };
        const finish = () => end(body.subarray(0, filled));
        const leave = () => end('gone');
        const late = setTimeout(end, WITHIN_MS, 'too_slow');
        unfinished.add(end);
        declared += length;
        request.on('data', take).on('end', finish).on('close', leave);
      });
    },
  };
}
