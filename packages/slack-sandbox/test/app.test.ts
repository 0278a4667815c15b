import type { ModalView } from '@slack/types';
import { type Harness, startHarness, type Transport } from './support/harness';

const view = (changes: Partial<ModalView> = {}): ModalView => ({
  type: 'modal',
  callback_id: 'lost',
  title: { type: 'plain_text', text: 'A request' },
  submit: { type: 'plain_text', text: 'Next' },
  blocks: [
    {
      type: 'input',
      block_id: 'account',
      label: { type: 'plain_text', text: 'Account' },
      element: { type: 'plain_text_input', action_id: 'name' },
    },
  ],
  ...changes,
});

describe.each<Transport>(['socket', 'http'])('a Bolt app over %s', (mode) => {
  let harness: Harness;
  beforeEach(async () => {
    harness = await startHarness();
  });
  afterEach(() => harness.stop());

  it('opens a modal from a command, refuses what was typed, goes on, and clears', async () => {
    await harness.startApp((app) => {
      app.command('/probe', async ({ ack, body, client }) => {
        await ack();
        await client.views.open({ trigger_id: body.trigger_id, view: view({ private_metadata: body.text }) });
      });
      app.view('lost', async ({ ack, view: submitted }) => {
        const name = submitted.state.values.account?.name?.value;
        if (name === 'Nobody') return ack({ response_action: 'errors', errors: { account: 'Who is that?' } });
        return ack({
          response_action: 'update',
          view: view({
            callback_id: 'done',
            title: { type: 'plain_text', text: `Lost: ${name}` },
            blocks: [],
          }),
        });
      });
      app.view('done', async ({ ack }) => ack({ response_action: 'clear' }));
    }, mode);
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

  it('answers a command in words, to one person or to all', async () => {
    await harness.startApp((app) => {
      app.command('/probe', async ({ ack, command }) =>
        command.text === 'loud'
          ? ack({ response_type: 'in_channel', text: 'Hear, hear' })
          : ack('Just *you*'),
      );
    }, mode);
    const [robin, maya] = [harness.client.as('robin'), harness.client.as('maya')];
    await robin.slash('/probe', { in: '#sales' });
    await robin.slash('/probe loud', { in: '#sales' });
    const whisper = await robin.channel('#sales').waitFor('Just you');
    expect(whisper.ephemeral).toBe(true);
    await maya.channel('#sales').waitFor('Hear, hear');
    await maya.channel('#sales').waitForNone('Just you');
  });

  it('tells the app of a button in a message, which answers by response_url and by an update', async () => {
    await harness.startApp((app) => {
      app.action('match', async ({ ack, respond, body, client }) => {
        await ack();
        if (body.type !== 'block_actions' || body.channel === undefined || body.message === undefined)
          throw new Error('shape');
        await client.chat.update({
          channel: body.channel.id,
          ts: body.message.ts,
          text: `Matched by <@${body.user.id}>`,
        });
        await respond({ text: 'Thank you', replace_original: false });
      });
    }, mode);
    await harness.web.chat.postMessage({
      channel: 'C0REQUESTS',
      text: 'Match it?',
      blocks: [
        { type: 'section', text: { type: 'mrkdwn', text: 'Match *Acme*?' } },
        {
          type: 'actions',
          elements: [{ type: 'button', action_id: 'match', text: { type: 'plain_text', text: 'Match' } }],
        },
      ],
    });
    const maya = harness.client.as('maya');
    const message = await maya.channel('#requests').waitFor('Match Acme?');
    expect(message.buttons()).toEqual(['Match']);
    await message.click('Match');
    // Blocks that an update does not mention stay.
    expect((await maya.channel('#requests').waitFor('Thank you')).ephemeral).toBe(true);
    expect((await message.latest()).fallback).toBe('Matched by @maya');
    await harness.client.as('robin').channel('#requests').waitForNone('Thank you');
  });

  it('delivers a direct message and a Home tab that is opened', async () => {
    await harness.startApp((app) => {
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
    }, mode);
    const robin = harness.client.as('robin');
    const dm = await robin.dm('Probe');
    await dm.post('hi & bye');
    await dm.waitFor('You said: hi & bye');
    await robin.home().open();
    expect(await robin.home().waitFor('Hello')).toBe('Hello @robin');
  });

  it('starts from a global shortcut and from one on a message', async () => {
    const started: unknown[] = [];
    await harness.startApp((app) => {
      app.shortcut('start', async ({ ack, shortcut }) => {
        started.push(shortcut.type);
        await ack();
      });
      app.shortcut({ callback_id: 'keep', type: 'message_action' }, async ({ ack, shortcut, respond }) => {
        await ack();
        await respond(`Kept: ${shortcut.message.text}`);
      });
    }, mode);
    const robin = harness.client.as('robin');
    await robin.shortcut('Start');
    expect(started).toEqual(['shortcut']);
    await robin.post('Ask @maya', { in: '#sales' });
    await robin.shortcut('Keep', { on: await robin.channel('#sales').waitFor('Ask @maya') });
    await robin.channel('#sales').waitFor('Kept: Ask @maya');
  });

  it('hears of a choice at once, of typing only when asked to', async () => {
    const received: unknown[] = [];
    await harness.startApp((app) => {
      app.action('a', async ({ ack, action, body }) => {
        received.push([action.type, body.type === 'block_actions' && body.view?.state.values]);
        await ack();
      });
      app.command('/probe', async ({ ack, body, client }) => {
        await ack();
        await client.views.open({ trigger_id: body.trigger_id, view: view({ blocks }) });
      });
    }, mode);
    const element = (label: string, more: object, dispatch_action: boolean) => ({
      type: 'input' as const,
      block_id: label,
      label: { type: 'plain_text' as const, text: label },
      dispatch_action,
      element: { action_id: 'a', ...more } as never,
    });
    const blocks = [
      element('Quiet', { type: 'plain_text_input' }, true),
      element('Loud', { type: 'users_select' }, true),
      element('Mute', { type: 'users_select' }, false),
    ];
    await harness.client.as('robin').slash('/probe');
    const modal = await harness.client.as('robin').modal();
    await modal.fill({ Quiet: 'psst', Mute: 'maya' });
    expect(received).toEqual([]);
    await modal.fill({ Loud: 'sam' });
    const values = {
      Quiet: { a: { type: 'plain_text_input', value: 'psst' } },
      Loud: { a: { type: 'users_select', selected_user: 'U000000SAM' } },
      Mute: { a: { type: 'users_select', selected_user: 'U00000MAYA' } },
    };
    expect(received).toEqual([['users_select', values]]);
  });
});
