import type { BlockSurface } from '../src/blockkit/checks';
import { findBlockFaults, findViewFaults } from '../src/blockkit/validate';
import type { JsonObject } from '../src/json';
import {
  actionCell,
  actions,
  bars,
  button,
  card,
  cell,
  confirm,
  container,
  dataTable,
  iconButton,
  input,
  many,
  menu,
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
  workflowButton,
} from './support/blockParts';

const faultsOf = (blocks: readonly JsonObject[], surface: BlockSurface = 'message') =>
  findBlockFaults(blocks, surface, '/blocks', 50);

/** A fault, a block that has it, Slack's own words for it, Slack's JSON pointer in the block, and the surface. */
const REFUSED: readonly (readonly [string, JsonObject, string, string, BlockSurface?])[] = [
  ['an unknown block', { type: 'banner' }, 'unsupported type: banner', '/type'],
  ['an unknown element', actions({ type: 'slider' }), 'unsupported type: slider', '/elements/0/type'],
  ['an unknown field', { type: 'divider', color: 'red' }, 'invalid additional property: color', ''],
  ['a missing field', { type: 'header' }, 'missing required field: text', ''],
  ['a bare string as text', card({ title: 'Hello' }), 'must provide an object', '/title'],
  ['an object as string', { type: 'plan', title: plain(1) }, 'must provide a string', '/title'],
  ['an empty text', { type: 'header', text: plain(0) }, 'must be more than 0 characters', '/text/text'],
  ['mrkdwn in a header', { type: 'header', text: mrkdwn(1) }, 'must be a valid enum value', '/text/type'],
  ['an unknown style', actions(button({ style: 'blue' })), 'must be a valid enum value', '/elements/0/style'],
  ['a url without a scheme', actions(button({ url: 'example' })), 'invalid url', '/elements/0/url'],
  [
    'a section without text and fields',
    { type: 'section' },
    'must define either `text` or `fields`',
    '/type',
  ],
  [
    'a text that fits no schema',
    { type: 'section', text: mrkdwn(3001) },
    'failed to match all allowed schemas',
    '/text',
  ],
  ['an actions block without elements', actions(), 'no fewer than 1 items allowed', '/elements'],
  ['a menu without options', menu({ options: [] }), 'no fewer than 1 items allowed', '/elements/0/options'],
  [
    'an image without an address',
    { type: 'image', alt_text: 'A' },
    'must provide exactly one of: image_url, slack_file',
    '',
  ],
  [
    'a Slack file without id and url',
    { type: 'image', alt_text: 'A', slack_file: {} },
    'invalid slack file',
    '/slack_file',
  ],
  [
    'a confirmation dialog without title',
    confirm({ title: undefined }),
    'missing required field: title',
    '/elements/0/confirm',
  ],
  [
    'a date in another format',
    actions({ type: 'datepicker', initial_date: '1.2.26' }),
    'invalid format',
    '/elements/0/initial_date',
  ],
  [
    'a time in another format',
    actions({ type: 'timepicker', initial_time: '24:00' }),
    'invalid format',
    '/elements/0/initial_time',
  ],
  [
    'an unknown time zone',
    actions({ type: 'timepicker', timezone: 'Mars' }),
    'invalid time zone',
    '/elements/0/timezone',
  ],
  [
    'a time in milliseconds',
    actions({ type: 'datetimepicker', initial_date_time: 1e12 }),
    'must be at most 9999999999',
    '/elements/0/initial_date_time',
  ],
  [
    'an initial option that is none of the options',
    menu({ options: [option(0)], initial_option: option(1) }),
    'initial option must match one of the options',
    '/elements/0/initial_option',
  ],
  [
    'two options with one value',
    menu({ options: [option(0), option(0)] }),
    'option values must be unique',
    '/elements/0',
  ],
  [
    'a url in the option of a menu',
    menu({ options: [option(0, { url: 'https://x.y' })] }),
    'invalid additional property: url',
    '/elements/0/options/0',
  ],
  [
    'both options and option groups',
    menu({ options: [option(0)], option_groups: [{ label: plain(1), options: [option(1)] }] }),
    'must provide exactly one of: options, option_groups',
    '/elements/0',
  ],
  [
    'an empty filter',
    actions({ type: 'conversations_select', filter: {} }),
    'must provide at least one of: include, exclude_external_shared_channels, exclude_bot_users',
    '/elements/0/filter',
  ],
  [
    'a min_length above max_length',
    textInput({ min_length: 5, max_length: 4 }),
    'min_length must not exceed max_length',
    '/element',
  ],
  ['max_length 0', textInput({ max_length: 0 }), 'must be at least 1', '/element/max_length'],
  [
    'a min_value that is a number',
    input({ type: 'number_input', is_decimal_allowed: true, min_value: 1 }),
    'must provide a string',
    '/element/min_value',
    'modal',
  ],
  [
    'a number input without is_decimal_allowed',
    input({ type: 'number_input' }),
    'missing required field: is_decimal_allowed',
    '/element',
    'modal',
  ],
  [
    'a min_value above max_value',
    input({ type: 'number_input', is_decimal_allowed: true, min_value: '2', max_value: '1' }),
    'min_value must not exceed max_value',
    '/element',
    'modal',
  ],
  [
    'a decimal max_value where decimals are not allowed',
    input({ type: 'number_input', is_decimal_allowed: false, max_value: '1.5' }),
    'decimals are not allowed',
    '/element',
    'modal',
  ],
  [
    'a file input with dispatch_action',
    input({ type: 'file_input' }, { dispatch_action: true }),
    'unsupported type: file_input',
    '/element/type',
    'modal',
  ],
  [
    'a rich text input without action_id',
    input({ type: 'rich_text_input' }),
    'missing required field: action_id',
    '/element',
    'modal',
  ],
  [
    'an empty text in rich text',
    richText(0),
    'must be more than 0 characters',
    '/elements/0/elements/0/text',
  ],
  [
    'an empty card',
    { type: 'card', subtitle: plain(1) },
    'must provide at least one of: hero_image, title, actions, body',
    '',
  ],
  [
    'a card with two icons',
    card({ icon: picture, slack_icon: { type: 'icon', name: 'bot' } }),
    'must provide at most one of: icon, slack_icon',
    '',
  ],
  [
    'an unknown icon',
    card({ slack_icon: { type: 'icon', name: 'sparkles' } }),
    'must be a valid enum value',
    '/slack_icon/name',
  ],
  ['an unknown icon button', iconButton({ icon: 'star' }), 'must be a valid enum value', '/elements/0/icon'],
  [
    'a container in a container',
    container({ child_blocks: [container()] }),
    'unsupported type: container',
    '/child_blocks/0/type',
  ],
  [
    'a container without title',
    container({ title: undefined }),
    'must provide at least one of: title, rich_text_title',
    '',
  ],
  [
    'a collapsed container that is not collapsible',
    container({ default_collapsed: true }),
    'default_collapsed requires is_collapsible',
    '',
  ],
  [
    'a header divider in a collapsible container',
    container({ is_collapsible: true, has_header_divider: true }),
    'has_header_divider does not apply to collapsible blocks',
    '',
  ],
  ['an empty cell', table([[cell(0)]]), 'must be more than 0 characters', '/rows/0/0/text'],
  ['a data table with a header only', dataTable([[cell()]]), 'no fewer than 2 items allowed', '/rows'],
  [
    'rich text in the header of a data table',
    dataTable([[richText(1)], [cell()]]),
    'unsupported type: rich_text',
    '/rows/0/0/type',
  ],
  [
    'a button in the header of a data table',
    dataTable([[actionCell()], [cell()]]),
    'unsupported type: action_cell',
    '/rows/0/0/type',
  ],
  [
    'an action cell with another element than a button',
    dataTable([[cell()], [{ type: 'action_cell', element: { type: 'overflow', options: [option(0)] } }]]),
    'unsupported type: overflow',
    '/rows/1/0/element/type',
  ],
  [
    'an action cell without an element',
    dataTable([[cell()], [{ type: 'action_cell' }]]),
    'missing required field: element',
    '/rows/1/0',
  ],
  [
    'an action cell as fallback of an action cell',
    dataTable([[cell()], [actionCell({}, { fallback: actionCell() })]]),
    'unsupported type: action_cell',
    '/rows/1/0/fallback/type',
  ],
  ['an action cell in a table', table([[actionCell()]]), 'unsupported type: action_cell', '/rows/0/0/type'],
  [
    'a mention in preformatted text',
    preformatted({ type: 'user', user_id: 'U1' }),
    'unsupported type: user',
    '/elements/0/elements/0/type',
  ],
  [
    'a citation of an unknown type',
    richTextSection({
      type: 'citation',
      url: 'https://x.y',
      text: 'T',
      index: 1,
      details: { citation_type: 'book' },
    }),
    'must be a valid enum value',
    '/elements/0/elements/0/details/citation_type',
  ],
  [
    'a citation with the field of another type',
    richTextSection({
      type: 'citation',
      url: 'https://x.y',
      text: 'T',
      index: 1,
      details: { citation_type: 'memory', file_id: 'F1' },
    }),
    'invalid additional property: file_id',
    '/elements/0/elements/0/details',
  ],
  [
    'an attachment mention without url',
    richTextSection({ type: 'attachment_mention' }),
    'missing required field: url',
    '/elements/0/elements/0',
  ],
  [
    'a workflow button without action_id',
    workflowButton({ action_id: undefined }),
    'missing required field: action_id',
    '/elements/0',
  ],
  [
    'rows of different lengths',
    dataTable([[cell()], [cell(), cell()]]),
    'all rows must have the same number of cells',
    '/rows/1',
  ],
  ['an empty slice', pie([segment({ value: 0 })]), 'must be more than 0', '/chart/segments/0/value'],
  [
    'an unknown chart',
    { type: 'data_visualization', title: 'T', chart: { type: 'radar' } },
    'unsupported type: radar',
    '/chart/type',
  ],
  [
    'a category without a point',
    bars(1, 1, { categories: ['c', 'c1'] }),
    'data must have one point for every category',
    '/chart/series/0/data',
  ],
  ['a pending task outside of a plan', task({ status: 'pending' }), 'must be a valid enum value', '/status'],
];

const refused = REFUSED.map(([what, block, message, pointer, surface]) => ({
  what,
  block,
  message,
  pointer,
  surface,
}));

it.each(refused)('refuses $what', ({ block, message, pointer, surface }) => {
  expect(faultsOf([block], surface)).toContain(`[ERROR] ${message} [json-pointer:/blocks/0${pointer}]`);
});

it('refuses two series with one name', () => {
  const two = bars(2, 1);
  const [first, second] = two.chart.series;
  const chart = { ...two.chart, series: [first, { ...second, name: first?.name }] };
  expect(faultsOf([{ ...two, chart }])).toEqual([
    '[ERROR] series names must be unique [json-pointer:/blocks/0/chart/series/1/name]',
  ]);
});

describe('ids', () => {
  it('of blocks differ in a message and its containers', () => {
    const divider = { type: 'divider', block_id: 'a' };
    expect(faultsOf([divider, divider])).toEqual([
      '[ERROR] `block_id` "a" already exists [json-pointer:/blocks/1/block_id]',
    ]);
    expect(faultsOf([divider, container({ child_blocks: [divider] })])).toEqual([
      '[ERROR] `block_id` "a" already exists [json-pointer:/blocks/1/child_blocks/0/block_id]',
    ]);
  });

  it('of actions differ in a block, not in a message', () => {
    const row = actions(button({ action_id: 'a' }), button({ action_id: 'a' }));
    expect(faultsOf([row])).toEqual([
      '[ERROR] `action_id` "a" already exists [json-pointer:/blocks/0/elements/1/action_id]',
    ]);
    const cells = dataTable([[cell(), cell()], many(2, () => actionCell({ action_id: 'a' }))]);
    expect(faultsOf([cells])).toEqual([
      '[ERROR] `action_id` "a" already exists [json-pointer:/blocks/0/rows/1/1/element/action_id]',
    ]);
    const one = actions(button({ action_id: 'a' }));
    expect(faultsOf([one, one])).toEqual([]);
  });

  it('of markdown blocks do not count', () => {
    const markdown = { type: 'markdown', text: 'x', block_id: 'a' };
    expect(faultsOf([markdown, markdown])).toEqual([]);
  });
});

describe('a view', () => {
  const modal = (more: object): JsonObject => ({ type: 'modal', title: plain(1), blocks: [], ...more });

  it('without its fields fits no schema, and the refusal says why', () => {
    expect(findViewFaults({ type: 'modal' }, 'modal')).toEqual([
      '[ERROR] failed to match all allowed schemas [json-pointer:/view]',
      '[ERROR] missing required field: title [json-pointer:/view]',
      '[ERROR] missing required field: blocks [json-pointer:/view]',
    ]);
  });

  it('with inputs needs a submit button', () => {
    expect(findViewFaults(modal({ blocks: [{ type: 'divider' }, textInput()] }), 'modal')).toEqual([
      '[ERROR] must define `submit` to use an `input` block in modals [json-pointer:/view/blocks/1/input]',
    ]);
  });

  it('has no submit_disabled, which only configuration modals have', () => {
    expect(findViewFaults(modal({ submit_disabled: true }), 'modal')).toContain(
      '[ERROR] invalid additional property: submit_disabled [json-pointer:/view]',
    );
  });

  it('gives the focus to one element', () => {
    const blocks = [textInput({ focus_on_load: true }), textInput({ focus_on_load: true })];
    expect(findViewFaults(modal({ blocks, submit: plain(1) }), 'modal')).toEqual([
      '[ERROR] only one element can have focus_on_load [json-pointer:/view/blocks]',
    ]);
  });

  it('has no title in the Home tab', () => {
    expect(findViewFaults({ type: 'home', blocks: [], title: plain(1) }, 'home')).toContain(
      '[ERROR] invalid additional property: title [json-pointer:/view]',
    );
  });
});
