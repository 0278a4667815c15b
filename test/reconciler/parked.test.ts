/** What cannot be rendered or posted is set aside after its tries, for everybody to see, and holds nobody up. */
import { TRIES_BEFORE_PARKED } from '../../src/reconciler/pass/retryState';
import { reply, root } from './slots';
import { deathAt, openWorld, TENANT, type World } from './world';

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.dispose());

const parked = () => world.store.work.parkedDeals(TENANT, 10);

/** Lets time pass, as long as it takes. */
async function until(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) {
    world.clock.advance(60_000);
    world.reconciler.wake();
    await world.settled();
  }
}

/** Somebody asks for another try, and it comes off. */
async function triedAgain(dealId: string): Promise<void> {
  await world.store.work.touch(TENANT, dealId);
  world.reconciler.wake();
  await world.settled();
  expect(await world.seen(dealId)).toEqual(['root summary']);
  expect(await parked()).toEqual([]);
}

const poison = () => {
  throw new TypeError('a fault of ours');
};

describe('a deal that cannot be rendered', () => {
  test('is set aside after its tries, lastingly, and shown once it can be', async () => {
    world.begin();
    await world.show('D1', poison);
    await world.show('D2', [root()]);
    await world.settled();
    expect(await world.seen('D2')).toEqual(['root summary']);
    expect(await parked()).toEqual([]);

    await until(async () => (await parked()).length > 0);
    expect(await parked()).toMatchObject([{ dealId: 'D1', error: 'TypeError', account: 'Northwind' }]);
    expect((await parked())[0]?.attempts).toBeGreaterThan(TRIES_BEFORE_PARKED);

    await world.die();
    expect(await parked()).toHaveLength(1);
    world.release('D1', [root()]);
    world.begin();
    await until(async () => (await parked()).length === 0);
    expect(await world.seen('D1')).toEqual(['root summary']);
  });
});

test('a deal that kills whoever works on it is set aside after its deaths, and shown when it is given another try', async () => {
  await world.show('D1', [root()]);
  for (let death = 0; death < TRIES_BEFORE_PARKED; death++) {
    const { reached, crashPoint } = deathAt('rendered');
    world.begin({ crashPoint });
    await reached;
    await world.die();
    world.clock.advance(60_000);
  }
  expect(await parked()).toEqual([]);

  world.begin();
  await world.settled();
  expect(await parked()).toMatchObject([{ dealId: 'D1', error: 'killed_its_process' }]);
  expect(await world.seen('D1')).toEqual([]);

  await triedAgain('D1');
});

describe('a message that Slack refuses', () => {
  test('is set aside at once; after another try was asked for, it is posted at once', async () => {
    world.begin();
    await world.faults({
      method: 'chat.postMessage',
      times: 1,
      effect: { do: 'error', error: 'msg_too_long' },
    });
    await world.show('D1', [root()]);
    await world.settled();
    expect(await parked()).toMatchObject([{ dealId: 'D1', error: 'msg_too_long' }]);
    expect(await world.seen('D1')).toEqual([]);

    await triedAgain('D1');
  });

  test('with a code that nobody knows is set aside after its tries, and the others go on', async () => {
    world.begin();
    await world.show('D1', [root()]);
    await world.settled();
    await world.faults({
      method: 'chat.update',
      times: 40,
      effect: { do: 'error', error: 'a_code_of_next_year' },
    });
    await world.show('D1', [root('changed'), reply('transcript')]);
    await world.settled();
    await until(async () => (await parked()).length > 0);
    expect(await parked()).toMatchObject([{ dealId: 'D1', error: 'a_code_of_next_year' }]);
    expect(await world.seen('D1')).toEqual(['root summary', 'reply transcript']);
    expect((await world.calls('chat.update')).length).toBe(TRIES_BEFORE_PARKED + 1);

    await world.faults();
    await until(async () => (await parked()).length === 0);
    expect(await world.seen('D1')).toEqual(['root changed', 'reply transcript']);
  });
});
