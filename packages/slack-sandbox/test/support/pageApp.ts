/** An app with one of everything that the page must show, and somebody in front of the page. */
import type { App } from '@slack/bolt';
import type { AnyBlock, ModalView, View } from '@slack/types';

const words = (text: string) => ({ type: 'plain_text' as const, text });
const marked = (text: string) => ({ type: 'mrkdwn' as const, text });
const option = (text: string) => ({ text: words(text), value: text.toLowerCase() });
const PIXEL =
  'data:image/svg+xml,%3Csvg xmlns="http://www.w3.org/2000/svg" width="160" height="100" viewBox="0 0 8 5"%3E%3Crect width="8" height="5" fill="%230a7457"/%3E%3C/svg%3E';

/** Every block that only displays. The sandbox's validator keeps it honest: it is posted. */
export const GALLERY: readonly AnyBlock[] = [
  { type: 'header', text: words('A header with *stars* & :wave:') },
  {
    type: 'section',
    text: marked('A *section*, _slanted_, `code`, <https://example.com|a link>, <@U0000ROBIN>\n> quoted'),
  },
  { type: 'section', text: words('Plain: *no stars*, <@U0000ROBIN>, 10:30:45') },
  {
    type: 'section',
    fields: [
      marked('*Account*\nAcme'),
      words('Plain *field*'),
      marked('*Amount*\n$48,000'),
      marked('*Stage*\nLost'),
    ],
  },
  {
    type: 'section',
    text: marked('With a picture'),
    accessory: { type: 'image', image_url: PIXEL, alt_text: 'A green tile' },
  },
  { type: 'divider' },
  {
    type: 'context',
    elements: [
      { type: 'image', image_url: PIXEL, alt_text: 'A small tile' },
      marked('*Context* by <@U0000ROBIN>'),
      words('and plain *words*'),
    ],
  },
  { type: 'image', image_url: PIXEL, alt_text: 'A large tile', title: words('A picture with a title') },
  {
    type: 'rich_text',
    elements: [
      {
        type: 'rich_text_section',
        elements: [
          { type: 'text', text: 'Rich *text* ' },
          { type: 'text', text: 'bold', style: { bold: true } },
          { type: 'text', text: ' for ' },
          { type: 'user', user_id: 'U0000ROBIN' },
        ],
      },
      {
        type: 'rich_text_list',
        style: 'bullet',
        elements: [
          { type: 'rich_text_section', elements: [{ type: 'text', text: 'one' }] },
          { type: 'rich_text_section', elements: [{ type: 'text', text: 'two' }] },
        ],
      },
      { type: 'rich_text_quote', elements: [{ type: 'text', text: 'Said so' }] },
      { type: 'rich_text_preformatted', elements: [{ type: 'text', text: 'const a = 1;' }] },
    ],
  },
  { type: 'markdown', text: '**Markdown** with a\n\n- list' },
  {
    type: 'table',
    rows: [
      [
        { type: 'raw_text', text: 'Competitor' },
        { type: 'raw_text', text: '*Won*' },
      ],
      [
        { type: 'raw_text', text: 'Globex' },
        { type: 'raw_number', value: 3, text: '3' },
      ],
    ],
  },
  { type: 'card', title: marked('A *card*'), body: marked('with a _body_') },
  {
    type: 'container',
    title: words('A container'),
    child_blocks: [{ type: 'section', text: marked('Inside it') }],
  },
];

/** Every element that somebody can touch, in a message. */
const CONTROLS: readonly AnyBlock[] = [
  {
    type: 'section',
    block_id: 'menu',
    text: marked('A section with a *menu*'),
    accessory: { type: 'overflow', action_id: 'over', options: [option('First'), option('Second')] },
  },
  {
    type: 'actions',
    block_id: 'row',
    elements: [
      { type: 'button', action_id: 'press', text: words('Press'), style: 'primary' },
      {
        type: 'button',
        action_id: 'drop',
        text: words('Drop'),
        style: 'danger',
        confirm: {
          title: words('Drop it?'),
          text: words('It is gone then.'),
          confirm: words('Drop'),
          deny: words('Keep'),
        },
      },
      {
        type: 'static_select',
        action_id: 'choose',
        placeholder: words('Choose one'),
        options: [option('One'), option('Two')],
      },
      { type: 'datepicker', action_id: 'day' },
      {
        type: 'external_select',
        action_id: 'find',
        placeholder: words('Find an account'),
        min_query_length: 1,
      },
    ],
  },
];

const field = (blockId: string, label: string, element: object, more: object = {}): AnyBlock =>
  ({
    type: 'input',
    block_id: blockId,
    label: words(label),
    element: { action_id: 'it', ...element },
    optional: true,
    ...more,
  }) as AnyBlock;

/** Every input there is. */
export const FORM: ModalView = {
  type: 'modal',
  callback_id: 'form',
  notify_on_close: true,
  title: words('A form'),
  submit: words('Save'),
  close: words('Leave'),
  blocks: [
    { type: 'alert', level: 'warning', text: words('An alert with *stars*') },
    field(
      'account',
      'Account',
      { type: 'plain_text_input' },
      { optional: false, hint: words('As in the books') },
    ),
    field('notes', 'Notes', { type: 'plain_text_input', multiline: true }),
    field('amount', 'Amount', { type: 'number_input', is_decimal_allowed: true }),
    field('mail', 'Mail', { type: 'email_text_input' }),
    field('page', 'Page', { type: 'url_text_input' }),
    field('said', 'What they said', { type: 'rich_text_input' }),
    field('one', 'One of these', { type: 'static_select', options: [option('One'), option('Two')] }),
    field('many', 'Some of these', { type: 'multi_static_select', options: [option('Red'), option('Blue')] }),
    field('who', 'Who', { type: 'users_select' }),
    field('where', 'Where', { type: 'conversations_select' }),
    field('room', 'Which channel', { type: 'multi_channels_select' }),
    field('boxes', 'Boxes', { type: 'checkboxes', options: [option('Left'), option('Right')] }),
    field('way', 'Which way', { type: 'radio_buttons', options: [option('Up'), option('Down')] }),
    field('on', 'On', { type: 'datepicker' }),
    field('at', 'At', { type: 'timepicker' }),
    field('when', 'When', { type: 'datetimepicker' }),
    field('rival', 'Competitor', { type: 'external_select', min_query_length: 1 }),
    field('rivals', 'Also there', { type: 'multi_external_select', min_query_length: 1 }),
    field('papers', 'Papers', { type: 'file_input', max_files: 2 }),
    {
      type: 'actions',
      block_id: 'more',
      elements: [{ type: 'button', action_id: 'push', text: words('More') }],
    },
  ],
};

const second = (title: string, push: boolean): ModalView => ({
  type: 'modal',
  callback_id: 'pushed',
  title: words(title),
  submit: words('Done'),
  blocks: [
    { type: 'section', text: marked(`This is *${title}*`) },
    ...(push
      ? [
          {
            type: 'actions' as const,
            elements: [{ type: 'button' as const, action_id: 'push', text: words('More') }],
          },
        ]
      : []),
  ],
});

const HOME: View = {
  type: 'home',
  blocks: [
    { type: 'header', text: words('At home') },
    ...CONTROLS,
    field('note', 'A note', { type: 'plain_text_input' }, { dispatch_action: true }),
  ],
};

const RIVALS = ['Globex', 'Globex Nordic', 'Initech', 'Umbrella'];
const found = (typed: string) =>
  RIVALS.filter((name) => name.toLowerCase().includes(typed.toLowerCase())).map(option);

/** What was told to the app, in words of the test: `closed`, `saved {...}`, `pressed one`. */
export type Heard = string[];

/** Puts the app's listeners on. */
export function listen(app: App, heard: Heard): void {
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
      case 'fail':
        await client.views.publish({ user_id: 'UNOBODY', view: HOME });
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
    heard.push(`saved ${JSON.stringify(values)}`);
    await ack();
  });
  app.view({ callback_id: 'form', type: 'view_closed' }, async ({ ack, view }) => {
    heard.push(`closed ${view.callback_id}`);
    await ack();
  });
  app.view('pushed', async ({ ack }) => ack());
  app.action('push', async ({ ack, body, client }) => {
    await ack();
    if (body.type !== 'block_actions') return;
    const title = body.view?.callback_id === 'form' ? 'Second' : 'Third';
    await client.views.push({ trigger_id: body.trigger_id, view: second(title, title === 'Second') });
  });
  for (const name of ['press', 'drop', 'choose', 'day', 'find', 'over', 'it']) {
    app.action(name, async ({ ack, action }) => {
      await ack();
      heard.push(`${name} ${JSON.stringify(action)}`);
    });
  }
  for (const name of ['find', 'it']) {
    app.options(name, async ({ ack, payload }) => ack({ options: found(payload.value) }));
  }
  app.shortcut('start', async ({ ack, shortcut, client }) => {
    await ack();
    await client.views.open({ trigger_id: shortcut.trigger_id, view: second('Started', false) });
  });
  app.shortcut('keep', async ({ ack, shortcut }) => {
    await ack();
    if (shortcut.type === 'message_action') heard.push(`keep ${String(shortcut.message.text)}`);
  });
  app.event('app_home_opened', async ({ event, client }) => {
    if (event.tab === 'home') await client.views.publish({ user_id: event.user, view: HOME });
  });
}
