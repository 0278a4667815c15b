/**
 * Caches what every click reads of a workspace and what seldom changes: its settings, people and playbooks. An entry
 * lives for a second, so a change by another instance counts here a second later. A change by this instance counts at once.
 */
import { LRUCache } from 'lru-cache';
import type { Tenant } from '../../deal/model/deal';
import { tenantKey } from '../records/tenancy';
import type { WorkspaceStore } from './workspaceStore';

const TTL_MS = 1_000;
const MAX_ENTRIES = 10_000;
/** In place of a person's id, which never has small letters. */
const PLAYBOOKS = 'playbooks';

/** @param ttlMs another lifetime of an entry, for tests */
export function rememberWorkspace(workspace: WorkspaceStore, ttlMs = TTL_MS): WorkspaceStore {
  // Values are wrapped, so that null can be cached too.
  const known = new LRUCache<string, { readonly value: unknown }>({ max: MAX_ENTRIES, ttl: ttlMs });
  let saves = 0;

  async function remembered<T>(key: string, read: () => Promise<T>): Promise<T> {
    const found = known.get(key);
    if (found !== undefined) return found.value as T;
    const before = saves;
    const value = await read();
    // Caches nothing if a save ran meanwhile, because it may be newer than what was read.
    if (saves === before) known.set(key, { value });
    return value;
  }

  async function saving<T>(keys: readonly string[], save: () => Promise<T>): Promise<T> {
    try {
      return await save();
    } finally {
      saves += 1;
      for (const key of keys) known.delete(key);
    }
  }

  return {
    ...workspace,
    person: (tenant, userId) => remembered(keyOf(tenant, userId), () => workspace.person(tenant, userId)),
    savePerson: (tenant, person) =>
      saving([keyOf(tenant, person.userId)], () => workspace.savePerson(tenant, person)),
    settings: (tenant, how) => {
      if (how === 'fresh') known.delete(keyOf(tenant, ''));
      return remembered(keyOf(tenant, ''), () => workspace.settings(tenant));
    },
    saveSettings: (tenant, settings) =>
      saving([keyOf(tenant, '')], () => workspace.saveSettings(tenant, settings)),
    changeSettings: (tenant, ...rest) =>
      saving([keyOf(tenant, ''), keyOf(tenant, PLAYBOOKS)], () => workspace.changeSettings(tenant, ...rest)),
    playbookVersions: (tenant) =>
      remembered(keyOf(tenant, PLAYBOOKS), () => workspace.playbookVersions(tenant)),
    versionsLoaded: async (...loaded) => {
      await workspace.versionsLoaded(...loaded);
      saves += 1;
      known.clear();
    },
    useFirstVersion: (tenant, version) =>
      saving([keyOf(tenant, PLAYBOOKS)], () => workspace.useFirstVersion(tenant, version)),
  };
}

const keyOf = (tenant: Tenant, userId: string): string => `${tenantKey(tenant)}/${userId}`;
