import type { BlockSurface } from '../../../src/blockkit/checks';
import type { JsonObject } from '../../../src/json';

/** A limit counts the characters of a text or the items of a list, or bounds a number. */
export type LimitKind = 'characters' | 'items' | 'number';

/** Name, kind, greatest size, a block of a given size, Slack's JSON pointer in the block, and the surface. */
export type Limit = readonly [string, LimitKind, number, (size: number) => JsonObject, string, BlockSurface?];

/** A limit and the page that gives it. */
export interface SourcedLimit {
  readonly source: string;
  readonly limit: Limit;
}

const DOCUMENTS = 'https://docs.slack.dev/reference/block-kit/';

/** A validator that others use against live workspaces, for limits that Slack's documents lack. */
export const SLACKBLOCKS = 'https://github.com/nicklambourne/slackblocks/blob/b881990/spec/limits.json';

/** @param page its URL, or its path under the reference of Block Kit */
export function limitsOn(page: string, limits: readonly Limit[]): readonly SourcedLimit[] {
  const source = page.startsWith('https:') ? page : `${DOCUMENTS}${page}`;
  return limits.map((limit) => ({ source, limit }));
}
