import { boolean, type Check, type Fields, object, oneOf, type Surface, string } from './checks';
import { confirm, plainText } from './composition';

/**
 * Blocks by name; `card` is its row of actions, `cell` one of a data table, `frame` an image beside or over the words of a
 * card or container.
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

/** Where an element may stand, on which surface, and its shape. */
export interface ElementRule {
  readonly in: readonly Parent[];
  readonly on: readonly Surface[];
  readonly check: Check;
}

export type ElementRules = Readonly<Record<string, ElementRule>>;

export const everywhere: readonly Surface[] = ['message', 'modal', 'home'];
export const control: readonly Parent[] = ['section', 'actions', 'input'];

export const action = { action_id: string({ min: 1, max: 255 }) };
export const focus = { focus_on_load: boolean };
export const placeholder = { placeholder: plainText(150) };
/** What every picker and menu takes. */
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
