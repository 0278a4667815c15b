import { type Check, type Fields, object, oneOf, type Surface, string } from './checks';

/** Where a block may stand, and its shape. */
export interface BlockRule {
  readonly on: readonly Surface[];
  readonly check: Check;
}

/** A block of a type, with its id. */
export function block(
  type: string,
  required: Fields,
  optional: Fields = {},
  also?: Parameters<typeof object>[2],
): Check {
  return object(
    { type: oneOf(type), ...required },
    { block_id: string({ min: 1, max: 255 }), ...optional },
    also,
  );
}
