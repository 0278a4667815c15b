import { contentHash } from '../../../src/reconciler/pass/contentHash';
import { isFrozen, type Operation, type PlanInput, plan } from '../../../src/reconciler/pass/plan';
import type { WantedSlot } from '../../../src/reconciler/types';
import type { StoredSlot } from '../../../src/store/store';
import { anAsk } from '../../store/builder';
import { direct, reply, root, stored } from '../slots';

const NOW = 1_000_000;
const TIMING = { callTimeoutMs: 10_000, settleMs: 10_000, duplicateMs: 20_000, pollMs: 3_000 };

const planned = (change: Partial<PlanInput>) =>
  plan({
    wanted: [],
    stored: [],
    owner: { isOpen: true, ask: null },
    now: NOW,
    timing: TIMING,
    lastShown: null,
    held: () => null,
    ...change,
  });

const inWords = (operation: Operation) => `${operation.do} ${operation.key}`;
const operations = (change: Partial<PlanInput>) => planned(change).operations.map(inWords);

const posted = (slot: WantedSlot, ts: string, change: Partial<StoredSlot> = {}) =>
  stored(slot.key, { state: 'posted', ts, hash: contentHash(slot), ...change });

const transcript = reply('transcript');
const ask = reply('ask:3:UM');
const askDm = direct('ask-dm:3:UM', 'UM');
const pending = { isOpen: true, ask: anAsk({ id: 3, addressedBy: 3 }) } as const;

describe('a posted message', () => {
  const wanted = [root('Acme, in the words of today')];
  const revision = { revision: 5, privacy: 'full' } as const;
  /** @param shows what the message shows @param words what this release renders of revision 5, which Slack shows */
  const operationsFor = (shows: StoredSlot['shows'], words: string, change: Partial<StoredSlot> = {}) => {
    const hashes = new Map([['summary', contentHash(root(words))]]);
    const standing = posted(root('Acme, as it was said then'), '1.0', { shows, ...change });
    return operations({ wanted, stored: [standing], lastShown: { ...revision, hashes } });
  };
  const same = 'Acme, in the words of today';

  test('stays as it is if only this release has other words for it', () => {
    expect(operationsFor(revision, same)).toEqual([]);
    expect(operationsFor({ ...revision, revision: 3 }, same)).toEqual([]);
    // An earlier release did not note what the message shows.
    expect(operationsFor(null, same)).toEqual([]);
  });

  test.each<[string, StoredSlot['shows'], string, Partial<StoredSlot>]>([
    ['the deal changed', revision, 'another state of it', {}],
    ['an interrupted pass showed a later state', { ...revision, revision: 6 }, same, {}],
    ['other people read the channel', { ...revision, privacy: 'short' }, same, {}],
    ['its content in Slack is not known', revision, same, { hash: null }],
  ])('is edited when %s', (_why, shows, words, change) => {
    expect(operationsFor(shows, words, change)).toEqual(['edit summary']);
  });
});

describe('the plan', () => {
  test.each<[string, Partial<PlanInput>, string[]]>([
    ['nothing is wanted: does nothing', {}, []],
    [
      'a new deal: posts everything, root first',
      { wanted: [root(), transcript, askDm] },
      ['post summary', 'post transcript', 'post ask-dm:3:UM'],
    ],
    ['nothing changed: does nothing', { wanted: [root()], stored: [posted(root(), '1.0')] }, []],
    ['other words: edits', { wanted: [root('b')], stored: [posted(root('a'), '1.0')] }, ['edit summary']],
    [
      'content in Slack not known: edits',
      { wanted: [root()], stored: [posted(root(), '1.0', { hash: null })] },
      ['edit summary'],
    ],
    [
      'posts before it edits',
      { wanted: [root('b'), transcript], stored: [posted(root('a'), '1.0')] },
      ['post transcript', 'edit summary'],
    ],
    [
      'last words beneath a root that people deleted: edits',
      {
        wanted: [reply('ask:3:UM', 'over', { overtaken: true })],
        stored: [stored('summary', { state: 'gone', ts: '1.0' }), posted(ask, '2.0')],
      },
      ['edit ask:3:UM'],
    ],
    [
      'overtaken and never posted: drops',
      { wanted: [direct('nudge-dm:4', 'U', 'x', { overtaken: true })] },
      ['drop nudge-dm:4'],
    ],
    [
      'overtaken but posted: edits',
      {
        wanted: [direct('nudge-dm:4', 'U', 'b', { overtaken: true })],
        stored: [posted(direct('nudge-dm:4', 'U', 'a'), '1.0')],
      },
      ['edit nudge-dm:4'],
    ],
    [
      'a thread that was dropped while the rep tried again, and is wanted again: posts it, root first',
      {
        wanted: [root(), transcript],
        stored: [
          stored('summary', { state: 'dropped', lookups: 2 }),
          stored(transcript.key, { state: 'dropped' }),
        ],
      },
      ['post summary', 'post transcript'],
    ],
    [
      'the same thread of a deal that was closed meanwhile: posts it, root first',
      {
        wanted: [root(), transcript],
        stored: [stored('summary', { state: 'dropped' })],
        owner: { isOpen: false, ask: null },
      },
      ['post summary', 'post transcript'],
    ],
    [
      'a dropped reply: leaves it dropped',
      { wanted: [root(), ask], stored: [posted(root(), '1.0'), stored(ask.key, { state: 'dropped' })] },
      [],
    ],
    [
      'a dropped direct message: leaves it dropped',
      { wanted: [askDm], stored: [stored(askDm.key, { state: 'dropped' })] },
      [],
    ],
    [
      'a message that people deleted: leaves it deleted',
      {
        wanted: [root(), transcript],
        stored: [posted(root(), '1.0'), posted(transcript, '2.0', { state: 'gone' })],
      },
      [],
    ],
    [
      'a pending ask that people deleted: posts it again',
      { owner: pending, wanted: [askDm], stored: [posted(askDm, '2.0', { state: 'gone' })] },
      ['post ask-dm:3:UM'],
    ],
    [
      'an earlier ask that people deleted: leaves it deleted',
      {
        owner: pending,
        wanted: [direct('ask-dm:2:UM', 'UM')],
        stored: [stored('ask-dm:2:UM', { state: 'gone', ts: '2.0' })],
      },
      [],
    ],
    ['a post that is no longer wanted: drops it', { stored: [stored('nudge:4')] }, ['drop nudge:4']],
    ['a posted message that is no longer wanted: leaves it', { stored: [posted(transcript, '2.0')] }, []],
  ])('%s', (_case, input, expected) => {
    expect(operations(input)).toEqual(expected);
  });

  test('begins a new thread with transcript and pending ask if the root is gone, and leaves the other replies', () => {
    const question = reply('question:5');
    const wanted = [root(), transcript, ask, question];
    const before = [posted(transcript, '2.0'), posted(ask, '3.0'), posted(reply('question:5', 'old'), '4.0')];
    const lost = posted(root(), '1.0', { state: 'gone' });
    expect(operations({ owner: pending, wanted, stored: [lost, ...before] })).toEqual([
      'post summary',
      'post transcript',
      'post ask:3:UM',
    ]);
    // Replies go beneath the new root; nothing in the old thread is edited.
    const begun = planned({ owner: pending, wanted, stored: [posted(root(), '9.0'), ...before] });
    expect(begun.operations.map(inWords)).toEqual(['post transcript', 'post ask:3:UM']);
    expect(begun.operations[0]).toMatchObject({ threadTs: '9.0' });
  });

  test('begins no thread of a closed deal whose root is gone, but edits the replies that are there', () => {
    const wanted = [root(), reply('transcript', 'more'), reply('closed:1')];
    const input = { wanted, stored: [posted(root(), '1.0', { state: 'gone' }), posted(transcript, '2.0')] };
    expect(operations({ ...input, owner: { isOpen: false, ask: null } })).toEqual([
      'drop closed:1',
      'edit transcript',
    ]);
  });

  test('throws if the renderer makes replies without a root', () => {
    expect(() => planned({ wanted: [transcript] })).toThrow('without its root');
  });
});

describe('a post whose result is not known', () => {
  const intent = (change: Partial<StoredSlot> = {}) => stored('summary', { intentAt: NOW, ...change });
  const at = (now: number, slot: StoredSlot) =>
    planned({ now, wanted: [root(), transcript, askDm], stored: [slot] });

  test('is looked up when its call has timed out and Slack must show its message; replies wait for it', () => {
    const early = at(NOW + 19_999, intent());
    expect(early.operations.map(inWords)).toEqual(['post ask-dm:3:UM']);
    expect(early.waitUntil).toBe(NOW + 20_000);
    expect(at(NOW + 20_000, intent()).operations.map(inWords)).toEqual([
      'look_up summary',
      'post ask-dm:3:UM',
    ]);
  });

  test('is looked up a second time, then posted again', () => {
    expect(at(NOW + 29_999, intent({ lookups: 1 })).operations.map(inWords)).toEqual(['post ask-dm:3:UM']);
    expect(at(NOW + 30_000, intent({ lookups: 1 })).operations.map(inWords)[0]).toBe('look_up summary');
    expect(at(NOW, intent({ intentAt: null, lookups: 2 })).operations[0]).toMatchObject({
      do: 'post',
      again: true,
    });
  });

  test('and which was posted again is looked up once more, for a late duplicate', () => {
    const again = posted(root(), '1.0', { intentAt: NOW });
    expect(operations({ now: NOW + 20_000, wanted: [root()], stored: [again] })).toEqual([
      'look_for_duplicate summary',
    ]);
  });
});

describe('a held slot', () => {
  const hold =
    (key: string, change: { alone?: boolean; turn?: boolean } = {}): PlanInput['held'] =>
    (slot) =>
      slot.key === key ? { until: NOW + 500, alone: false, turn: false, ...change } : null;

  test('holds the replies behind it, and no direct messages', () => {
    const { operations: done, waitUntil } = planned({
      wanted: [root(), transcript, ask, askDm],
      stored: [posted(root(), '1.0')],
      held: hold('transcript'),
    });
    expect(done.map(inWords)).toEqual(['post ask-dm:3:UM']);
    expect(waitUntil).toBe(NOW + 500);
  });

  test('that Slack refuses for its content holds no other', () => {
    const input = { wanted: [root(), transcript, ask], stored: [posted(root(), '1.0')] };
    expect(operations({ ...input, held: hold('transcript', { alone: true }) })).toEqual(['post ask:3:UM']);
  });

  test('that waits for its turn holds edits too', () => {
    const input = { wanted: [root('b'), transcript], stored: [posted(root('a'), '1.0')] };
    expect(operations({ ...input, held: hold('transcript', { turn: true }) })).toEqual([]);
    expect(operations({ ...input, held: hold('transcript') })).toEqual(['edit summary']);
  });
});

test('a deal is frozen when it is closed and Slack shows its last revision', () => {
  expect(isFrozen({ stage: 'closed', revision: 7 }, 7)).toBe(true);
  expect(isFrozen({ stage: 'withdrawn', revision: 7 }, 7)).toBe(true);
  expect(isFrozen({ stage: 'closed', revision: 7 }, 6)).toBe(false);
  expect(isFrozen({ stage: 'winning_back', revision: 7 }, 7)).toBe(false);
});

test('the same content has the same hash, whatever the order of its keys', () => {
  const one = { text: 'x', blocks: [{ type: 'section', block_id: 'a' }] };
  const other = { text: 'x', blocks: [{ block_id: 'a', type: 'section' }] };
  expect(contentHash(one)).toBe(contentHash(other));
  expect(contentHash(one)).not.toBe(contentHash({ ...one, text: 'y' }));
});
