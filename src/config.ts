/**
 * Environment → typed config. Every fault is reported at once, in words that say what to do; nothing starts
 * with a config that has one.
 */
import { z } from 'zod';

export const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'silent'] as const;

const PORTS = 'must be a whole number from 0 to 65535';

const blankIsMissing = (value: unknown) =>
  typeof value === 'string' && value.trim() === '' ? undefined : value;
const optional = <T extends z.ZodType>(schema: T) => z.preprocess(blankIsMissing, schema.optional());

const environment = z.object({
  SLACK_BOT_TOKEN: optional(
    z
      .string()
      .startsWith('xoxb-', 'must start with xoxb- (OAuth & Permissions page, "Bot User OAuth Token")'),
  ),
  SLACK_APP_TOKEN: optional(
    z.string().startsWith('xapp-', 'must start with xapp- (Basic Information page, "App-Level Tokens")'),
  ),
  SLACK_SIGNING_SECRET: optional(z.string()),
  SLACK_CLIENT_ID: optional(z.string()),
  SLACK_CLIENT_SECRET: optional(z.string()),
  SLACK_STATE_SECRET: optional(z.string().min(16, 'must have at least 16 characters')),
  SLACK_API_URL: z.preprocess(blankIsMissing, z.url('must be a URL').default('https://slack.com/api/')),
  DATABASE_URL: z.preprocess(
    blankIsMissing,
    z
      .string()
      .regex(/^(file:|postgres(ql)?:\/\/)/, 'must start with file: (SQLite) or postgres://')
      .default('file:./data/lostdeal.db'),
  ),
  LOSTDEAL_CHANNEL: optional(
    z
      .string()
      .regex(
        /^[CG][A-Z0-9]{2,}$/,
        'must be a channel id such as C0123456789, not a name (channel details, at the bottom)',
      ),
  ),
  PLAYBOOKS_DIR: optional(z.string()),
  PORT: z.preprocess(
    blankIsMissing,
    z.coerce.number(PORTS).int(PORTS).min(0, PORTS).max(65535, PORTS).default(3000),
  ),
  LOG_LEVEL: z.preprocess(
    blankIsMissing,
    z.enum(LOG_LEVELS, `must be one of ${LOG_LEVELS.join(', ')}`).default('info'),
  ),
  ENCRYPTION_KEY: optional(
    z
      .string()
      .refine(isKey, 'must be 32 bytes as base64 or 64 hex digits (make one: openssl rand -base64 32)'),
  ),
  NODE_ENV: z.string().optional(),
});

/** One workspace with a token of its own, or many that installed the app by OAuth. */
export type SlackConfig = {
  /** Ends with a slash, as Slack's client wants it. */
  readonly apiUrl: string;
  readonly transport:
    | { readonly mode: 'socket'; readonly appToken: string }
    | { readonly mode: 'http'; readonly signingSecret: string };
  readonly tenancy:
    | { readonly kind: 'single'; readonly botToken: string; readonly channel: string | null }
    | {
        readonly kind: 'many';
        readonly clientId: string;
        readonly clientSecret: string;
        readonly stateSecret: string;
      };
};

export interface Config {
  readonly slack: SlackConfig;
  readonly databaseUrl: string;
  readonly playbooksDir: string | null;
  readonly port: number;
  readonly logLevel: (typeof LOG_LEVELS)[number];
  readonly prettyLogs: boolean;
  readonly encryptionKey: string | null;
}

/** Thrown with every fault of the environment, one line each, naming the variable. */
export class ConfigError extends Error {
  readonly code = 'config_invalid';
  constructor(readonly faults: readonly string[]) {
    super(`Lostdeal cannot start: ${faults.length === 1 ? 'one setting needs' : `${faults.length} settings need`} attention.
${faults.map((fault) => `  - ${fault}`).join('\n')}
Settings come from the environment or a .env file; .env.example explains each one.`);
    this.name = 'ConfigError';
  }
}

/** @throws {ConfigError} naming every missing, malformed or contradictory variable */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const parsed = environment.safeParse(env);
  const faults = parsed.success
    ? []
    : parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`);
  const named = new Set(parsed.success ? [] : parsed.error.issues.map((issue) => String(issue.path[0])));
  const given = (name: keyof z.infer<typeof environment>) => {
    const value = env[name];
    return value !== undefined && value.trim() !== '';
  };
  const missing = (name: string, why: string) => {
    if (!named.has(name)) faults.push(`${name} is missing: ${why}`);
  };

  const oauthParts = ['SLACK_CLIENT_ID', 'SLACK_CLIENT_SECRET', 'SLACK_STATE_SECRET'] as const;
  const many = oauthParts.some((name) => given(name));
  if (many) {
    for (const name of oauthParts) {
      if (!given(name))
        missing(
          name,
          'installing in many workspaces by OAuth needs all three of the SLACK_CLIENT_ID, SLACK_CLIENT_SECRET and SLACK_STATE_SECRET',
        );
    }
    for (const name of ['SLACK_BOT_TOKEN', 'LOSTDEAL_CHANNEL'] as const) {
      if (given(name))
        faults.push(`${name} must not be set together with SLACK_CLIENT_ID: each workspace brings its own`);
    }
    if (!given('ENCRYPTION_KEY')) {
      missing(
        'ENCRYPTION_KEY',
        'the tokens of workspaces are kept in the database, encrypted (make one: openssl rand -base64 32)',
      );
    }
  } else if (!given('SLACK_BOT_TOKEN')) {
    missing('SLACK_BOT_TOKEN', 'the bot token of your Slack app, xoxb-… (OAuth & Permissions page)');
  }
  if (!given('SLACK_APP_TOKEN') && !given('SLACK_SIGNING_SECRET')) {
    missing(
      'SLACK_APP_TOKEN',
      'set it (xapp-…) to use Socket Mode, or set SLACK_SIGNING_SECRET to receive Slack over HTTP',
    );
  }
  if (!parsed.success || faults.length > 0) throw new ConfigError(faults);

  const value = parsed.data;
  return {
    slack: {
      apiUrl: value.SLACK_API_URL.endsWith('/') ? value.SLACK_API_URL : `${value.SLACK_API_URL}/`,
      transport:
        value.SLACK_APP_TOKEN !== undefined
          ? { mode: 'socket', appToken: value.SLACK_APP_TOKEN }
          : { mode: 'http', signingSecret: value.SLACK_SIGNING_SECRET ?? '' },
      tenancy: many
        ? {
            kind: 'many',
            clientId: value.SLACK_CLIENT_ID ?? '',
            clientSecret: value.SLACK_CLIENT_SECRET ?? '',
            stateSecret: value.SLACK_STATE_SECRET ?? '',
          }
        : {
            kind: 'single',
            botToken: value.SLACK_BOT_TOKEN ?? '',
            channel: value.LOSTDEAL_CHANNEL ?? null,
          },
    },
    databaseUrl: value.DATABASE_URL,
    playbooksDir: value.PLAYBOOKS_DIR ?? null,
    port: value.PORT,
    logLevel: value.LOG_LEVEL,
    prettyLogs: value.NODE_ENV !== 'production',
    encryptionKey: value.ENCRYPTION_KEY ?? null,
  };
}

function isKey(text: string): boolean {
  return /^[0-9a-f]{64}$/i.test(text) || Buffer.from(text, 'base64').length === 32;
}
