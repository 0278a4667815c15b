/**
 * The log: JSON in production, readable text in development. It never holds tokens, answers, names or amounts: code logs
 * ids and codes, and values under the keys below are redacted.
 */
import pino, { type DestinationStream, type Logger } from 'pino';

export type { Logger } from 'pino';

/** Keys of customers' words and secrets, redacted at the top and two levels down. */
const SECRET_KEYS = [
  'token',
  'botToken',
  'appToken',
  'authorization',
  'signingSecret',
  'clientSecret',
  'account',
  'answer',
  'answers',
  'text',
  'prospect',
  'competitor',
  'amount',
  'notes',
  'terms',
  'reason',
  'realName',
  'payload',
  'body',
  'view',
  'blocks',
];

export function createLogger(
  options: { readonly level: string; readonly pretty: boolean },
  destination?: DestinationStream,
): Logger {
  const settings = {
    level: options.level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: { paths: SECRET_KEYS.flatMap((key) => [key, `*.${key}`, `*.*.${key}`]), censor: '[redacted]' },
    formatters: { level: (label: string) => ({ level: label }) },
    serializers: { err: describeError },
  };
  if (destination) return pino(settings, destination);
  if (options.pretty) {
    return pino({
      ...settings,
      formatters: {},
      transport: { target: 'pino-pretty', options: { translateTime: 'HH:MM:ss', ignore: 'pid,hostname' } },
    });
  }
  return pino(settings);
}

/**
 * Kind, message, code and stack of an error. Leaves out all other properties: errors of Slack's client and of databases
 * may carry request bodies.
 */
function describeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { type: typeof error };
  const { code } = error as { code?: unknown };
  const data = (error as { data?: { error?: unknown } }).data;
  return {
    type: error.name,
    message: error.message,
    ...(typeof code === 'string' ? { code } : {}),
    ...(typeof data?.error === 'string' ? { slackError: data.error } : {}),
    stack: error.stack,
    ...(error.cause instanceof Error ? { cause: describeError(error.cause) } : {}),
  };
}
