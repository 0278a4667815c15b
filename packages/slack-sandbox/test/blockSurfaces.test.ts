import { BLOCKS } from '../src/blockkit/blocks';
import type { BlockSurface } from '../src/blockkit/checks';
import { ELEMENTS } from '../src/blockkit/elements';
import { INLINE_ELEMENTS } from '../src/blockkit/richText';
import { findBlockFaults } from '../src/blockkit/validate';
import type { JsonObject } from '../src/json';
import {
  actionCell,
  actions,
  button,
  card,
  cell,
  container,
  dataTable,
  feedback,
  iconButton,
  input,
  mrkdwn,
  option,
  picture,
  pie,
  plain,
  preformatted,
  richText,
  richTextSection,
  segment,
  table,
  task,
  textInput,
  video,
} from './support/blockParts';

/**
 * The surfaces of each block, from https://docs.slack.dev/reference/block-kit/blocks (September 2026) and Slack's own
 * slackapi/slack-skills-plugin. M: message, V: modal, H: Home tab. While containers and charts were new, some live Home
 * tabs answered `unsupported type`, so an app needs a plainer Home tab as fallback.
 */
const BLOCK_SURFACES: Readonly<Record<string, readonly [string, JsonObject]>> = {
  actions: ['MVH', actions(button())],
  alert: ['V', { type: 'alert', text: mrkdwn(1), level: 'info' }],
  card: ['MVH', card({ slack_icon: { type: 'icon', name: 'sparkle' } })],
  carousel: ['MH', { type: 'carousel', elements: [card()] }],
  container: ['MH', container()],
  context: ['MVH', { type: 'context', elements: [picture, plain(1)] }],
  context_actions: ['M', iconButton()],
  data_table: [
    'MH',
    dataTable([
      [cell(), cell()],
      [richText(1), actionCell({}, { fallback: cell() })],
    ]),
  ],
  data_visualization: ['MH', pie([segment()])],
  divider: ['MVH', { type: 'divider' }],
  file: ['', { type: 'file', external_id: 'F', source: 'remote' }],
  header: ['MVH', { type: 'header', text: plain(1) }],
  image: ['MVH', picture],
  input: ['MVH', textInput()],
  markdown: ['M', { type: 'markdown', text: '# Hello' }],
  plan: ['M', { type: 'plan', title: 'P', tasks: [{ task_id: 't', title: 'T', status: 'pending' }] }],
  rich_text: ['MVH', richText(1)],
  section: ['MVH', { type: 'section', text: mrkdwn(1) }],
  table: ['MH', table([[cell()]])],
  task_card: ['M', task({ sources: [{ type: 'url', url: 'https://example.com', text: 'E' }] })],
  video: ['MVH', video()],
};

/**
 * The surfaces and the blocks that may hold each element, and its other fields. Blocks by letter: section, actions, input,
 * context, card (D), data table (T), context_actions (X).
 */
const ELEMENT_PLACES: Readonly<Record<string, readonly [string, string, object]>> = {
  button: ['MVH', 'SADT', button()],
  image: ['MVH', 'SC', picture],
  overflow: ['MVH', 'SA', { options: [option(0)] }],
  checkboxes: ['MVH', 'SAI', { options: [option(0)] }],
  radio_buttons: ['MVH', 'SAI', { options: [option(0)] }],
  datepicker: ['MVH', 'SAI', { initial_date: '2026-11-30' }],
  timepicker: ['MVH', 'SAI', { initial_time: '23:59', timezone: 'Europe/Berlin' }],
  datetimepicker: ['MV', 'AI', { initial_date_time: 1_628_633_820 }],
  static_select: ['MVH', 'SAI', { options: [option(0)] }],
  external_select: ['MVH', 'SAI', { min_query_length: 0 }],
  users_select: ['MVH', 'SAI', { initial_user: 'U1' }],
  conversations_select: ['MVH', 'SAI', { filter: { include: ['im'] } }],
  channels_select: ['MVH', 'SAI', { initial_channel: 'C1' }],
  multi_static_select: ['MVH', 'SAI', { options: [option(0)], max_selected_items: 1 }],
  multi_external_select: ['MVH', 'SAI', {}],
  multi_users_select: ['MVH', 'SAI', { initial_users: ['U1'] }],
  multi_conversations_select: ['MVH', 'SAI', { initial_conversations: ['C1'] }],
  multi_channels_select: ['MVH', 'SAI', { initial_channels: ['C1'] }],
  plain_text_input: ['MVH', 'I', { multiline: true, min_length: 0, max_length: 3000 }],
  email_text_input: ['V', 'I', {}],
  url_text_input: ['V', 'I', {}],
  number_input: ['V', 'I', { is_decimal_allowed: true, min_value: '-1.5', max_value: '2' }],
  file_input: ['V', 'I', { filetypes: ['pdf'], max_files: 1 }],
  rich_text_input: ['VH', 'AI', { action_id: 'a', min_lines: 1, max_lines: 100 }],
  workflow_button: [
    'M',
    'SA',
    { action_id: 'a', text: plain(1), workflow: { trigger: { url: 'https://slack.com/x' } } },
  ],
  feedback_buttons: ['M', 'X', feedback().elements[0] ?? {}],
  icon_button: ['M', 'X', { icon: 'trash', text: plain(1) }],
};

const SURFACES: readonly (readonly [string, BlockSurface])[] = [
  ['M', 'message'],
  ['V', 'modal'],
  ['H', 'home'],
];

/** A block's letter, its surfaces, the block around an element, and the element's JSON pointer in it. */
const PARENTS: readonly (readonly [
  string,
  readonly BlockSurface[],
  (element: object) => JsonObject,
  string,
])[] = [
  [
    'S',
    ['message', 'modal', 'home'],
    (element) => ({ type: 'section', text: plain(1), accessory: element }),
    '/accessory',
  ],
  ['A', ['message', 'modal', 'home'], (element) => actions(element), '/elements/0'],
  ['I', ['message', 'modal', 'home'], (element) => input(element), '/element'],
  ['C', ['message', 'modal', 'home'], (element) => ({ type: 'context', elements: [element] }), '/elements/0'],
  ['D', ['message', 'modal', 'home'], (element) => card({ actions: [element] }), '/actions/0'],
  [
    'T',
    ['message', 'home'],
    (element) => dataTable([[cell()], [{ type: 'action_cell', element }]]),
    '/rows/1/0/element',
  ],
  ['X', ['message'], (element) => ({ type: 'context_actions', elements: [element] }), '/elements/0'],
];

const faultsOf = (block: JsonObject, surface: BlockSurface) =>
  findBlockFaults([block], surface, '/blocks', 50);

const answerOf = (allowed: boolean) => (allowed ? 'allowed' : 'refused');

const blockCases = Object.entries(BLOCK_SURFACES).flatMap(([type, [letters, block]]) =>
  SURFACES.map(([letter, surface]) => {
    const allowed = letters.includes(letter);
    return { type, surface, block, allowed, answer: answerOf(allowed) };
  }),
);

it.each(blockCases)('$type in a $surface: $answer', ({ type, surface, block, allowed }) => {
  const refusal = [`[ERROR] unsupported type: ${type} [json-pointer:/blocks/0/type]`];
  expect(faultsOf(block, surface)).toEqual(allowed ? [] : refusal);
});

const elementCases = Object.entries(ELEMENT_PLACES).flatMap(([type, [letters, parents, more]]) =>
  SURFACES.flatMap(([letter, surface]) =>
    PARENTS.filter(([, surfaces]) => surfaces.includes(surface)).map(([parent, , wrap, pointer]) => {
      const allowed = letters.includes(letter) && parents.includes(parent);
      const block = wrap({ type, ...more });
      return { type, surface, pointer, block, parent: block.type, allowed, answer: answerOf(allowed) };
    }),
  ),
);

it.each(elementCases)(
  '$type in $parent in a $surface: $answer',
  ({ block, surface, allowed, type, pointer }) => {
    const faults = faultsOf(block, surface);
    if (allowed) expect(faults).toEqual([]);
    else if (block.type === 'context') expect(faults).not.toEqual([]);
    else
      expect(faults).toContain(`[ERROR] unsupported type: ${type} [json-pointer:/blocks/0${pointer}/type]`);
  },
);

it('knows every block and element of these tables, and no other', () => {
  const sendable = Object.keys(BLOCK_SURFACES).filter((type) => type !== 'file');
  expect(Object.keys(BLOCKS).sort()).toEqual(sendable.sort());
  expect(Object.keys(ELEMENTS).sort()).toEqual(Object.keys(ELEMENT_PLACES).sort());
});

/** Every element of a rich text section, with every field that the documents give it. */
const RICH_TEXT: Readonly<Record<string, object>> = {
  text: { text: 'x', style: { bold: true } },
  link: {
    url: 'https://example.com',
    text: 'x',
    unsafe: false,
    from_llm: false,
    is_slack_url: false,
    truncated: false,
  },
  emoji: { name: 'wave', unicode: '1f44b' },
  user: { user_id: 'U1', from_llm: true },
  channel: { channel_id: 'C1', tab_id: 'Ct1', from_llm: true },
  usergroup: { usergroup_id: 'S1' },
  team: { team_id: 'T1' },
  broadcast: { range: 'here' },
  color: { value: '#F405B3' },
  date: {
    timestamp: 1_720_710_212,
    format: '{date}',
    timezone: 'Asia/Tokyo',
    url: 'https://x.y',
    fallback: 'x',
  },
  canvas: {
    file_id: 'F1',
    label: 'L',
    hide_title: true,
    section_id: 's',
    text: 'T',
    is_skill_invocation: false,
  },
  canvas_message_unfurl: { root_message_ts: '1', root_message_channel: 'C1' },
  canvas_user_mention: { user_id: 'U1', thread_id: 't' },
  citation: {
    url: 'https://x.y',
    text: 'T',
    index: 1,
    details: { citation_type: 'web', display_name: 'D', title: 'T', snippet: 'S' },
    from_llm: true,
    is_slack_url: false,
  },
  file: { file_id: 'F1', text: 'T', url: 'https://x.y', is_skill_invocation: true },
  list_record: { file_id: 'F1', record_id: 'R1', view_id: 'V1', text: 'T', url: 'https://x.y' },
  message_mention: { channel_id: 'C1', message_ts: '1.2', author_id: 'U1', thread_ts: '1.1', text: 'T' },
  tag: { text: 'T', color: 'gray' },
  attachment_mention: {
    url: 'https://x.y',
    text: 'T',
    app_id: 'A1',
    entity_id: 'E1',
    icon_url: 'https://x.y',
    channel_id: 'C1',
    ts: '1.2',
    full_size_preview_enabled: true,
    icon_name: 'sf-record',
    reference_object_type: 'record',
    product_name: 'P',
    style: { unlink: true },
  },
  salesforce_data_field: {
    salesforce_record_id: '001',
    salesforce_field_label: 'L',
    salesforce_field_api_name: 'N',
    salesforce_include_field_label: true,
  },
  work_object_mention: { entity_id: 'E1', app_id: 'A1', text: 'T', url: 'https://x.y', product_name: 'P' },
  workflow_mention: {
    workflow_id: 'Wf1',
    function_trigger_id: 'Ft1',
    text: 'T',
    channel_id: 'C1',
    ts: '1.2',
  },
};

describe('rich text', () => {
  const inline = Object.entries(RICH_TEXT).map(([type, more]) => ({ type, element: { type, ...more } }));

  it.each(inline)('accepts a $type with every field, and refuses an unknown one', ({ element }) => {
    for (const [, surface] of SURFACES) expect(faultsOf(richTextSection(element), surface)).toEqual([]);
    expect(faultsOf(richTextSection({ ...element, strange: 1 }), 'message')).toEqual([
      '[ERROR] invalid additional property: strange [json-pointer:/blocks/0/elements/0/elements/0]',
    ]);
  });

  it('holds only text and links where it is preformatted', () => {
    const accepted = inline.filter(({ element }) => faultsOf(preformatted(element), 'message').length === 0);
    expect(accepted.map(({ type }) => type).sort()).toEqual(['link', 'text']);
  });

  it('has these elements, and no other', () => {
    expect(Object.keys(INLINE_ELEMENTS).sort()).toEqual(Object.keys(RICH_TEXT).sort());
  });
});
