/**
 * Connects to Slack and stays connected. An attempt asks whose bot this is and opens the Socket Mode connection; after a
 * failure the next attempt waits longer each time. When Slack announces that it renews a connection, another one is
 * opened first. A token that Slack refuses ends the attempts.
 */
import { asCode, type Logger } from '../../log';
import { TokenRefusedError } from '../install/tokenErrors';
import { type DisconnectReason, NoHelloError } from './disconnectReason';

/** A connection that is open until `gone` resolves. */
export interface Up {
  readonly gone: Promise<void>;
  /** Resolves when Slack first announces the end. */
  readonly disconnectReason: Promise<DisconnectReason>;
  /** Closes it after its pending acks. */
  close(): Promise<void>;
}

interface Deps {
  /** One attempt. @throws TokenRefusedError when no later attempt can succeed */
  readonly connect: () => Promise<Up>;
  /** Called after each attempt that succeeded. */
  readonly onUp?: (() => void) | undefined;
  /** For the log. */
  readonly apiUrl: string;
  readonly logger: Logger;
  /** Called when a token is refused after the first attempt, which nobody awaits. */
  readonly giveUp: (error: TokenRefusedError) => void;
}

export interface Connection {
  /**
   * Resolves after the first attempt, successful or not; attempts go on until `stop`.
   * @throws TokenRefusedError when Slack refuses a token at the first attempt
   */
  start(): Promise<void>;
  /** Ends the attempts, and closes what a running one still opens. The caller closes the connection that is open. */
  stop(): void;
  isUp(): boolean;
}

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 30_000;
/** While the old connection is still in use: Slack ends it some ten seconds after the announcement. */
const LONGEST_PAUSE_TO_RENEW_MS = 4_000;
/** After a connection that lasted this long the next attempt follows at once. */
const STABLE_MS = 10_000;

export function createConnection({ connect, onUp, apiUrl, logger, giveUp }: Deps): Connection {
  /** The newest one; older ones are being closed. */
  let up: Up | null = null;
  let stopped = false;
  let failures = 0;
  let unreachable = false;
  let endPause: () => void = () => undefined;

  async function attempt(): Promise<Up | null> {
    try {
      const opened = await connect();
      if (stopped) {
        await opened.close();
        return null;
      }
      const old = up;
      up = opened;
      opened.gone.then(() => isGone(opened));
      if (unreachable) logger.info('Slack is reached again');
      unreachable = false;
      onUp?.();
      // It closes after its last acks; the new connection does not wait for that.
      old?.close();
      return opened;
    } catch (error) {
      if (error instanceof TokenRefusedError) throw error;
      if (stopped) return null;
      failures += 1;
      unreachable = true;
      logger.warn({ why: causeOf(error), retryInMs: pauseMs() }, whatFailed(error));
      return null;
    }
  }

  async function stayUp(first: Up | null): Promise<void> {
    let current = first;
    while (!stopped) {
      if (current !== null) await untilReplaceable(current);
      await pause();
      if (!stopped) current = await attempt();
    }
  }

  /** Waits until it is gone, or until Slack announces that it renews it. */
  async function untilReplaceable(it: Up): Promise<void> {
    const since = performance.now();
    const reason = await Promise.race([it.disconnectReason, it.gone.then(() => null)]);
    const advice = reason?.advice ?? null;
    failures = advice === null && performance.now() - since >= STABLE_MS ? 0 : failures + 1;
    if (stopped) return;
    if (reason !== null && advice === null) {
      logger.info(
        { why: reason.code, retryInMs: pauseMs() },
        'Slack renews the connection; opening another first',
      );
      return;
    }
    up = null;
    if (reason !== null && advice !== null) {
      logger.warn({ why: reason.code }, advice);
      await it.close();
    }
    logger.info({ retryInMs: pauseMs() }, 'the connection to Slack ended; opening another');
  }

  /** The next attempt follows at once, unless another connection is open already. */
  function isGone(it: Up): void {
    if (up !== it) return;
    up = null;
    endPause();
  }

  function whatFailed(error: unknown): string {
    if (error instanceof NoHelloError && error.reason.advice !== null) return error.reason.advice;
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

/** The cause in a word, beneath what the SDK and `fetch` wrap around it: `ECONNREFUSED`, `http 502`, `ratelimited`. */
function causeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return 'closed before it was open';
  const { cause, statusCode, data, code, name, errors } = error as Record<string, unknown>;
  if (typeof statusCode === 'number') return `http ${statusCode}`;
  const slackError = (data as { error?: unknown } | undefined)?.error;
  // What is no code at all is the answer of something before Slack.
  if (slackError !== undefined) return asCode(slackError) ?? 'no answer of Slack';
  if (cause !== undefined) return causeOf(cause);
  if (Array.isArray(errors) && errors.length > 0) return causeOf(errors[0]);
  // A plain error has no name of its own.
  return asCode(code) ?? (name === 'Error' ? undefined : asCode(name)) ?? 'connection failed';
}
