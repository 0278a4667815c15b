import { App, LogLevel } from '@slack/bolt';

/**
 * The app that the crowd talks to. Given SLACK_API_URL, SLACK_BOT_TOKEN and SLACK_APP_TOKEN, it runs as a process of
 * its own and sends `ready` to its parent process.
 */
export function makeCrowdApp(slackApiUrl: string, token: string, appToken: string): App {
  const app = new App({
    token,
    appToken,
    socketMode: true,
    logLevel: LogLevel.ERROR,
    clientOptions: { slackApiUrl },
  });
  app.command('/form', async ({ ack, client, body }) => {
    await client.views.open({
      trigger_id: body.trigger_id,
      view: {
        type: 'modal',
        callback_id: 'form',
        private_metadata: body.channel_id,
        title: { type: 'plain_text', text: 'Form' },
        submit: { type: 'plain_text', text: 'Send' },
        blocks: [
          {
            type: 'input',
            block_id: 'name',
            label: { type: 'plain_text', text: 'Name' },
            element: { type: 'plain_text_input', action_id: 'name' },
          },
        ],
      },
    });
    await ack();
  });
  app.view('form', async ({ ack, client, view }) => {
    await ack();
    const text = `Filled in: ${view.state.values.name?.name?.value ?? ''}`;
    await client.chat.postMessage({
      channel: view.private_metadata,
      text,
      blocks: [
        { type: 'section', text: { type: 'mrkdwn', text } },
        {
          type: 'actions',
          elements: [{ type: 'button', action_id: 'agree', text: { type: 'plain_text', text: 'Agree' } }],
        },
      ],
    });
  });
  app.action('agree', async ({ ack, client, body }) => {
    await ack();
    if (body.type !== 'block_actions' || body.channel === undefined || body.message === undefined) return;
    const text = `${body.message.text ?? ''} Agreed`;
    const blocks = [{ type: 'section', text: { type: 'mrkdwn', text } }];
    await client.chat.update({ channel: body.channel.id, ts: body.message.ts, text, blocks });
  });
  app.message(async () => undefined);
  return app;
}

if (require.main === module) {
  const { SLACK_API_URL = '', SLACK_BOT_TOKEN = '', SLACK_APP_TOKEN = '' } = process.env;
  void makeCrowdApp(SLACK_API_URL, SLACK_BOT_TOKEN, SLACK_APP_TOKEN)
    .start()
    .then(() => process.send?.('ready'));
}
