/** Settings and people are cached for a second; a save by this instance counts at once. */

import type { KnownPerson, WorkspaceStore } from '../../../src/store/store';
import { rememberWorkspace } from '../../../src/store/workspace/remembered';
import { ACME, GLOBEX, NOON } from '../builder';
import { type OpenedStore, openSqliteForTest, until } from '../harness';

const robin = (tz: string): KnownPerson => ({
  userId: 'UROBIN',
  realName: 'Robin',
  tz,
  isAdmin: false,
  isBot: false,
  isStranger: false,
  isGuest: false,
  deleted: false,
  fetchedAt: NOON,
});

describe('settings and people', () => {
  let opened: OpenedStore;
  let reads: string[];
  /** The store of another instance, whose saves this instance does not see. */
  let elsewhere: WorkspaceStore;

  beforeEach(async () => {
    opened = await openSqliteForTest();
    reads = [];
    elsewhere = opened.store.workspace;
  });
  afterEach(() => opened.dispose());

  const remembering = (forMs?: number): WorkspaceStore =>
    rememberWorkspace(
      {
        ...elsewhere,
        settings: (tenant) => {
          reads.push(`settings of ${tenant.teamId}`);
          return elsewhere.settings(tenant);
        },
        person: (tenant, user) => {
          reads.push(`${user} of ${tenant.teamId}`);
          return elsewhere.person(tenant, user);
        },
      },
      forMs,
    );

  it('are read once for each workspace and person', async () => {
    const here = remembering();
    for (const tenant of [ACME, ACME, GLOBEX]) await here.settings(tenant);
    for (const user of ['UROBIN', 'UROBIN', 'USAM']) await here.person(ACME, user);
    expect(reads).toEqual(['settings of TACME', 'settings of TGLOBEX', 'UROBIN of TACME', 'USAM of TACME']);
  });

  it('are read again for a caller that asks for fresh ones, and then cached', async () => {
    const here = remembering();
    await here.settings(ACME);
    await elsewhere.saveSettings(ACME, { responseMinutes: 45 });
    expect(await here.settings(ACME)).toBeNull();
    expect(await here.settings(ACME, 'fresh')).toEqual({ responseMinutes: 45 });
    expect(await here.settings(ACME)).toEqual({ responseMinutes: 45 });
  });

  it('are new at once after a save by this instance', async () => {
    const here = remembering();
    expect([await here.settings(ACME), await here.person(ACME, 'UROBIN')]).toEqual([null, null]);
    await here.saveSettings(ACME, { responseMinutes: 30 });
    await here.savePerson(ACME, robin('Europe/Rome'));
    expect(await here.settings(ACME)).toEqual({ responseMinutes: 30 });
    expect((await here.person(ACME, 'UROBIN'))?.tz).toBe('Europe/Rome');
    await here.changeSettings(ACME, NOON, 'UADMIN', () => ({
      settings: { responseMinutes: 60 },
      history: [{ field: 'responseMinutes', item: null, part: null, from: 30, to: 60 }],
    }));
    expect(await here.settings(ACME)).toEqual({ responseMinutes: 60 });
  });

  it('are not stale after a save that ran during a read', async () => {
    const here = remembering();
    await Promise.all([here.settings(ACME), here.saveSettings(ACME, { responseMinutes: 30 })]);
    expect(await here.settings(ACME)).toEqual({ responseMinutes: 30 });
  });

  it('that another instance saved appear after a second', async () => {
    const here = remembering(20);
    await here.settings(ACME);
    await elsewhere.saveSettings(ACME, { responseMinutes: 30 });
    expect(await until(() => here.settings(ACME))).toEqual({ responseMinutes: 30 });
  });
});
