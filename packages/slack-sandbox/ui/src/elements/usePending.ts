import { useEffect, useRef, useState } from 'react';

/** Runs one piece of work at a time, and ignores others meanwhile. @returns whether one runs, and `run` */
export function usePending(): readonly [boolean, (work: () => Promise<void>) => Promise<void>] {
  const [pending, setPending] = useState(false);
  const busy = useRef(false);
  const mounted = useRef(true);
  useEffect(() => {
    mounted.current = true;
    return () => {
      mounted.current = false;
    };
  }, []);
  const run = async (work: () => Promise<void>) => {
    if (busy.current) return;
    busy.current = true;
    setPending(true);
    try {
      await work();
    } finally {
      busy.current = false;
      if (mounted.current) setPending(false);
    }
  };
  return [pending, run];
}
