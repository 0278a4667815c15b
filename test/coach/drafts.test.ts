/** How keystrokes share commits. */
import { createDrafts, DRAFT_KEPT_MS } from '../../src/coach/drafts';
import { createHousekeeping } from '../../src/coach/housekeeping';
import { createLogger } from '../../src/log';
import type { Draft, DraftStore } from '../../src/store/store';
import { ACME, aDeal, commitOf, NOON } from '../store/builder';
import { openSqliteForTest } from '../store/harness';

const key = { tenant: ACME, dealId: 'D1', userId: 'UREP', form: 'fill_in' };
const typed = (text: string, actionTs = text.length) => ({
  ...key,
  viewId: 'V1',
  actionTs,
  values: { 'field:notes': { value: text } },
});

describe('keystrokes', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  const stored: Draft[] = [];
  let save: DraftStore['save'];
  const drafts = () =>
    createDrafts(
      {
        save: (draft, canWaitMs) => save(draft, canWaitMs),
        values: async () => stored.at(-1)?.values ?? null,
        isLeft: async () => stored.length > 0,
        settle: async () => undefined,
        ofNoDeal: async () => [],
        deleteBefore: async () => 0,
      },
      { now: () => NOON },
    );

  beforeEach(() => {
    stored.length = 0;
    save = async (draft) => {
      stored.push(draft);
    };
  });

  it('of 300 characters at 8 a second cost at most 150 commits, and each is acked within a second by a commit that holds it', async () => {
    const kept = drafts();
    const acks: { readonly of: number; readonly after: number; readonly held: number }[] = [];
    for (let count = 1; count <= 300; count++) {
      const at = Date.now();
      const done = () => acks.push({ of: count, after: Date.now() - at, held: stored.at(-1)?.actionTs ?? 0 });
      void kept.keep(typed('x'.repeat(count))).then(done);
      await jest.advanceTimersByTimeAsync(125);
    }
    await jest.advanceTimersByTimeAsync(1_000);
    expect(stored.length).toBeLessThanOrEqual(150);
    expect(stored.at(-1)?.values).toEqual({ 'field:notes': { value: 'x'.repeat(300) } });
    expect(acks).toHaveLength(300);
    expect(acks.filter(({ of, after, held }) => after > 1_000 || held < of)).toEqual([]);
  });

  it('that come in another order are stored in theirs', async () => {
    const kept = drafts();
    const acks = [kept.keep(typed('first', 1)), kept.keep(typed('third', 3)), kept.keep(typed('second', 2))];
    await jest.advanceTimersByTimeAsync(1_000);
    await Promise.all(acks);
    expect(stored.map(({ actionTs }) => actionTs)).toEqual([1, 3]);
  });

  it('are stored with the next click, and after 60 ms if nobody clicks', async () => {
    const waits: (number | undefined)[] = [];
    save = async (_, canWaitMs) => {
      waits.push(canWaitMs);
    };
    const kept = drafts();
    await kept.keep(typed('a'));
    expect(waits).toEqual([60]);
  });

  it('of two screens do not wait for each other', async () => {
    const kept = drafts();
    await Promise.all([kept.keep(typed('a')), kept.keep({ ...typed('b'), dealId: 'D2' })]);
    expect(stored).toHaveLength(2);
  });

  it('that cannot be stored are not acked, and the next one is tried again', async () => {
    const kept = drafts();
    save = async () => {
      throw new Error('the disk is full');
    };
    await expect(kept.keep(typed('a'))).rejects.toThrow('the disk is full');
    save = async (draft) => {
      stored.push(draft);
    };
    const ack = kept.keep(typed('ab'));
    await jest.advanceTimersByTimeAsync(1_000);
    await ack;
    expect(stored.map(({ actionTs }) => actionTs)).toEqual([2]);
  });

  it('that wait for their turn are stored before the screen is shown again', async () => {
    const kept = drafts();
    await kept.keep(typed('a'));
    const ack = kept.keep(typed('ab'));
    expect(await kept.values(key)).toEqual({ 'field:notes': { value: 'ab' } });
    await ack;
  });
});

it('keeps what nobody comes back to for 14 days', async () => {
  const { store, dispose } = await openSqliteForTest();
  await store.deals.commit(commitOf(aDeal()));
  await createDrafts(store.drafts, { now: () => NOON }).keep(typed('words'));
  const logger = createLogger({ level: 'silent', pretty: false });
  const roundAt = (now: number) =>
    createHousekeeping({ coach: { store, clock: { now: () => now } }, logger }).round();
  await roundAt(NOON + DRAFT_KEPT_MS);
  expect(await store.drafts.values(key)).not.toBeNull();
  await roundAt(NOON + DRAFT_KEPT_MS + 1);
  expect(await store.drafts.values(key)).toBeNull();
  await dispose();
});
