import { SandboxError } from '../errors';
import { type JsonObject, objectsOf } from '../json';
import type { ClickTarget } from '../protocol';
import type { Link } from './controlClient';
import type { InputValue } from './inputStates';
import type { Surface } from './shownBlocks';

/** Types words into an external menu, as the person who wants to choose. @returns what the app offers. */
export async function offersFor(
  link: Link,
  as: string,
  target: ClickTarget,
  menu: { readonly blockId: string; readonly actionId: string },
  typed: string,
): Promise<readonly JsonObject[]> {
  const { blockId, actionId } = menu;
  const result = await link.act(as, { type: 'suggest', target, blockId, actionId, value: typed });
  if (result.failure !== undefined)
    throw new SandboxError('not_visible', `the menu offers nothing: ${result.failure}`);
  return [
    ...objectsOf(result.options),
    ...(result.optionGroups ?? []).flatMap(({ options }) => objectsOf(options)),
  ];
}

/** The surface with the options of those external menus that are to be filled in: each word is typed there first. */
export async function withOffers(
  link: Link,
  as: string,
  target: ClickTarget,
  surface: Surface,
  values: Readonly<Record<string, InputValue>>,
): Promise<Surface> {
  let offered = surface;
  for (const [label, value] of Object.entries(values)) {
    const menu = surface.externalMenu(label);
    if (menu === undefined || value === null) continue;
    const options: JsonObject[] = [];
    for (const words of Array.isArray(value) ? value : [value])
      options.push(...(await offersFor(link, as, target, menu, String(words))));
    offered = offered.offering(menu, options);
  }
  return offered;
}
