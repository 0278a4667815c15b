import type {
  ActionsBlockElement,
  AnyBlock,
  InputBlockElement,
  KnownBlock,
  SectionBlockAccessory,
} from '@slack/types';
import type { ElementState, StateValues } from '../../../src/protocol';

export type InteractiveElement = ActionsBlockElement | InputBlockElement | SectionBlockAccessory;

/** An element that keeps what somebody typed or chose. */
interface Holder {
  readonly blockId: string;
  readonly actionId: string;
  readonly element: InteractiveElement;
  readonly inInput: boolean;
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

/** The sandbox names every block; the index stands in should one come without. */
export const blockIdOf = (block: AnyBlock, index: number): string => block.block_id ?? `block-${index}`;

/** What an element holds before anybody touched it; null for buttons and menus, which hold nothing. */
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

/** Every element of these blocks that holds something, in reading order. */
function holdersOf(blocks: readonly AnyBlock[]): readonly Holder[] {
  return blocks.flatMap((block, index) => {
    if (!isKnownBlock(block)) return [];
    if (block.type === 'container') return holdersOf(block.child_blocks);
    return elementsIn(block)
      .filter((element) => element.type !== 'image' && initialState(element) !== null)
      .map((element) => ({
        blockId: blockIdOf(block, index),
        actionId: actionIdOf(element),
        element,
        inInput: block.type === 'input',
      }));
  });
}

export const actionIdOf = (element: InteractiveElement): string =>
  'action_id' in element && element.action_id !== undefined ? element.action_id : '';

/** `later` wins, element by element. */
export function mergeStates(earlier: StateValues, later: StateValues): StateValues {
  const merged: Record<string, Readonly<Record<string, ElementState>>> = { ...earlier };
  for (const [blockId, elements] of Object.entries(later)) {
    merged[blockId] = { ...merged[blockId], ...elements };
  }
  return merged;
}

/** The whole `state.values` of these blocks: what is held, or else the initial value; nothing of other blocks. */
export function stateOf(blocks: readonly AnyBlock[], held: StateValues): StateValues {
  const state: Record<string, Record<string, ElementState>> = {};
  for (const { blockId, actionId, element } of holdersOf(blocks)) {
    const value = held[blockId]?.[actionId] ?? initialState(element);
    if (value !== null) state[blockId] = { ...state[blockId], [actionId]: value };
  }
  return state;
}

/** Only the parts of `edits` whose element is still there, of the same type. */
export function keptEdits(blocks: readonly AnyBlock[], edits: StateValues): StateValues {
  const kept: Record<string, Record<string, ElementState>> = {};
  for (const { blockId, actionId, element } of holdersOf(blocks)) {
    const edit = edits[blockId]?.[actionId];
    if (edit !== undefined && edit.type === element.type)
      kept[blockId] = { ...kept[blockId], [actionId]: edit };
  }
  return kept;
}
