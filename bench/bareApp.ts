/**
 * The yardstick: a Bolt app that acks a constant and keeps nothing. Whatever Lostdeal costs beyond it is Lostdeal's own.
 */
import { App } from '@slack/bolt';

const app = new App({
  token: process.env.SLACK_BOT_TOKEN ?? '',
  signingSecret: process.env.SLACK_SIGNING_SECRET ?? '',
  clientOptions: { slackApiUrl: process.env.SLACK_API_URL ?? '' },
});

app.command('/lostdeal', ({ ack }) => ack());
app.view(/^/, ({ ack }) => ack({ response_action: 'clear' }));

app.start(Number(process.env.PORT)).catch((error: unknown) => {
  process.stderr.write(`${String(error)}\n`);
  process.exit(1);
});
