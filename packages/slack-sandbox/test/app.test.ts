/** Bolt apps against the sandbox: everything that a person can do reaches them, and they can answer. */
import type { App, BlockButtonAction } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import { actionsBlock, button, modalView, mrkdwnText, plainText } from './support/blockKit';
import { type Harness, startHarness, type Transport } from './support/harness';

const accountForm = (more: Partial<ModalView> = {}) =>
  modalView('A request', {
    callback_id: 'lost',
    blocks: [
      {
        type: 'input',
        block_id: 'account',
        label: plainText('Account'),
        element: { type: 'plain_text_input', action_id: 'name' },
      },
    ],
    ...more,
  });

describe.each<Transport>(['socket', 'http'])('a Bolt app over %s', (transport) => {
  let harness: Harness;
  beforeEach(async () => {
    harness = await startHarness();
  });
  afterEach(() => harness.stop());

  it('opens a modal from a command, refuses what was typed, shows the next view, and closes', async () => {
    await harness.startApp(
      (app) => {
        app.command('/probe', async ({ ack, body, client }) => {
          await ack();
          await client.views.open({
            trigger_id: body.trigger_id,
            view: accountForm(),
          });
        });
        app.view('lost', async ({ ack, view: submitted }) => {
          const name = submitted.state.values.account?.name?.value;
          if (name === 'Nobody')
            return ack({ response_action: 'errors', errors: { account: 'Who is that?' } });
          return ack({
            response_action: 'update',
            view: modalView(`Lost: ${name}`, { callback_id: 'done' }),
          });
        });
        app.view('done', async ({ ack }) => ack({ response_action: 'clear' }));
      },
      { transport },
    );
    const robin = harness.client.as('robin');

    expect((await robin.slash('/probe Acme', { in: '#sales' })).delivery).toBe('acked');
    const modal = await robin.modal();
    expect(modal.title).toBe('A request');
    expect(modal.inputs()).toEqual(['Account']);

    await modal.submit();
    expect(modal.errors()).toEqual({ Account: 'Please complete this required field.' });
    await modal.fill({ Account: 'Nobody' });
    await modal.submit();
    expect(modal.errors()).toEqual({ Account: 'Who is that?' });
    await modal.fill({ Account: 'Acme' });
    await modal.submit();
    expect(modal.title).toBe('Lost: Acme');
    await modal.submit();
    await robin.noModal();
  });

  it('answers a command to one person or to everybody', async () => {
    await harness.startApp(
      (app) => {
        app.command('/probe', async ({ ack, command }) =>
          command.text === 'loud'
            ? ack({ response_type: 'in_channel', text: 'Everybody reads this' })
            : ack('Just *you*'),
        );
      },
      { transport },
    );
    const [robin, maya] = [harness.client.as('robin'), harness.client.as('maya')];
    await robin.slash('/probe', { in: '#sales' });
    await robin.slash('/probe loud', { in: '#sales' });
    const answer = await robin.channel('#sales').waitFor('Just you');
    expect(answer.ephemeral).toBe(true);
    await maya.channel('#sales').waitFor('Everybody reads this');
    await maya.channel('#sales').waitForNone('Just you');
  });

  it('receives the click on a button, answers at the response URL and updates the message', async () => {
    await harness.startApp(
      (app) => {
        app.action('match', async ({ ack, respond, body, client }) => {
          await ack();
          if (body.type !== 'block_actions' || body.channel === undefined || body.message === undefined)
            throw new Error('not a click in a message');
          await client.chat.update({
            channel: body.channel.id,
            ts: body.message.ts,
            text: `Matched by <@${body.user.id}>`,
          });
          await respond({ text: 'Thank you', replace_original: false });
        });
      },
      { transport },
    );
    await harness.web.chat.postMessage({
      channel: 'C0REQUESTS',
      text: 'Match it?',
      blocks: [{ type: 'section', text: mrkdwnText('Match *Acme*?') }, actionsBlock(button('Match'))],
    });
    const maya = harness.client.as('maya');
    const message = await maya.channel('#requests').waitFor('Match Acme?');
    expect(message.buttons()).toEqual(['Match']);
    await message.click('Match');
    expect((await maya.channel('#requests').waitFor('Thank you')).ephemeral).toBe(true);
    // The update has no blocks, so the old ones stay.
    expect((await message.latest()).fallback).toBe('Matched by @maya');
    await harness.client.as('robin').channel('#requests').waitForNone('Thank you');
  });

  it('receives a direct message and the opening of its Home tab', async () => {
    await harness.startApp(
      (app) => {
        app.message(async ({ message, say }) => {
          if (message.subtype === undefined && message.channel_type === 'im')
            await say(`You said: ${message.text}`);
        });
        app.event('app_home_opened', async ({ event, client }) => {
          await client.views.publish({
            user_id: event.user,
            view: {
              type: 'home',
              blocks: [{ type: 'section', text: { type: 'mrkdwn', text: `Hello <@${event.user}>` } }],
            },
          });
        });
      },
      { transport },
    );
    const robin = harness.client.as('robin');
    const dm = await robin.dm('Probe');
    await dm.post('hi & bye');
    await dm.waitFor('You said: hi & bye');
    await robin.home().open();
    expect(await robin.home().waitFor('Hello')).toBe('Hello @robin');
  });

  it('receives a global shortcut and a message shortcut', async () => {
    const started: unknown[] = [];
    await harness.startApp(
      (app) => {
        app.shortcut('start', async ({ ack, shortcut }) => {
          started.push(shortcut.type);
          await ack();
        });
        app.shortcut({ callback_id: 'keep', type: 'message_action' }, async ({ ack, shortcut, respond }) => {
          await ack();
          await respond(`Kept: ${shortcut.message.text}`);
        });
      },
      { transport },
    );
    const robin = harness.client.as('robin');
    await robin.shortcut('Start');
    expect(started).toEqual(['shortcut']);
    await robin.post('Ask @maya', { in: '#sales' });
    await robin.shortcut('Keep', { on: await robin.channel('#sales').waitFor('Ask @maya') });
    await robin.channel('#sales').waitFor('Kept: Ask @maya');
  });

  it('receives a choice in a dispatching input at once, but no text before Enter', async () => {
    const received: unknown[] = [];
    await harness.startApp(
      (app) => {
        app.action('a', async ({ ack, action, body }) => {
          received.push([action.type, body.type === 'block_actions' && body.view?.state.values]);
          await ack();
        });
        app.command('/probe', async ({ ack, body, client }) => {
          await ack();
          await client.views.open({ trigger_id: body.trigger_id, view: accountForm({ blocks }) });
        });
      },
      { transport },
    );
    const element = (label: string, more: object, dispatch_action: boolean) => ({
      type: 'input' as const,
      block_id: label,
      label: plainText(label),
      dispatch_action,
      element: { action_id: 'a', ...more } as never,
    });
    const blocks = [
      element('Text', { type: 'plain_text_input' }, true),
      element('Dispatched', { type: 'users_select' }, true),
      element('Kept', { type: 'users_select' }, false),
    ];
    await harness.client.as('robin').slash('/probe');
    const modal = await harness.client.as('robin').modal();
    await modal.fill({ Text: 'typed', Kept: 'maya' });
    expect(received).toEqual([]);
    await modal.fill({ Dispatched: 'sam' });
    const values = {
      Text: { a: { type: 'plain_text_input', value: 'typed' } },
      Dispatched: { a: { type: 'users_select', selected_user: 'U000000SAM' } },
      Kept: { a: { type: 'users_select', selected_user: 'U00000MAYA' } },
    };
    expect(received).toEqual([['users_select', values]]);
  });
});

/** Events and scopes of Bolt's getting-started guide. */
const guideManifest = (socketMode: boolean) => `
display_information: { name: Bolt for JavaScript Sample }
features: { bot_user: { display_name: Sample } }
oauth_config: { scopes: { bot: [chat:write, channels:history, groups:history, im:history, mpim:history] } }
settings:
  event_subscriptions: { bot_events: [message.channels, message.groups, message.im, message.mpim] }
  interactivity: { is_enabled: true }
  socket_mode_enabled: ${socketMode}
`;

/** The guide's own listeners. */
function addGuideListeners(app: App): void {
  app.message('hello', async ({ message, say }) => {
    if (message.subtype !== undefined) return;
    await say({
      blocks: [
        {
          type: 'section',
          text: mrkdwnText(`Hey there <@${message.user}>!`),
          accessory: {
            type: 'button',
            text: plainText('Click Me'),
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

it.each<Transport>(['socket', 'http'])(
  'Bolt’s getting-started app greets a person and answers a click, over %s',
  async (transport) => {
    const harness = await startHarness({ manifest: guideManifest(transport === 'socket') });
    await harness.startApp(addGuideListeners, { transport });
    const robin = harness.client.as('robin');
    await robin.post('hello', { in: '#requests' });
    const greeting = await robin.channel('#requests').waitFor('Hey there @robin!');
    expect(greeting.buttons()).toEqual(['Click Me']);
    await greeting.click('Click Me');
    await robin.channel('#requests').waitFor('@robin clicked the button');
    await harness.stop();
  },
);
