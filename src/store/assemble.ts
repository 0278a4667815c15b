/** Builds the store over an open database of either kind, whose tables are up to date. */
import { type LogEvent, sql } from 'kysely';
import { type Announce, announcingDeals, announcingWork, announcingWorkspace } from './announceChanges';
import type { BucketStore } from './buckets/bucketStore';
import type { RunCommit } from './deals/commit';
import { createDealsStore, readableDeals } from './deals/deals';
import { forgetOldDeliveries } from './deals/deliveries';
import { createDraftStore } from './deals/drafts';
import type { StoreDialect } from './dialect';
import { createFiguresStore } from './insights/figures';
import { createProjectionStore } from './insights/projection';
import type { OpenOptions } from './openOptions';
import { createPracticeStore } from './practices/practices';
import type { Db } from './schema';
import type { Store } from './store';
import { createBacklog } from './work/backlog';
import { createClaimStore } from './work/claims';
import { createNoticeStore } from './work/notices';
import { createSlotStore } from './work/slots';
import { createSweepStore } from './work/sweeps';
import type { DealsByStage } from './work/workStore';
import { settleTokens } from './workspace/installations';
import { rememberWorkspace } from './workspace/remembered';
import type { Sealer } from './workspace/secrets';
import { createWorkspaceStore } from './workspace/workspace';

export interface StoreParts {
  readonly db: Db;
  /** Runs queries that nobody waits for and that may take longer than a person would wait. Default: `db`. */
  readonly slow?: Db;
  /** Reads figures, beside those that people wait for. */
  readonly figures: Db;
  /** Counts deals by stage. Default: one statement. */
  readonly countStages?: () => Promise<DealsByStage>;
  readonly dialect: StoreDialect;
  readonly sealer: Sealer | null;
  readonly runCommit: RunCommit;
  readonly buckets: BucketStore;
  readonly announce: Announce;
  readonly changes: Store['changes'];
  /** Default: nothing. */
  readonly forgetErased?: () => Promise<void>;
  readonly close: () => Promise<void>;
  readonly logger: OpenOptions['logger'];
}

export async function assembleStore(parts: StoreParts): Promise<Store> {
  const { db, dialect, sealer, runCommit, buckets, announce, changes, close, logger } = parts;
  const sealed = await settleTokens(db, sealer);
  if (sealed > 0) logger?.info({ sealed }, 'bot tokens encrypted with ENCRYPTION_KEY');
  await forgetOldDeliveries(db, dialect);
  return {
    deals: announcingDeals(createDealsStore(db, dialect, runCommit, logger), announce),
    drafts: createDraftStore(db, runCommit),
    practices: createPracticeStore(db, runCommit),
    work: announcingWork(
      {
        ...createClaimStore(db, dialect),
        ...createSlotStore(db, dialect, (tenant, dealId) => announce({ what: 'deal', tenant, dealId })),
        ...createNoticeStore(db),
        ...createSweepStore(db, dialect, readableDeals(logger)),
        ...createBacklog(db, parts.slow ?? db, parts.countStages),
      },
      announce,
    ),
    workspace: rememberWorkspace(announcingWorkspace(createWorkspaceStore(db, dialect, sealer), announce)),
    buckets,
    insights: {
      ...createProjectionStore(db, dialect, readableDeals(logger)),
      ...createFiguresStore(parts.figures),
    },
    instances: dialect.instances,
    changes,
    async ping() {
      await sql`select 1`.execute(db);
    },
    forgetErased: parts.forgetErased ?? (async () => undefined),
    close,
  };
}

/** Reports each statement in Kysely's log, with its time. */
export const reportTo =
  (onQuery: OpenOptions['onQuery']) =>
  (event: LogEvent): void => {
    onQuery?.({ sql: event.query.sql, durationMs: event.queryDurationMillis });
  };
