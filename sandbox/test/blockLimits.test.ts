import type { Surface } from '../src/blockkit/checks';
import { findBlockFaults, findViewFaults } from '../src/blockkit/validate';
import type { JsonObject } from '../src/json';

const x = (length: number) => 'x'.repeat(length);
const many = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));
const plain = (length: number) => ({ type: 'plain_text', text: x(length) });
const mrkdwn = (length: number) => ({ type: 'mrkdwn', text: x(length) });
const option = (index: number, more: object = {}) => ({ text: plain(1), value: `v${index}`, ...more });
const actions = (...elements: object[]) => ({ type: 'actions', elements });
const button = (more: object = {}) => ({ type: 'button', text: plain(1), ...more });
const menu = (more: object) => actions({ type: 'static_select', ...more });
const input = (element: object, more: object = {}) => ({ type: 'input', label: plain(1), element, ...more });
const textInput = (more: object) => input({ type: 'plain_text_input', ...more });
const confirm = (more: object) => actions(button({ confirm: { text: plain(1), ...more } }));
const card = (more: object) => ({ type: 'card', title: mrkdwn(1), ...more });

/** What, its largest size, and a block of a given size. */
const LIMITS: readonly (readonly [string, number, (size: number) => JsonObject, Surface?])[] = [
  ['section text', 3000, (n) => ({ type: 'section', text: mrkdwn(n) })],
  ['section fields', 10, (n) => ({ type: 'section', fields: many(n, () => plain(1)) })],
  ['section field text', 2000, (n) => ({ type: 'section', fields: [mrkdwn(n)] })],
  ['header text', 150, (n) => ({ type: 'header', text: plain(n) })],
  ['context elements', 10, (n) => ({ type: 'context', elements: many(n, () => mrkdwn(1)) })],
  ['actions elements', 25, (n) => actions(...many(n, () => button()))],
  ['block_id', 255, (n) => ({ type: 'divider', block_id: x(n) })],
  ['action_id', 255, (n) => actions(button({ action_id: x(n) }))],
  ['button text', 75, (n) => actions(button({ text: plain(n) }))],
  ['button value', 2000, (n) => actions(button({ value: x(n) }))],
  ['button url', 3000, (n) => actions(button({ url: x(n) }))],
  ['button accessibility_label', 75, (n) => actions(button({ accessibility_label: x(n) }))],
  ['image alt_text', 2000, (n) => ({ type: 'image', image_url: 'https://x', alt_text: x(n) })],
  ['image title', 2000, (n) => ({ type: 'image', image_url: 'https://x', alt_text: 'x', title: plain(n) })],
  ['image_url', 3000, (n) => ({ type: 'image', image_url: x(n), alt_text: 'x' })],
  ['markdown text', 12_000, (n) => ({ type: 'markdown', text: x(n) })],
  ['static_select options', 100, (n) => menu({ options: many(n, option) })],
  [
    'option groups',
    100,
    (n) => menu({ option_groups: many(n, (i) => ({ label: plain(1), options: [option(i)] })) }),
  ],
  [
    'options of a group',
    100,
    (n) => menu({ option_groups: [{ label: plain(1), options: many(n, option) }] }),
  ],
  ['group label', 75, (n) => menu({ option_groups: [{ label: plain(n), options: [option(0)] }] })],
  ['option text', 75, (n) => menu({ options: [option(0, { text: plain(n) })] })],
  ['option value', 150, (n) => menu({ options: [option(0, { value: x(n) })] })],
  ['option description', 75, (n) => menu({ options: [option(0, { description: plain(n) })] })],
  ['placeholder', 150, (n) => menu({ options: [option(0)], placeholder: plain(n) })],
  ['overflow options', 5, (n) => actions({ type: 'overflow', options: many(n, option) })],
  ['radio_buttons options', 10, (n) => actions({ type: 'radio_buttons', options: many(n, option) })],
  ['checkboxes options', 10, (n) => actions({ type: 'checkboxes', options: many(n, option) })],
  ['confirm title', 100, (n) => confirm({ title: plain(n) })],
  ['confirm text', 300, (n) => confirm({ text: plain(n) })],
  ['confirm button', 30, (n) => confirm({ confirm: plain(n) })],
  ['deny button', 30, (n) => confirm({ deny: plain(n) })],
  ['input label', 2000, (n) => input({ type: 'plain_text_input' }, { label: plain(n) }), 'modal'],
  ['input hint', 2000, (n) => input({ type: 'plain_text_input' }, { hint: plain(n) }), 'modal'],
  ['min_length', 3000, (n) => textInput({ min_length: n }), 'modal'],
  ['max_length', 3000, (n) => textInput({ max_length: n }), 'modal'],
  ['max_files', 10, (n) => input({ type: 'file_input', max_files: n }), 'modal'],
  ['alert text', 200, (n) => ({ type: 'alert', text: plain(n) }), 'modal'],
  ['card title', 150, (n) => card({ title: mrkdwn(n) })],
  ['card body', 200, (n) => card({ body: mrkdwn(n) })],
  ['card actions', 3, (n) => card({ actions: many(n, () => button()) })],
  ['carousel cards', 10, (n) => ({ type: 'carousel', elements: many(n, () => card({})) })],
  [
    'container blocks',
    10,
    (n) => ({ type: 'container', title: plain(1), child_blocks: many(n, () => ({ type: 'divider' })) }),
  ],
  ['table rows', 100, (n) => ({ type: 'table', rows: many(n, () => [{ type: 'raw_text', text: 'x' }]) })],
  ['table cells', 20, (n) => ({ type: 'table', rows: [many(n, () => ({ type: 'raw_text', text: 'x' }))] })],
  [
    'context_actions elements',
    5,
    (n) => ({
      type: 'context_actions',
      elements: many(n, () => ({ type: 'icon_button', icon: 'trash', text: plain(1) })),
    }),
  ],
];

const faultsOf = (block: JsonObject, surface: Surface = 'message') =>
  findBlockFaults([block], surface, '/blocks', 50);

const limits = LIMITS.map(([what, limit, make, surface]) => ({ what, limit, make, surface }));

it.each(limits)('$what: $limit is accepted, one more is refused', ({ limit, make, surface }) => {
  expect(faultsOf(make(limit), surface)).toEqual([]);
  expect(faultsOf(make(limit + 1), surface)).not.toEqual([]);
});

it('takes 50 blocks in a message and 100 in a view', () => {
  const dividers = (count: number) => many(count, () => ({ type: 'divider' }));
  expect(findBlockFaults(dividers(50), 'message', '/blocks', 50)).toEqual([]);
  expect(findBlockFaults(dividers(51), 'message', '/blocks', 50)).toEqual([
    '[ERROR] no more than 50 items allowed [json-pointer:/blocks]',
  ]);
  const home = (count: number) => ({ type: 'home', blocks: dividers(count) });
  expect(findViewFaults(home(100), 'home')).toEqual([]);
  expect(findViewFaults(home(101), 'home')).not.toEqual([]);
});

it.each([
  ['title', 24, (n: number) => ({ title: plain(n) })],
  ['submit', 24, (n: number) => ({ submit: plain(n) })],
  ['close', 24, (n: number) => ({ close: plain(n) })],
  ['private_metadata', 3000, (n: number) => ({ private_metadata: x(n) })],
  ['callback_id', 255, (n: number) => ({ callback_id: x(n) })],
] as const)('a modal’s %s takes %i characters, not one more', (_, limit, make) => {
  const view = (more: object) => ({ type: 'modal', title: plain(1), blocks: [], ...more });
  expect(findViewFaults(view(make(limit)), 'modal')).toEqual([]);
  expect(findViewFaults(view(make(limit + 1)), 'modal')).not.toEqual([]);
});

describe('refused', () => {
  const refused: readonly (readonly [string, JsonObject, string, Surface?])[] = [
    ['an unknown block', { type: 'banner' }, 'unsupported type: banner [json-pointer:/blocks/0/type]'],
    [
      'an unknown element',
      actions({ type: 'slider' }),
      'unsupported type: slider [json-pointer:/blocks/0/elements/0/type]',
    ],
    [
      'an unknown field',
      { type: 'divider', color: 'red' },
      'invalid additional property: color [json-pointer:/blocks/0]',
    ],
    ['a missing field', { type: 'header' }, 'missing required field: text [json-pointer:/blocks/0]'],
    [
      'an empty text',
      { type: 'header', text: plain(0) },
      'must be more than 0 characters [json-pointer:/blocks/0/text/text]',
    ],
    [
      'mrkdwn where plain text belongs',
      { type: 'header', text: mrkdwn(1) },
      'must be one of: plain_text [json-pointer:/blocks/0/text/type]',
    ],
    [
      'a section without words',
      { type: 'section' },
      'must provide at least one of: text, fields [json-pointer:/blocks/0]',
    ],
    [
      'markdown in a modal',
      { type: 'markdown', text: 'x' },
      'unsupported type: markdown [json-pointer:/blocks/0/type]',
      'modal',
    ],
    [
      'an alert in a message',
      { type: 'alert', text: plain(1) },
      'unsupported type: alert [json-pointer:/blocks/0/type]',
    ],
    [
      'a number input in a message',
      input({ type: 'number_input', is_decimal_allowed: false }),
      'unsupported type: number_input [json-pointer:/blocks/0/element/type]',
    ],
    [
      'a button in an input block',
      input(button()),
      'unsupported type: button [json-pointer:/blocks/0/element/type]',
      'modal',
    ],
    [
      'a datetimepicker on Home',
      actions({ type: 'datetimepicker' }),
      'unsupported type: datetimepicker [json-pointer:/blocks/0/elements/0/type]',
      'home',
    ],
    [
      'a strange date',
      actions({ type: 'datepicker', initial_date: '1.2.2026' }),
      'invalid format [json-pointer:/blocks/0/elements/0/initial_date]',
    ],
    [
      'an initial option that is not on offer',
      menu({ options: [option(0)], initial_option: option(1) }),
      'initial option must match one of the options [json-pointer:/blocks/0/elements/0/initial_option]',
    ],
    [
      'options and groups at once',
      menu({ options: [option(0)], option_groups: [{ label: plain(1), options: [option(1)] }] }),
      'must provide exactly one of: options, option_groups [json-pointer:/blocks/0/elements/0]',
    ],
    [
      'an empty rich text run',
      {
        type: 'rich_text',
        elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text: '' }] }],
      },
      'must be more than 0 characters [json-pointer:/blocks/0/elements/0/elements/0/text]',
    ],
  ];
  const cases = refused.map(([what, block, message, surface]) => ({ what, block, message, surface }));
  it.each(cases)('$what', ({ block, message, surface }) => {
    expect(faultsOf(block, surface)).toContain(`[ERROR] ${message}`);
  });

  it('the same block_id twice, and two focused inputs', () => {
    const twice = [
      { type: 'divider', block_id: 'a' },
      { type: 'divider', block_id: 'a' },
    ];
    expect(findBlockFaults(twice, 'message', '/blocks', 50)).toEqual([
      '[ERROR] block_id "a" already exists [json-pointer:/blocks/1/block_id]',
    ]);
    const focused = [textInput({ focus_on_load: true }), textInput({ focus_on_load: true })];
    expect(findBlockFaults(focused, 'modal', '/blocks', 50)).toHaveLength(1);
  });

  it('a modal with inputs and no submit button', () => {
    const view = { type: 'modal', title: plain(1), blocks: [textInput({})] };
    expect(findViewFaults(view, 'modal')).toEqual([
      '[ERROR] missing required field: submit [json-pointer:/view]',
    ]);
  });
});
