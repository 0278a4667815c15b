import { isObject, type JsonObject, objectsOf } from '../json';

/**
 * All elements of a block: the element of an input, an accessory, a row of actions, buttons in cells. Includes those
 * of blocks inside a container.
 */
export function elementsOf(block: JsonObject): readonly JsonObject[] {
  if (block.type === 'container') return objectsOf(block.child_blocks).flatMap((child) => elementsOf(child));
  return elementPlaces(block, '').map(([element]) => element);
}

/** Same as elementsOf without containers, each element with its JSON pointer. `at` is the pointer of the block. */
export function elementPlaces(block: JsonObject, at: string): readonly (readonly [JsonObject, string])[] {
  const row = (key: string) =>
    objectsOf(block[key]).map((element, index) => [element, `${at}/${key}/${index}`] as const);
  switch (block.type) {
    case 'input':
      return isObject(block.element) ? [[block.element, `${at}/element`]] : [];
    case 'section':
      return isObject(block.accessory) ? [[block.accessory, `${at}/accessory`]] : [];
    case 'actions':
    case 'context_actions':
      return row('elements');
    case 'card':
      return row('actions');
    case 'data_table':
      return cellsOf(block, at)
        .filter(([cell]) => isObject(cell.element))
        .map(([cell, place]) => [cell.element as JsonObject, `${place}/element`] as const);
    case 'carousel':
      return row('elements').flatMap(([card, place]) => elementPlaces(card, place));
    default:
      return [];
  }
}

function cellsOf(table: JsonObject, at: string): readonly (readonly [JsonObject, string])[] {
  const rows: readonly unknown[] = Array.isArray(table.rows) ? table.rows : [];
  return rows.flatMap((row, index) =>
    objectsOf(row).map((cell, column) => [cell, `${at}/rows/${index}/${column}`] as const),
  );
}

/** The blocks and those inside containers, in reading order. */
export function flatBlocks(blocks: readonly JsonObject[]): readonly JsonObject[] {
  return blocks.flatMap((block) =>
    block.type === 'container' ? [block, ...objectsOf(block.child_blocks)] : [block],
  );
}

/** All options of a menu, groups included. */
export function optionsOf(element: JsonObject): readonly JsonObject[] {
  return [
    ...objectsOf(element.options),
    ...objectsOf(element.option_groups).flatMap((group) => objectsOf(group.options)),
  ];
}

/** Finds an element by block_id and action_id. */
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
