import { useState } from 'react';
import type { ActResult } from '../../../src/protocol';
import { messageOf } from './control';
import { failureOf, useSandbox } from './sandbox';

interface Attempt {
  /** The message of the last attempt that failed. Null while one is under way, and after a success. */
  readonly failure: string | null;
  /** Acts, and keeps the message of a failure. */
  readonly attempt: (work: () => Promise<ActResult>) => Promise<void>;
  readonly setFailure: (message: string) => void;
}

/** For actions whose failure the page shows where they were made. */
export function useAttempt(): Attempt {
  const { workspace } = useSandbox();
  const [failure, setFailure] = useState<string | null>(null);
  const attempt = async (work: () => Promise<ActResult>) => {
    setFailure(null);
    try {
      setFailure(failureOf(await work(), workspace.app.name));
    } catch (error) {
      setFailure(messageOf(error));
    }
  };
  return { failure, attempt, setFailure };
}
