import type { BlockSurface } from '../src/blockkit/checks';
import { findBlockFaults, findViewFaults, validateMessageBlocks } from '../src/blockkit/validate';
import { SlackError } from '../src/errors';
import type { JsonObject } from '../src/json';
import { LIMITS, PAST } from './support/blockLimits';
import { cell, dataTable, many, mrkdwn, pie, plain, segment, table, x } from './support/blockParts';

const faultsOf = (block: JsonObject, surface: BlockSurface = 'message') =>
  findBlockFaults([block], surface, '/blocks', 50);

const limits = LIMITS.map(({ limit: [what, kind, limit, make, at, surface] }) => ({
  what,
  limit,
  make,
  surface,
  message: `[ERROR] ${PAST[kind](limit)} [json-pointer:/blocks/0${at}]`,
}));

it.each(limits)('$what: $limit is accepted, one more is refused', ({ limit, make, surface, message }) => {
  expect(faultsOf(make(limit), surface)).toEqual([]);
  expect(faultsOf(make(limit + 1), surface)).toContain(message);
});

/** The code and the reasons of a message that is refused. */
function refusal(blocks: readonly JsonObject[]): unknown {
  try {
    validateMessageBlocks(blocks);
  } catch (error) {
    if (error instanceof SlackError) return { error: error.code, ...error.extra };
    throw error;
  }
  return undefined;
}

const tooMuch = (reason: string) => ({
  error: 'invalid_blocks',
  errors: [`${reason} [json-pointer:/blocks]`],
  response_metadata: { messages: [`[ERROR] ${reason} [json-pointer:/blocks]`] },
});

describe('over all blocks of a message', () => {
  it('markdown takes 12,000 characters', () => {
    const markdown = (length: number) => ({ type: 'markdown', text: x(length) });
    expect(refusal([markdown(6000), markdown(6000)])).toBeUndefined();
    expect(refusal([markdown(6000), markdown(6001)])).toEqual(
      tooMuch('all markdown blocks must have less than 12001 characters'),
    );
  });

  it('the cells of a table take 10,000 characters, those of data tables 20,000', () => {
    expect(refusal([table([[cell(5000), cell(5000)]])])).toBeUndefined();
    expect(refusal([table([[cell(5000), cell(5001)]])])).toEqual(
      tooMuch('the cells of all tables must have less than 10001 characters'),
    );
    const half = (length: number) => dataTable([[cell(1)], [cell(length)]]);
    expect(refusal([half(9999), half(9999)])).toBeUndefined();
    expect(refusal([half(9999), half(10_000)])).toEqual(
      tooMuch('the cells of all tables must have less than 20001 characters'),
    );
  });

  it('there is one table', () => {
    expect(refusal([table([[cell()]])])).toBeUndefined();
    expect(refusal([table([[cell()]]), table([[cell()]])])).toMatchObject({ error: 'invalid_attachments' });
  });

  it('there are two charts', () => {
    expect(refusal(many(2, () => pie([segment()])))).toBeUndefined();
    expect(refusal(many(3, () => pie([segment()])))).toEqual(
      tooMuch('no more than 2 data_visualization blocks allowed'),
    );
  });

  it('a Home may have more tables and charts than a message', () => {
    const home = [...many(3, () => pie([segment()])), table([[cell()]]), table([[cell()]])];
    expect(findViewFaults({ type: 'home', blocks: home }, 'home')).toEqual([]);
  });

  it('all texts take 12,000 characters', () => {
    const section = (length: number) => ({ type: 'section', text: mrkdwn(length) });
    expect(refusal(many(4, () => section(3000)))).toBeUndefined();
    expect(refusal([...many(4, () => section(3000)), section(1)])).toEqual({ error: 'msg_blocks_too_long' });
  });
});

it('takes 50 blocks in a message and 100 in a view', () => {
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
] as const)('a modal’s %s takes %i characters, not one more', (_, limit, make) => {
  const view = (more: object) => ({ type: 'modal', title: plain(1), blocks: [], ...more });
  expect(findViewFaults(view(make(limit)), 'modal')).toEqual([]);
  expect(findViewFaults(view(make(limit + 1)), 'modal')).toContainEqual(
    expect.stringContaining(`must be less than ${limit + 1} characters [json-pointer:/view/`),
  );
});
