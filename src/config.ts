/**
 * Reads the environment into a typed config. Reports all faults at once, each with what to do; with a fault nothing
 * starts.
 */
import { isIP } from 'node:net';
import * as z from 'zod';
import { postgresTarget, sqliteFile } from './store/databaseUrl';
import { createSealer } from './store/workspace/secrets';

export const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'silent'] as const;

/** `wait`: a new version of the operators' own playbook waits for the admins of each workspace. `use`: nothing waits. */
export const NEW_PLAYBOOKS = ['wait', 'use'] as const;

/** Says what is wrong with a value, in words that follow the name of the setting; null: nothing. */
type FormFault = (value: string) => string | null;

/** Copied along with a secret, or quoted in a file that takes quotes for a part of the value. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;

/** Trims a value, as a secret made with `echo` ends in a line break. A blank value is missing. */
const trimmed = (value: unknown) => (typeof value === 'string' ? value.trim() || undefined : value);

function setting(faultOf: FormFault) {
  const checked = z.string().superRefine((value, context) => {
    const fault = INVISIBLE.test(value) ? 'holds an invisible character: copy it again' : faultOf(value);
    if (fault !== null) context.addIssue({ code: 'custom', message: fault });
  });
  return z.preprocess(trimmed, checked.optional());
}

const matches =
  (pattern: RegExp, otherwise: string): FormFault =>
  (value) =>
    pattern.test(value) ? null : otherwise;

/** For Slack's secrets and ids, which consist of these characters only. */
const secret = (kind: string) =>
  matches(/^[\w.-]+$/u, `must be only letters, digits, - and .: copy ${kind} again`);

const token = (prefix: string, where: string): FormFault => {
  const rest = secret(`it from ${where}`);
  return (value) => (value.startsWith(prefix) ? rest(value) : `must start with ${prefix} (${where})`);
};

/** Checks a value with the code that uses it, whose messages begin with the name of the setting. */
const asUsed =
  (use: (value: string) => unknown): FormFault =>
  (value) => {
    try {
      use(value);
      return null;
    } catch (error) {
      return error instanceof Error ? error.message.replace(/^[A-Z_]+ /u, '') : String(error);
    }
  };

const port = matches(
  /^(\d{1,4}|[1-5]\d{4}|6[0-4]\d{3}|65[0-4]\d{2}|655[0-2]\d|6553[0-5])$/u,
  'must be a whole number from 0 to 65535',
);

const host: FormFault = (value) =>
  isIP(value) !== 0 || value === 'localhost'
    ? null
    : 'must be an IP address of this machine such as 127.0.0.1, or 0.0.0.0 for all of them';

const apiUrl: FormFault = (value) => {
  if (!URL.canParse(value)) return 'must be a URL';
  const { protocol, username, password, search, hash } = new URL(value);
  if (protocol !== 'https:' && protocol !== 'http:') return 'must begin with https:// (or http://)';
  // The path of a method is appended to it.
  return username + password + search + hash === '' ? null : 'must end with the path, and hold no password';
};

const proxyUrl: FormFault = (value) =>
  URL.canParse(value) && /^https?:$/u.test(new URL(value).protocol) && !/^\/./u.test(new URL(value).pathname)
    ? null
    : 'must be the address of a proxy such as http://proxy.example.com:3128, with special characters of a password percent-encoded';

const environment = z.object({
  SLACK_BOT_TOKEN: setting(token('xoxb-', 'OAuth & Permissions page, "Bot User OAuth Token"')),
  SLACK_APP_TOKEN: setting(token('xapp-', 'Basic Information page, "App-Level Tokens"')),
  SLACK_SIGNING_SECRET: setting(secret('the Signing Secret')),
  SLACK_CLIENT_ID: setting(secret('the Client ID')),
  SLACK_CLIENT_SECRET: setting(secret('the Client Secret')),
  SLACK_STATE_SECRET: setting((value) => (value.length < 16 ? 'must have at least 16 characters' : null)),
  SLACK_API_URL: setting(apiUrl),
  DATABASE_URL: setting(
    asUsed((value) => {
      if (postgresTarget(value) === null) sqliteFile(value);
    }),
  ),
  LOSTDEAL_CHANNEL: setting(
    matches(
      /^[CG][A-Z0-9]{2,}$/u,
      'must be a channel id such as C0123456789, not a name (channel details, at the bottom)',
    ),
  ),
  PLAYBOOKS_DIR: setting(() => null),
  NEW_PLAYBOOKS: z.preprocess(
    trimmed,
    z.enum(NEW_PLAYBOOKS, `must be one of ${NEW_PLAYBOOKS.join(', ')}`).default('wait'),
  ),
  HOST: setting(host),
  PORT: setting(port),
  ADMIN_HOST: setting(host),
  ADMIN_PORT: setting(port),
  LOG_LEVEL: z.preprocess(
    trimmed,
    z.enum(LOG_LEVELS, `must be one of ${LOG_LEVELS.join(', ')}`).default('info'),
  ),
  ENCRYPTION_KEY: setting(asUsed(createSealer)),
  HTTPS_PROXY: setting(proxyUrl),
  HTTP_PROXY: setting(proxyUrl),
  NO_PROXY: setting(() => null),
  NODE_ENV: setting(() => null),
});

/** Other programs read these in small letters too. */
const PROXY_NAMES = ['HTTPS_PROXY', 'HTTP_PROXY', 'NO_PROXY'] as const;
function withProxyNames(env: Environment): Environment {
  const small = PROXY_NAMES.flatMap((name) => {
    const value = env[name.toLowerCase()];
    return value === undefined || value.trim() === '' ? [] : [[name, value] as const];
  });
  return { ...env, ...Object.fromEntries(small) };
}

type Environment = Readonly<Record<string, string | undefined>>;

/** How we reach Slack: for one workspace with its own token, or for many that install the app by OAuth. */
export type SlackConfig = {
  /** Ends with a slash, as Slack's client requires. */
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
  readonly newPlaybooks: (typeof NEW_PLAYBOOKS)[number];
  /** The address for Slack, balancers and people who install the app. Null: every interface of the machine. */
  readonly host: string | null;
  readonly port: number;
  /** The address for operators only. */
  readonly admin: { readonly host: string; readonly port: number };
  readonly logLevel: (typeof LOG_LEVELS)[number];
  readonly prettyLogs: boolean;
  readonly encryptionKey: string | null;
  /** The proxy between this machine and Slack. Null: none. */
  readonly proxy: {
    readonly https: string | null;
    readonly http: string | null;
    /** Hosts that are reached without it, separated by commas. */
    readonly except: string;
  } | null;
}

/** Names every fault of the environment, each on a line with its variable. */
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
export function readConfig(given: Environment): Config {
  const env = withProxyNames(given);
  const parsed = environment.safeParse(env);
  const faults = parsed.success
    ? []
    : parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`);
  const named = new Set(parsed.success ? [] : parsed.error.issues.map((issue) => String(issue.path[0])));
  const isGiven = (name: keyof z.infer<typeof environment>) => {
    const value = env[name];
    return value !== undefined && value.trim() !== '';
  };
  const missing = (name: string, why: string) => {
    if (!named.has(name)) faults.push(`${name} is missing: ${why}`);
  };

  const oauthParts = ['SLACK_CLIENT_ID', 'SLACK_CLIENT_SECRET', 'SLACK_STATE_SECRET'] as const;
  const many = oauthParts.some((name) => isGiven(name));
  if (many) {
    for (const name of oauthParts) {
      if (!isGiven(name))
        missing(
          name,
          'installing in many workspaces by OAuth needs all three of the SLACK_CLIENT_ID, SLACK_CLIENT_SECRET and SLACK_STATE_SECRET',
        );
    }
    for (const name of ['SLACK_BOT_TOKEN', 'LOSTDEAL_CHANNEL'] as const) {
      if (isGiven(name))
        faults.push(`${name} must not be set together with SLACK_CLIENT_ID: each workspace brings its own`);
    }
    if (!isGiven('ENCRYPTION_KEY')) {
      missing(
        'ENCRYPTION_KEY',
        'the tokens of workspaces are kept in the database, encrypted (make one: openssl rand -base64 32)',
      );
    }
  } else if (!isGiven('SLACK_BOT_TOKEN')) {
    missing('SLACK_BOT_TOKEN', 'the bot token of your Slack app, xoxb-… (OAuth & Permissions page)');
  }
  if (!isGiven('SLACK_APP_TOKEN') && !isGiven('SLACK_SIGNING_SECRET')) {
    missing(
      'SLACK_APP_TOKEN',
      'set it (xapp-…) to use Socket Mode, or set SLACK_SIGNING_SECRET to receive Slack over HTTP',
    );
  }
  if (!parsed.success) throw new ConfigError(faults);

  const value = parsed.data;
  const isHeardBySocketAlone = value.SLACK_APP_TOKEN !== undefined && !many;
  const addresses = {
    host: value.HOST ?? (isHeardBySocketAlone ? LOOPBACK : null),
    port: Number(value.PORT ?? 3000),
    admin: { host: value.ADMIN_HOST ?? LOOPBACK, port: Number(value.ADMIN_PORT ?? 3001) },
  };
  if (overlap(addresses)) {
    faults.push(`ADMIN_PORT must be another port than PORT: both are ${addresses.port}`);
  }
  if (faults.length > 0) throw new ConfigError(faults);

  const slackApiUrl = value.SLACK_API_URL ?? 'https://slack.com/api/';
  return {
    slack: {
      apiUrl: slackApiUrl.endsWith('/') ? slackApiUrl : `${slackApiUrl}/`,
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
    databaseUrl: value.DATABASE_URL ?? 'file:./data/lostdeal.db',
    playbooksDir: value.PLAYBOOKS_DIR ?? null,
    newPlaybooks: value.NEW_PLAYBOOKS,
    ...addresses,
    logLevel: value.LOG_LEVEL,
    prettyLogs: value.NODE_ENV !== 'production',
    encryptionKey: value.ENCRYPTION_KEY ?? null,
    proxy:
      value.HTTPS_PROXY === undefined && value.HTTP_PROXY === undefined
        ? null
        : {
            https: value.HTTPS_PROXY ?? null,
            http: value.HTTP_PROXY ?? null,
            except: value.NO_PROXY ?? '',
          },
  };
}

const LOOPBACK = '127.0.0.1';
const EVERY_INTERFACE = [null, '0.0.0.0', '::'];

function overlap({ host, port, admin }: Pick<Config, 'host' | 'port' | 'admin'>): boolean {
  if (port === 0 || port !== admin.port) return false;
  return host === admin.host || EVERY_INTERFACE.includes(host) || EVERY_INTERFACE.includes(admin.host);
}
