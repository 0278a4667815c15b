/**
 * Finds what a person can tap or fill in on a screen or in a message. It knows Slack's blocks and no screen of ours.
 */
import type { ElementState, SeenView } from 'slack-sandbox';
import { type Json, objectsIn, stringIn } from './json';

export interface Tappable {
  readonly blockId: string;
  readonly actionId: string;
  readonly label: string;
  readonly primary: boolean;
  /** The deal that the button names; undefined: none. */
  readonly dealId: string | undefined;
}

export interface Fillable {
  readonly blockId: string;
  readonly actionId: string;
  readonly label: string;
  readonly type: string;
  readonly optional: boolean;
  readonly element: Json;
  /** It holds a value already. */
  readonly filled: boolean;
}

export function tappables(blocks: readonly unknown[]): readonly Tappable[] {
  return objectsIn(blocks).flatMap((block) =>
    [...objectsIn(block.elements), ...objectsIn([block.accessory])]
      .filter(({ type }) => type === 'button')
      .map((element) => ({
        blockId: stringIn(block.block_id),
        actionId: stringIn(element.action_id),
        label: textIn(element.text),
        primary: element.style === 'primary',
        dealId: dealIn(stringIn(element.value)),
      })),
  );
}

export function fillables({ view, state }: SeenView): readonly Fillable[] {
  return objectsIn(view.blocks as readonly unknown[]).flatMap((block) => {
    const [element] = objectsIn([block.element]);
    if (block.type !== 'input' || element === undefined) return [];
    const blockId = stringIn(block.block_id);
    const actionId = stringIn(element.action_id);
    return [
      {
        blockId,
        actionId,
        label: textIn(block.label),
        type: stringIn(element.type),
        optional: block.optional === true,
        element,
        filled: isFilled(state[blockId]?.[actionId], element),
      },
    ];
  });
}

function isFilled(state: ElementState | undefined, element: Json): boolean {
  if (state === undefined) return Object.keys(element).some((key) => key.startsWith('initial_'));
  const { type, ...held } = state;
  return Object.values(held).some((value) => value !== null && (!Array.isArray(value) || value.length > 0));
}

export const optionsOf = ({ element }: Fillable): readonly Json[] => objectsIn(element.options);

/** The deal of a screen, and on the call its step and the visit of that step. */
export interface Reference {
  readonly dealId: string | undefined;
  readonly stepId: string | undefined;
  readonly visit: number | undefined;
}

export function referenceOf({ view }: SeenView): Reference {
  const { private_metadata: metadata = '' } = view as { private_metadata?: string };
  const { d: dealId, s: stepId, v: visit } = keysIn(metadata);
  return { dealId, stepId, visit };
}

const dealIn = (value: string): string | undefined => keysIn(value).d;

const keysIn = (stored: string): { readonly d?: string; readonly s?: string; readonly v?: number } =>
  JSON.parse(stored === '' ? '{}' : stored);

export const callbackIdOf = ({ view }: SeenView): string =>
  (view as { callback_id?: string }).callback_id ?? '';

/** True if the screen says that something failed: in an error block, at an input, or as a whole screen. */
export function showsError(seen: SeenView): boolean {
  const blocks = objectsIn(seen.view.blocks as readonly unknown[]);
  return (
    callbackIdOf(seen) === 'notice' ||
    Object.keys(seen.errors).length > 0 ||
    blocks.some(({ block_id }) => block_id === 'error')
  );
}

const textIn = (text: unknown): string => stringIn(objectsIn([text])[0]?.text);
