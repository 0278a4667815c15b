import { SlackError } from '../errors';
import { isObject, type JsonObject, objectsOf, stringOf } from '../json';
import { checkBlock } from './blocks';
import {
  anySchema,
  type BlockSurface,
  boolean,
  type Check,
  list,
  object,
  oneOf,
  Report,
  string,
} from './checks';
import { exactlyOneOf, optionGroup, plainOption, plainText } from './composition';
import { checkTables, ONE_TABLE } from './tables';
import { elementPlaces } from './walk';

const MESSAGE_BLOCKS = 50;
const VIEW_BLOCKS = 100;
/** Not documented. Apps reported that Slack refused messages slightly above this. */
const MESSAGE_CHARACTERS = 12_000;
const VIEW_BYTES = 250_000;
const CHARTS = 2;
const MARKDOWN_CHARACTERS = 12_000;

/**
 * Checks the blocks of a message as `chat.postMessage` does.
 * @throws SlackError invalid_blocks (with `errors`, repeated in response_metadata.messages), invalid_attachments for
 * a second table, or msg_blocks_too_long
 */
export function validateMessageBlocks(blocks: unknown): readonly JsonObject[] {
  const messages = findBlockFaults(blocks, 'message', '/blocks', MESSAGE_BLOCKS);
  if (messages.length > 0) throw invalidBlocks(messages);
  if (countCharacters(blocks) > MESSAGE_CHARACTERS) throw new SlackError('msg_blocks_too_long');
  return objectsOf(blocks);
}

/** Slack gives the faults twice: bare in `errors`, and marked as errors in the metadata. */
export function invalidBlocks(messages: readonly string[]): SlackError {
  const code = messages.some((message) => message.includes(ONE_TABLE))
    ? 'invalid_attachments'
    : 'invalid_blocks';
  const errors = messages.map((message) => message.replace('[ERROR] ', ''));
  return new SlackError(code, { errors, response_metadata: { messages } });
}

/**
 * Checks a view as `views.open`, `push`, `update` and `publish` do.
 * @throws SlackError invalid_arguments (with response_metadata.messages) or view_too_large
 */
export function validateView(view: unknown, type: 'modal' | 'home'): JsonObject {
  if (Buffer.byteLength(JSON.stringify(view) ?? '') > VIEW_BYTES) throw new SlackError('view_too_large');
  const messages = findViewFaults(view, type);
  if (messages.length > 0 || !isObject(view)) {
    throw new SlackError('invalid_arguments', { response_metadata: { messages } });
  }
  return view;
}

/** @returns the faults of a view; empty if Slack takes it */
export function findViewFaults(view: unknown, type: 'modal' | 'home'): readonly string[] {
  const at = '/view';
  const report = new Report(type);
  if (!isObject(view)) {
    report.add('must provide an object', at);
    return report.messages;
  }
  if (view.type !== type) {
    report.add('must be a valid enum value', `${at}/type`);
    return report.messages;
  }
  anySchema(viewShapes[type])(view, at, report);
  const blocks = objectsOf(view.blocks);
  if (type === 'modal' && view.submit === undefined) {
    blocks.forEach((block, index) => {
      if (block.type !== 'input') return;
      report.add('must define `submit` to use an `input` block in modals', `${at}/blocks/${index}/input`);
    });
  }
  checkTogether(blocks, `${at}/blocks`, report);
  return report.messages;
}

/**
 * @returns the faults of an array of blocks; empty if Slack takes it
 * @param at JSON pointer of the array
 * @param max how many blocks Slack takes: 50 in a message
 */
export function findBlockFaults(
  blocks: unknown,
  surface: BlockSurface,
  at: string,
  max: number,
): readonly string[] {
  const report = new Report(surface);
  list(checkBlock, { max })(blocks, at, report);
  checkTogether(objectsOf(blocks), at, report);
  return report.messages;
}

const SUGGESTIONS = 100;
const suggestions = object(
  {},
  {
    options: list(plainOption, { max: SUGGESTIONS }),
    option_groups: list(optionGroup, { max: SUGGESTIONS }),
  },
  exactlyOneOf('options', 'option_groups'),
);

/** @returns the faults of an app's answer to a block_suggestion; empty if Slack takes it */
export function findOptionFaults(answer: unknown): readonly string[] {
  // Options have the same rules on every surface.
  const report = new Report('modal');
  suggestions(answer, '', report);
  return report.messages;
}

const common = {
  private_metadata: string({ max: 3000 }),
  callback_id: string({ max: 255 }),
  external_id: string({ max: 255 }),
};

const viewShapes: Readonly<Record<'modal' | 'home', Check>> = {
  modal: object(
    { type: oneOf('modal'), title: plainText(24), blocks: list(checkBlock, { max: VIEW_BLOCKS }) },
    {
      ...common,
      submit: plainText(24),
      close: plainText(24),
      clear_on_close: boolean,
      notify_on_close: boolean,
    },
  ),
  home: object({ type: oneOf('home'), blocks: list(checkBlock, { max: VIEW_BLOCKS }) }, common),
};

/** Checks the rules that concern several blocks at once. */
function checkTogether(blocks: readonly JsonObject[], at: string, report: Report): void {
  const places = placesOf(blocks, at);
  checkIds(places, at, report);
  checkTables(
    places.map(([block]) => block),
    at,
    report,
  );
  // https://docs.slack.dev/reference/block-kit/blocks/markdown-block: the limit counts all of them together.
  const markdown = blocks.filter((block) => block.type === 'markdown');
  const length = markdown.reduce((sum, block) => sum + (stringOf(block.text)?.length ?? 0), 0);
  if (markdown.length > 1 && length > MARKDOWN_CHARACTERS)
    report.add(`all markdown blocks must have less than ${MARKDOWN_CHARACTERS + 1} characters`, at);
  const charts = blocks.filter((block) => block.type === 'data_visualization').length;
  // "In a message. For a dashboard, use the App Home": slackapi/slack-skills-plugin, data-display-design.md.
  if (report.surface === 'message' && charts > CHARTS)
    report.add(`no more than ${CHARTS} data_visualization blocks allowed`, at);
}

type Place = readonly [JsonObject, string];

/** Every block with its JSON pointer, those in containers included. */
function placesOf(blocks: readonly JsonObject[], at: string): readonly Place[] {
  return blocks.flatMap((block, index): readonly Place[] => {
    const place = `${at}/${index}`;
    if (block.type !== 'container') return [[block, place]];
    return [[block, place], ...placesOf(objectsOf(block.child_blocks), `${place}/child_blocks`)];
  });
}

/**
 * Checks that each block_id is unique on the surface and each action_id in its block, and that one element at most
 * takes the focus.
 */
function checkIds(places: readonly Place[], at: string, report: Report): void {
  const blockIds = new Set<string>();
  let focused = 0;
  for (const [block, place] of places) {
    // Slack ignores the id of a markdown block.
    const id = block.type === 'markdown' ? undefined : stringOf(block.block_id);
    if (id !== undefined) {
      if (blockIds.has(id)) report.add(`\`block_id\` "${id}" already exists`, `${place}/block_id`);
      blockIds.add(id);
    }
    const actionIds = new Set<string>();
    for (const [element, where] of elementPlaces(block, place)) {
      const actionId = stringOf(element.action_id);
      if (actionId !== undefined) {
        if (actionIds.has(actionId))
          report.add(`\`action_id\` "${actionId}" already exists`, `${where}/action_id`);
        actionIds.add(actionId);
      }
      if (element.focus_on_load === true) focused += 1;
    }
  }
  if (focused > 1) report.add('only one element can have focus_on_load', at);
}

const READ: ReadonlySet<string> = new Set(['text', 'alt_text', 'title', 'caption']);

/**
 * Counts the characters that a person reads in all blocks. Leaves out ids, types, and tables, which have a limit of
 * their own.
 */
function countCharacters(value: unknown): number {
  if (Array.isArray(value)) return value.reduce<number>((sum, item) => sum + countCharacters(item), 0);
  if (!isObject(value) || value.type === 'table' || value.type === 'data_table') return 0;
  let sum = 0;
  for (const [key, item] of Object.entries(value)) {
    sum += typeof item === 'string' ? (READ.has(key) ? item.length : 0) : countCharacters(item);
  }
  return sum;
}
