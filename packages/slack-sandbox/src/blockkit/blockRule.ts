import { type BlockSurface, type Check, type Fields, object, oneOf, string } from './checks';

/** The surfaces and the shape of a block. */
export interface BlockRule {
  readonly on: readonly BlockSurface[];
  readonly check: Check;
}

/** Checks a block of this type, with its optional block_id. */
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
