/**
 * Logs: JSON in production, readable in development. Tokens, answers, names and amounts never reach them: code
 * logs ids and codes, and what slips in under a known key is redacted.
 */
import pino, { type DestinationStream, type Logger } from 'pino';

export type { Logger } from 'pino';

/** Keys that hold customers' words or secrets, at the top and one level down. */
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
 * Kind, code and stack of an error. Slack's client and database errors can carry request bodies as properties;
 * those are left out.
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
