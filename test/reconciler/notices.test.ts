/** The reconciler posts each notice once, whatever happens meanwhile. */
import type { Notice } from '../../src/store/store';
import { deathAt, MANAGER, openWorld, REP, TENANT, type World } from './world';

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.dispose());

const DAY = 24 * 60 * 60_000;

async function notify(to: string, change: Partial<Notice> = {}): Promise<void> {
  const notice = { tenant: TENANT, kind: 'channel_unusable_rep', about: 'none', followsFrom: null };
  await world.store.work.addNotice({ ...notice, id: `to ${to}`, to, ...change }, world.clock.now(), DAY);
}

const noticeTexts = async () => (await world.notices()).map(({ text }) => text.replaceAll('\u200b', ''));

test('a notice is one direct message to its recipient', async () => {
  world.begin();
  await notify(REP);
  await notify(MANAGER, { kind: 'channel_unusable_admin' });
  await world.settled();
  await notify(REP);
  await world.settled();

  expect((await noticeTexts()).sort()).toEqual([
    expect.stringMatching(/^Nobody has chosen a channel for lost deals yet, so they have no threads\. /u),
    expect.stringMatching(/^Nobody has chosen a channel for lost deals yet, so your deal has no thread\. /u),
  ]);
  expect(await world.calls('chat.postMessage')).toHaveLength(2);
});

test.each(['post.after_intent', 'post.after_call', 'post.after_saved', 'finish.before'] as const)(
  'a notice is posted once, although the process dies at %s',
  async (point) => {
    const death = deathAt(point);
    world.begin({ crashPoint: death.crashPoint });
    await notify(REP);
    world.reconciler.wake();
    await death.reached;
    await world.die();
    world.begin();
    await world.settled();

    expect(await noticeTexts()).toHaveLength(1);
  },
);

test('a notice whose reply was lost is found and not repeated', async () => {
  await world.faults({ method: 'chat.postMessage', times: 1, effect: { do: 'drop_reply' } });
  world.begin();
  await notify(REP);
  await world.settled();

  expect(await noticeTexts()).toHaveLength(1);
  expect(await world.calls('chat.postMessage')).toHaveLength(1);
});

test('a workspace that refuses charts gets text at once, and only text for a week, also after a restart', async () => {
  await world.faults({
    method: 'chat.postMessage',
    times: 1,
    effect: { do: 'error', error: 'invalid_blocks' },
  });
  world.begin();
  const blocksOf = async (id: string): Promise<number> => {
    await notify(REP, { kind: 'charts channel_unusable_rep', id });
    await world.settled();
    return (await world.notices()).at(-1)?.blocks.length ?? 0;
  };
  expect(await blocksOf('first')).toBe(1);
  expect(await world.calls('chat.postMessage')).toHaveLength(2);
  world.clock.advance(6 * DAY);
  await world.die();
  world.begin();
  expect(await blocksOf('second')).toBe(1);
  expect(await world.calls('chat.postMessage')).toHaveLength(3);
  world.clock.advance(2 * DAY);
  expect(await blocksOf('third')).toBe(2);
});

test('a notice of a kind that this release does not know is not posted', async () => {
  world.begin();
  await notify(REP, { kind: 'of_another_release' });
  await world.settled();

  expect(await noticeTexts()).toEqual([]);
});

test('a notice that its recipient deletes stays deleted', async () => {
  world.begin();
  await notify(REP);
  await world.settled();
  const [notice] = await world.notices();
  await world.admin({ do: 'delete_message', channel: notice?.channel ?? '', ts: notice?.ts ?? '' });
  await world.store.work.markGone(TENANT, notice?.channel ?? '', notice?.ts ?? '');
  await world.settled();

  expect(await noticeTexts()).toEqual([]);
});
