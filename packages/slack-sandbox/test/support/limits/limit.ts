import type { BlockSurface } from '../../../src/blockkit/checks';
import type { JsonObject } from '../../../src/json';

/** How Slack says that a limit is passed: too many characters, too many items, too great a number. */
export type Kind = 'characters' | 'items' | 'number';

/** What; its kind; its greatest size; a block of a given size; where Slack points, in the block; the surface. */
export type Limit = readonly [string, Kind, number, (size: number) => JsonObject, string, BlockSurface?];

/** A limit and the page that gives it. */
export interface SourcedLimit {
  readonly source: string;
  readonly limit: Limit;
}

const DOCUMENTS = 'https://docs.slack.dev/reference/block-kit/';

/** Where the documents give no limit: what a validator that is used against live workspaces has. */
export const SLACKBLOCKS = 'https://github.com/nicklambourne/slackblocks/blob/b881990/spec/limits.json';

/** Limits that one page gives, named by its path under the reference of Block Kit. */
export function from(page: string, limits: readonly Limit[]): readonly SourcedLimit[] {
  const source = page.startsWith('https:') ? page : `${DOCUMENTS}${page}`;
  return limits.map((limit) => ({ source, limit }));
}
