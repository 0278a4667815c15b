/** The app of the page's tests: it shows and answers what pageBlocks.ts has. */
import type { App } from '@slack/bolt';
import { option } from './blockKit';
import { CONTROLS, FORM, GALLERY, HOME, pushedView } from './pageBlocks';

const COMPETITORS = ['Globex', 'Globex Nordic', 'Initech', 'Umbrella'];
const matching = (typed: string) =>
  COMPETITORS.filter((name) => name.toLowerCase().includes(typed.toLowerCase())).map(option);

/** @param received gets a line for everything that the app receives: `saved {…}`, `closed form`, `press {…}` */
export function addListeners(app: App, received: string[]): void {
  app.command('/probe', async ({ ack, command, body, client, respond }) => {
    await ack();
    switch (command.text) {
      case 'form':
        await client.views.open({ trigger_id: body.trigger_id, view: FORM });
        break;
      case 'controls':
        await client.chat.postMessage({
          channel: command.channel_id,
          text: 'Controls',
          blocks: [...CONTROLS],
        });
        break;
      case 'gallery':
        await client.chat.postMessage({ channel: command.channel_id, text: 'Gallery', blocks: [...GALLERY] });
        break;
      default:
        await respond(`Only you read this, ${command.user_name}.`);
    }
  });
  app.view('form', async ({ ack, view }) => {
    const values = view.state.values;
    if (values.account?.it?.value === 'Nobody') {
      await ack({ response_action: 'errors', errors: { account: 'Who is that?' } });
      return;
    }
    received.push(`saved ${JSON.stringify(values)}`);
    await ack();
  });
  app.view({ callback_id: 'form', type: 'view_closed' }, async ({ ack, view }) => {
    received.push(`closed ${view.callback_id}`);
    await ack();
  });
  app.view('pushed', async ({ ack }) => ack());
  app.action('push', async ({ ack, body, client }) => {
    await ack();
    if (body.type !== 'block_actions') return;
    const title = body.view?.callback_id === 'form' ? 'Second' : 'Third';
    await client.views.push({ trigger_id: body.trigger_id, view: pushedView(title, title === 'Second') });
  });
  for (const name of ['press', 'drop', 'choose', 'day', 'find', 'over', 'it']) {
    app.action(name, async ({ ack, action }) => {
      await ack();
      received.push(`${name} ${JSON.stringify(action)}`);
    });
  }
  for (const name of ['find', 'it']) {
    app.options(name, async ({ ack, payload }) => ack({ options: matching(payload.value) }));
  }
  app.shortcut('start', async ({ ack, shortcut, client }) => {
    await ack();
    await client.views.open({ trigger_id: shortcut.trigger_id, view: pushedView('Started', false) });
  });
  app.shortcut('keep', async ({ ack, shortcut }) => {
    await ack();
    if (shortcut.type === 'message_action') received.push(`keep ${String(shortcut.message.text)}`);
  });
  app.event('app_home_opened', async ({ event, client }) => {
    if (event.tab === 'home') await client.views.publish({ user_id: event.user, view: HOME });
  });
}
