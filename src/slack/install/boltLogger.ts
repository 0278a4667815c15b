/**
 * Writes Bolt's log lines to our log, without objects and without what a line quotes behind a colon or a bracket: that may
 * be a payload or an answer of Slack's, and customers' words never reach logs.
 */
import { LogLevel, type Logger as SlackLogger } from '@slack/bolt';
import type { Logger } from '../../log';

type Level = 'debug' | 'warn' | 'error';

export function boltLogger(logger: Logger): SlackLogger {
  const write =
    (level: Level) =>
    (...parts: unknown[]) => {
      const message = parts.flatMap((part) => (typeof part === 'string' ? [unquoted(part)] : [])).join(' ');
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

const unquoted = (line: string): string => line.split(/[:({["`!\n]/u, 1)[0]?.trim() ?? '';
