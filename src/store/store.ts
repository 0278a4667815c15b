/**
 * What the store offers to `coach` and `reconciler`. One implementation over Kysely serves SQLite and PostgreSQL.
 * Times are ms UTC from the caller's clock, except leases, which the database's own clock stamps.
 */
import type { Deal, DealId, Ledger, Stage, Tenant, UserId } from '../deal/deal';
import type { DealEvent } from '../deal/events';
import type { PlaybookSource } from '../playbook/schema';

/** What stands in a JSON column. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** Kept with a commit so that a delivery that comes twice has one effect. Forgotten after a day. */
export type DeliveryKey = string;

export interface Commit {
  readonly deal: Deal;
  readonly events: readonly DealEvent[];
  /** Revision the events were decided on; 0 for a new deal. */
  readonly expectedRevision: number;
  /** When the deal is next due, ms UTC; null: not by itself. */
  readonly wakeAt: number | null;
  /** Neither before nor after this commit has the deal any message: one that was clean stays clean. */
  readonly changesNoMessage?: boolean;
  readonly deliveryKey?: DeliveryKey;
}

export type CommitResult = 'committed' | 'conflict' | 'duplicate';

/** Everybody's deals, or those of these reps and of this manager. */
export type Whose = 'all' | { readonly reps: readonly UserId[]; readonly manager: UserId | null };

export interface DealListsStore {
  /** Open deals of which this person is the manager, newest activity first. */
  openOfManager(tenant: Tenant, manager: UserId, limit: number): Promise<Deal[]>;
  /** All open deals of a workspace, newest activity first. */
  openOfAll(tenant: Tenant, limit: number): Promise<Deal[]>;
  /** Closed deals that are due once more, for their re-engagement; soonest first. */
  ahead(
    tenant: Tenant,
    whose: Whose,
    page: { readonly limit: number; readonly offset: number },
  ): Promise<Deal[]>;
  /** Closed or withdrawn deals whose last event happened before this moment, oldest first. */
  closedBefore(tenant: Tenant, before: number, limit: number): Promise<Deal[]>;
  /** Forgets a deal with all its events and slots, for good; `false`: it has changed since. */
  erase(tenant: Tenant, id: DealId, revision: number): Promise<boolean>;
}

export interface DealsStore extends DealListsStore {
  load(tenant: Tenant, id: DealId): Promise<Deal | null>;
  /** Events in order. */
  events(tenant: Tenant, id: DealId): Promise<DealEvent[]>;
  /**
   * Appends events and the new state in one transaction; the deal becomes dirty, unless it changes no message.
   * Without events only the wake is moved, and the deal stays clean. `conflict` keeps nothing, the delivery key
   * neither: decide again, commit again.
   */
  commit(commit: Commit): Promise<CommitResult>;
  /** Open deals of a rep (all stages but closed and withdrawn), newest activity first. */
  openOfRep(tenant: Tenant, rep: UserId, limit: number): Promise<Deal[]>;
  /** Deals whose pending ask waits for one of these managers, earliest deadline first. */
  waitingFor(tenant: Tenant, managers: readonly UserId[], limit: number): Promise<Deal[]>;
  /** Closed or withdrawn deals of a rep, newest first. */
  recentlyClosedOfRep(tenant: Tenant, rep: UserId, limit: number): Promise<Deal[]>;
  /** The manager of this rep's newest deal that had one, to prefill. */
  lastManagerOfRep(tenant: Tenant, rep: UserId): Promise<UserId | null>;
  /**
   * Counts of earlier deals lost to the same competitor (compared case-insensitively, trimmed), and of those among
   * them whose offer was of one of these kinds.
   */
  ledger(tenant: Tenant, competitor: string, except: DealId, kinds: readonly string[]): Promise<Ledger>;
}

export interface StoredSlot {
  readonly dealId: DealId;
  readonly key: string;
  /** Null until the conversation is known. */
  readonly channel: string | null;
  readonly ts: string | null;
  /** Hash of what stands in Slack; null until posted. */
  readonly hash: string | null;
  /**
   * `intended`: a call to post was (or is about to be) made and its result is not known.
   * `posted`: stands in Slack. `gone`: deleted by people or a retention policy; not posted again. `dropped`: never posted, overtaken.
   */
  readonly state: 'intended' | 'posted' | 'gone' | 'dropped';
  /** Of an unresolved intent: when it was stored, ms UTC. */
  readonly intentAt: number | null;
  /** Look-ups made for an unresolved intent. */
  readonly lookups: number;
}

export interface Claim {
  readonly tenant: Tenant;
  readonly dealId: DealId;
  /** Revision last made visible in Slack. */
  readonly renderedRevision: number;
  readonly wakeAt: number | null;
  /** Names this claim in guarded writes. */
  readonly lease: string;
  /** Earlier claims since it was last finished or given back in order: they failed, or their process died. 0 the first time. */
  readonly attempts: number;
  /** Whoever had it last never gave it back: it died, or lost the database. */
  readonly orphaned: boolean;
}

export interface SetAsideDeal {
  readonly tenant: Tenant;
  readonly dealId: DealId;
  readonly rep: UserId;
  readonly account: string;
  /** When it was first set aside since it was last shown, ms UTC. */
  readonly since: number;
  readonly error: string;
  /** Claims since it was last shown. */
  readonly attempts: number;
}

export interface WorkFigures {
  /** Deals that Slack does not show as they are, those that wait for a retry among them. */
  readonly dirty: number;
  /** Since when the oldest of them waits, ms UTC; null: none does. */
  readonly dirtySince: number | null;
  readonly setAside: number;
  /** Stages without deals are left out. */
  readonly byStage: Readonly<Partial<Record<Stage, number>>>;
}

/**
 * Writes that take a claim are guarded by its lease. A lease that ran out still counts until somebody else claims
 * the deal: what was done in Slack meanwhile is better recorded than not.
 */
export interface WorkStore {
  /**
   * Claims up to `limit` deals that are dirty or due at `now` and not leased, for `leaseMs`: dirty ones first, the
   * longest waiting of them first. With `appointed`, only those that wait for a moment that has come: a retry, a turn
   * at the rate limits, a wake.
   */
  claim(owner: string, now: number, limit: number, leaseMs: number, which?: 'appointed'): Promise<Claim[]>;
  /** Releases; the deal is clean only if its revision is still the one rendered. `false`: the lease was lost. */
  finish(claim: Claim, renderedRevision: number): Promise<boolean>;
  /** Releases with a retry not before `at`; a new commit or touch of the deal ends the wait. `in_order`: nothing failed, so its tries are forgotten. */
  retryAt(claim: Claim, at: number, error: string, how?: 'in_order'): Promise<boolean>;
  /**
   * Releases a deal that could not be shown after its tries, and says so to whoever asks for `setAsideDeals`. It is
   * tried again at `at` (null: not by itself), and at once after a new commit or touch; it counts as set aside until
   * a claim of it is finished. `error` is a code, safe to show. `false`: the lease was lost.
   */
  setAside(claim: Claim, at: number | null, error: string): Promise<boolean>;
  /** Of a workspace, the longest set aside first. */
  setAsideDeals(tenant: Tenant, limit: number): Promise<SetAsideDeal[]>;
  /** For metrics, of all workspaces. It counts every deal by its stage: ask once a minute, not at each scrape. */
  figures(): Promise<WorkFigures>;
  /** Marks a deal dirty from outside (a message was deleted, say). */
  touch(tenant: Tenant, id: DealId): Promise<void>;
  /**
   * Marks all deals of a workspace dirty that wait for a retry not after `until`: what they wait for may be there.
   * Those that were set aside go on waiting. @returns which
   */
  hasten(tenant: Tenant, until: number): Promise<DealId[]>;
  /**
   * Earliest moment something can be claimed, 0 for dirty deals; null: nothing planned. With the caller's `now`, a
   * leased deal counts from the moment its lease runs out; without, leased deals are left out.
   */
  nextDue(now?: number): Promise<number | null>;
  slots(tenant: Tenant, id: DealId): Promise<StoredSlot[]>;
  /** Inserts or replaces; `false` when the lease was lost. */
  saveSlot(claim: Claim, slot: StoredSlot): Promise<boolean>;
  /** The deal and slot a Slack message belongs to, for replies and deletions. */
  findByMessage(tenant: Tenant, channel: string, ts: string): Promise<{ dealId: DealId; key: string } | null>;
  /** A message of ours was deleted in Slack; its deal becomes dirty. */
  markGone(tenant: Tenant, channel: string, ts: string): Promise<void>;
  /**
   * Resolves an intent by our own `message` event (metadata names deal and slot). `false`: the slot stands in
   * another message, or is not known; this one is a late twin.
   */
  resolveIntent(tenant: Tenant, dealId: DealId, key: string, channel: string, ts: string): Promise<boolean>;
}

export interface KnownPerson {
  readonly userId: UserId;
  readonly realName: string;
  /** IANA zone. */
  readonly tz: string;
  readonly isAdmin: boolean;
  readonly isBot: boolean;
  readonly isStranger: boolean;
  readonly deleted: boolean;
  readonly fetchedAt: number;
}

export interface KnownChannel {
  readonly channel: string;
  readonly isPrivate: boolean;
  readonly fetchedAt: number;
}

/** One thing in the settings that was changed. */
export interface SettingsChange {
  readonly field: string;
  /** Which one, where the field is a list: a team's name, a person's id. */
  readonly item: string | null;
  /** What of it, where it has parts. */
  readonly part: string | null;
  /** Null: there was nothing, or there is nothing any more. */
  readonly from: Json;
  readonly to: Json;
}

export interface SettingsEntry extends SettingsChange {
  readonly seq: number;
  readonly at: number;
  /** Null: the clock did it. */
  readonly by: UserId | null;
}

export interface SettingsStore {
  /** Team settings as JSON, validated by the reader; null: defaults. `fresh`: not as they were a second ago. */
  settings(tenant: Tenant, how?: 'fresh'): Promise<unknown>;
  saveSettings(tenant: Tenant, settings: unknown): Promise<void>;
  /**
   * Settings and their audit trail in one transaction. `change` is given what is stored and answers with what is to
   * be stored, or null for nothing; it is asked anew when somebody else was faster.
   */
  changeSettings(
    tenant: Tenant,
    at: number,
    by: UserId | null,
    change: (
      stored: unknown,
    ) => { readonly settings: unknown; readonly history: readonly SettingsChange[] } | null,
  ): Promise<void>;
  /** Newest first; with `before` only those older than that entry. */
  settingsHistory(tenant: Tenant, limit: number, before?: number): Promise<SettingsEntry[]>;
}

export interface WorkspaceStore extends SettingsStore {
  person(tenant: Tenant, userId: UserId): Promise<KnownPerson | null>;
  savePerson(tenant: Tenant, person: KnownPerson): Promise<void>;
  /** Slack's admins and owners among the people we have met who are still there; those seen last come first. */
  knownAdmins(tenant: Tenant, limit: number): Promise<string[]>;
  /** DM channel with a person, once opened. */
  dmChannel(tenant: Tenant, userId: UserId): Promise<string | null>;
  saveDmChannel(tenant: Tenant, userId: UserId, channel: string): Promise<void>;
  channel(tenant: Tenant, channel: string): Promise<KnownChannel | null>;
  saveChannel(tenant: Tenant, channel: KnownChannel): Promise<void>;
  /** Bot identity of an installation, learned once and kept. The token is encrypted when an ENCRYPTION_KEY is set. */
  installation(tenant: Tenant): Promise<Installation | null>;
  installations(): Promise<Installation[]>;
  saveInstallation(installation: Installation): Promise<void>;
  deleteInstallation(tenant: Tenant): Promise<void>;
  /** Keeps a playbook's version, so that a deal can finish with the one it started with. */
  savePlaybook(hash: string, body: PlaybookSource): Promise<void>;
  playbook(hash: string): Promise<PlaybookSource | null>;
}

export interface Installation {
  readonly tenant: Tenant;
  /** Empty when the token comes from the environment. */
  readonly botToken: string;
  readonly botId: string;
  readonly botUserId: string;
  readonly appId: string;
  readonly teamName: string;
  /** Channel for threads; null: the environment's. */
  readonly channel: string | null;
}

/** A token bucket of one workspace, named by its key: a channel, a method, all posts. */
export interface BucketTerms {
  readonly key: string;
  /** One call in this time, ms, */
  readonly intervalMs: number;
  /** and so many at once after a pause. */
  readonly burst: number;
}

/**
 * Rate limits that all instances share, by one clock: that of the database where there are many, the caller's where
 * there is one and they are kept in memory. Buckets give out appointments instead of refusals: who comes too early
 * is told how long to wait, and that turn stays theirs, whichever instance asks again for them.
 */
export interface BucketStore {
  /**
   * How long until `holder` may make a call that counts in all these buckets, ms; 0: now, and it is counted. Asked
   * again, it answers with the rest. A turn that is not taken within a minute is forgotten.
   */
  book(tenant: Tenant, holder: string, buckets: readonly BucketTerms[]): Promise<number>;
  /** `Retry-After`: nobody goes for so long, and then one by one. Turns already given move along. */
  pause(tenant: Tenant, bucket: BucketTerms, ms: number): Promise<void>;
  /**
   * Halves the bucket's rate, not below one call a second and not more often than each second, and takes its burst.
   * The rate comes back by one call a second in each half minute.
   */
  slowDown(tenant: Tenant, bucket: BucketTerms): Promise<void>;
}

/** What another instance did. */
export type Change =
  /** It became dirty: there may be work. */
  | { readonly what: 'deal'; readonly tenant: Tenant; readonly dealId: DealId }
  /** Settings, people, channels or the installation: what is remembered of this workspace may be old. */
  | { readonly what: 'workspace'; readonly tenant: Tenant }
  /** The connection was interrupted; nobody knows what was missed. */
  | { readonly what: 'anything' };

export interface Store {
  readonly deals: DealsStore;
  readonly work: WorkStore;
  readonly workspace: WorkspaceStore;
  readonly buckets: BucketStore;
  /** `many`: others may work on the same database, each with a store of its own. */
  readonly instances: 'one' | 'many';
  /**
   * Calls `onChange` for what other instances changed, mostly within milliseconds. Not a queue: a change may be told
   * twice, or not at all when its instance dies between its commit and telling, so whoever must not miss one also
   * looks every few seconds. With one instance it is never called.
   *
   * @returns ends it
   */
  changes(onChange: (change: Change) => void): () => void;
  /** Throws when the database does not answer. */
  ping(): Promise<void>;
  close(): Promise<void>;
}
