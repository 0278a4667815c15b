import { SandboxError } from '../errors';
import { type JsonObject, objectsOf } from '../json';
import type { ClickTarget } from '../protocol';
import type { ControlApi } from './controlApi';
import type { InputValue } from './inputStates';
import type { ShownBlocks } from './shownBlocks';

/** Types into an external menu. @returns the options that the app offers */
export async function requestOptions(
  api: ControlApi,
  as: string,
  target: ClickTarget,
  menu: { readonly blockId: string; readonly actionId: string },
  typed: string,
): Promise<readonly JsonObject[]> {
  const { blockId, actionId } = menu;
  const result = await api.act(as, { type: 'suggest', target, blockId, actionId, value: typed });
  if (result.failure !== undefined)
    throw new SandboxError('not_visible', `the menu offers nothing: ${result.failure}`);
  return [
    ...objectsOf(result.options),
    ...(result.optionGroups ?? []).flatMap(({ options }) => objectsOf(options)),
  ];
}

/** Types each value into its external menu. @returns the blocks with the options that the app offers there */
export async function withRequestedOptions(
  api: ControlApi,
  as: string,
  target: ClickTarget,
  shown: ShownBlocks,
  values: Readonly<Record<string, InputValue>>,
): Promise<ShownBlocks> {
  let offered = shown;
  for (const [label, value] of Object.entries(values)) {
    const menu = shown.externalMenu(label);
    if (menu === undefined || value === null) continue;
    const options: JsonObject[] = [];
    for (const words of Array.isArray(value) ? value : [value])
      options.push(...(await requestOptions(api, as, target, menu, String(words))));
    offered = offered.withOptions(menu, options);
  }
  return offered;
}
