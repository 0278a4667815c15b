import type { Ids } from '../ids';
import { isObject, type JsonObject, objectsOf, stringOf } from '../json';
import { fillTexts } from './fillTexts';

export interface Block extends JsonObject {
  readonly type: string;
  readonly block_id: string;
}

/** Adds what Slack adds: ids of blocks and interactive elements that have none, and the defaults of texts. */
export function fillIds(blocks: readonly JsonObject[], ids: Ids): readonly Block[] {
  return blocks.map((block) => fillBlock(fillTexts(block), ids));
}

function fillBlock(block: JsonObject, ids: Ids): Block {
  const filled: Record<string, unknown> = { ...block };
  const element = (value: JsonObject): JsonObject => withActionId(value, ids);
  if (isObject(block.element)) filled.element = element(block.element);
  if (isObject(block.accessory)) filled.accessory = element(block.accessory);
  if (Array.isArray(block.actions)) filled.actions = objectsOf(block.actions).map(element);
  if (block.type === 'actions' || block.type === 'context_actions')
    filled.elements = objectsOf(block.elements).map(element);
  if (block.type === 'data_table') filled.rows = withIdsInCells(block.rows, element);
  if (block.type === 'carousel')
    filled.elements = objectsOf(block.elements).map((card) => fillBlock(card, ids));
  if (block.type === 'container')
    filled.child_blocks = objectsOf(block.child_blocks).map((child) => fillBlock(child, ids));
  return { ...filled, type: String(block.type), block_id: stringOf(block.block_id) ?? ids.nextShort() };
}

function withIdsInCells(rows: unknown, fill: (element: JsonObject) => JsonObject): unknown {
  if (!Array.isArray(rows)) return rows;
  return rows.map((row: unknown) =>
    objectsOf(row).map((cell) => (isObject(cell.element) ? { ...cell, element: fill(cell.element) } : cell)),
  );
}

function withActionId(element: JsonObject, ids: Ids): JsonObject {
  if (element.type === 'image' || stringOf(element.action_id) !== undefined) return element;
  return { ...element, action_id: ids.nextShort() };
}
