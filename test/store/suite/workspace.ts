import type { PlaybookSource } from '../../../src/playbook/schema';
import type { Installation, KnownPerson } from '../../../src/store/store';
import { ACME, GLOBEX, NOON } from '../builder';
import { codeOf, type StoreUnderTest } from '../harness';

const kim: KnownPerson = {
  userId: 'UKIM',
  realName: 'Kim Ŝ',
  tz: 'Europe/Berlin',
  isAdmin: true,
  isBot: false,
  isStranger: false,
  isGuest: false,
  deleted: false,
  fetchedAt: NOON,
};

const installation: Installation = {
  tenant: ACME,
  botToken: 'xoxb-acme',
  botId: 'B1',
  botUserId: 'UBOT',
  appId: 'A1',
  teamName: 'Acme',
  channel: null,
};

const playbook: PlaybookSource = {
  id: 'short',
  title: 'Short',
  summary: 'One question',
  start: 'ask',
  steps: [{ id: 'ask', title: 'Ask', say: ['Why?'], why: 'To know', next: { verdict: 'no_pulse' } }],
  endings: { no_pulse: { title: 'Closed', say: ['Thanks'], why: 'Kindness' } },
  words: {
    voicemail: ['v'],
    mail: ['m'],
    holding: ['h'],
    match: ['m'],
    counter: ['c'],
    decline: ['d'],
    welcome_back: ['w'],
    re_engage: ['r'],
  },
};

export function workspaceSuite(store: StoreUnderTest): void {
  describe('a workspace', () => {
    it('keeps its people as last fetched', async () => {
      const { workspace } = store;
      expect(await workspace.person(ACME, 'UKIM')).toBeNull();
      await workspace.savePerson(ACME, kim);
      expect(await workspace.person(ACME, 'UKIM')).toEqual(kim);
      await workspace.savePerson(ACME, { ...kim, userId: 'UADA', isAdmin: true });
      await workspace.savePerson(ACME, { ...kim, userId: 'UGONE', isAdmin: true, deleted: true });
      await workspace.savePerson(ACME, { ...kim, userId: 'UREP', isAdmin: false });
      expect(await workspace.knownAdmins(ACME, 10)).toContain('UADA');
      expect(await workspace.knownAdmins(ACME, 10)).not.toEqual(expect.arrayContaining(['UGONE']));
      expect(await workspace.knownAdmins(ACME, 10)).not.toEqual(expect.arrayContaining(['UREP']));
      const later = {
        ...kim,
        isAdmin: false,
        isBot: true,
        isStranger: true,
        deleted: true,
        fetchedAt: NOON + 1,
      };
      await workspace.savePerson(ACME, later);
      expect(await workspace.person(ACME, 'UKIM')).toEqual(later);
      expect(await workspace.person(GLOBEX, 'UKIM')).toBeNull();
    });

    it('keeps who wants no advice, before Slack has described them and whatever it says later', async () => {
      const { workspace } = store;
      expect(await workspace.wantsAdvice(ACME, 'UKIM')).toBe(true);
      await workspace.saveWantsAdvice(ACME, 'UKIM', false);
      await workspace.savePerson(ACME, { ...kim, tz: 'UTC' });
      expect(await workspace.wantsAdvice(ACME, 'UKIM')).toBe(false);
      expect(await workspace.wantsAdvice(GLOBEX, 'UKIM')).toBe(true);
      await workspace.saveOfferedPractice(ACME, 'UKIM');
      expect(await workspace.wantsAdvice(ACME, 'UKIM')).toBe(false);
      await workspace.saveWantsAdvice(ACME, 'UKIM', true);
      expect(await workspace.wantsAdvice(ACME, 'UKIM')).toBe(true);
    });

    it('keeps whom it has offered practice', async () => {
      const { workspace } = store;
      expect(await workspace.wasOfferedPractice(ACME, 'UKIM')).toBe(false);
      for (const _ of [1, 2]) await workspace.saveOfferedPractice(ACME, 'UKIM');
      expect(await workspace.wasOfferedPractice(ACME, 'UKIM')).toBe(true);
      expect(await workspace.wasOfferedPractice(GLOBEX, 'UKIM')).toBe(false);
    });

    it('keeps its channels', async () => {
      const { workspace } = store;
      expect(await workspace.dmChannel(ACME, 'UKIM')).toBeNull();
      await workspace.saveDmChannel(ACME, 'UKIM', 'D1');
      await workspace.saveDmChannel(ACME, 'UKIM', 'D2');
      expect(await workspace.dmChannel(ACME, 'UKIM')).toBe('D2');
      expect(await workspace.dmChannel(GLOBEX, 'UKIM')).toBeNull();

      const channel = { channel: 'C1', isPrivate: true, isShared: false, fetchedAt: NOON };
      expect(await workspace.channel(ACME, 'C1')).toBeNull();
      await workspace.saveChannel(ACME, { ...channel, isPrivate: false });
      await workspace.saveChannel(ACME, channel);
      expect(await workspace.channel(ACME, 'C1')).toEqual(channel);
      expect(await workspace.channel(GLOBEX, 'C1')).toBeNull();
    });

    it('keeps until when its Slack gets no charts', async () => {
      const { workspace } = store;
      expect(await workspace.refusedBlocksUntil(ACME)).toBe(0);
      await workspace.saveRefusedBlocks(ACME, NOON);
      await workspace.saveRefusedBlocks(ACME, NOON + 1);
      expect(await workspace.refusedBlocksUntil(ACME)).toBe(NOON + 1);
      expect(await workspace.refusedBlocksUntil(GLOBEX)).toBe(0);
    });

    it('keeps its settings', async () => {
      const { workspace } = store;
      expect(await workspace.settings(ACME)).toBeNull();
      await workspace.saveSettings(ACME, { admins: ['U1'] });
      await workspace.saveSettings(ACME, { admins: ['U1', 'U2'], quiet: null });
      expect(await workspace.settings(ACME)).toEqual({ admins: ['U1', 'U2'], quiet: null });
      expect(await workspace.settings(GLOBEX)).toBeNull();
      expect(await codeOf(workspace.saveSettings(ACME, undefined))).toBe('store_unreadable');
    });

    it('is installed, updated and removed', async () => {
      const { workspace } = store;
      expect(await workspace.installation(ACME)).toBeNull();
      const globex = { ...installation, tenant: GLOBEX, botToken: '', channel: 'C9' };
      await workspace.saveInstallation(installation);
      await workspace.saveInstallation(globex);
      await workspace.saveInstallation({ ...installation, teamName: 'Acme Inc' });
      expect(await workspace.installation(ACME)).toEqual({ ...installation, teamName: 'Acme Inc' });
      expect(await workspace.installations()).toEqual([{ ...installation, teamName: 'Acme Inc' }, globex]);

      await workspace.deleteInstallation(ACME, NOON);
      expect(await workspace.installations()).toEqual([globex]);
    });

    it('shares playbooks, whose key is the hash of their content', async () => {
      expect(await store.workspace.playbook('hash')).toBeNull();
      await store.workspace.savePlaybook('hash', playbook, null);
      expect(await store.workspace.playbook('hash')).toEqual({ source: playbook, practice: null });
      // Practice is no part of the content, so the last start has the last word.
      const practice = { playbook: 'short', steps: { ask: { next: ['Because.'] } } };
      await store.workspace.savePlaybook('hash', playbook, practice);
      await store.workspace.savePlaybook('hash', playbook, practice);
      expect(await store.workspace.playbook('hash')).toEqual({ source: playbook, practice });
    });

    it('shares lists of reasons in the same way', async () => {
      const reasons = [{ id: 'price', label: 'Price' }];
      expect(await store.workspace.reasons('r1')).toBeNull();
      for (const _ of [1, 2]) await store.workspace.saveReasons('r1', reasons);
      expect(await store.workspace.reasons('r1')).toEqual(reasons);
    });

    it('answers a ping', async () => {
      await expect(store.ping()).resolves.toBeUndefined();
    });
  });
}
