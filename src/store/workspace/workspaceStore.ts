/** The store's interface for workspaces: people, channels, settings and installations. Times are ms UTC. */
import type { Tenant, UserId } from '../../deal/model/deal';
import type { PlaybookSource, Practice, Reason } from '../../playbook/schema';

/** Content of a JSON column. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** A workspace whose Slack refused charts gets none for a week, ms. */
export const BLOCKS_REFUSED_MS = 7 * 24 * 60 * 60_000;

export interface KnownPerson {
  readonly userId: UserId;
  readonly realName: string;
  /** IANA zone. */
  readonly tz: string;
  readonly isAdmin: boolean;
  readonly isBot: boolean;
  readonly isStranger: boolean;
  readonly isGuest: boolean;
  readonly deleted: boolean;
  readonly fetchedAt: number;
}

export interface KnownChannel {
  readonly channel: string;
  readonly isPrivate: boolean;
  /** People of another company read it, or are invited to. */
  readonly isShared: boolean;
  readonly fetchedAt: number;
}

/** A change of one setting. */
export interface SettingsChange {
  readonly field: string;
  /** The entry, if the field is a list: a team's name, a person's id. */
  readonly item: string | null;
  /** The part, if the field or entry has parts. */
  readonly part: string | null;
  /** Null in `from` or `to`: the setting was missing before, or is missing after. */
  readonly from: Json;
  readonly to: Json;
}

export interface SettingsEntry extends SettingsChange {
  readonly seq: number;
  readonly at: number;
  /** Null: the clock made it. */
  readonly by: UserId | null;
}

export interface ChangedSettings {
  readonly settings: unknown;
  readonly history: readonly SettingsChange[];
  /** The people whose deals may be due at other times, an empty one for everybody; absent: nobody's. */
  readonly moveWakesOf?: readonly string[];
  /** Changes of the people named as admins, of which all admins hear; absent: none. */
  readonly adminsChanged?: readonly string[];
  /** The version of a playbook that an admin chose; nothing is stored if it no longer waits. Absent: none. */
  readonly chooses?: VersionChosen;
}

export interface SettingsStore {
  /** The settings as JSON, which the caller validates; null: defaults. `fresh`: past the cache of a second. */
  settings(tenant: Tenant, how?: 'fresh'): Promise<unknown>;
  saveSettings(tenant: Tenant, settings: unknown): Promise<void>;
  /** Workspaces with settings, including those that the app has left. */
  tenantsWithSettings(): Promise<Tenant[]>;
  /**
   * Stores settings and their history in one transaction. `change` receives the stored settings and returns the new
   * ones, or null to store nothing. It runs again if somebody else was faster. An empty history stores only that the
   * delivery had its effect.
   * @param deliveryKey the same delivery changes settings once; absent: the clock acts
   * @returns `duplicate` when this delivery had its effect earlier; nothing is stored then
   */
  changeSettings(
    tenant: Tenant,
    at: number,
    by: UserId | null,
    change: (stored: unknown) => ChangedSettings | null,
    deliveryKey?: string,
  ): Promise<'changed' | 'unchanged' | 'duplicate'>;
  /** Newest first; with `before`, only entries older than that one. */
  settingsHistory(tenant: Tenant, limit: number, before?: number): Promise<SettingsEntry[]>;
}

/** The version of one playbook that a workspace uses. Its first call writes the row. */
export interface VersionInUse {
  /** Or `REASONS_ID`. */
  readonly playbookId: string;
  readonly hash: string;
  /** The operators wrote or changed it. False: it came with a release, or nobody knows. */
  readonly isOwn: boolean;
}

export interface PlaybookVersions extends VersionInUse {
  /** What the files have instead. Null: the same version. */
  readonly next: {
    readonly hash: string;
    /** An admin chose to keep the version in use. */
    readonly isKeptOut: boolean;
  } | null;
}

/** A version that the files of this start have. */
export type LoadedVersion = VersionInUse;

export interface VersionChosen {
  readonly playbookId: string;
  /** Of the version that waits. */
  readonly hash: string;
  readonly how: 'use' | 'keep';
}

export interface PlaybookVersionStore {
  /**
   * Stores a version of a playbook, so that a deal can finish with the version that it started with.
   * @param practice the prospects of this version now; null: it has none of its own
   */
  savePlaybook(hash: string, body: PlaybookSource, practice: Practice | null): Promise<void>;
  playbook(
    hash: string,
  ): Promise<{ readonly source: PlaybookSource; readonly practice: Practice | null } | null>;
  /** Stores a version of the list of reasons. */
  saveReasons(hash: string, reasons: readonly Reason[]): Promise<void>;
  reasons(hash: string): Promise<readonly Reason[] | null>;
  /** The playbooks that this workspace has used, and its list of reasons. */
  playbookVersions(tenant: Tenant): Promise<readonly PlaybookVersions[]>;
  /** Notes the first version of a playbook that a workspace uses. It changes nothing where one is in use. */
  useFirstVersion(tenant: Tenant, version: VersionInUse): Promise<void>;
  /**
   * Compares what the files have with what workspaces use. A release's version of a playbook that nobody edited is used
   * at once, and so is every version with `use`; any other one waits for the admins of each workspace, and asks for a
   * sweep that tells them.
   */
  versionsLoaded(loaded: readonly LoadedVersion[], how: 'wait' | 'use'): Promise<void>;
}

export interface WorkspaceStore extends SettingsStore, PlaybookVersionStore {
  person(tenant: Tenant, userId: UserId): Promise<KnownPerson | null>;
  /** A new time zone or the leaving of a person moves the wakes of their deals. */
  savePerson(tenant: Tenant, person: KnownPerson): Promise<void>;
  /** Whether a person wants to read advice after their calls, which they do until they say otherwise. */
  wantsAdvice(tenant: Tenant, userId: UserId): Promise<boolean>;
  saveWantsAdvice(tenant: Tenant, userId: UserId, wants: boolean): Promise<void>;
  wasOfferedPractice(tenant: Tenant, userId: UserId): Promise<boolean>;
  saveOfferedPractice(tenant: Tenant, userId: UserId): Promise<void>;
  /** Slack's admins and owners among the known people who have not left; last seen first. */
  knownAdmins(tenant: Tenant, limit: number): Promise<string[]>;
  /** The DM channel with a person; null until one was opened. */
  dmChannel(tenant: Tenant, userId: UserId): Promise<string | null>;
  saveDmChannel(tenant: Tenant, userId: UserId, channel: string): Promise<void>;
  channel(tenant: Tenant, channel: string): Promise<KnownChannel | null>;
  /**
   * A channel that people of another company read, or everybody in the workspace, asks for a sweep of its threads.
   */
  saveChannel(tenant: Tenant, channel: KnownChannel): Promise<void>;
  /** Channels of all workspaces last asked about before this moment, ms UTC, the longest ago first. */
  channelsToAsk(
    before: number,
    limit: number,
  ): Promise<readonly { readonly tenant: Tenant; readonly channel: string }[]>;
  /** The workspace's Slack refused charts, and gets none until then, ms UTC; 0: it did not. */
  refusedBlocksUntil(tenant: Tenant): Promise<number>;
  saveRefusedBlocks(tenant: Tenant, until: number): Promise<void>;
  /** The installation with its bot's identity. With an ENCRYPTION_KEY, the token is encrypted at rest. */
  installation(tenant: Tenant): Promise<Installation | null>;
  installations(): Promise<Installation[]>;
  saveInstallation(installation: Installation): Promise<void>;
  /** Notes when the workspace uninstalled the app; installing it again forgets that. */
  deleteInstallation(tenant: Tenant, at: number): Promise<void>;
  /** Workspaces that uninstalled the app, and when. */
  uninstalled(): Promise<readonly { readonly tenant: Tenant; readonly at: number }[]>;
  /** Erases everything of a workspace that uninstalled the app then, for good. @returns the number of its deals, or null if it is installed again */
  eraseUninstalled(tenant: Tenant, at: number): Promise<number | null>;
}

export interface Installation {
  readonly tenant: Tenant;
  /** Empty if the token comes from the environment. */
  readonly botToken: string;
  readonly botId: string;
  readonly botUserId: string;
  readonly appId: string;
  readonly teamName: string;
  /** Channel for threads; null: the environment's. */
  readonly channel: string | null;
}
