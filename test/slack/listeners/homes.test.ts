/** The figures on App Home, which are kept for a minute. */
import type { WebClient } from '@slack/web-api';
import { startDeal } from '../../../src/coach/call';
import type { Coach } from '../../../src/coach/context';
import { BELIEVED_MS } from '../../../src/coach/identity';
import { startPractice } from '../../../src/coach/practice';
import { changeSettings } from '../../../src/coach/settings/changeSettings';
import { createProjector } from '../../../src/insights/projector';
import { BUILT_IN_DIR, loadPlaybooks } from '../../../src/playbook/checking/loader';
import { createHomes } from '../../../src/slack/listeners/homes';
import { ACME, aPerson, NOON } from '../../store/builder';
import { type OpenedStore, openSqliteForTest } from '../../store/harness';

const who = (userId: string) => ({ tenant: ACME, userId, teamId: ACME.teamId });
const quiet = { debug: () => undefined, warn: () => undefined };

let opened: OpenedStore;
let coach: Coach;
let now = NOON;
/** Homes as Slack got them, as text. */
let published: string[] = [];
const client = {
  views: {
    publish: async ({ view }: { view: unknown }) => {
      published.push(JSON.stringify(view));
    },
  },
} as unknown as WebClient;
beforeEach(async () => {
  now = NOON;
  published = [];
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
    await startPractice(coach, who('ULEAD'), { id: 'P1', playbookId: 'heartbeat' });
    expect(await home('ULEAD')).not.toContain(LEFT);
  });

  it('cannot keep Home from showing', async () => {
    const failing = { met: () => Promise.reject(new Error('the database is away')) };
    coach = {
      ...coach,
      store: { ...opened.store, practices: { ...opened.store.practices, ...failing } },
    };
    const shown = await home('ULEAD');
    expect(shown).toContain('They said no?');
    expect(shown).not.toContain(LEFT);
  });
});
