import { isObject, stringOf } from '../json';
import {
  anything,
  boolean,
  byType,
  type Check,
  type Fields,
  integer,
  list,
  number,
  object,
  oneOf,
  type Surface,
  string,
} from './checks';
import { anyText, exactlyOneOf, mrkdwnText, plainText, slackFile } from './composition';
import { elementIn } from './elements';
import { richText } from './richText';

interface BlockRule {
  readonly on: readonly Surface[];
  readonly check: Check;
}

const everywhere: readonly Surface[] = ['message', 'modal', 'home'];

function block(
  type: string,
  required: Fields,
  optional: Fields = {},
  also?: Parameters<typeof object>[2],
): Check {
  return object(
    { type: oneOf(type), ...required },
    { block_id: string({ min: 1, max: 255 }), ...optional },
    also,
  );
}

const contextItem: Check = (value, at, report) => {
  if (isObject(value) && value.type === 'image') elementIn('context')(value, at, report);
  else anyText(3000)(value, at, report);
};

const cell = byType({
  raw_text: object({ type: oneOf('raw_text'), text: string() }),
  raw_number: object({ type: oneOf('raw_number'), value: number, text: string() }),
  rich_text: richText,
});
const image = elementIn('card');

const card = block(
  'card',
  {},
  {
    hero_image: image,
    icon: image,
    title: mrkdwnText(150),
    subtitle: mrkdwnText(150),
    body: mrkdwnText(200),
    actions: list(elementIn('card'), { min: 1, max: 3 }),
  },
  (value, at, report) => {
    if (!['hero_image', 'title', 'actions', 'body'].some((key) => value[key] !== undefined)) {
      report.add('must provide at least one of: hero_image, title, actions, body', at);
    }
  },
);

const taskCard = block(
  'task_card',
  {
    task_id: string({ min: 1 }),
    title: string({ min: 1 }),
    status: oneOf('pending', 'in_progress', 'complete', 'error'),
  },
  {
    details: richText,
    output: richText,
    sources: list(object({ type: oneOf('url'), url: string({ min: 1 }), text: string() })),
  },
);

/** Blocks that may stand inside a container. */
const CHILD_TYPES = [
  'actions',
  'context',
  'divider',
  'file',
  'header',
  'image',
  'input',
  'rich_text',
  'section',
  'table',
  'video',
];

const child: Check = (value, at, report) => {
  const type = isObject(value) ? stringOf(value.type) : undefined;
  if (type === undefined || !CHILD_TYPES.includes(type))
    return report.add(`unsupported type: ${String(type)}`, `${at}/type`);
  checkBlock(value, at, report);
};

/** Every block: its surfaces and its shape, with Slack's limits. */
export const BLOCKS: Readonly<Record<string, BlockRule>> = {
  section: {
    on: everywhere,
    check: block(
      'section',
      {},
      {
        text: anyText(3000),
        fields: list(anyText(2000), { min: 1, max: 10 }),
        accessory: elementIn('section'),
        expand: boolean,
      },
      (value, at, report) => {
        if (value.text === undefined && value.fields === undefined)
          report.add('must provide at least one of: text, fields', at);
      },
    ),
  },
  header: { on: everywhere, check: block('header', { text: plainText(150) }) },
  divider: { on: everywhere, check: block('divider', {}) },
  context: { on: everywhere, check: block('context', { elements: list(contextItem, { min: 1, max: 10 }) }) },
  actions: {
    on: everywhere,
    check: block('actions', { elements: list(elementIn('actions'), { min: 1, max: 25 }) }),
  },
  input: {
    on: everywhere,
    check: block(
      'input',
      { label: plainText(2000), element: elementIn('input') },
      { hint: plainText(2000), optional: boolean, dispatch_action: boolean },
      (value, at, report) => {
        if (
          value.dispatch_action === true &&
          isObject(value.element) &&
          value.element.type === 'file_input'
        ) {
          report.add('dispatch_action is not supported with file_input', at);
        }
      },
    ),
  },
  rich_text: { on: everywhere, check: richText },
  image: {
    on: everywhere,
    check: block(
      'image',
      { alt_text: string({ min: 1, max: 2000 }) },
      { image_url: string({ min: 1, max: 3000 }), slack_file: slackFile, title: plainText(2000) },
      exactlyOneOf('image_url', 'slack_file'),
    ),
  },
  video: {
    on: everywhere,
    check: block(
      'video',
      {
        video_url: string({ like: /^https:/ }),
        thumbnail_url: string({ min: 1 }),
        alt_text: string({ min: 1 }),
        title: plainText(199),
      },
      {
        title_url: string({ like: /^https:/ }),
        author_name: string({ max: 49 }),
        provider_name: string(),
        provider_icon_url: string(),
        description: plainText(3000),
      },
    ),
  },
  markdown: { on: ['message'], check: block('markdown', { text: string({ min: 1, max: 12_000 }) }) },
  alert: {
    on: ['modal'],
    check: block(
      'alert',
      { text: anyText(200) },
      { level: oneOf('default', 'info', 'warning', 'error', 'success') },
    ),
  },
  card: { on: everywhere, check: card },
  carousel: {
    on: ['message', 'home'],
    check: block('carousel', { elements: list(byType({ card }), { min: 1, max: 10 }) }),
  },
  container: {
    on: ['message'],
    check: block(
      'container',
      { child_blocks: list(child, { min: 1, max: 10 }) },
      {
        title: plainText(150),
        rich_text_title: richText,
        subtitle: anyText(150),
        width: oneOf('narrow', 'standard', 'wide', 'full'),
        icon: image,
        is_collapsible: boolean,
        default_collapsed: boolean,
        has_header_divider: boolean,
      },
      (value, at, report) => {
        if (value.title === undefined && value.rich_text_title === undefined) {
          report.add('must provide at least one of: title, rich_text_title', at);
        }
      },
    ),
  },
  context_actions: {
    on: ['message'],
    check: block('context_actions', { elements: list(elementIn('context_actions'), { min: 1, max: 5 }) }),
  },
  table: {
    on: ['message'],
    check: block(
      'table',
      { rows: list(list(cell, { min: 1, max: 20 }), { min: 1, max: 100 }) },
      {
        column_settings: list(object({}, { align: oneOf('left', 'center', 'right'), is_wrapped: boolean }), {
          max: 20,
        }),
      },
    ),
  },
  data_table: {
    on: ['message'],
    check: block(
      'data_table',
      { rows: list(list(cell, { min: 1, max: 20 }), { min: 2, max: 101 }), caption: string({ min: 1 }) },
      { page_size: integer({ min: 1, max: 100 }), row_header_column_index: integer({ min: 0 }) },
    ),
  },
  data_visualization: {
    on: ['message'],
    check: block('data_visualization', { title: anything, chart: anything }, {}),
  },
  task_card: { on: ['message'], check: taskCard },
  plan: {
    on: ['message'],
    check: block('plan', { title: string({ min: 1 }) }, { tasks: list(byType({ task_card: taskCard })) }),
  },
};

/** One block on the report's surface. */
export const checkBlock: Check = (value, at, report) => {
  if (!isObject(value)) return report.add('must provide an object', at);
  const type = stringOf(value.type);
  if (type === undefined) return report.add('missing required field: type', at);
  const rule = Object.hasOwn(BLOCKS, type) ? BLOCKS[type] : undefined;
  if (rule === undefined || !rule.on.includes(report.surface))
    return report.add(`unsupported type: ${type}`, `${at}/type`);
  rule.check(value, at, report);
};
