import { ConfigError, readConfig } from '../src/config';

const single = { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: 'xapp-1' };
const many = {
  SLACK_CLIENT_ID: '1.2',
  SLACK_CLIENT_SECRET: 's',
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
      port: 3000,
      logLevel: 'info',
      prettyLogs: true,
      encryptionKey: null,
    });
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

  it('takes blank values for missing ones, as a copied .env.example has them', () => {
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

  it.each(['99999', '-1', '80.5', 'many'])('says what a port is: %s', (PORT) => {
    expect(faultsOf({ ...single, PORT })).toEqual(['PORT must be a whole number from 0 to 65535']);
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
