/**
 * The tables, as Kysely sees them. For both dialects: times are integer ms UTC, booleans 0 or 1, JSON is text.
 * The statements that make them are in `migrations/`.
 */
import type { ColumnType, Generated, Kysely, Transaction } from 'kysely';
import type { Stage } from '../deal/model/deal';
import type { Privacy, StoredSlot } from './work/workStore';

export type Flag = 0 | 1;

/** Every row that belongs to a workspace. */
interface OfTenant {
  enterprise_id: string;
  team_id: string;
}

/**
 * One deal. `state` is the deal itself; the columns beside it repeat what is searched, so that no query parses JSON.
 * The work columns belong to the reconciler, and a commit touches of them only `wake_at` and `retry_at`.
 */
export interface DealsTable extends OfTenant {
  id: string;
  revision: number;
  stage: Stage;
  is_open: Flag;
  rep: string;
  manager: string | null;
  account: string;
  started_at: number;
  /** When its last event happened. */
  updated_at: number;
  /** Whom a pending ask waits for, and until when. */
  ask_manager: string | null;
  ask_deadline: number | null;
  /** Normalised name, see `records/competitor.ts`; with what the ledger counts. */
  competitor_key: string | null;
  counts_as_lost: Flag;
  was_asked: Flag;
  was_matched: Flag;
  was_won_back: Flag;
  was_matched_lost: Flag;
  /** Kinds of what the competitor offered, `,price,terms,`; null: none known. */
  offer_kinds: string | null;
  /** What the decision that stands costs us. */
  cost_minor: number | null;
  cost_currency: string | null;
  state_format: number;
  state: string;

  /** Revision that stands in Slack. The deal is dirty while `revision` is greater, */
  rendered_revision: Generated<number>;
  /** or while it was touched more often than was answered by a finished claim: */
  touches: Generated<number>;
  /** `touches` when the current claim was taken; becomes `touches_done` when that claim finishes. */
  touches_claimed: Generated<number>;
  touches_done: Generated<number>;
  wake_at: number | null;
  retry_at: Generated<number | null>;
  attempts: Generated<number>;
  last_error: Generated<string | null>;
  lease: Generated<string | null>;
  lease_owner: Generated<string | null>;
  /** By the database's clock. */
  lease_until: Generated<number | null>;
  /** When it was last touched, by the database's clock. */
  touched_at: Generated<number | null>;
  /** Not null from when it was set aside until it is shown again; by the database's clock. */
  set_aside_at: Generated<number | null>;
  /** Computed by the database from the columns above: when the deal may be claimed. Null: not by itself. */
  due_at: ColumnType<number | null, never, never>;
}

export interface EventsTable extends OfTenant {
  deal_id: string;
  seq: number;
  at: number;
  /** Null: the clock did it. */
  by_user: string | null;
  type: string;
  body: string;
}

export interface SlotsTable extends OfTenant {
  deal_id: string;
  key: string;
  channel: string | null;
  ts: string | null;
  hash: string | null;
  state: StoredSlot['state'];
  intent_at: number | null;
  lookups: number;
  /** Null: not noted, as before migration 5. */
  shown_revision: number | null;
  shown_privacy: Privacy | null;
}

export interface DeliveriesTable extends OfTenant {
  delivery_key: string;
  /** By the database's clock. */
  received_at: number;
}

export interface PeopleTable extends OfTenant {
  user_id: string;
  real_name: string;
  tz: string;
  is_admin: Flag;
  is_bot: Flag;
  is_stranger: Flag;
  deleted: Flag;
  fetched_at: number;
}

export interface DmChannelsTable extends OfTenant {
  user_id: string;
  channel: string;
}

export interface ChannelsTable extends OfTenant {
  channel: string;
  is_private: Flag;
  fetched_at: number;
}

export interface InstallationsTable extends OfTenant {
  bot_token: string;
  /** Whether `bot_token` is encrypted. */
  token_sealed: Flag;
  bot_id: string;
  bot_user_id: string;
  app_id: string;
  team_name: string;
  channel: string | null;
}

export interface SettingsTable extends OfTenant {
  body: string;
}

export interface SettingsHistoryTable extends OfTenant {
  /** Counts within the workspace. */
  seq: number;
  at: number;
  /** Null: the clock did it. */
  by_user: string | null;
  field: string;
  body: string;
}

/** Named by the hash of their content, so shared by all workspaces. */
export interface PlaybooksTable {
  hash: string;
  body: string;
}

/** Rate limits that instances share; empty where there is one. All times by the database's clock. */
export interface BucketsTable extends OfTenant {
  bucket: string;
  /** When it is full again if nobody comes, ms UTC. */
  full_at: number;
  /** One call in this time since it was slowed down, and when that was. */
  slowed_ms: number | null;
  slowed_at: number | null;
}

export interface BucketTurnsTable extends OfTenant {
  bucket: string;
  holder: string;
  at: number;
}

/** Migrations that were applied. */
export interface MigrationsTable {
  version: number;
  name: string;
  applied_at: number;
}

export interface Database {
  deals: DealsTable;
  events: EventsTable;
  slots: SlotsTable;
  deliveries: DeliveriesTable;
  people: PeopleTable;
  dm_channels: DmChannelsTable;
  channels: ChannelsTable;
  installations: InstallationsTable;
  settings: SettingsTable;
  settings_history: SettingsHistoryTable;
  playbooks: PlaybooksTable;
  buckets: BucketsTable;
  bucket_turns: BucketTurnsTable;
  lostdeal_migrations: MigrationsTable;
}

export type Db = Kysely<Database>;
export type Trx = Transaction<Database>;
