/** Every block that displays, every control and every input, for tests of the page. */
import type { AnyBlock, ModalView, View } from '@slack/types';
import { actionsBlock, button, mrkdwnText, option, plainText } from './blockKit';

const PIXEL =
  'data:image/svg+xml,%3Csvg xmlns="http://www.w3.org/2000/svg" width="160" height="100" viewBox="0 0 8 5"%3E%3Crect width="8" height="5" fill="%230a7457"/%3E%3C/svg%3E';

/** Every block without controls. The app posts them, so the sandbox's validator proves them valid. */
export const GALLERY: readonly AnyBlock[] = [
  { type: 'header', text: plainText('A header with *stars* & :wave:') },
  {
    type: 'section',
    text: mrkdwnText('A *section*, _slanted_, `code`, <https://example.com|a link>, <@U0000ROBIN>\n> quoted'),
  },
  { type: 'section', text: plainText('Plain: *no stars*, <@U0000ROBIN>, 10:30:45') },
  {
    type: 'section',
    fields: [
      mrkdwnText('*Account*\nAcme'),
      plainText('Plain *field*'),
      mrkdwnText('*Amount*\n$48,000'),
      mrkdwnText('*Stage*\nLost'),
    ],
  },
  {
    type: 'section',
    text: mrkdwnText('With a picture'),
    accessory: { type: 'image', image_url: PIXEL, alt_text: 'A green tile' },
  },
  { type: 'divider' },
  {
    type: 'context',
    elements: [
      { type: 'image', image_url: PIXEL, alt_text: 'A small tile' },
      mrkdwnText('*Context* by <@U0000ROBIN>'),
      plainText('and plain *words*'),
    ],
  },
  { type: 'image', image_url: PIXEL, alt_text: 'A large tile', title: plainText('A picture with a title') },
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
  { type: 'card', title: mrkdwnText('A *card*'), body: mrkdwnText('with a _body_') },
  {
    type: 'container',
    title: plainText('A container'),
    child_blocks: [{ type: 'section', text: mrkdwnText('Inside it') }],
  },
];

/** Every control that a message can hold. */
export const CONTROLS: readonly AnyBlock[] = [
  {
    type: 'section',
    block_id: 'menu',
    text: mrkdwnText('A section with a *menu*'),
    accessory: { type: 'overflow', action_id: 'over', options: [option('First'), option('Second')] },
  },
  {
    type: 'actions',
    block_id: 'row',
    elements: [
      button('Press', { style: 'primary' }),
      button('Drop', {
        style: 'danger',
        confirm: {
          title: plainText('Drop it?'),
          text: plainText('It is gone then.'),
          confirm: plainText('Drop'),
          deny: plainText('Keep'),
        },
      }),
      {
        type: 'static_select',
        action_id: 'choose',
        placeholder: plainText('Choose one'),
        options: [option('One'), option('Two')],
      },
      { type: 'datepicker', action_id: 'day' },
      {
        type: 'external_select',
        action_id: 'find',
        placeholder: plainText('Find an account'),
        min_query_length: 1,
      },
    ],
  },
];

const field = (blockId: string, label: string, element: object, more: object = {}): AnyBlock =>
  ({
    type: 'input',
    block_id: blockId,
    label: plainText(label),
    element: { action_id: 'it', ...element },
    optional: true,
    ...more,
  }) as AnyBlock;

const PUSHING = actionsBlock(button('More', { action_id: 'push' }));

/** A modal with every input, and a button that pushes another view. */
export const FORM: ModalView = {
  type: 'modal',
  callback_id: 'form',
  notify_on_close: true,
  title: plainText('A form'),
  submit: plainText('Save'),
  close: plainText('Leave'),
  blocks: [
    { type: 'alert', level: 'warning', text: plainText('An alert with *stars*') },
    field(
      'account',
      'Account',
      { type: 'plain_text_input' },
      { optional: false, hint: plainText('As in the books') },
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
    PUSHING,
  ],
};

/** @param pushing whether it has a button that pushes another view */
export const pushedView = (title: string, pushing: boolean): ModalView => ({
  type: 'modal',
  callback_id: 'pushed',
  title: plainText(title),
  submit: plainText('Done'),
  blocks: [{ type: 'section', text: mrkdwnText(`This is *${title}*`) }, ...(pushing ? [PUSHING] : [])],
});

export const HOME: View = {
  type: 'home',
  blocks: [
    { type: 'header', text: plainText('At home') },
    ...CONTROLS,
    field('note', 'A note', { type: 'plain_text_input' }, { dispatch_action: true }),
  ],
};
