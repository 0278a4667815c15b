import { BLOCKS } from '../src/blockkit/blocks';
import type { Surface } from '../src/blockkit/checks';
import { ELEMENTS } from '../src/blockkit/elements';
import { findBlockFaults } from '../src/blockkit/validate';
import type { JsonObject } from '../src/json';
import {
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
  richText,
  segment,
  table,
  task,
  textInput,
  video,
} from './support/blockParts';

/**
 * Which block stands where, as https://docs.slack.dev/reference/block-kit/blocks has it in August 2026. M: message,
 * V: modal, H: Home. A container is in messages only: an older copy of the page names Home too, live Homes refused it.
 */
const BLOCK_SURFACES: Readonly<Record<string, readonly [string, JsonObject]>> = {
  actions: ['MVH', actions(button())],
  alert: ['V', { type: 'alert', text: mrkdwn(1), level: 'info' }],
  card: ['MVH', card({ slack_icon: { type: 'icon', name: 'sparkle' } })],
  carousel: ['MH', { type: 'carousel', elements: [card()] }],
  container: ['M', container()],
  context: ['MVH', { type: 'context', elements: [picture, plain(1)] }],
  context_actions: ['M', iconButton()],
  data_table: ['MH', dataTable([[cell()], [richText(1)]])],
  data_visualization: ['M', pie([segment()])],
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

/** Surfaces, then blocks: section, actions, input, context, card, context_actions (X); and an element. */
const ELEMENT_PLACES: Readonly<Record<string, readonly [string, string, object]>> = {
  button: ['MVH', 'SAD', button()],
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
  workflow_button: ['M', 'SA', { text: plain(1), workflow: { trigger: { url: 'https://slack.com/x' } } }],
  feedback_buttons: ['M', 'X', feedback().elements[0] ?? {}],
  icon_button: ['M', 'X', { icon: 'trash', text: plain(1) }],
};

const SURFACES: readonly (readonly [string, Surface])[] = [
  ['M', 'message'],
  ['V', 'modal'],
  ['H', 'home'],
];

const PARENTS: readonly (readonly [string, readonly Surface[], (element: object) => JsonObject, string])[] = [
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
  ['X', ['message'], (element) => ({ type: 'context_actions', elements: [element] }), '/elements/0'],
];

const faultsOf = (block: JsonObject, surface: Surface) => findBlockFaults([block], surface, '/blocks', 50);

const blockCases = Object.entries(BLOCK_SURFACES).flatMap(([type, [on, block]]) =>
  SURFACES.map(([letter, surface]) => ({ type, surface, block, allowed: on.includes(letter) })),
);

it.each(blockCases)('$type in a $surface: $allowed', ({ type, surface, block, allowed }) => {
  const refused = [`[ERROR] unsupported type: ${type} [json-pointer:/blocks/0/type]`];
  expect(faultsOf(block, surface)).toEqual(allowed ? [] : refused);
});

const elementCases = Object.entries(ELEMENT_PLACES).flatMap(([type, [on, within, more]]) =>
  SURFACES.flatMap(([letter, surface]) =>
    PARENTS.filter(([, surfaces]) => surfaces.includes(surface)).map(([parent, , put, at]) => ({
      type,
      surface,
      at,
      block: put({ type, ...more }),
      parent: put({}).type,
      allowed: on.includes(letter) && within.includes(parent),
    })),
  ),
);

it.each(elementCases)('$type in $parent in a $surface: $allowed', ({ block, surface, allowed, type, at }) => {
  const faults = faultsOf(block, surface);
  if (allowed) expect(faults).toEqual([]);
  else if (block.type === 'context') expect(faults).not.toEqual([]);
  else expect(faults).toContain(`[ERROR] unsupported type: ${type} [json-pointer:/blocks/0${at}/type]`);
});

it('knows every block and element of the tables, and no other', () => {
  const sendable = Object.keys(BLOCK_SURFACES).filter((type) => type !== 'file');
  expect(Object.keys(BLOCKS).sort()).toEqual(sendable.sort());
  expect(Object.keys(ELEMENTS).sort()).toEqual(Object.keys(ELEMENT_PLACES).sort());
});
