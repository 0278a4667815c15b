import { useEffect, useRef, useState } from 'react';

/** `run` does one thing at a time and says whether it is under way; a second start meanwhile is ignored. */
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
