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

const said = (operation: Operation) => `${operation.do} ${operation.key}`;
const operations = (change: Partial<PlanInput>) => planned(change).operations.map(said);

const stands = (slot: WantedSlot, ts: string, change: Partial<StoredSlot> = {}) =>
  stored(slot.key, { state: 'posted', ts, hash: contentHash(slot), ...change });

const transcript = reply('transcript');
const ask = reply('ask:3:UM');
const askDm = direct('ask-dm:3:UM', 'UM');
const pending = { isOpen: true, ask: anAsk({ id: 3, addressedBy: 3 }) } as const;

describe('a message that stands', () => {
  const now = [root('Acme, in the words of today')];
  const revision = { revision: 5, privacy: 'full' } as const;
  /** What stands was shown at this revision, and what this release makes of revision 5 says this. */
  const edits = (shows: StoredSlot['shows'], words: string, change: Partial<StoredSlot> = {}) => {
    const hashes = new Map([['summary', contentHash(root(words))]]);
    const standing = stands(root('Acme, as it was said then'), '1.0', { shows, ...change });
    return operations({ wanted: now, stored: [standing], lastShown: { ...revision, hashes } });
  };
  const same = 'Acme, in the words of today';

  test('is left alone when only the words for it are others', () => {
    expect(edits(revision, same)).toEqual([]);
    expect(edits({ ...revision, revision: 3 }, same)).toEqual([]);
    // By a release that did not note it.
    expect(edits(null, same)).toEqual([]);
  });

  test.each<[string, StoredSlot['shows'], string, Partial<StoredSlot>]>([
    ['the deal changed', revision, 'another state of it', {}],
    ['a pass that was broken off had shown a later state', { ...revision, revision: 6 }, same, {}],
    ['others read the channel now', { ...revision, privacy: 'short' }, same, {}],
    ['it is not known what stands', revision, same, { hash: null }],
  ])('is edited when %s', (_why, shows, words, change) => {
    expect(edits(shows, words, change)).toEqual(['edit summary']);
  });
});

describe('what is to be done', () => {
  test.each<[string, Partial<PlanInput>, string[]]>([
    ['nothing wanted, nothing done', {}, []],
    [
      'a new deal: everything, root first',
      { wanted: [root(), transcript, askDm] },
      ['post summary', 'post transcript', 'post ask-dm:3:UM'],
    ],
    ['nothing changed', { wanted: [root()], stored: [stands(root(), '1.0')] }, []],
    ['other words', { wanted: [root('b')], stored: [stands(root('a'), '1.0')] }, ['edit summary']],
    [
      'it is not known what stands',
      { wanted: [root()], stored: [stands(root(), '1.0', { hash: null })] },
      ['edit summary'],
    ],
    [
      'posts go before edits',
      { wanted: [root('b'), transcript], stored: [stands(root('a'), '1.0')] },
      ['post transcript', 'edit summary'],
    ],
    [
      'last words beneath a root that was deleted',
      {
        wanted: [reply('ask:3:UM', 'over', { overtaken: true })],
        stored: [stored('summary', { state: 'gone', ts: '1.0' }), stands(ask, '2.0')],
      },
      ['edit ask:3:UM'],
    ],
    [
      'overtaken and never posted',
      { wanted: [direct('nudge-dm:4', 'U', 'x', { overtaken: true })] },
      ['drop nudge-dm:4'],
    ],
    [
      'overtaken but posted',
      {
        wanted: [direct('nudge-dm:4', 'U', 'b', { overtaken: true })],
        stored: [stands(direct('nudge-dm:4', 'U', 'a'), '1.0')],
      },
      ['edit nudge-dm:4'],
    ],
    [
      'a thread that was dropped while the rep tried again, and is wanted again, begins with its root',
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
      'the same of a deal that was closed meanwhile',
      {
        wanted: [root(), transcript],
        stored: [stored('summary', { state: 'dropped' })],
        owner: { isOpen: false, ask: null },
      },
      ['post summary', 'post transcript'],
    ],
    [
      'a notification that was dropped stays dropped',
      { wanted: [root(), ask], stored: [stands(root(), '1.0'), stored(ask.key, { state: 'dropped' })] },
      [],
    ],
    ['dropped stays dropped', { wanted: [askDm], stored: [stored(askDm.key, { state: 'dropped' })] }, []],
    [
      'gone stays gone',
      {
        wanted: [root(), transcript],
        stored: [stands(root(), '1.0'), stands(transcript, '2.0', { state: 'gone' })],
      },
      [],
    ],
    [
      'a pending ask comes back',
      { owner: pending, wanted: [askDm], stored: [stands(askDm, '2.0', { state: 'gone' })] },
      ['post ask-dm:3:UM'],
    ],
    [
      'an earlier ask does not',
      {
        owner: pending,
        wanted: [direct('ask-dm:2:UM', 'UM')],
        stored: [stored('ask-dm:2:UM', { state: 'gone', ts: '2.0' })],
      },
      [],
    ],
    ['a planned post that is not wanted any more', { stored: [stored('nudge:4')] }, ['drop nudge:4']],
    ['what is not wanted any more but stands', { stored: [stands(transcript, '2.0')] }, []],
  ])('%s', (_case, input, expected) => {
    expect(operations(input)).toEqual(expected);
  });

  test('a lost root: a new thread with transcript and pending ask, the rest stays where it is', () => {
    const question = reply('question:5');
    const wanted = [root(), transcript, ask, question];
    const before = [stands(transcript, '2.0'), stands(ask, '3.0'), stands(reply('question:5', 'old'), '4.0')];
    const lost = stands(root(), '1.0', { state: 'gone' });
    expect(operations({ owner: pending, wanted, stored: [lost, ...before] })).toEqual([
      'post summary',
      'post transcript',
      'post ask:3:UM',
    ]);
    // Once the new root stands, its replies go beneath it and nothing of the old thread is edited.
    const begun = planned({ owner: pending, wanted, stored: [stands(root(), '9.0'), ...before] });
    expect(begun.operations.map(said)).toEqual(['post transcript', 'post ask:3:UM']);
    expect(begun.operations[0]).toMatchObject({ threadTs: '9.0' });
  });

  test('a lost root of a closed deal: nothing is begun, but what stands beneath it is still true', () => {
    const wanted = [root(), reply('transcript', 'more'), reply('closed:1')];
    const input = { wanted, stored: [stands(root(), '1.0', { state: 'gone' }), stands(transcript, '2.0')] };
    expect(operations({ ...input, owner: { isOpen: false, ask: null } })).toEqual([
      'drop closed:1',
      'edit transcript',
    ]);
  });

  test('replies without a root are a fault of the renderer', () => {
    expect(() => planned({ wanted: [transcript] })).toThrow('without its root');
  });
});

describe('a post whose result is not known', () => {
  const intent = (change: Partial<StoredSlot> = {}) => stored('summary', { intentAt: NOW, ...change });
  const at = (now: number, slot: StoredSlot) =>
    planned({ now, wanted: [root(), transcript, askDm], stored: [slot] });

  test('is not looked for before its call has timed out and its message could show; replies wait for it', () => {
    const early = at(NOW + 19_999, intent());
    expect(early.operations.map(said)).toEqual(['post ask-dm:3:UM']);
    expect(early.waitUntil).toBe(NOW + 20_000);
    expect(at(NOW + 20_000, intent()).operations.map(said)).toEqual(['look_up summary', 'post ask-dm:3:UM']);
  });

  test('is looked for again later, then posted again', () => {
    expect(at(NOW + 29_999, intent({ lookups: 1 })).operations.map(said)).toEqual(['post ask-dm:3:UM']);
    expect(at(NOW + 30_000, intent({ lookups: 1 })).operations.map(said)[0]).toBe('look_up summary');
    expect(at(NOW, intent({ intentAt: null, lookups: 2 })).operations[0]).toMatchObject({
      do: 'post',
      again: true,
    });
  });

  test('and which was posted again is looked for once more, for a late duplicate', () => {
    const again = stands(root(), '1.0', { intentAt: NOW });
    expect(operations({ now: NOW + 20_000, wanted: [root()], stored: [again] })).toEqual([
      'look_for_duplicate summary',
    ]);
  });
});

describe('a slot that is held', () => {
  const hold =
    (key: string, change: { alone?: boolean; turn?: boolean } = {}): PlanInput['held'] =>
    (slot) =>
      slot.key === key ? { until: NOW + 500, alone: false, turn: false, ...change } : null;

  test('holds up the replies behind it, not the direct messages', () => {
    const { operations: done, waitUntil } = planned({
      wanted: [root(), transcript, ask, askDm],
      stored: [stands(root(), '1.0')],
      held: hold('transcript'),
    });
    expect(done.map(said)).toEqual(['post ask-dm:3:UM']);
    expect(waitUntil).toBe(NOW + 500);
  });

  test('because Slack refuses its content, holds up nobody', () => {
    const input = { wanted: [root(), transcript, ask], stored: [stands(root(), '1.0')] };
    expect(operations({ ...input, held: hold('transcript', { alone: true }) })).toEqual(['post ask:3:UM']);
  });

  test('until its turn, keeps edits back', () => {
    const input = { wanted: [root('b'), transcript], stored: [stands(root('a'), '1.0')] };
    expect(operations({ ...input, held: hold('transcript', { turn: true }) })).toEqual([]);
    expect(operations({ ...input, held: hold('transcript') })).toEqual(['edit summary']);
  });
});

test('a deal is frozen once it is closed and its last revision was shown', () => {
  expect(isFrozen({ stage: 'closed', revision: 7 }, 7)).toBe(true);
  expect(isFrozen({ stage: 'withdrawn', revision: 7 }, 7)).toBe(true);
  expect(isFrozen({ stage: 'closed', revision: 7 }, 6)).toBe(false);
  expect(isFrozen({ stage: 'winning_back', revision: 7 }, 7)).toBe(false);
});

test('the same content has the same hash, in whatever order its keys were written', () => {
  const one = { text: 'x', blocks: [{ type: 'section', block_id: 'a' }] };
  const other = { text: 'x', blocks: [{ block_id: 'a', type: 'section' }] };
  expect(contentHash(one)).toBe(contentHash(other));
  expect(contentHash(one)).not.toBe(contentHash({ ...one, text: 'y' }));
});
