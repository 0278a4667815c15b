import type {
  ActionsBlockElement,
  AnyBlock,
  InputBlockElement,
  KnownBlock,
  SectionBlockAccessory,
} from '@slack/types';
import type { ElementState, StateValues } from '../../../src/protocol';

export type InteractiveElement = ActionsBlockElement | InputBlockElement | SectionBlockAccessory;

/** An element that has a value. */
interface StatefulElement {
  readonly blockId: string;
  readonly actionId: string;
  readonly element: InteractiveElement;
}

const KNOWN_BLOCKS: ReadonlySet<string> = new Set<KnownBlock['type']>([
  'actions',
  'alert',
  'card',
  'carousel',
  'container',
  'context',
  'context_actions',
  'data_table',
  'divider',
  'file',
  'header',
  'image',
  'input',
  'markdown',
  'plan',
  'rich_text',
  'section',
  'table',
  'task_card',
  'video',
]);

export const isKnownBlock = (block: AnyBlock): block is KnownBlock => KNOWN_BLOCKS.has(block.type);

/** The sandbox gives every block an id. The index replaces a missing one. */
export const blockIdOf = (block: AnyBlock, index: number): string => block.block_id ?? `block-${index}`;

/** The value before any edit. Null for buttons and overflow menus, which have none. */
export function initialState(element: InteractiveElement): ElementState | null {
  const { type } = element;
  switch (element.type) {
    case 'plain_text_input':
    case 'number_input':
    case 'email_text_input':
    case 'url_text_input':
      return { type, value: element.initial_value ?? null };
    case 'static_select':
    case 'external_select':
    case 'radio_buttons':
      return { type, selected_option: element.initial_option ?? null };
    case 'checkboxes':
    case 'multi_static_select':
    case 'multi_external_select':
      return { type, selected_options: element.initial_options ?? [] };
    case 'users_select':
      return { type, selected_user: element.initial_user ?? null };
    case 'multi_users_select':
      return { type, selected_users: element.initial_users ?? [] };
    case 'conversations_select':
      return { type, selected_conversation: element.initial_conversation ?? null };
    case 'multi_conversations_select':
      return { type, selected_conversations: element.initial_conversations ?? [] };
    case 'channels_select':
      return { type, selected_channel: element.initial_channel ?? null };
    case 'multi_channels_select':
      return { type, selected_channels: element.initial_channels ?? [] };
    case 'datepicker':
      return { type, selected_date: element.initial_date ?? null };
    case 'timepicker':
      return { type, selected_time: element.initial_time ?? null };
    case 'datetimepicker':
      return { type, selected_date_time: element.initial_date_time ?? null };
    case 'file_input':
      return { type, files: [] };
    case 'rich_text_input':
      return { type, rich_text_value: element.initial_value ?? null };
    default:
      return null;
  }
}

function elementsIn(block: KnownBlock): readonly InteractiveElement[] {
  if (block.type === 'actions') return block.elements;
  if (block.type === 'input') return [block.element];
  if (block.type === 'section' && block.accessory !== undefined) return [block.accessory];
  return [];
}

/** The elements of these blocks that have a value, in reading order. */
function statefulElements(blocks: readonly AnyBlock[]): readonly StatefulElement[] {
  return blocks.flatMap((block, index) => {
    if (!isKnownBlock(block)) return [];
    if (block.type === 'container') return statefulElements(block.child_blocks);
    return elementsIn(block)
      .filter((element) => element.type !== 'image' && initialState(element) !== null)
      .map((element) => ({
        blockId: blockIdOf(block, index),
        actionId: actionIdOf(element),
        element,
      }));
  });
}

export const actionIdOf = (element: InteractiveElement): string =>
  'action_id' in element && element.action_id !== undefined ? element.action_id : '';

/** Each element has its value of `later`, or else of `earlier`. */
export function mergeStates(earlier: StateValues, later: StateValues): StateValues {
  const merged: Record<string, Readonly<Record<string, ElementState>>> = { ...earlier };
  for (const [blockId, elements] of Object.entries(later)) {
    merged[blockId] = { ...merged[blockId], ...elements };
  }
  return merged;
}

/** `state.values` of these blocks only: the value of each element, or else its initial one. */
export function stateOf(blocks: readonly AnyBlock[], values: StateValues): StateValues {
  const state: Record<string, Record<string, ElementState>> = {};
  for (const { blockId, actionId, element } of statefulElements(blocks)) {
    const value = values[blockId]?.[actionId] ?? initialState(element);
    if (value !== null) state[blockId] = { ...state[blockId], [actionId]: value };
  }
  return state;
}

/** The edits whose element is still in the blocks, with the same type. */
export function keptEdits(blocks: readonly AnyBlock[], edits: StateValues): StateValues {
  const kept: Record<string, Record<string, ElementState>> = {};
  for (const { blockId, actionId, element } of statefulElements(blocks)) {
    const edit = edits[blockId]?.[actionId];
    if (edit !== undefined && edit.type === element.type)
      kept[blockId] = { ...kept[blockId], [actionId]: edit };
  }
  return kept;
}
