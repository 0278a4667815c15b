import { type BlockSurface, boolean, type Check, type Fields, object, oneOf, string } from './checks';
import { confirm, plainText } from './composition';

/**
 * Places of elements, by block. `card` is a card's row of actions, `cell` a cell of a data table, `frame` the image
 * beside or above the text of a card or container.
 */
export type Parent =
  | 'section'
  | 'actions'
  | 'input'
  | 'context'
  | 'card'
  | 'cell'
  | 'frame'
  | 'context_actions';

/** The places, the surfaces and the shape of an element. */
export interface ElementRule {
  readonly in: readonly Parent[];
  readonly on: readonly BlockSurface[];
  readonly check: Check;
}

export type ElementRules = Readonly<Record<string, ElementRule>>;

export const everywhere: readonly BlockSurface[] = ['message', 'modal', 'home'];
export const control: readonly Parent[] = ['section', 'actions', 'input'];

export const action = { action_id: string({ min: 1, max: 255 }) };
export const focus = { focus_on_load: boolean };
export const placeholder = { placeholder: plainText(150) };
/** Fields that every picker and menu takes. */
export const pick = { ...action, confirm, ...focus, ...placeholder };
export const userId = string({ like: /^[UW][A-Z0-9]+$/ });

export function element(
  type: string,
  required: Fields,
  optional: Fields,
  also?: Parameters<typeof object>[2],
): Check {
  return object({ type: oneOf(type), ...required }, optional, also);
}
