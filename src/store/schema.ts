/**
 * The tables, as Kysely sees them. In both databases, times are integer ms UTC, booleans are 0 or 1, JSON is text.
 * The statements that create them are in `migrations/`.
 */
import type { ColumnType, Generated, Kysely, Transaction } from 'kysely';
import type { Business, Stage } from '../deal/model/deal';
import type { DecidedIn } from './insights/insightsStore';
import type { Privacy, StoredSlot, Sweep } from './work/workStore';

export type Flag = 0 | 1;

/** Columns of every row that belongs to a workspace. */
interface OfTenant {
  enterprise_id: string;
  team_id: string;
}

/**
 * An owner of messages and the reconciler's work on it. The columns from `rendered_revision` on belong to the
 * reconciler; of these, a commit sets `wake_at`, clears `retry_at`, and raises `rendered_revision` if it changes no
 * message.
 */
export interface Work extends OfTenant {
  id: string;
  revision: number;
  /** Time of the last event. */
  updated_at: number;

  /** The revision that Slack shows. The row is dirty while `revision` is greater, */
  rendered_revision: Generated<number>;
  /** or while `touches` is greater than `touches_done`: */
  touches: Generated<number>;
  /** `touches` when the current claim began; becomes `touches_done` when that claim finishes. */
  touches_claimed: Generated<number>;
  touches_done: Generated<number>;
  wake_at: number | null;
  retry_at: Generated<number | null>;
  attempts: Generated<number>;
  last_error: Generated<string | null>;
  lease: Generated<string | null>;
  lease_owner: Generated<string | null>;
  /** ms UTC by the database's clock. */
  lease_until: Generated<number | null>;
  /** Time of the last touch, by the database's clock. */
  touched_at: Generated<number | null>;
  /** Time at which the row was first parked, by the database's clock; null: not parked since Slack last showed it. */
  set_aside_at: Generated<number | null>;
  /** The database computes it from the columns above: when a claim may take the row. Null: not by itself. */
  due_at: ColumnType<number | null, never, never>;
}

/** One deal. `state` is the deal itself; the columns beside it repeat what queries search, so that none parses JSON. */
export interface DealsTable extends Work {
  stage: Stage;
  is_open: Flag;
  rep: string;
  manager: string | null;
  account: string;
  /** The company's normalised name; null: nothing is left of it, or the deal was closed before the column came. */
  account_key: string | null;
  started_at: number;
  /** Who is to answer the pending ask, and until when; null: no ask is pending. */
  ask_manager: string | null;
  ask_deadline: number | null;
  /** The competitor's normalised name, see `records/companyKey.ts`. The ledger counts the columns after it. */
  competitor_key: string | null;
  counts_as_lost: Flag;
  was_asked: Flag;
  was_matched: Flag;
  was_won_back: Flag;
  was_matched_lost: Flag;
  /** Kinds of the competitor's offer, `,price,terms,`; null: none known. */
  offer_kinds: string | null;
  /** Cost to us of the decision that stands. */
  cost_minor: number | null;
  cost_currency: string | null;
  /** The end of the deal so far, in words (`records/dealColumns.ts`); null: a deal of an earlier release that cannot be read. */
  rescue_case: string | null;
  /** The worth that came back. */
  won_minor: number | null;
  won_currency: string | null;
  state_format: number;
  state: string;
  /** The revision that its row of figures follows from. The row is to be written while `revision` is greater. */
  projected_revision: Generated<number>;
}

export interface EventsTable extends OfTenant {
  deal_id: string;
  seq: number;
  at: number;
  /** Null: the clock caused it. */
  by_user: string | null;
  type: string;
  body: string;
}

/** A reply beneath a message of a deal. */
export interface RemarksTable extends OfTenant {
  deal_id: string;
  /** Sequence number of its event. */
  id: number;
  by_user: string;
  at: number;
  channel: string;
  ts: string;
  edited_at: number | null;
  edited_ts: string | null;
  edits: number;
  is_cut: Flag;
  /** Null: deleted. */
  text: string | null;
}

/** What a person typed on a screen that they have not saved. */
export interface DraftsTable extends OfTenant {
  deal_id: string;
  user_id: string;
  form: string;
  view_id: string;
  /** Slack's time of the keystroke, µs UTC. */
  action_ts: number;
  saved_at: number;
  /** Null: saved. */
  body: string | null;
}

/** A practice call. It is no deal. */
export interface PracticesTable extends OfTenant {
  user_id: string;
  id: string;
  playbook_id: string;
  playbook_hash: string;
  prospect_id: string;
  seed: number;
  started_at: number;
  /** Null: under way. */
  ended_at: number | null;
  revision: number;
  state: string;
  /** 1: an admin looks at a version of a playbook; nobody is met. */
  is_preview: Generated<Flag>;
}

/** The state of a message in Slack. */
interface Standing {
  channel: string | null;
  ts: string | null;
  hash: string | null;
  state: StoredSlot['state'];
  intent_at: number | null;
  lookups: number;
}

export interface SlotsTable extends OfTenant, Standing {
  deal_id: string;
  key: string;
  /** Null: not noted, as before migration 5. */
  shown_revision: number | null;
  shown_privacy: Privacy | null;
}

/** One deal as figures count it; `insights/insightsStore.ts` says what each column means. */
export interface InsightsTable extends OfTenant {
  deal_id: string;
  /** The version of the code that made the row. */
  version: number;
  revision: number;
  counts: Flag;
  rep: string;
  manager: string | null;
  /** `,U1,U2,`; null: nobody. */
  asked: string | null;
  approver: string | null;
  account: string;
  business: Business;
  competitor: string | null;
  competitor_key: string | null;
  started_at: number;
  was_reached: Flag;
  would_have: Flag | null;
  was_asked: Flag;
  was_decided: Flag;
  was_in_time: Flag | null;
  decided_in: DecidedIn | null;
  was_tried: Flag;
  was_yes: Flag;
  was_given: Flag;
  is_back: Flag;
  is_signed: Flag;
  is_lost: Flag;
  call_back_kept: Flag | null;
  /** `,price,terms,`; null: none known. */
  reasons: string | null;
  given: string | null;
  reasons_differ: Flag | null;
  /** `,price,terms,`; null: nobody confirmed a reason. */
  confirmed: string | null;
  confirmed_differs: Flag | null;
  lost_at: number | null;
  worth_minor: number | null;
  worth_currency: string | null;
  back_minor: number | null;
  back_currency: string | null;
  cost_minor: number | null;
  cost_currency: string | null;
  playbook_hash: string | null;
  /** `,thanks,pulse,`; null: none, or a row of an earlier version. */
  steps: string | null;
  left_at: string | null;
  was_pledged: Flag;
  pledge_asked: Flag;
  pledge_kept: string | null;
  has_return: Flag;
}

/** A workspace whose Slack refused charts; it gets none until then, ms UTC. */
export interface RefusedBlocksTable extends OfTenant {
  until: number;
}

/** A message that belongs to no deal, and its state in Slack. */
export interface NoticesTable extends Work, Standing {
  kind: string;
  about: string;
  recipient: string;
  follows_from: string | null;
  /** ms UTC by the app's clock. */
  made_at: number;
}

export interface SweepsTable extends OfTenant {
  kind: Sweep['kind'];
  about: string;
  asks: Generated<number>;
  /** ms UTC by the database's clock. */
  asked_at: number;
}

export interface DeliveriesTable extends OfTenant {
  delivery_key: string;
  /** ms UTC by the database's clock. */
  received_at: number;
}

export interface PeopleTable extends OfTenant {
  user_id: string;
  real_name: string;
  tz: string;
  is_admin: Flag;
  is_bot: Flag;
  is_stranger: Flag;
  is_guest: Flag;
  deleted: Flag;
  fetched_at: number;
}

/** Marks of people whom Slack may not have described yet. */
export interface PersonMarksTable extends OfTenant {
  user_id: string;
  /** They want to read no advice after their calls. */
  no_advice: Generated<Flag>;
  practice_offered: Generated<Flag>;
}

export interface DmChannelsTable extends OfTenant {
  user_id: string;
  channel: string;
}

export interface ChannelsTable extends OfTenant {
  channel: string;
  is_private: Flag;
  /** People of another company read it, or are invited to. */
  is_shared: Flag;
  fetched_at: number;
}

export interface InstallationsTable extends OfTenant {
  bot_token: string;
  /** 1: `bot_token` is encrypted. */
  token_sealed: Flag;
  bot_id: string;
  bot_user_id: string;
  app_id: string;
  team_name: string;
  channel: string | null;
}

/** Workspaces that uninstalled the app. */
export interface UninstalledTable extends OfTenant {
  at: number;
}

export interface SettingsTable extends OfTenant {
  body: string;
}

export interface SettingsHistoryTable extends OfTenant {
  /** Counts from 1 within the workspace. */
  seq: number;
  at: number;
  /** Null: the clock caused it. */
  by_user: string | null;
  field: string;
  body: string;
}

/** Playbooks and lists of reasons, keyed by the hash of their content, so all workspaces share them. */
export interface PlaybooksTable {
  hash: string;
  body: string;
  /** The prospects of this version, as the last start that had it found them; null: it has none of its own. */
  practice: Generated<string | null>;
}

/** The version of a playbook that a workspace uses. No row: it has never used the playbook. */
export interface PlaybookVersionsTable extends OfTenant {
  playbook_id: string;
  hash: string;
  /** 1: the operators' own, or one that they changed; 0: it came with a release, or nobody knows. */
  is_own: Generated<Flag>;
  /** The version that the files have instead; null: the same. */
  next_hash: Generated<string | null>;
  next_is_own: Generated<Flag>;
  /** 1: an admin chose to keep the version in use. */
  next_kept_out: Generated<Flag>;
}

/** Rate limits that instances share; empty on SQLite. All times by the database's clock. */
export interface BucketsTable extends OfTenant {
  bucket: string;
  /** Time at which it is full again if nobody calls, ms UTC. */
  full_at: number;
  /** Minimum ms between two calls since Slack slowed it down, and the time of that; null: at full rate. */
  slowed_ms: number | null;
  slowed_at: number | null;
}

export interface BucketTurnsTable extends OfTenant {
  bucket: string;
  holder: string;
  at: number;
}

/** How often something pre-approved was given; a commit that would exceed its limit writes nothing. */
export interface GivesUsedTable extends OfTenant {
  give_id: string;
  /** `2026-Q4` */
  quarter: string;
  used: number;
}

/** Applied migrations. */
export interface MigrationsTable {
  version: number;
  name: string;
  applied_at: number;
}

export interface Database {
  deals: DealsTable;
  events: EventsTable;
  remarks: RemarksTable;
  drafts: DraftsTable;
  practices: PracticesTable;
  slots: SlotsTable;
  insights: InsightsTable;
  notices: NoticesTable;
  sweeps: SweepsTable;
  deliveries: DeliveriesTable;
  people: PeopleTable;
  person_marks: PersonMarksTable;
  dm_channels: DmChannelsTable;
  channels: ChannelsTable;
  installations: InstallationsTable;
  uninstalled: UninstalledTable;
  settings: SettingsTable;
  settings_history: SettingsHistoryTable;
  gives_used: GivesUsedTable;
  refused_blocks: RefusedBlocksTable;
  playbooks: PlaybooksTable;
  playbook_versions: PlaybookVersionsTable;
  buckets: BucketsTable;
  bucket_turns: BucketTurnsTable;
  lostdeal_migrations: MigrationsTable;
}

export type Db = Kysely<Database>;
export type Trx = Transaction<Database>;
