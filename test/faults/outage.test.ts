/**
 * Slack does not answer for an hour or a day, while people and the clock change deals. Afterwards every thread is complete
 * and in order, nobody gets an overtaken message, and Slack's limits hold.
 */

import type { Traffic } from 'slack-sandbox';
import { isOpen } from '../../src/reconciler/pass/plan';
import { direct, reply, root } from '../reconciler/slots';
import { MANAGER, openWorld, PRIVATE, TENANT, type World } from '../reconciler/world';
import { dealOf } from '../store/builder';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DEALS = 6;

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.dispose());

const ids = Array.from({ length: DEALS }, (_, index) => `D${index}`);
/** What a deal wants after this many nudges, of which the last one overtakes the others. */
const wanted = (nudges: number) => [
  root(`summary ${nudges}`),
  reply('transcript'),
  reply('ask:3:UM'),
  direct('ask-dm:3:UM', MANAGER),
  ...Array.from({ length: nudges }, (_, index) =>
    direct(`nudge:${index}`, MANAGER, `nudge ${index}`, { notifies: true, overtaken: index < nudges - 1 }),
  ),
];

type Call = Traffic & { kind: 'call' };
const startOutage = () => world.faults({ method: '*', times: 1_000_000, effect: { do: 'http_500' } });

/** The most calls within any span of this length. */
function mostWithin(calls: readonly Call[], withinMs: number): number {
  const times = calls.map(({ at }) => at).sort((a, b) => a - b);
  return Math.max(
    0,
    ...times.map((from, index) => times.slice(index).filter((at) => at < from + withinMs).length),
  );
}

test.each([
  ['an hour', HOUR, 4],
  ['a day', 24 * HOUR, 9],
])(
  'after an outage of %s every thread is complete, in order, and within the limits',
  async (_name, ms, nudges) => {
    world.begin();
    await world.show(ids[0] ?? '', wanted(0));
    await world.settled();

    await startOutage();
    const until = world.clock.now() + ms;
    for (let nudge = 1; nudge <= nudges; nudge++) {
      for (const id of ids) await world.show(id, wanted(nudge));
      // Waiting deals try again meanwhile.
      const next = world.clock.now() + ms / nudges;
      while (world.clock.now() < next) {
        world.clock.advance(Math.min(ms / nudges, 15 * MINUTE));
        world.reconciler.wake();
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    }
    expect(world.clock.now()).toBeGreaterThanOrEqual(until);
    const tried = (await world.calls('chat.postMessage')).length;
    const since = world.clock.now();
    await world.faults();
    await world.settled();

    const thread = [`root summary ${nudges}`, 'reply transcript', 'reply ask:3:UM'];
    for (const id of ids) {
      const seen = await world.seen(id);
      expect(seen.filter((message) => !message.startsWith('dm'))).toEqual(thread);
      expect(seen.filter((message) => message.startsWith('dm')).sort()).toEqual([
        'dm ask-dm:3:UM',
        `dm nudge ${nudges - 1}`,
      ]);
    }
    // During the outage tries became rare.
    expect(tried).toBeLessThan(nudges * 40 + DEALS * 10);
    // The reconciler notices within two minutes that Slack answers, also after a long wait.
    const after = (await world.calls('chat.postMessage')).filter(({ at }) => at >= since);
    expect(Math.min(...after.map(({ at }) => at)) - since).toBeLessThan(2 * MINUTE);
    const inChannel = after.filter(({ args }) => (args as { channel?: string }).channel === PRIVATE);
    expect(mostWithin(inChannel, 10_000)).toBeLessThanOrEqual(12);
    expect(after.filter(({ response }) => !response.ok)).toEqual([]);
  },
);

test('a new release rewrites no closed thread, not even after an outage', async () => {
  world.begin();
  await world.show('D1', [root('as it was'), reply('closed:9')], { stage: 'closed' });
  await world.settled();
  await world.die();

  world.release('D1', [root('in new words'), reply('closed:9', 'in new words'), reply('new:kind')]);
  world.begin();
  await world.store.work.touch(TENANT, 'D1');
  world.reconciler.wake();
  await world.settled();
  expect(await world.seen('D1')).toEqual(['root as it was', 'reply closed:9']);
  expect(isOpen({ stage: 'closed' })).toBe(false);
});

test('a late duplicate of a closed deal is deleted too', async () => {
  world.begin();
  await world.show('D1', [root()], { stage: 'closed' });
  await world.settled();
  const [kept] = await world.standing('D1', 'summary');
  await world.postAs('D1', 'summary');
  const duplicate = (await world.standing('D1', 'summary')).find(({ ts }) => ts !== kept?.ts);

  world.release('D1', [root('in new words')]);
  await world.reconciler.duplicateSeen(TENANT, dealOf('D1'), 'summary', duplicate?.ts ?? '');
  await world.settled();
  expect((await world.standing('D1', 'summary')).map(({ ts, text }) => ({ ts, text }))).toEqual([
    { ts: kept?.ts, text: 'summary' },
  ]);
});
