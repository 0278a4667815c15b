/** The store over an open database, of whichever kind, that is up to date. */
import { type LogEvent, sql } from 'kysely';
import { createDealsStore } from './deals/deals';
import { forgetOldDeliveries } from './deals/deliveries';
import type { HotPath } from './deals/hotPath';
import type { StoreDialect } from './dialect';
import type { OpenOptions } from './openOptions';
import type { Tell } from './postgres/changes';
import type { Db } from './schema';
import type { BucketStore, DealsStore, Store, WorkStore, WorkspaceStore } from './store';
import { createBacklog } from './work/backlog';
import { createClaimStore } from './work/claims';
import { createSlotStore } from './work/slots';
import { settleTokens } from './workspace/installations';
import { rememberWorkspace } from './workspace/remembered';
import type { Sealer } from './workspace/secrets';
import { createWorkspaceStore } from './workspace/workspace';

export interface StoreParts {
  readonly db: Db;
  /** For what nobody waits for and what may take longer than a person would; by default the same. */
  readonly patient?: Db;
  readonly dialect: StoreDialect;
  readonly sealer: Sealer | null;
  readonly hotPath: HotPath;
  readonly buckets: BucketStore;
  /** Tells other instances of a change that was committed. */
  readonly tell: Tell;
  readonly changes: Store['changes'];
  readonly close: () => Promise<void>;
  readonly logger: OpenOptions['logger'];
}

export async function assembleStore(parts: StoreParts): Promise<Store> {
  const { db, dialect, sealer, hotPath, buckets, tell, changes, close, logger } = parts;
  const sealed = await settleTokens(db, sealer);
  if (sealed > 0) logger?.info({ sealed }, 'bot tokens encrypted with ENCRYPTION_KEY');
  await forgetOldDeliveries(db, dialect);
  return {
    deals: tellingDeals(createDealsStore(db, hotPath), tell),
    work: tellingWork(
      {
        ...createClaimStore(db, dialect),
        ...createSlotStore(db, dialect, (tenant, dealId) => tell({ what: 'deal', tenant, dealId })),
        ...createBacklog(db, parts.patient ?? db),
      },
      tell,
    ),
    workspace: rememberWorkspace(tellingWorkspace(createWorkspaceStore(db, sealer), tell)),
    buckets,
    instances: dialect.instances,
    changes,
    async ping() {
      await sql`select 1`.execute(db);
    },
    close,
  };
}

function tellingDeals(deals: DealsStore, tell: Tell): DealsStore {
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

function tellingWork(work: WorkStore, tell: Tell): WorkStore {
  return {
    ...work,
    async touch(tenant, dealId) {
      await work.touch(tenant, dealId);
      tell({ what: 'deal', tenant, dealId });
    },
    async hasten(tenant, until) {
      const ids = await work.hasten(tenant, until);
      for (const dealId of ids) tell({ what: 'deal', tenant, dealId });
      return ids;
    },
  };
}

function tellingWorkspace(workspace: WorkspaceStore, tell: Tell): WorkspaceStore {
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

/** Kysely's log as a report of each statement with its time. */
export const reportTo =
  (onQuery: OpenOptions['onQuery']) =>
  (event: LogEvent): void => {
    onQuery?.({ sql: event.query.sql, durationMs: event.queryDurationMillis });
  };
