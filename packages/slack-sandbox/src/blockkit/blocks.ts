import { isObject, stringOf } from '../json';
import { type BlockRule, block } from './blockRule';
import { card, image } from './cards';
import { chart } from './charts';
import { boolean, byType, type Check, integer, list, nullable, object, oneOf, string, url } from './checks';
import { anyText, atLeastOneOf, exactlyOneOf, plainText, slackFile } from './composition';
import { everywhere } from './elementRule';
import { elementIn } from './elements';
import { richText } from './richText';
import { checkWidths, dataTableFields, dataTableRows, tableRows } from './tables';
import { plan, taskCard } from './tasks';

const contextItem: Check = (value, at, report) => {
  if (isObject(value) && value.type === 'image') elementIn('context')(value, at, report);
  else anyText(3000)(value, at, report);
};

/** Types of blocks that a container may hold. */
const CHILD_TYPES = [
  'actions',
  'context',
  'divider',
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

/**
 * Surfaces and shape of every block, with the limits of https://docs.slack.dev/reference/block-kit/blocks (September
 * 2026). `file` is left out: Slack shows it for remote files, and no app may send it.
 */
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
          report.add('must define either `text` or `fields`', `${at}/type`);
      },
    ),
  },
  header: {
    on: everywhere,
    check: block('header', { text: plainText(150) }, { level: integer({ min: 1, max: 4 }) }),
  },
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
          report.add('unsupported type: file_input', `${at}/element/type`);
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
      { image_url: url(), slack_file: slackFile, title: plainText(2000) },
      exactlyOneOf('image_url', 'slack_file'),
    ),
  },
  video: {
    on: everywhere,
    check: block(
      'video',
      {
        video_url: url({ https: true }),
        thumbnail_url: url(),
        // No document gives a limit. This one is from nicklambourne/slackblocks.
        alt_text: string({ min: 1, max: 200 }),
        title: plainText(199),
      },
      {
        title_url: url({ https: true }),
        author_name: string({ max: 49 }),
        provider_name: string({ max: 50 }),
        provider_icon_url: url(),
        description: plainText(199),
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
    on: ['message', 'home'],
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
        atLeastOneOf('title', 'rich_text_title')(value, at, report);
        if (value.default_collapsed === true && value.is_collapsible !== true)
          report.add('default_collapsed requires is_collapsible', at);
        if (value.has_header_divider === true && value.is_collapsible === true)
          report.add('has_header_divider does not apply to collapsible blocks', at);
      },
    ),
  },
  context_actions: {
    on: ['message'],
    check: block('context_actions', { elements: list(elementIn('context_actions'), { min: 1, max: 5 }) }),
  },
  table: {
    on: ['message', 'home'],
    check: block(
      'table',
      { rows: tableRows },
      {
        column_settings: list(
          nullable(object({}, { align: oneOf('left', 'center', 'right'), is_wrapped: boolean })),
          { max: 20 },
        ),
      },
    ),
  },
  data_table: {
    on: ['message', 'home'],
    check: block(
      'data_table',
      { rows: dataTableRows, caption: string({ min: 1 }) },
      dataTableFields,
      checkWidths,
    ),
  },
  data_visualization: {
    on: ['message', 'home'],
    check: block('data_visualization', { title: string({ min: 1, max: 50 }), chart }),
  },
  task_card: { on: ['message'], check: taskCard },
  plan: { on: ['message'], check: plan },
};

/** Checks one block on the report's surface. */
export const checkBlock: Check = (value, at, report) => {
  if (!isObject(value)) return report.add('must provide an object', at);
  const type = stringOf(value.type);
  if (type === undefined) return report.add('missing required field: type', at);
  const rule = Object.hasOwn(BLOCKS, type) ? BLOCKS[type] : undefined;
  if (rule === undefined || !rule.on.includes(report.surface))
    return report.add(`unsupported type: ${type}`, `${at}/type`);
  rule.check(value, at, report);
};
