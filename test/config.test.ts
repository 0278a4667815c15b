import { ConfigError, readConfig } from '../src/config';
import { postgresTarget } from '../src/store/databaseUrl';

const single = { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: 'xapp-1' };
const many = {
  SLACK_CLIENT_ID: '1.2',
  SLACK_CLIENT_SECRET: 'secret',
  SLACK_STATE_SECRET: 'sixteen characters',
  ENCRYPTION_KEY: 'ab'.repeat(32),
};

function faultsOf(env: Record<string, string>): readonly string[] {
  try {
    readConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.faults;
    throw error;
  }
  return [];
}

describe('the environment', () => {
  it('needs two tokens for one workspace over Socket Mode; the rest has defaults', () => {
    expect(readConfig(single)).toEqual({
      slack: {
        apiUrl: 'https://slack.com/api/',
        transport: { mode: 'socket', appToken: 'xapp-1' },
        tenancy: { kind: 'single', botToken: 'xoxb-1', channel: null },
      },
      databaseUrl: 'file:./data/lostdeal.db',
      playbooksDir: null,
      newPlaybooks: 'wait',
      host: '127.0.0.1',
      port: 3000,
      admin: { host: '127.0.0.1', port: 3001 },
      logLevel: 'info',
      prettyLogs: true,
      encryptionKey: null,
      proxy: null,
    });
  });

  it('uses every new version of a playbook at once only where the operators say so', () => {
    expect(readConfig({ ...single, NEW_PLAYBOOKS: 'use' }).newPlaybooks).toBe('use');
    expect(faultsOf({ ...single, NEW_PLAYBOOKS: 'yes' }).join()).toContain(
      'NEW_PLAYBOOKS must be one of wait, use',
    );
  });

  it('uses HTTP when there is a signing secret and no app token', () => {
    const config = readConfig({ SLACK_BOT_TOKEN: 'xoxb-1', SLACK_SIGNING_SECRET: 'secret', PORT: '8080' });
    expect(config.slack.transport).toEqual({ mode: 'http', signingSecret: 'secret' });
    expect(config.port).toBe(8080);
  });

  it('serves many workspaces when the OAuth settings are there', () => {
    const config = readConfig({ ...many, SLACK_SIGNING_SECRET: 'secret' });
    expect(config.slack.tenancy).toMatchObject({ kind: 'many', clientId: '1.2' });
  });

  it('treats blank values as missing, as in a copied .env.example', () => {
    expect(readConfig({ ...single, LOSTDEAL_CHANNEL: '', PORT: ' ', DATABASE_URL: '' }).port).toBe(3000);
  });

  it('names every fault at once', () => {
    expect(faultsOf({})).toEqual([
      'SLACK_BOT_TOKEN is missing: the bot token of your Slack app, xoxb-… (OAuth & Permissions page)',
      'SLACK_APP_TOKEN is missing: set it (xapp-…) to use Socket Mode, or set SLACK_SIGNING_SECRET to receive Slack over HTTP',
    ]);
    expect(
      faultsOf({
        SLACK_BOT_TOKEN: 'oops',
        SLACK_APP_TOKEN: 'xoxb-1',
        LOSTDEAL_CHANNEL: '#lost-deals',
        DATABASE_URL: 'mysql://x',
        PORT: 'many',
        LOG_LEVEL: 'loud',
        ENCRYPTION_KEY: 'short',
      }).map((fault) => fault.split(' ')[0]),
    ).toEqual([
      'SLACK_BOT_TOKEN',
      'SLACK_APP_TOKEN',
      'DATABASE_URL',
      'LOSTDEAL_CHANNEL',
      'PORT',
      'LOG_LEVEL',
      'ENCRYPTION_KEY',
    ]);
  });

  it.each(['99999', '65536', '-1', '80.5', 'many', '0x50', '1e3', '+80'])(
    'says what a port is: %s',
    (PORT) => {
      expect(faultsOf({ ...single, PORT })).toEqual(['PORT must be a whole number from 0 to 65535']);
      expect(faultsOf({ ...single, ADMIN_PORT: PORT })).toEqual([
        'ADMIN_PORT must be a whole number from 0 to 65535',
      ]);
    },
  );

  describe('names the addresses to listen on', () => {
    const http = { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_SIGNING_SECRET: 'secret' };

    it.each([
      ['Socket Mode: nobody else comes', single, '127.0.0.1'],
      ['HTTP delivery: Slack comes', http, null],
      ['OAuth over Socket Mode: people who install it come', { ...many, SLACK_APP_TOKEN: 'xapp-1' }, null],
      ['OAuth over HTTP', { ...many, SLACK_SIGNING_SECRET: 'secret' }, null],
      ['HOST', { ...single, HOST: '0.0.0.0' }, '0.0.0.0'],
      ['HOST, by IPv6', { ...http, HOST: '::1' }, '::1'],
    ])('for %s', (_why, env, host) => {
      expect(readConfig(env)).toMatchObject({ host, admin: { host: '127.0.0.1' } });
    });

    it.each(['lostdeal.example.com', '*', '127.0.0.1:3000', '[::1]', '256.0.0.1', 'http://127.0.0.1'])(
      'refuses HOST=%s, which is no address',
      (HOST) => {
        expect(faultsOf({ ...single, HOST }).join()).toContain('HOST must be an IP address');
        expect(faultsOf({ ...single, ADMIN_HOST: HOST }).join()).toContain(
          'ADMIN_HOST must be an IP address',
        );
      },
    );

    it.each([
      [{ ...single, PORT: '3001' }],
      [{ ...http, PORT: '4000', ADMIN_PORT: '4000' }],
      [{ ...http, PORT: '4000', ADMIN_PORT: '4000', HOST: '10.0.0.1', ADMIN_HOST: '0.0.0.0' }],
    ])('refuses one port for both: %j', (env) => {
      expect(faultsOf(env).join()).toContain('ADMIN_PORT must be another port than PORT');
    });

    it('lets two addresses have the same port', () => {
      expect(readConfig({ ...http, HOST: '10.0.0.1', PORT: '3001' }).port).toBe(3001);
    });
  });

  it.each([
    [
      'a bot token beside OAuth',
      { ...many, ...single },
      'SLACK_BOT_TOKEN must not be set together with SLACK_CLIENT_ID',
    ],
    [
      'a channel beside OAuth',
      { ...many, SLACK_APP_TOKEN: 'xapp-1', LOSTDEAL_CHANNEL: 'C012345' },
      'LOSTDEAL_CHANNEL must not be set',
    ],
    [
      'half of OAuth',
      { SLACK_CLIENT_ID: '1.2', SLACK_APP_TOKEN: 'xapp-1' },
      'SLACK_CLIENT_SECRET is missing',
    ],
    [
      'OAuth without a key for the tokens it keeps',
      { ...many, SLACK_APP_TOKEN: 'xapp-1', ENCRYPTION_KEY: '' },
      'ENCRYPTION_KEY is missing: the tokens of workspaces are kept in the database, encrypted',
    ],
  ])('refuses %s', (_what, env, message) => {
    expect(faultsOf(env).join('\n')).toContain(message);
  });
});

describe('each setting with what a shell, an editor or a paste puts around it', () => {
  const valid: Readonly<Record<string, string>> = {
    ...single,
    SLACK_API_URL: 'http://127.0.0.1:4100/api/',
    DATABASE_URL: 'file:./data/x.db',
    LOSTDEAL_CHANNEL: 'C0123456789',
    PLAYBOOKS_DIR: './our playbooks',
    HOST: '127.0.0.1',
    PORT: '3000',
    ADMIN_HOST: '127.0.0.1',
    ADMIN_PORT: '3001',
    LOG_LEVEL: 'warn',
    ENCRYPTION_KEY: 'ab'.repeat(32),
    HTTPS_PROXY: 'http://me:secret@proxy.example.com:3128',
    HTTP_PROXY: 'http://proxy.example.com:3128/',
    NO_PROXY: 'localhost,.example.com',
    NODE_ENV: 'production',
  };
  const oauth: Readonly<Record<string, string>> = { ...many, SLACK_SIGNING_SECRET: 'secret' };
  const settings = [
    ...Object.keys(valid).map((name) => [name, valid] as const),
    ...Object.keys(oauth).map((name) => [name, oauth] as const),
  ];
  const around = ['\n', '\r\n', ' ', '\t', '\u00a0', '\ufeff', '\u2028'];
  const within = [
    '\n',
    '\r',
    '\t',
    '\0',
    '\u001b',
    '\u007f',
    '\u200b',
    '\u200e',
    '\u2028',
    '\u2060',
    '\ufeff',
  ];

  describe.each(settings)('%s', (name, env) => {
    const value = env[name] ?? '';
    const names = (faults: readonly string[]) => faults.map((fault) => fault.split(' ')[0]);

    it.each(around)('means the same with %j before and behind', (odd) => {
      expect(readConfig({ ...env, [name]: `${odd}${value}${odd}` })).toEqual(readConfig(env));
    });

    it.each(within)('is refused with its name and without its value, with %j in the middle', (odd) => {
      const middle = Math.ceil(value.length / 2);
      const faults = faultsOf({ ...env, [name]: value.slice(0, middle) + odd + value.slice(middle) });
      expect(names(faults)).toEqual([name]);
      expect(faults.join()).not.toContain(odd + value.slice(middle));
    });
  });

  it.each([
    'SLACK_BOT_TOKEN',
    'SLACK_APP_TOKEN',
    'SLACK_SIGNING_SECRET',
    'SLACK_CLIENT_ID',
    'SLACK_CLIENT_SECRET',
  ])('%s is refused with quotes, spaces, semicolons and letters that no header takes', (name) => {
    const env: Readonly<Record<string, string>> = name in oauth ? oauth : single;
    const value = env[name] ?? '';
    for (const odd of [
      `"${value}"`,
      `'${value}'`,
      `${value} x`,
      `${value};`,
      `${value}\u00e9`,
      `<${value}>`,
    ]) {
      expect(faultsOf({ ...env, [name]: odd })).toHaveLength(1);
    }
  });
});

describe('the proxy', () => {
  it.each(['proxy:3128', 'socks5://proxy:1080', 'http://', 'http://me:se/cret@proxy:1', 'http://p:1/path'])(
    '%s is refused, without a part of a password',
    (HTTPS_PROXY) => {
      const faults = faultsOf({ ...single, HTTPS_PROXY });
      expect(faults.join()).toMatch(/^HTTPS_PROXY must be the address of a proxy/u);
      expect(faults.join()).not.toMatch(/cret|me:/u);
    },
  );

  it('is named in capitals or in small letters, as for other programs', () => {
    const named = { https_proxy: 'http://p:1', no_proxy: 'a,b' };
    expect(readConfig({ ...single, ...named }).proxy).toEqual({
      https: 'http://p:1',
      http: null,
      except: 'a,b',
    });
    expect(readConfig({ ...single, NO_PROXY: 'a' }).proxy).toBeNull();
  });
});

describe('SLACK_API_URL', () => {
  it.each([
    'slack.com/api',
    'ftp://slack.com/api/',
    'javascript:alert(1)',
    'https://',
    'https://me:secret@slack.com/api/',
    'https://slack.com/api/?x=1',
    'https://slack.com/api/#x',
  ])('%s is refused, as no call could be made to it', (SLACK_API_URL) => {
    const [fault, ...others] = faultsOf({ ...single, SLACK_API_URL });
    expect(others).toEqual([]);
    expect(fault).toMatch(/^SLACK_API_URL must/u);
    expect(fault).not.toContain('secret');
  });
});

describe('DATABASE_URL', () => {
  const faultOf = (DATABASE_URL: string) => {
    const faults = faultsOf({ ...single, DATABASE_URL });
    expect(faults).toHaveLength(1);
    return faults[0] ?? '';
  };

  it.each([
    'x',
    'file:',
    'file::memory:',
    'file://data/x.db',
    'file:///data/%zz.db',
    'file:///data/%2Fx.db',
    'mysql://a:b@c/d',
    'postgres:',
    'postgres://',
    'postgres://h',
    'postgres://h/',
    'postgres://u:p@h:port/d',
    'postgres:u:p@h/d',
  ])('%s is refused in words that name it', (url) => {
    expect(faultOf(url)).toMatch(/^DATABASE_URL (names|does not name)/u);
  });

  it('prints no part of a password, whichever character of it is not escaped', () => {
    for (const odd of ['/', '?', '#', '/?', '#/', '[', ']', '%', '%4', '%zz', '/@', '?@', '\\', '//']) {
      for (const password of [`hun${odd}ter2`, `12${odd}ter2`, `${odd}ter2`, `hun${odd}`]) {
        const url = `postgres://u:${password}@h/d`;
        let config: unknown;
        try {
          config = readConfig({ ...single, DATABASE_URL: url });
        } catch (error) {
          expect(String(error)).toContain('DATABASE_URL');
          expect(String(error)).not.toMatch(/hun|ter2/u);
          continue;
        }
        // It was understood as it was meant.
        expect(config).toMatchObject({ databaseUrl: url });
        expect(postgresTarget(url)?.name).toBe('The PostgreSQL database d on h:5432');
      }
    }
  });

  it('names a certificate that does not exist', () => {
    expect(faultOf('postgres://u:p@h/d?sslrootcert=/nowhere/ca.pem')).toContain(
      'DATABASE_URL names a file that cannot be read (ENOENT)',
    );
  });

  it.each([
    'file:./data/lostdeal.db',
    'file:data/lostdeal.db',
    'file:/var/lib/lostdeal.db',
    'file:///var/lib/lost%20deal.db',
    'postgres://u:p@h/d',
    `postgresql://u:p%2Fq@h:5433/d?sslmode=verify-full&sslrootcert=${__filename}`,
    'postgres:///d?host=/var/run/postgresql',
    'postgres://u:p@[::1]/d',
  ])('%s is taken', (url) => {
    expect(readConfig({ ...single, DATABASE_URL: url }).databaseUrl).toBe(url);
  });
});
