/** The store's parts, telling other instances of what was changed, once it is committed. */
import type { DealsStore } from './deals/dealsStore';
import type { Change } from './store';
import type { WorkStore } from './work/workStore';
import type { WorkspaceStore } from './workspace/workspaceStore';

/** Tells other instances of a change that was committed. */
export type Tell = (change: Exclude<Change, { what: 'anything' }>) => void;

export function tellingDeals(deals: DealsStore, tell: Tell): DealsStore {
  return {
    ...deals,
    async commit(asked) {
      const result = await deals.commit(asked);
      const { id: dealId, tenant } = asked.deal;
      if (result === 'committed' && asked.events.length > 0) tell({ what: 'deal', tenant, dealId });
      return result;
    },
  };
}

export function tellingWork(work: WorkStore, tell: Tell): WorkStore {
  return {
    ...work,
    async touch(tenant, dealId) {
      await work.touch(tenant, dealId);
      tell({ what: 'deal', tenant, dealId });
    },
    async hasten(...asked) {
      const ids = await work.hasten(...asked);
      const [tenant] = asked;
      for (const dealId of ids) tell({ what: 'deal', tenant, dealId });
      return ids;
    },
  };
}

export function tellingWorkspace(workspace: WorkspaceStore, tell: Tell): WorkspaceStore {
  return {
    ...workspace,
    async savePerson(tenant, person) {
      await workspace.savePerson(tenant, person);
      tell({ what: 'workspace', tenant });
    },
    async saveChannel(tenant, channel) {
      await workspace.saveChannel(tenant, channel);
      tell({ what: 'workspace', tenant });
    },
    async saveInstallation(installation) {
      await workspace.saveInstallation(installation);
      tell({ what: 'workspace', tenant: installation.tenant });
    },
    async deleteInstallation(tenant) {
      await workspace.deleteInstallation(tenant);
      tell({ what: 'workspace', tenant });
    },
    async saveSettings(tenant, settings) {
      await workspace.saveSettings(tenant, settings);
      tell({ what: 'workspace', tenant });
    },
    async changeSettings(tenant, ...rest) {
      const changed = await workspace.changeSettings(tenant, ...rest);
      tell({ what: 'workspace', tenant });
      return changed;
    },
  };
}
