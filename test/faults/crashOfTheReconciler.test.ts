/** After a process dies at any moment, the next one completes the thread, with every message once. */

import { CRASH_POINTS, type CrashPoint } from '../../src/reconciler/crashPoints';
import { DEFAULT_TIMING } from '../../src/reconciler/timing';
import { direct, reply, root } from '../reconciler/slots';
import { deathAt, MANAGER, openWorld, TENANT, type World } from '../reconciler/world';
import { dealOf } from '../store/builder';

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.dispose());

const first = [root(), reply('transcript'), reply('ask:3:UM'), direct('ask-dm:3:UM', MANAGER)];
const second = [
  root('decided'),
  reply('transcript', 'more'),
  reply('ask:3:UM', 'answered'),
  reply('decision:4'),
  direct('ask-dm:3:UM', MANAGER, 'answered by direct message'),
];

const needsLostReply = (point: CrashPoint) => point.startsWith('look_up') || point.startsWith('duplicate');

/** Expects each slot once, with its latest words. */
async function expectComplete(): Promise<void> {
  for (const slot of second) {
    const standing = await world.standing('D1', slot.key);
    expect({ key: slot.key, says: standing.map(({ text }) => text) }).toEqual({
      key: slot.key,
      says: [slot.text],
    });
  }
  const slots = await world.store.work.slots(TENANT, dealOf('D1'));
  expect(slots.map(({ state, intentAt }) => ({ state, intentAt }))).toEqual(
    second.map(() => ({ state: 'posted', intentAt: null })),
  );
}

const ordinary = CRASH_POINTS.filter((point) => !needsLostReply(point)).flatMap((point) =>
  (point.startsWith('post.') ? [1, 2, 4, 5] : point.startsWith('edit.') ? [1, 4] : [1]).map(
    (time): [CrashPoint, number] => [point, time],
  ),
);

test.each(ordinary)('a thread is complete after a kill at %s, time %i', async (point, time) => {
  const death = deathAt(point, time);
  const tick = async () => {
    await world.show('D1', second);
  };
  world.begin({ crashPoint: death.crashPoint, tick });
  await world.show('D1', first, {}, world.clock.now() + 60_000);
  await Promise.race([death.reached, world.settled()]);
  world.clock.advance(60_001);
  world.reconciler.wake();
  await death.reached;
  await world.die();

  world.begin({ tick });
  await world.settled();
  await expectComplete();
});

test.each(CRASH_POINTS.filter(needsLostReply))(
  'a thread is complete after a kill at %s behind a lost reply',
  async (point) => {
    const death = deathAt(point);
    // Another message has the same metadata, so that there is a duplicate to delete.
    await world.postAs('D1', 'summary');
    await world.faults({ method: 'chat.postMessage', times: 1, effect: { do: 'drop_reply' } });
    world.begin({ crashPoint: death.crashPoint });
    await world.show('D1', second);
    const settled = world.settled();
    await Promise.race([death.reached, settled]);
    await death.reached;
    await world.die();

    world.begin();
    await world.settled();
    await expectCompleteWithDuplicate();
  },
);

test.each(['post.before_intent', 'post.after_intent', 'post.after_call'] as const)(
  'another instance completes the thread within 15 s after a kill at %s',
  async (point) => {
    const death = deathAt(point, 2);
    const timing = { ...DEFAULT_TIMING, gatherMs: 0 };
    world.begin({ crashPoint: death.crashPoint, timing });
    await world.show('D1', first);
    await death.reached;
    const diedAt = world.clock.now();
    await world.die();

    world.begin({ timing });
    await world.settled();
    const posts = await world.calls('chat.postMessage');
    expect(Math.max(...posts.map(({ at }) => at))).toBeLessThanOrEqual(diedAt + 15_000);
    for (const slot of first) expect(await world.standing('D1', slot.key)).toHaveLength(1);
  },
);

/** Expects that one root is left, the older one, and that it gets the words of the next edit. */
async function expectCompleteWithDuplicate(): Promise<void> {
  expect(await world.standing('D1', 'summary')).toHaveLength(1);
  await world.show(
    'D1',
    second.map((slot) => (slot.key === 'summary' ? root('closed') : slot)),
  );
  await world.settled();
  expect((await world.standing('D1', 'summary')).map(({ text }) => text)).toEqual(['closed']);
  for (const slot of second.slice(1)) expect(await world.standing('D1', slot.key)).toHaveLength(1);
}
