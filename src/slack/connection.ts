/**
 * Reaches Slack and stays in reach: learns whose bot this is, opens the Socket Mode connection, and begins again
 * whenever one of them fails, ever more slowly. What fails for good is told once.
 */
import type { Logger } from '../log';
import { TokenRefusedError } from './refused';

/** Something that is up until `gone` resolves. */
export interface Up {
  readonly gone: Promise<void>;
  close(): Promise<void>;
}

interface Deps {
  /** One attempt. @throws TokenRefusedError when no further one can succeed */
  readonly connect: () => Promise<Up>;
  /** Named to the operator. */
  readonly apiUrl: string;
  readonly logger: Logger;
  /** A token is refused after the first attempt: nobody awaits that. */
  readonly giveUp: (error: TokenRefusedError) => void;
}

export interface Connection {
  /**
   * Resolves after the first attempt, whether or not Slack was reached; attempts go on until `stop`.
   * @throws TokenRefusedError when Slack refuses a token at the first attempt
   */
  start(): Promise<void>;
  /** Closes what is up; no more attempts. */
  stop(): Promise<void>;
  isUp(): boolean;
}

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 30_000;
/** A connection that lasted this long was a good one: the next attempt is made at once. */
const GOOD_MS = 10_000;

export function createConnection({ connect, apiUrl, logger, giveUp }: Deps): Connection {
  let up: Up | null = null;
  let stopped = false;
  let failures = 0;
  let endPause: () => void = () => undefined;

  async function attempt(): Promise<Up | null> {
    try {
      const reached = await connect();
      if (stopped) {
        await reached.close();
        return null;
      }
      up = reached;
      if (failures > 0) logger.info('Slack is reached again');
      return reached;
    } catch (error) {
      if (error instanceof TokenRefusedError) throw error;
      if (stopped) return null;
      failures += 1;
      logger.warn(
        { why: reason(error), retryInMs: pauseMs() },
        `Slack cannot be reached at ${apiUrl}; trying again`,
      );
      return null;
    }
  }

  async function stayUp(first: Up | null): Promise<void> {
    let reached = first;
    while (!stopped) {
      if (reached !== null) await lastUntilGone(reached);
      await pause();
      if (!stopped) reached = await attempt();
    }
  }

  async function lastUntilGone({ gone }: Up): Promise<void> {
    const since = performance.now();
    await gone;
    up = null;
    failures = performance.now() - since >= GOOD_MS ? 0 : failures + 1;
    if (!stopped) logger.info({ retryInMs: pauseMs() }, 'the connection to Slack ended; opening another');
  }

  const pauseMs = () =>
    failures === 0 ? 0 : Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (failures - 1));

  function pause(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, stopped ? 0 : pauseMs());
      endPause = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  return {
    async start() {
      const first = await attempt();
      stayUp(first).catch((error: unknown) => {
        if (error instanceof TokenRefusedError) giveUp(error);
        else throw error;
      });
    },
    async stop() {
      stopped = true;
      endPause();
      const last = up;
      up = null;
      await last?.close();
    },
    isUp: () => up !== null,
  };
}

/** In a word, as the SDK and `fetch` wrap the cause: `ECONNREFUSED`, `http 502`, `ratelimited`. */
function reason(error: unknown): string {
  if (typeof error !== 'object' || error === null) return 'closed before it was open';
  const { cause, statusCode, data, code, name, errors } = error as Record<string, unknown>;
  if (typeof statusCode === 'number') return `http ${statusCode}`;
  const slackError = (data as { error?: unknown } | undefined)?.error;
  if (typeof slackError === 'string') return slackError;
  if (cause !== undefined) return reason(cause);
  if (Array.isArray(errors) && errors.length > 0) return reason(errors[0]);
  return typeof code === 'string' ? code : String(name);
}
