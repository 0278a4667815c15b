/**
 * Reaches Slack and stays in reach: learns whose bot this is, opens the Socket Mode connection, and begins again
 * whenever one of them fails, ever more slowly. When Slack announces that it will renew a connection, another one is
 * opened first. What fails for good is told once.
 */
import type { Logger } from '../../log';
import { TokenRefusedError } from '../install/tokenErrors';
import { type DisconnectReason, NotLetInError } from './disconnectReason';

/** Something that is up until `gone` resolves. */
export interface Up {
  readonly gone: Promise<void>;
  /** Resolves when Slack says that it will end, however often it says so. */
  readonly disconnectReason: Promise<DisconnectReason>;
  /** Leaves it, properly. */
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
  /** No more attempts; what one still brings is closed. What is up is left to whoever opened it. */
  stop(): void;
  isUp(): boolean;
}

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 30_000;
/** While the old connection is still in use: Slack ends it some ten seconds after it said so. */
const LONGEST_PAUSE_TO_RENEW_MS = 4_000;
/** A connection that lasted this long was a good one: the next attempt is made at once. */
const GOOD_MS = 10_000;

export function createConnection({ connect, apiUrl, logger, giveUp }: Deps): Connection {
  /** The newest one; older ones are being left. */
  let up: Up | null = null;
  let stopped = false;
  let failures = 0;
  let isOut = false;
  let endPause: () => void = () => undefined;

  async function attempt(): Promise<Up | null> {
    try {
      const reached = await connect();
      if (stopped) {
        await reached.close();
        return null;
      }
      const old = up;
      up = reached;
      reached.gone.then(() => isGone(reached));
      if (isOut) logger.info('Slack is reached again');
      isOut = false;
      // Its last acks are waited for, not by us.
      old?.close();
      return reached;
    } catch (error) {
      if (error instanceof TokenRefusedError) throw error;
      if (stopped) return null;
      failures += 1;
      isOut = true;
      logger.warn({ why: reason(error), retryInMs: pauseMs() }, whatFailed(error));
      return null;
    }
  }

  async function stayUp(first: Up | null): Promise<void> {
    let reached = first;
    while (!stopped) {
      if (reached !== null) await lastUntilItEnds(reached);
      await pause();
      if (!stopped) reached = await attempt();
    }
  }

  /** Until it is gone or, when Slack renews it, until it is time to open another one. */
  async function lastUntilItEnds(it: Up): Promise<void> {
    const since = performance.now();
    const told = await Promise.race([it.disconnectReason, it.gone.then(() => null)]);
    const sentAway = told?.advice ?? null;
    failures = sentAway === null && performance.now() - since >= GOOD_MS ? 0 : failures + 1;
    if (stopped) return;
    if (told !== null && sentAway === null) {
      logger.info(
        { why: told.why, retryInMs: pauseMs() },
        'Slack renews the connection; opening another first',
      );
      return;
    }
    up = null;
    if (told !== null && sentAway !== null) {
      logger.warn({ why: told.why }, sentAway);
      await it.close();
    }
    logger.info({ retryInMs: pauseMs() }, 'the connection to Slack ended; opening another');
  }

  /** There is no other yet: nothing is waited for now. */
  function isGone(it: Up): void {
    if (up !== it) return;
    up = null;
    endPause();
  }

  function whatFailed(error: unknown): string {
    if (error instanceof NotLetInError && error.ending.advice !== null) return error.ending.advice;
    if (up !== null)
      return 'another connection to Slack cannot be opened yet; trying again, while the old one lasts';
    return `Slack cannot be reached at ${apiUrl}; trying again`;
  }

  const pauseMs = () => {
    const longest = up === null ? LONGEST_PAUSE_MS : LONGEST_PAUSE_TO_RENEW_MS;
    return failures === 0 ? 0 : Math.min(longest, FIRST_PAUSE_MS * 2 ** (failures - 1));
  };

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
    stop() {
      stopped = true;
      up = null;
      endPause();
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
