import type { LoadedVersion } from '../../../src/store/store';
import { ACME, GLOBEX, NOON } from '../builder';
import type { StoreUnderTest } from '../harness';

export function playbookVersionsSuite(store: StoreUnderTest): void {
  const own = (hash: string): LoadedVersion => ({ playbookId: 'tiny', hash, isOwn: true });
  const released = (hash: string): LoadedVersion => ({ playbookId: 'tiny', hash, isOwn: false });
  const choose = (hash: string, how: 'use' | 'keep', delivery?: string) =>
    store.workspace.changeSettings(
      ACME,
      NOON,
      'UADMIN',
      (stored) => ({
        settings: stored ?? {},
        history: [{ field: 'playbook', item: 'tiny', part: null, from: null, to: hash }],
        chooses: { playbookId: 'tiny', hash, how },
      }),
      delivery,
    );
  const ofAcme = async () => (await store.workspace.playbookVersions(ACME))[0];
  const historyOf = async () => (await store.workspace.settingsHistory(ACME, 9)).length;

  describe('the version of a playbook that a workspace uses', () => {
    it('is the one it began with, whoever names another one at the same moment', async () => {
      expect(await store.workspace.playbookVersions(ACME)).toEqual([]);
      await Promise.all(['h1', 'h2'].map((hash) => store.workspace.useFirstVersion(ACME, own(hash))));
      const used = await ofAcme();
      await store.workspace.useFirstVersion(ACME, own('h3'));
      expect(await ofAcme()).toEqual(used);
      expect(await store.workspace.playbookVersions(GLOBEX)).toEqual([]);
    });

    it('stays while a version that the operators changed waits, and each workspace chooses for itself', async () => {
      await store.workspace.versionsLoaded([own('h1')], 'wait');
      for (const tenant of [ACME, GLOBEX]) await store.workspace.useFirstVersion(tenant, own('h1'));
      await store.workspace.versionsLoaded([own('h2')], 'wait');
      const waits = { ...own('h1'), next: { hash: 'h2', isKeptOut: false } };
      expect(await ofAcme()).toEqual(waits);

      expect(await choose('h9', 'use')).toBe('unchanged');
      expect(await historyOf()).toBe(0);
      expect(await choose('h2', 'keep', 'D1')).toBe('changed');
      expect(await choose('h2', 'keep', 'D1')).toBe('duplicate');
      expect(await choose('h2', 'keep')).toBe('unchanged');
      // The next start asks nobody again.
      await store.workspace.versionsLoaded([own('h2')], 'wait');
      expect(await ofAcme()).toEqual({ ...waits, next: { hash: 'h2', isKeptOut: true } });

      expect(await choose('h2', 'use')).toBe('changed');
      expect(await choose('h2', 'use')).toBe('unchanged');
      expect(await ofAcme()).toEqual({ ...own('h2'), next: null });
      expect(await store.workspace.playbookVersions(GLOBEX)).toEqual([waits]);
      expect(await historyOf()).toBe(2);
    });

    it('is the file’s again without a choice when the operators take their change back', async () => {
      await store.workspace.useFirstVersion(ACME, own('h1'));
      await store.workspace.versionsLoaded([own('h2')], 'wait');
      await store.workspace.versionsLoaded([own('h1')], 'wait');
      expect(await ofAcme()).toEqual({ ...own('h1'), next: null });
      await store.workspace.versionsLoaded([own('h3')], 'wait');
      expect((await ofAcme())?.next).toEqual({ hash: 'h3', isKeptOut: false });
    });

    it('moves with a release where nobody edited it, and waits where somebody has one of their own', async () => {
      await store.workspace.useFirstVersion(ACME, released('h1'));
      await store.workspace.useFirstVersion(GLOBEX, own('h0'));
      await store.workspace.versionsLoaded([released('h2')], 'wait');
      expect(await ofAcme()).toEqual({ ...released('h2'), next: null });
      expect(await store.workspace.playbookVersions(GLOBEX)).toEqual([
        { ...own('h0'), next: { hash: 'h2', isKeptOut: false } },
      ]);
      // The operators put a file of their own in place of the built-in one.
      await store.workspace.versionsLoaded([own('h3')], 'wait');
      expect(await ofAcme()).toEqual({ ...released('h2'), next: { hash: 'h3', isKeptOut: false } });
    });

    it('is always the file’s where the operators want no wait', async () => {
      await store.workspace.useFirstVersion(ACME, own('h1'));
      await store.workspace.versionsLoaded([own('h2')], 'wait');
      await store.workspace.versionsLoaded([own('h2')], 'use');
      expect(await ofAcme()).toEqual({ ...own('h2'), next: null });
    });
  });
}
