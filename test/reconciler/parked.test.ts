/** The reconciler parks what it cannot render or post. Admins see it, and other deals go on. */
import { TRIES_BEFORE_PARKED } from '../../src/reconciler/pass/retryState';
import { reply, root } from './slots';
import { deathAt, openWorld, TENANT, type World } from './world';

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.dispose());

const parked = () => world.store.work.parkedDeals(TENANT, 10);

/** Moves the clock on until the condition holds. */
async function until(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) {
    world.clock.advance(60_000);
    world.reconciler.wake();
    await world.settled();
  }
}

/** Expects that the next try, which somebody asks for, shows the deal. */
async function expectRetryToShow(dealId: string): Promise<void> {
  await world.store.work.touch(TENANT, dealId);
  world.reconciler.wake();
  await world.settled();
  expect(await world.seen(dealId)).toEqual(['root summary']);
  expect(await parked()).toEqual([]);
}

const failToRender = () => {
  throw new TypeError('a fault of ours');
};

describe('a deal that cannot be rendered', () => {
  test('is parked after eight tries, also for the next process, and is shown once it can be rendered', async () => {
    world.begin();
    await world.show('D1', failToRender);
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

test('a deal that kills eight processes is parked, and is shown when somebody asks for another try', async () => {
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

  await expectRetryToShow('D1');
});

describe('a message that Slack refuses', () => {
  test('is parked at once, and is posted at once when somebody asks for another try', async () => {
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

    await expectRetryToShow('D1');
  });

  test('with an unknown code is parked after eight tries, and the other messages go out', async () => {
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
