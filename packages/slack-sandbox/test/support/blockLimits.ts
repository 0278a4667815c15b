import { BLOCK_LIMITS } from './limits/blocks';
import { ELEMENT_LIMITS } from './limits/elements';
import type { Kind, SourcedLimit } from './limits/limit';
import { NEW_BLOCK_LIMITS } from './limits/newBlocks';

/**
 * The limits as the documents have them (as of September 2026), each with its page, written down apart from the
 * validator.
 */
export const LIMITS: readonly SourcedLimit[] = [...BLOCK_LIMITS, ...ELEMENT_LIMITS, ...NEW_BLOCK_LIMITS];

/** Slack's words for one past the limit. */
export const PAST: Readonly<Record<Kind, (limit: number) => string>> = {
  characters: (limit) => `must be less than ${limit + 1} characters`,
  items: (limit) => `no more than ${limit} items allowed`,
  number: (limit) => `must be at most ${limit}`,
};
