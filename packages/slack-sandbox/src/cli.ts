import { parseArgs } from 'node:util';
import { SandboxError } from './errors';
import { startSandbox } from './sandbox';

const USAGE = `slack-sandbox --manifest manifest.yml [--seed workspace.yml] [--state state.json] [--port 4010] [--request-url http://127.0.0.1:3000/slack/events] [--not-installed] [--rationed-history]
Starts a local Slack workspace for one app. Ids are the same in every run, tokens with --state. --state FILE
keeps the workspace from one run to the next.`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      manifest: { type: 'string', default: 'manifest.yml' },
      seed: { type: 'string' },
      state: { type: 'string' },
      port: { type: 'string', default: '4010' },
      'request-url': { type: 'string' },
      'not-installed': { type: 'boolean', default: false },
      'rationed-history': { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(USAGE);
    return;
  }
  const requestUrl = values['request-url'];
  const sandbox = await startSandbox({
    manifest: values.manifest,
    port: Number(values.port),
    ...(values.seed === undefined ? {} : { seed: values.seed }),
    ...(values.state === undefined ? {} : { stateFile: values.state }),
    ...(requestUrl === undefined ? {} : { requestUrl }),
    ...(values['not-installed'] ? { installed: false } : {}),
    rationedHistory: values['rationed-history'],
  });
  const lines = [
    `SLACK_API_URL=${sandbox.apiUrl}`,
    ...(values['not-installed']
      ? [
          `SLACK_CLIENT_ID=${sandbox.clientId}`,
          `SLACK_CLIENT_SECRET=${sandbox.clientSecret}`,
          `SLACK_AUTHORIZATION_URL=${sandbox.authorizationUrl}`,
        ]
      : [`SLACK_BOT_TOKEN=${sandbox.botToken}`]),
    ...(requestUrl === undefined ? [`SLACK_APP_TOKEN=${sandbox.appToken}`] : []),
    `SLACK_SIGNING_SECRET=${sandbox.signingSecret}`,
  ];
  console.log(`# The workspace: ${sandbox.url}\n# For the app's environment:\n${lines.join('\n')}`);
  const stop = () => {
    sandbox.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        console.error(error);
        process.exit(1);
      },
    );
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
}

main().catch((error: unknown) => {
  console.error(error instanceof SandboxError ? error.message : error);
  process.exit(1);
});
