import type { BlockSurface } from '../src/blockkit/checks';
import { findBlockFaults, findViewFaults, validateMessageBlocks } from '../src/blockkit/validate';
import { SlackError } from '../src/errors';
import type { JsonObject } from '../src/json';
import { cell, dataTable, many, mrkdwn, pie, plain, segment, table, x } from './support/blockParts';
import { BLOCK_LIMITS } from './support/limits/blocks';
import { ELEMENT_LIMITS } from './support/limits/elements';
import { NEW_BLOCK_LIMITS } from './support/limits/newBlocks';
import type { LimitKind } from './support/limits/sourcedLimit';

/** Slack's words for a size above the limit. */
const EXCEEDED: Readonly<Record<LimitKind, (limit: number) => string>> = {
  characters: (limit) => `must be less than ${limit + 1} characters`,
  items: (limit) => `no more than ${limit} items allowed`,
  number: (limit) => `must be at most ${limit}`,
};

const faultsOf = (block: JsonObject, surface: BlockSurface = 'message') =>
  findBlockFaults([block], surface, '/blocks', 50);

/** The limits of Slack's documents in September 2026, written down apart from the validator. */
const limits = [...BLOCK_LIMITS, ...ELEMENT_LIMITS, ...NEW_BLOCK_LIMITS].map(
  ({ limit: [what, kind, limit, make, pointer, surface] }) => ({
    what,
    limit,
    make,
    surface,
    message: `[ERROR] ${EXCEEDED[kind](limit)} [json-pointer:/blocks/0${pointer}]`,
  }),
);

it.each(limits)('$what: accepts $limit, refuses one more', ({ limit, make, surface, message }) => {
  expect(faultsOf(make(limit), surface)).toEqual([]);
  expect(faultsOf(make(limit + 1), surface)).toContain(message);
});

/** The code and the reasons of a refusal; undefined for an accepted message. */
function refusal(blocks: readonly JsonObject[]): unknown {
  try {
    validateMessageBlocks(blocks);
  } catch (error) {
    if (error instanceof SlackError) return { error: error.code, ...error.extra };
    throw error;
  }
  return undefined;
}

const invalidBlocks = (reason: string) => ({
  error: 'invalid_blocks',
  errors: [`${reason} [json-pointer:/blocks]`],
  response_metadata: { messages: [`[ERROR] ${reason} [json-pointer:/blocks]`] },
});

describe('all blocks of a message together', () => {
  it('may hold 12,000 characters of markdown', () => {
    const markdown = (length: number) => ({ type: 'markdown', text: x(length) });
    expect(refusal([markdown(6000), markdown(6000)])).toBeUndefined();
    expect(refusal([markdown(6000), markdown(6001)])).toEqual(
      invalidBlocks('all markdown blocks must have less than 12001 characters'),
    );
  });

  it('may hold 10,000 characters in the cells of a table, 20,000 in those of data tables', () => {
    expect(refusal([table([[cell(5000), cell(5000)]])])).toBeUndefined();
    expect(refusal([table([[cell(5000), cell(5001)]])])).toEqual(
      invalidBlocks('the cells of all tables must have less than 10001 characters'),
    );
    const withText = (length: number) => dataTable([[cell(1)], [cell(length)]]);
    expect(refusal([withText(9999), withText(9999)])).toBeUndefined();
    expect(refusal([withText(9999), withText(10_000)])).toEqual(
      invalidBlocks('the cells of all tables must have less than 20001 characters'),
    );
  });

  it('may hold one table', () => {
    expect(refusal([table([[cell()]])])).toBeUndefined();
    expect(refusal([table([[cell()]]), table([[cell()]])])).toMatchObject({ error: 'invalid_attachments' });
  });

  it('may hold two charts', () => {
    expect(refusal(many(2, () => pie([segment()])))).toBeUndefined();
    expect(refusal(many(3, () => pie([segment()])))).toEqual(
      invalidBlocks('no more than 2 data_visualization blocks allowed'),
    );
  });

  it('may hold fewer tables and charts than a Home tab', () => {
    const home = [...many(3, () => pie([segment()])), table([[cell()]]), table([[cell()]])];
    expect(findViewFaults({ type: 'home', blocks: home }, 'home')).toEqual([]);
  });

  it('may hold 12,000 characters of text', () => {
    const section = (length: number) => ({ type: 'section', text: mrkdwn(length) });
    expect(refusal(many(4, () => section(3000)))).toBeUndefined();
    expect(refusal([...many(4, () => section(3000)), section(1)])).toEqual({ error: 'msg_blocks_too_long' });
  });
});

it('a message holds 50 blocks, a view 100', () => {
  const dividers = (count: number) => many(count, () => ({ type: 'divider' }));
  expect(findBlockFaults(dividers(50), 'message', '/blocks', 50)).toEqual([]);
  expect(findBlockFaults(dividers(51), 'message', '/blocks', 50)).toEqual([
    '[ERROR] no more than 50 items allowed [json-pointer:/blocks]',
  ]);
  const home = (count: number) => ({ type: 'home', blocks: dividers(count) });
  expect(findViewFaults(home(100), 'home')).toEqual([]);
  expect(findViewFaults(home(101), 'home')).toContain(
    '[ERROR] no more than 100 items allowed [json-pointer:/view/blocks]',
  );
});

it.each([
  ['title', 24, (n: number) => ({ title: plain(n) })],
  ['external_id', 255, (n: number) => ({ external_id: x(n) })],
  ['submit', 24, (n: number) => ({ submit: plain(n) })],
  ['close', 24, (n: number) => ({ close: plain(n) })],
  ['private_metadata', 3000, (n: number) => ({ private_metadata: x(n) })],
  ['callback_id', 255, (n: number) => ({ callback_id: x(n) })],
] as const)('the %s of a modal holds %i characters, not one more', (_, limit, make) => {
  const view = (more: object) => ({ type: 'modal', title: plain(1), blocks: [], ...more });
  expect(findViewFaults(view(make(limit)), 'modal')).toEqual([]);
  expect(findViewFaults(view(make(limit + 1)), 'modal')).toContainEqual(
    expect.stringContaining(`must be less than ${limit + 1} characters [json-pointer:/view/`),
  );
});
