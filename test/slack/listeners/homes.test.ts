/** The figures on App Home, which are kept for a minute. */
import { ErrorCode, type WebClient } from '@slack/web-api';
import { startDeal } from '../../../src/coach/call';
import type { Coach } from '../../../src/coach/context';
import { BELIEVED_MS } from '../../../src/coach/identity';
import { changeSettings } from '../../../src/coach/settings/changeSettings';
import { createProjector } from '../../../src/insights/projector';
import { BUILT_IN_DIR, loadPlaybooks } from '../../../src/playbook/checking/loader';
import { ACTIONS, decodeRef } from '../../../src/slack/ids';
import { createHomes } from '../../../src/slack/listeners/homes';
import { choiceOfRef } from '../../../src/slack/views/figures';
import { ACME, aPerson, NOON } from '../../store/builder';
import { type OpenedStore, openSqliteForTest } from '../../store/harness';
import { practice } from '../../store/suite/practices';

const who = (userId: string) => ({ tenant: ACME, userId, teamId: ACME.teamId });
const CHART = '"data_visualization"';
const DAY = 24 * 60 * 60_000;
const quiet = { debug: () => undefined, warn: () => undefined };

let opened: OpenedStore;
let coach: Coach;
let now = NOON;
/** Homes as Slack got them, as text. */
let published: string[] = [];
/** What Slack answers to charts; null: it draws them. */
let refusal: string | null = null;
const client = {
  views: {
    publish: async ({ view }: { view: unknown }) => {
      published.push(JSON.stringify(view));
      if (refusal !== null && JSON.stringify(view).includes(CHART)) {
        throw Object.assign(new Error(refusal), { code: ErrorCode.PlatformError, data: { error: refusal } });
      }
    },
  },
} as unknown as WebClient;
beforeEach(async () => {
  now = NOON;
  published = [];
  refusal = null;
  opened = await openSqliteForTest();
  coach = {
    store: opened.store,
    clock: { now: () => now },
    ids: { deal: () => 'D1' },
    playbooks: loadPlaybooks({ builtInDir: BUILT_IN_DIR }),
    changed: () => undefined,
  };
  for (const it of [aPerson('UREP'), aPerson('ULEAD', { isAdmin: true })]) {
    await opened.store.workspace.savePerson(ACME, it);
  }
  await opened.store.workspace.saveSettings(ACME, {
    teams: [{ id: 'T1', name: 'North', manager: 'ULEAD', reps: ['UOTHER'], channel: null }],
  });
  for (const id of ['D1', 'D2', 'D3']) {
    await startDeal(coach, who('UREP'), { id, account: `Globex ${id}`, business: 'new', playbookId: null });
  }
  await createProjector({ store: opened.store, logger: quiet }).round();
});
afterEach(() => opened.dispose());

const ALL = 'lost 3 deals';

it.each([
  ['is no admin any more', { isAdmin: false }, 30_000],
  ['was last called an admin too long ago', { isAdmin: true }, BELIEVED_MS + 1],
])('of all deals are gone from the first look at Home of somebody who %s', async (_, change, later) => {
  const homes = createHomes({ coach, clientFor: () => client, channelOf: () => 'C1', logger: quiet });
  await homes.publish(client, who('ULEAD'));
  expect(published.at(-1)).toContain(ALL);
  await homes.publish(client, who('ULEAD'));
  expect(published.at(-1)).toContain(ALL);
  now += later;
  await opened.store.workspace.savePerson(ACME, aPerson('ULEAD', change));
  published = [];
  await homes.publish(client, who('ULEAD'));
  expect(published.length).toBeGreaterThan(0);
  expect(published.filter((it) => it.includes(ALL))).toEqual([]);
  await homes.stop();
});

it('are text where the workspace refuses charts, and charts a week later', async () => {
  const publish = async () => {
    published = [];
    const homes = createHomes({ coach, clientFor: () => client, channelOf: () => 'C1', logger: quiet });
    await homes.publish(client, who('ULEAD'));
    await homes.stop();
    return published.map((it) => it.includes(CHART));
  };
  expect((await publish()).at(-1)).toBe(true);
  refusal = 'invalid_arguments';
  expect((await publish()).slice(-2)).toEqual([true, false]);
  expect(published.at(-1)).toContain(ALL);
  now += 6 * DAY;
  await opened.store.workspace.savePerson(ACME, aPerson('ULEAD', { isAdmin: true, fetchedAt: now }));
  expect(await publish()).not.toContain(true);
  expect(published.at(-1)).toContain(ALL);
  now += 2 * DAY;
  await opened.store.workspace.savePerson(ACME, aPerson('ULEAD', { isAdmin: true, fetchedAt: now }));
  refusal = null;
  expect((await publish()).at(-1)).toBe(true);
});

it('are those that a person picked, first without and then with them, and the buttons beside them are about the same', async () => {
  const homes = createHomes({ coach, clientFor: () => client, channelOf: () => 'C1', logger: quiet });
  await homes.publish(client, who('ULEAD'));
  published = [];
  homes.opened(ACME, 'ULEAD', { period: 'this year', team: 'T1' });
  await homes.publish(client, who('ULEAD'));
  expect(published[0]).toContain('Counting. It shows up here in a moment.');
  expect(published.at(-1)).toContain('This year North has lost no deals that you can see.');
  const { blocks, private_metadata: kept } = JSON.parse(published.at(-1) ?? '');
  const report = blocks
    .flatMap(({ elements = [] }: { elements?: object[] }) => elements)
    .find(({ action_id }: { action_id?: string }) => action_id === ACTIONS.figureReport);
  expect(report.value).toBe(kept);
  expect(choiceOfRef(decodeRef(kept) ?? {})).toEqual({ period: 'this year', team: 'T1' });
  await homes.stop();
});

it('offers practice once to somebody who has had no call', async () => {
  const homes = createHomes({ coach, clientFor: () => client, channelOf: () => 'C1', logger: quiet });
  const offers = async (user: string) => {
    published = [];
    await homes.publish(client, who(user));
    return published.every((view) => view.includes('New here?'));
  };
  expect(await offers('UREP')).toBe(false);
  expect(await offers('ULEAD')).toBe(true);
  expect(await offers('ULEAD')).toBe(false);
  await homes.stop();
});

describe('what is left to set up', () => {
  const LEFT = 'Set up Lostdeal';
  const home = async (user: string) => {
    published = [];
    const homes = createHomes({ coach, clientFor: () => client, channelOf: () => 'C1', logger: quiet });
    await homes.publish(client, who(user));
    await homes.stop();
    return published.at(-1) ?? '';
  };

  it('stands on the Home of admins, and goes when one of them hides it', async () => {
    expect(await home('ULEAD')).toContain(`${LEFT}: 2 of 5 done`);
    expect(await home('UREP')).not.toContain(LEFT);
    await changeSettings(coach, who('ULEAD'), () => ({ setupHidden: true }));
    expect(await home('ULEAD')).not.toContain(LEFT);
  });

  it('goes when all of it is done', async () => {
    const teams = [{ id: 'T1', name: 'North', manager: 'ULEAD', reps: ['UREP'], channel: null }];
    await changeSettings(coach, who('ULEAD'), () => ({ teams, responseMinutes: 60, invited: true }));
    expect(await home('ULEAD')).toContain(`${LEFT}: 4 of 5 done`);
    await opened.store.practices.save(practice({ rep: 'ULEAD' }), 0);
    expect(await home('ULEAD')).toContain(`${LEFT}: 4 of 5 done`);
    await opened.store.practices.save(practice({ rep: 'ULEAD', endedAt: NOON, revision: 2 }), 1);
    expect(await home('ULEAD')).not.toContain(LEFT);
  });

  it('cannot keep Home from showing', async () => {
    const failing = { hasEnded: () => Promise.reject(new Error('the database is away')) };
    coach = {
      ...coach,
      store: { ...opened.store, practices: { ...opened.store.practices, ...failing } },
    };
    const shown = await home('ULEAD');
    expect(shown).toContain('They said no?');
    expect(shown).not.toContain(LEFT);
  });
});
