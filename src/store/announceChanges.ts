/** Wraps the store's parts so that they announce each committed change to other instances. */
import type { DealsStore } from './deals/dealsStore';
import type { Change } from './store';
import type { WorkStore } from './work/workStore';
import type { WorkspaceStore } from './workspace/workspaceStore';

/** Announces a committed change to other instances. */
export type Announce = (change: Exclude<Change, { what: 'anything' }>) => void;

export function announcingDeals(deals: DealsStore, announce: Announce): DealsStore {
  return {
    ...deals,
    async commit(asked) {
      const result = await deals.commit(asked);
      const { id: dealId, tenant } = asked.deal;
      if (result === 'committed' && asked.events.length > 0) announce({ what: 'deal', tenant, dealId });
      return result;
    },
  };
}

export function announcingWork(work: WorkStore, announce: Announce): WorkStore {
  return {
    ...work,
    async touch(tenant, dealId) {
      await work.touch(tenant, dealId);
      announce({ what: 'deal', tenant, dealId });
    },
    async retryNow(...asked) {
      const ids = await work.retryNow(...asked);
      const [tenant] = asked;
      for (const dealId of ids) announce({ what: 'deal', tenant, dealId });
      return ids;
    },
  };
}

export function announcingWorkspace(workspace: WorkspaceStore, announce: Announce): WorkspaceStore {
  return {
    ...workspace,
    async savePerson(tenant, person) {
      await workspace.savePerson(tenant, person);
      announce({ what: 'workspace', tenant });
    },
    async saveChannel(tenant, channel) {
      await workspace.saveChannel(tenant, channel);
      announce({ what: 'workspace', tenant });
    },
    async saveInstallation(installation) {
      await workspace.saveInstallation(installation);
      announce({ what: 'workspace', tenant: installation.tenant });
    },
    async deleteInstallation(tenant, at) {
      await workspace.deleteInstallation(tenant, at);
      announce({ what: 'workspace', tenant });
    },
    async eraseUninstalled(tenant, at) {
      const erased = await workspace.eraseUninstalled(tenant, at);
      announce({ what: 'workspace', tenant });
      return erased;
    },
    async saveSettings(tenant, settings) {
      await workspace.saveSettings(tenant, settings);
      announce({ what: 'workspace', tenant });
    },
    async changeSettings(tenant, ...rest) {
      const changed = await workspace.changeSettings(tenant, ...rest);
      announce({ what: 'workspace', tenant });
      return changed;
    },
  };
}
