/** What the store offers about workspaces: their people, channels, settings and installations. Times are ms UTC. */
import type { Tenant, UserId } from '../../deal/model/deal';
import type { PlaybookSource } from '../../playbook/schema';

/** What stands in a JSON column. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

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
  /** Workspaces that have chosen something, those among them that the app has left. */
  tenantsWithSettings(): Promise<Tenant[]>;
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
