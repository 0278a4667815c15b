/**
 * What every click asks of a workspace and what seldom changes: its settings, and who its people are. Remembered for
 * a second, so that what another instance saved counts here a second later; what this one saves, at once.
 */
import { LRUCache } from 'lru-cache';
import type { Tenant } from '../../deal/model/deal';
import type { WorkspaceStore } from './workspaceStore';

const FOR_MS = 1_000;
const MOST = 10_000;

/** @param forMs for tests */
export function rememberWorkspace(workspace: WorkspaceStore, forMs = FOR_MS): WorkspaceStore {
  // Wrapped, so that it can also be remembered that there is none.
  const known = new LRUCache<string, { readonly value: unknown }>({ max: MOST, ttl: forMs });
  let saves = 0;

  async function remembered<T>(key: string, read: () => Promise<T>): Promise<T> {
    const found = known.get(key);
    if (found !== undefined) return found.value as T;
    const before = saves;
    const value = await read();
    // Something saved meanwhile may be newer than what was read.
    if (saves === before) known.set(key, { value });
    return value;
  }

  async function saving<T>(key: string, save: () => Promise<T>): Promise<T> {
    try {
      return await save();
    } finally {
      saves += 1;
      known.delete(key);
    }
  }

  return {
    ...workspace,
    person: (tenant, userId) => remembered(keyOf(tenant, userId), () => workspace.person(tenant, userId)),
    savePerson: (tenant, person) =>
      saving(keyOf(tenant, person.userId), () => workspace.savePerson(tenant, person)),
    settings: (tenant, how) => {
      if (how === 'fresh') known.delete(keyOf(tenant, ''));
      return remembered(keyOf(tenant, ''), () => workspace.settings(tenant));
    },
    saveSettings: (tenant, settings) =>
      saving(keyOf(tenant, ''), () => workspace.saveSettings(tenant, settings)),
    changeSettings: (tenant, ...rest) =>
      saving(keyOf(tenant, ''), () => workspace.changeSettings(tenant, ...rest)),
  };
}

const keyOf = ({ enterpriseId, teamId }: Tenant, userId: string): string =>
  `${enterpriseId}/${teamId}/${userId}`;
