import { useEffect, useRef, useState } from 'react';
import type { ClockInfo } from '../../../src/protocol';

const MINUTE_MS = 60_000;

/** The time of the sandbox's clock, epoch ms. Draws again with each minute of it. */
export function useNow(clock: ClockInfo | null): number {
  const read = useRef({ clock, at: performance.now() });
  if (read.current.clock !== clock) read.current = { clock, at: performance.now() };
  const now = clock === null ? Date.now() : clock.now + performance.now() - read.current.at;
  const [, draw] = useState(0);
  const minute = Math.floor(now / MINUTE_MS);
  useEffect(() => {
    const timer = setTimeout(() => draw((count) => count + 1), (minute + 1) * MINUTE_MS - now);
    return () => clearTimeout(timer);
    // Each minute has its own timer, and a moved clock another minute.
  }, [minute]);
  return now;
}
