import { SlackError } from '../errors';
import { isObject, type JsonObject, objectsOf, stringOf } from '../json';
import { checkBlock } from './blocks';
import { boolean, type Check, list, object, oneOf, Report, type Surface, string } from './checks';
import { plainText } from './composition';
import { elementsOf } from './walk';

const MESSAGE_BLOCKS = 50;
const VIEW_BLOCKS = 100;
/** Not documented; messages of somewhat more than this were refused in the field. */
const MESSAGE_CHARACTERS = 12_000;
const VIEW_BYTES = 250_000;

/**
 * Checks the blocks of a message as `chat.postMessage` does.
 * @throws SlackError invalid_blocks (with response_metadata.messages) or msg_blocks_too_long.
 */
export function validateMessageBlocks(blocks: unknown): readonly JsonObject[] {
  const messages = findBlockFaults(blocks, 'message', '/blocks', MESSAGE_BLOCKS);
  if (messages.length > 0) throw new SlackError('invalid_blocks', { response_metadata: { messages } });
  if (countCharacters(blocks) > MESSAGE_CHARACTERS) throw new SlackError('msg_blocks_too_long');
  return objectsOf(blocks);
}

/**
 * Checks a view as `views.open`, `push`, `update` and `publish` do.
 * @throws SlackError invalid_arguments (with response_metadata.messages) or view_too_large.
 */
export function validateView(view: unknown, type: 'modal' | 'home'): JsonObject {
  if (Buffer.byteLength(JSON.stringify(view) ?? '') > VIEW_BYTES) throw new SlackError('view_too_large');
  const messages = findViewFaults(view, type);
  if (messages.length > 0 || !isObject(view)) {
    throw new SlackError('invalid_arguments', { response_metadata: { messages } });
  }
  return view;
}

/** What is wrong with a view; empty if nothing. */
export function findViewFaults(view: unknown, type: 'modal' | 'home'): readonly string[] {
  const at = '/view';
  const report = new Report(type);
  if (!isObject(view)) {
    report.add('must provide an object', at);
    return report.messages;
  }
  if (view.type !== type) {
    report.add(`must be one of: ${type}`, `${at}/type`);
    return report.messages;
  }
  viewShapes[type](view, at, report);
  const blocks = objectsOf(view.blocks);
  if (type === 'modal' && view.submit === undefined && blocks.some((block) => block.type === 'input')) {
    report.add('missing required field: submit', at);
  }
  checkIds(blocks, `${at}/blocks`, report);
  return report.messages;
}

/** What is wrong with an array of blocks; empty if nothing. */
export function findBlockFaults(
  blocks: unknown,
  surface: Surface,
  at: string,
  max: number,
): readonly string[] {
  const report = new Report(surface);
  list(checkBlock, { max })(blocks, at, report);
  checkIds(objectsOf(blocks), at, report);
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
      submit_disabled: boolean,
    },
  ),
  home: object({ type: oneOf('home'), blocks: list(checkBlock, { max: VIEW_BLOCKS }) }, common),
};

/** block_ids differ within the surface, action_ids within their block, and one element at most takes the focus. */
function checkIds(blocks: readonly JsonObject[], at: string, report: Report): void {
  const blockIds = new Set<string>();
  let focused = 0;
  blocks.forEach((block, index) => {
    const id = stringOf(block.block_id);
    if (id !== undefined) {
      if (blockIds.has(id)) report.add(`block_id "${id}" already exists`, `${at}/${index}/block_id`);
      blockIds.add(id);
    }
    const actionIds = new Set<string>();
    for (const element of elementsOf(block)) {
      const actionId = stringOf(element.action_id);
      if (actionId !== undefined) {
        if (actionIds.has(actionId))
          report.add(`action_id "${actionId}" already exists for block_id "${id ?? ''}"`, `${at}/${index}`);
        actionIds.add(actionId);
      }
      if (element.focus_on_load === true) focused += 1;
    }
  });
  if (focused > 1) report.add('only one element can have focus_on_load', at);
}

/** Characters a person would read, over all blocks: the strings under `text` and the like, not ids and types. */
function countCharacters(value: unknown): number {
  if (Array.isArray(value)) return value.reduce<number>((sum, item) => sum + countCharacters(item), 0);
  if (!isObject(value)) return 0;
  let sum = 0;
  for (const [key, item] of Object.entries(value)) {
    if (typeof item === 'string')
      sum += key === 'text' || key === 'alt_text' || key === 'title' || key === 'caption' ? item.length : 0;
    else sum += countCharacters(item);
  }
  return sum;
}
