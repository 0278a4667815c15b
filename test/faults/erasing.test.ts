/**
 * A call without an answer is erased once its message has its last words: all of it or nothing, wherever the process dies,
 * on both databases.
 */
import type { CrashPoint } from '../../src/reconciler/crashPoints';
import { createDatabase, describeOnPostgres, onDatabase } from '../postgres/database';
import { direct } from '../reconciler/slots';
import { deathAt, openWorld, REP, TENANT, type World } from '../reconciler/world';
import { dealOf } from '../store/builder';

const OFFER = direct('resume:5', REP, 'You were on with Acme.');
const LAST_WORDS = { ...direct('resume:5', REP, 'Nothing is kept of it.'), overtaken: true };
const onCall = { stage: 'coaching' } as const;
const removed = { stage: 'withdrawn', removed: { from: 'coaching', by: REP, isErased: true } } as const;

const POINTS: readonly CrashPoint[] = [
  'claimed',
  'rendered',
  'edit.before_intent',
  'edit.after_intent',
  'edit.after_call',
  'edit.after_saved',
  'finish.before',
  'finish.after',
];

interface Database {
  /** Absent: a file. */
  readonly url?: string;
  /** As if the time had passed for which a process that died holds a deal. */
  readonly freeLeases: () => Promise<void>;
  readonly drop: () => Promise<void>;
}

function erasesOn(create: () => Promise<Database>): void {
  let database: Database;
  let world: World;
  beforeEach(async () => {
    database = await create();
    world = await openWorld({}, database.url);
  });
  afterEach(async () => {
    await world.dispose();
    await database.drop();
  });

  /** A call that the rep left, with its direct message. */
  async function left(): Promise<void> {
    world.begin();
    await world.show('D1', [OFFER], onCall);
    await world.settled();
    await world.reconciler.stop();
  }

  const kept = async () => ({
    deal: await world.store.deals.load(TENANT, 'D1'),
    events: await world.store.deals.events(TENANT, 'D1'),
    slots: await world.store.work.slots(TENANT, dealOf('D1')),
    drafts: await world.store.drafts.isLeft(TENANT, 'D1'),
  });
  const nothing = { deal: null, events: [], slots: [], drafts: false };

  test.each(POINTS)('after a kill at %s', async (point) => {
    await left();
    const death = deathAt(point);
    world.begin({ crashPoint: death.crashPoint });
    await world.show('D1', [LAST_WORDS], removed);
    await death.reached;
    await world.die();
    await database.freeLeases();

    world.begin();
    world.reconciler.wake();
    await world.settled();
    expect(await kept()).toEqual(nothing);
    expect(await world.seen('D1')).toEqual(['dm Nothing is kept of it.']);
    expect(await world.calls('chat.postMessage')).toHaveLength(1);
  });

  test('not when somebody brings it back at the last moment', async () => {
    await left();
    let isBack = false;
    world.begin({
      crashPoint: async (at) => {
        if (at !== 'finish.before' || isBack) return;
        isBack = true;
        await world.show('D1', [OFFER], { ...onCall, removed: null });
      },
    });
    await world.show('D1', [LAST_WORDS], removed);
    await world.settled();
    expect((await kept()).deal).toMatchObject({ stage: 'coaching', removed: null });
    expect(await world.seen('D1')).toEqual(['dm You were on with Acme.']);
  });

  test('at once when nothing of it stands in Slack, though the app was removed there', async () => {
    world.begin({ slackFor: async () => null });
    await world.show('D1', [], removed);
    await world.settled();
    expect(await kept()).toEqual(nothing);
  });
}

describe('on SQLite', () => {
  // Opening the file frees the leases.
  erasesOn(async () => ({ freeLeases: async () => undefined, drop: async () => undefined }));
});

describeOnPostgres('on PostgreSQL', () => {
  erasesOn(async () => {
    const { url, drop } = await createDatabase();
    const freeLeases = () =>
      onDatabase(url, async (client) => {
        await client.query('update deals set lease_until = 0 where lease_until is not null');
      });
    return { url, drop, freeLeases };
  });
});
