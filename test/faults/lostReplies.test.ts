import { reply, root } from '../reconciler/slots';
import { CALL_TIMEOUT_MS, openWorld, PRIVATE, SETTLE_MS, TENANT, type World } from '../reconciler/world';
import { dealOf } from '../store/builder';

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.dispose());

const results = async (method: string) => (await world.calls(method)).map(({ response }) => response.ok);

/** Waits until the reconciler works on nothing and has something left for later. */
async function waitUntilIdle(): Promise<void> {
  for (;;) {
    const { running, waiting } = world.reconciler.status();
    if (running === 0 && waiting > 0) return;
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}

describe('a post whose reply was lost', () => {
  test('is found and not repeated if Slack posted it', async () => {
    world.begin();
    await world.faults({ method: 'chat.postMessage', times: 1, effect: { do: 'drop_reply' } });
    await world.show('D1', [root(), reply('transcript')]);
    await world.settled();

    expect(await world.seen('D1')).toEqual(['root summary', 'reply transcript']);
    expect(await world.calls('chat.postMessage')).toHaveLength(2);
    expect(world.reconciler.status().counts.found).toBe(1);
  });

  test('is looked up beneath its root if it is a reply', async () => {
    world.begin();
    await world.show('D1', [root()]);
    await world.settled();
    await world.faults({ method: 'chat.postMessage', times: 1, effect: { do: 'drop_reply' } });
    await world.show('D1', [root(), reply('transcript')]);
    await world.settled();

    expect(await world.standing('D1', 'transcript')).toHaveLength(1);
    expect(await world.calls('conversations.replies')).toHaveLength(1);
    expect(await world.calls('conversations.history')).toHaveLength(0);
  });

  test('is repeated if Slack did not post it, but only after two late looks', async () => {
    world.begin();
    await world.faults({ method: 'chat.postMessage', times: 1, effect: { do: 'hang', ms: 60_000 } });
    await world.show('D1', [root()]);
    await waitUntilIdle();
    const [slot] = await world.store.work.slots(TENANT, dealOf('D1'));
    const intentAt = slot?.intentAt ?? 0;
    await world.settled();

    const looks = await world.calls('conversations.history');
    const posts = await world.calls('chat.postMessage');
    expect(looks.length).toBeGreaterThanOrEqual(2);
    expect(looks[0]?.at).toBeGreaterThanOrEqual(intentAt + CALL_TIMEOUT_MS + SETTLE_MS);
    expect(looks[1]?.at).toBeGreaterThanOrEqual(intentAt + CALL_TIMEOUT_MS + 2 * SETTLE_MS);
    expect(posts).toHaveLength(2);
    expect(posts[1]?.seq).toBeGreaterThan(looks[1]?.seq ?? Number.POSITIVE_INFINITY);
    expect(await world.seen('D1')).toEqual(['root summary']);
  });

  test('is found in a busy channel, although each page waits for its turn', async () => {
    world.begin({ limits: { methodBurst: 1 } });
    await world.faults({ method: 'chat.postMessage', times: 1, effect: { do: 'drop_reply' } });
    await world.show('D1', [root()]);
    await waitUntilIdle();
    await world.chatter(450);
    await world.settled();

    expect(await world.calls('conversations.history')).toHaveLength(3);
    expect(await world.standing('D1', 'summary')).toHaveLength(1);
    expect(world.reconciler.status().counts.found).toBe(1);
  });

  test('needs no look if the event of our own message comes', async () => {
    world.begin();
    await world.faults({ method: 'chat.postMessage', times: 1, effect: { do: 'drop_reply' } });
    await world.show('D1', [root()]);
    await waitUntilIdle();
    const [message] = await world.standing('D1', 'summary');
    await world.store.work.resolveIntent(TENANT, dealOf('D1'), 'summary', PRIVATE, message?.ts ?? '');
    await world.settled();

    expect(await world.calls('conversations.history')).toHaveLength(0);
    expect(await world.calls('chat.postMessage')).toHaveLength(1);
    expect(await world.calls('chat.update')).toHaveLength(0);
  });

  test('and whose message appears after it was repeated stands once: the late duplicate is deleted', async () => {
    world.begin();
    // The looks are noted as done, so that the second post comes before anybody sees the first.
    await world.faults({ method: 'chat.postMessage', times: 1, effect: { do: 'drop_reply' } });
    await world.show('D1', [root()]);
    await waitUntilIdle();
    const [first] = await world.standing('D1', 'summary');
    const [slot] = await world.store.work.slots(TENANT, dealOf('D1'));
    if (!slot || !first) throw new Error('nothing was posted');
    await world.reconciler.stop();
    const [claim] = await world.store.work.claim('test', world.clock.now() + 60_000, 1, 20_000);
    if (!claim) throw new Error('not claimed');
    await world.store.work.saveSlot(claim, { ...slot, intentAt: null, lookups: 2 });
    await world.store.work.retryAt(claim, 0, 'test');

    world.begin();
    await world.settled();
    expect(await world.calls('chat.postMessage')).toHaveLength(2);
    const standing = await world.standing('D1', 'summary');
    expect(standing).toHaveLength(1);
    expect(standing[0]?.ts).not.toBe(first.ts);
    expect(world.reconciler.status().counts.duplicatesDeleted).toBe(1);
  });

  test('stands once after our own event reports its duplicate, to whichever instance', async () => {
    world.begin();
    await world.show('D1', [root()]);
    await world.settled();
    const [kept] = await world.standing('D1', 'summary');
    const [slot] = await world.store.work.slots(TENANT, dealOf('D1'));
    await world.reconciler.stop();
    const [claim] = await world.store.work.claim('test', world.clock.now() + 60_000, 1, 20_000);
    expect(claim).toBeUndefined();
    // The test posts with the same metadata, like the lost first try.
    await world.postAs('D1', 'summary');
    const duplicate = (await world.standing('D1', 'summary')).find(({ ts }) => ts !== kept?.ts);
    expect(slot?.ts).toBe(kept?.ts);

    expect(
      await world.store.work.resolveIntent(TENANT, dealOf('D1'), 'summary', PRIVATE, duplicate?.ts ?? ''),
    ).toBe(false);
    // A stopped instance hears of it, and another one deletes it.
    await world.reconciler.duplicateSeen(TENANT, dealOf('D1'), 'summary', duplicate?.ts ?? '');
    world.begin();
    await world.settled();
    expect((await world.standing('D1', 'summary')).map(({ ts }) => ts)).toEqual([kept?.ts]);
  });

  test('is dropped after the looks if it is an overtaken notification that Slack did not post', async () => {
    world.begin();
    await world.show('D1', [root()]);
    await world.settled();
    await world.faults({ method: 'chat.postMessage', times: 1, effect: { do: 'http_500' } });
    await world.show('D1', [root(), reply('nudge:4')]);
    await waitUntilIdle();
    await world.show('D1', [root(), reply('nudge:4', 'old', { overtaken: true }), reply('nudge:5')]);
    await world.settled();

    expect(await world.seen('D1')).toEqual(['root summary', 'reply nudge:5']);
  });
});

describe('Slack that gives 15 messages once a minute', () => {
  const MINUTE = 60_000;
  beforeEach(async () => {
    await world.dispose();
    world = await openWorld({ rationedHistory: true });
    world.begin();
  });
  const reads = () => world.calls('conversations.history');

  test('is asked once a minute, and the search through its small pages ends', async () => {
    // It is the oldest of 41 messages, and pages begin with the newest.
    await world.faults({ method: 'chat.postMessage', times: 1, effect: { do: 'drop_reply' } });
    await world.show('D1', [root()]);
    await waitUntilIdle();
    await world.chatter(40);
    await world.settled();

    expect(await world.standing('D1', 'summary')).toHaveLength(1);
    expect(world.reconciler.status().counts.found).toBe(1);
    expect(await world.calls('chat.postMessage')).toHaveLength(1);
    const asked = await reads();
    // One 429 is enough to learn the pace.
    expect(asked.map(({ status }) => status)).toEqual([200, 429, 200, 200]);
    expect(asked.map(({ args }) => Number((args as { limit?: string }).limit))).toEqual([200, 15, 15, 15]);
    expect((asked[3]?.at ?? 0) - (asked[2]?.at ?? 0)).toBeGreaterThanOrEqual(MINUTE);
  });

  test('finds several lost posts one after the other, except those that our own events report', async () => {
    const deals = ['D1', 'D2', 'D3', 'D4'];
    await world.faults({ method: 'chat.postMessage', times: deals.length, effect: { do: 'drop_reply' } });
    for (const deal of deals) await world.show(deal, [root()]);
    while ((await world.calls('chat.postMessage')).length < deals.length) await nextTick();
    world.clock.advance(CALL_TIMEOUT_MS + SETTLE_MS);
    world.reconciler.wake();
    while (world.reconciler.status().counts.found < 1) await nextTick();
    const waiting = await unresolved(deals);
    expect(waiting).toHaveLength(3);
    for (const deal of waiting) {
      const [message] = await world.standing(deal, 'summary');
      await world.store.work.resolveIntent(TENANT, dealOf(deal), 'summary', PRIVATE, message?.ts ?? '');
    }
    await world.settled();

    expect(await unresolved(deals)).toEqual([]);
    expect((await reads()).filter(({ status }) => status === 200)).toHaveLength(1);
    for (const deal of deals) expect(await world.standing(deal, 'summary')).toHaveLength(1);
    expect(await world.calls('chat.postMessage')).toHaveLength(deals.length);
  });
});

/** The deals whose first post has no known result. */
async function unresolved(deals: readonly string[]): Promise<string[]> {
  const slots = await Promise.all(deals.map((deal) => world.store.work.slots(TENANT, dealOf(deal))));
  return deals.filter((_, index) => slots[index]?.some(({ state }) => state === 'intended'));
}

const nextTick = () => new Promise((resolve) => setTimeout(resolve, 2));

describe('while Slack or a deal fails', () => {
  test('with 429, the channel waits for Retry-After and other channels go on', async () => {
    world.begin();
    await world.faults({
      method: 'chat.postMessage',
      times: 1,
      effect: { do: 'rate_limit', retryAfter: 30 },
    });
    await world.show('D1', [root()]);
    await waitUntilIdle();
    const [limited] = await world.calls('chat.postMessage');
    world.channel = 'C00CLOSEDP';
    await world.show('D2', [root()]);
    while ((await world.standing('D2', 'summary')).length === 0)
      await new Promise((resolve) => setTimeout(resolve, 5));
    expect(await world.standing('D1', 'summary')).toHaveLength(0);
    world.channel = PRIVATE;
    await world.settled();

    const last = (await world.calls('chat.postMessage')).at(-1);
    expect(last?.at).toBeGreaterThanOrEqual((limited?.at ?? 0) + 30_000);
    expect(await world.standing('D1', 'summary')).toHaveLength(1);
    expect(await world.calls('conversations.history')).toHaveLength(0);
  });

  test('with outages, tries become rarer and the thread is complete in the end', async () => {
    world.begin();
    await world.faults({ method: '*', times: 6, effect: { do: 'error', error: 'service_unavailable' } });
    await world.show('D1', [root(), reply('transcript'), reply('question:5')]);
    await world.settled();

    expect(await world.seen('D1')).toEqual(['root summary', 'reply transcript', 'reply question:5']);
    expect((await results('chat.postMessage')).filter(Boolean)).toHaveLength(3);
  });

  test('with a refused message, the rest of the thread goes on and other words are tried at once', async () => {
    world.begin();
    const broken = { ...reply('transcript'), blocks: [{ type: 'section' }] };
    await world.show('D1', [root(), broken, reply('question:5')]);
    await world.show('D2', [root()]);
    await world.settled();
    expect(await world.seen('D1')).toEqual(['root summary', 'reply question:5']);
    expect(await world.seen('D2')).toEqual(['root summary']);
    expect(world.reconciler.status().parked).toMatchObject([{ owner: dealOf('D1'), why: 'invalid_blocks' }]);

    await world.show('D1', [root(), reply('transcript'), reply('question:5')]);
    await world.settled();
    expect(await world.standing('D1', 'transcript')).toHaveLength(1);
    expect(world.reconciler.status().parked).toEqual([]);
  });

  test('other deals go on when one cannot be rendered', async () => {
    world.begin();
    await world.show('D1', () => {
      throw new Error('a fault of ours');
    });
    await world.show('D2', [root()]);
    await world.settled();
    expect(await world.seen('D2')).toEqual(['root summary']);
    expect(world.reconciler.status().parked).toMatchObject([{ owner: dealOf('D1') }]);
  });

  test('with a revoked token, the workspace waits and loses nothing', async () => {
    world.begin();
    await world.faults({ method: '*', times: 1, effect: { do: 'error', error: 'token_revoked' } });
    await world.show('D1', (_deal, privacy) => [root(privacy)]);
    await world.settled();
    await world.faults({
      method: 'chat.postMessage',
      times: 1,
      effect: { do: 'error', error: 'token_revoked' },
    });
    await world.show('D1', (_deal, privacy) => [root(privacy), reply('transcript')]);
    await world.settled();
    expect(world.reconciler.status().parked).toMatchObject([{ owner: dealOf('D1'), why: 'token_revoked' }]);

    world.clock.advance(10 * 60_000);
    await world.settled();
    expect(await world.standing('D1', 'transcript')).toHaveLength(1);
  });
});
