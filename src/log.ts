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
    serializers: { err: (error: unknown) => describeError(error) },
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
 * Errors whose messages are sentences of ours, which quote ids and codes at most. Every other message may quote what
 * somebody sent: Slack, a proxy before it, or a database says what it could not read.
 */
const OUR_ERRORS = new Set([
  'ConfigError',
  'NeverConnectedError',
  'NoHelloError',
  'NotYetKnownError',
  'PassEnded',
  'PlaybookError',
  'PortTakenError',
  'StoreError',
  'TokenRefusedError',
  'UnsendableError',
]);

/** Longest message of an error, characters. */
const LONGEST_MESSAGE = 500;
const LONGEST_STACK_LINES = 12;

/** A code, and not the body of a proxy that the SDK passes on in its place. */
const CODE = /^[A-Za-z][\w.-]{0,80}$/u;
export const asCode = (value: unknown): string | undefined =>
  typeof value === 'string' && CODE.test(value) && !TOKENS.test(value) ? value : undefined;

const TOKENS = /xox[a-z.]+-[\w.-]+|xapp-[\w.-]+|\/\/[^/\s@]*@/u;
const EVERY_TOKEN = new RegExp(TOKENS, 'gu');

/** Kind, codes and where it was thrown. All other properties stay out: they may be request bodies. */
export function describeError(error: unknown, depth = 0): Record<string, unknown> {
  if (!(error instanceof Error)) return { type: typeof error };
  const { code, syscall, data, original } = error as {
    code?: unknown;
    syscall?: unknown;
    data?: { error?: unknown };
    original?: unknown;
  };
  // A message of the system names a call, a path or an address: `connect ECONNREFUSED 127.0.0.1:5432`.
  const isOurs = OUR_ERRORS.has(error.name) || typeof syscall === 'string';
  const facts = {
    code: asCode(code),
    slackError: asCode(data?.error),
    message: isOurs ? error.message.slice(0, LONGEST_MESSAGE).replace(EVERY_TOKEN, '[token]') : undefined,
    stack: framesOf(error),
  };
  const cause = error.cause ?? original;
  return {
    type: asCode(error.name) ?? 'Error',
    ...Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined)),
    ...(cause instanceof Error && depth < 3 ? { cause: describeError(cause, depth + 1) } : {}),
  };
}

/** The lines of a stack without those of the message above them. */
function framesOf({ name, message, stack }: Error): string | undefined {
  const head = message === '' ? name : `${name}: ${message}`;
  const below =
    stack?.includes(message) === true ? stack.slice(stack.indexOf(message) + message.length) : stack;
  const frames = (below === undefined || stack === head ? '' : below)
    .split('\n')
    .filter((line) => /^ {4}at .*[:(<]/u.test(line))
    .slice(0, LONGEST_STACK_LINES);
  return frames.length === 0 ? undefined : frames.join('\n');
}
