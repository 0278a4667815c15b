import { App, type BlockButtonAction } from '@slack/bolt';
import { connectSandbox, type Sandbox, startSandbox } from '../src';
import { silentLogger } from './support/harness';

/** As Bolt's getting-started guide has it: what to subscribe to, what to be allowed. */
const manifest = (socketMode: boolean) => `
display_information: { name: Bolt for JavaScript Sample }
features: { bot_user: { display_name: Sample } }
oauth_config: { scopes: { bot: [chat:write, channels:history, groups:history, im:history, mpim:history] } }
settings:
  event_subscriptions: { bot_events: [message.channels, message.groups, message.im, message.mpim] }
  interactivity: { is_enabled: true }
  socket_mode_enabled: ${socketMode}
`;

/** The guide's own listeners. */
function listen(app: App): void {
  app.message('hello', async ({ message, say }) => {
    if (message.subtype !== undefined) return;
    await say({
      blocks: [
        {
          type: 'section',
          text: { type: 'mrkdwn', text: `Hey there <@${message.user}>!` },
          accessory: {
            type: 'button',
            text: { type: 'plain_text', text: 'Click Me' },
            action_id: 'button_click',
          },
        },
      ],
      text: `Hey there <@${message.user}>!`,
    });
  });
  app.action<BlockButtonAction>('button_click', async ({ body, ack, say }) => {
    await ack();
    await say(`<@${body.user.id}> clicked the button`);
  });
}

describe('Bolt’s getting-started app', () => {
  let sandbox: Sandbox;
  let app: App;
  afterEach(async () => {
    await app.stop();
    await sandbox.stop();
  });

  it.each(['Socket Mode', 'HTTP'])('greets whoever says hello, and hears the click, over %s', async (way) => {
    const isSocket = way === 'Socket Mode';
    sandbox = await startSandbox({ manifest: manifest(isSocket) });
    const common = {
      token: sandbox.botToken,
      clientOptions: { slackApiUrl: sandbox.apiUrl },
      logger: silentLogger,
    };
    app = isSocket
      ? new App({ ...common, socketMode: true, appToken: sandbox.appToken })
      : new App({ ...common, signingSecret: sandbox.signingSecret });
    listen(app);
    const server = await app.start(0);
    if (!isSocket) {
      const address = (server as import('node:http').Server).address();
      const port = typeof address === 'object' ? address?.port : undefined;
      await sandbox.setRequestUrl(`http://127.0.0.1:${port}/slack/events`);
    }

    const robin = connectSandbox(sandbox.url).as('robin');
    await robin.post('hello', { in: '#requests' });
    const greeting = await robin.channel('#requests').waitFor('Hey there @robin!');
    expect(greeting.buttons()).toEqual(['Click Me']);
    await greeting.click('Click Me');
    await robin.channel('#requests').waitFor('@robin clicked the button');
  });
});
