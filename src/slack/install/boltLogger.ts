/** Writes Bolt's log lines to our log, without objects: they may hold whole payloads, and customers' words never reach logs. */
import { LogLevel, type Logger as SlackLogger } from '@slack/bolt';
import type { Logger } from '../../log';

type Level = 'debug' | 'warn' | 'error';

/** @param atMost highest level; lower for parts of the SDK whose failures we log ourselves */
export function boltLogger(logger: Logger, atMost: Level = 'error'): SlackLogger {
  const write =
    (wanted: Level) =>
    (...parts: unknown[]) => {
      const level = atMost === 'debug' ? 'debug' : wanted;
      const message = parts.filter((part) => typeof part === 'string').join(' ');
      const error = parts.find((part) => part instanceof Error);
      logger[level](error ? { err: error } : {}, message);
    };
  return {
    // Bolt's debug lines quote payloads.
    debug: () => undefined,
    info: write('debug'),
    warn: write('warn'),
    error: write('error'),
    setLevel: () => undefined,
    getLevel: () => LogLevel.INFO,
    setName: () => undefined,
  };
}
