import { isObject, type JsonObject, objectsOf } from '../json';

/** All elements of one block that stand directly in it: an input's element, an accessory, the row of an actions block. */
export function elementsOf(block: JsonObject): readonly JsonObject[] {
  switch (block.type) {
    case 'input':
      return isObject(block.element) ? [block.element] : [];
    case 'section':
      return isObject(block.accessory) ? [block.accessory] : [];
    case 'actions':
    case 'context_actions':
      return objectsOf(block.elements);
    case 'card':
      return objectsOf(block.actions);
    case 'carousel':
      return objectsOf(block.elements).flatMap((card) => elementsOf(card));
    case 'container':
      return objectsOf(block.child_blocks).flatMap((child) => elementsOf(child));
    default:
      return [];
  }
}

/** The blocks of a surface with those inside containers, in reading order. */
export function flatBlocks(blocks: readonly JsonObject[]): readonly JsonObject[] {
  return blocks.flatMap((block) =>
    block.type === 'container' ? [block, ...objectsOf(block.child_blocks)] : [block],
  );
}

/** The element with this action_id in the block with this block_id. */
export function findElement(
  blocks: readonly JsonObject[],
  blockId: string,
  actionId: string,
): { readonly block: JsonObject; readonly element: JsonObject } | undefined {
  for (const block of flatBlocks(blocks)) {
    if (block.block_id !== blockId) continue;
    const element = elementsOf(block).find((candidate) => candidate.action_id === actionId);
    if (element !== undefined) return { block, element };
  }
  return undefined;
}
