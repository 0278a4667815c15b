/** What the reconciler is given. It knows no configuration, no Bolt and no database: only these. */
import type { Block, KnownBlock, MessageMetadata } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import type { Deal, DealId, Tenant, UserId } from '../deal/model/deal';
import type { Logger } from '../log';
import type { BucketStore, Notice, Privacy, SlotOwner, WorkStore, WorkspaceStore } from '../store/store';
import type { CrashPoint } from './crashPoints';
import type { LimitSettings } from './slackApi/limits';
import type { Timing } from './timing';

export type Place =
  | { readonly in: 'root' | 'thread' }
  | { readonly in: 'dm'; readonly user: UserId }
  /** On its own, in another channel than the thread's. */
  | { readonly in: 'channel'; readonly channel: string };

/** Whether it belongs to the thread, and so goes where the thread goes. */
export const isOfThread = ({ in: where }: Place): boolean => where === 'root' || where === 'thread';

/** One message as it should stand in Slack; what `renderThread` makes. */
export interface WantedSlot {
  readonly key: string;
  readonly place: Place;
  /** The fallback shown in notifications. */
  readonly text: string;
  readonly blocks: readonly (KnownBlock | Block)[];
  /** Somebody is to be alerted by it, so it goes before the others. */
  readonly notifies: boolean;
  /** A later one says more; if it was never posted it never will be. */
  readonly overtaken: boolean;
}

/** A workspace we can talk to. */
export interface SlackAccess {
  /** Made by `createSlackClient`: no retries of its own, a finite timeout. */
  readonly client: WebClient;
  readonly botUserId: string;
  readonly botId: string;
  /** Where threads go; null when nobody has chosen a channel yet. */
  readonly channel: string | null;
  /** What the team lets a thread say in a public channel; absent: no names, words, terms or amounts. */
  readonly publicThreads?: Privacy;
}

/** What a team has chosen for the thread of a deal. */
export interface ThreadPlace {
  /** Null: where the installation says. */
  readonly channel: string | null;
  /** How much a thread says in a public channel. */
  readonly publicThreads: Privacy;
}

export interface ReconcilerDeps {
  readonly work: WorkStore;
  readonly workspace: WorkspaceStore;
  /** Rate limits, shared by all instances. */
  readonly buckets: BucketStore;
  /** ms UTC */
  readonly clock: { now(): number };
  /** ms from any start, never set back; measures leases. Default: the process's monotonic clock. */
  readonly monotonic?: () => number;
  /** Names this instance in leases; no two running instances share it. */
  readonly instance: string;
  readonly loadDeal: (tenant: Tenant, id: DealId) => Promise<Deal | null>;
  /** The deal as it was at an earlier revision; null: it is not known any more. */
  readonly loadDealAt: (tenant: Tenant, id: DealId, revision: number) => Promise<Deal | null>;
  /** Appends what is due by the clock. */
  readonly tick: (tenant: Tenant, id: DealId) => Promise<unknown>;
  readonly render: (deal: Deal, privacy: Privacy) => Promise<readonly WantedSlot[]>;
  /** The last words of messages that stand in Slack and are no longer part of the thread; none: leave it as it is. */
  readonly renderRetired: (
    deal: Deal,
    keys: readonly string[],
    privacy: Privacy,
  ) => Promise<readonly WantedSlot[]>;
  /** Null: this release has no such notice, and it is not posted. */
  readonly renderNotice: (notice: Notice) => WantedSlot | null;
  /** Names owner and slot to whoever finds the message; carries no customer's words. */
  readonly slotMetadata: (owner: SlotOwner, key: string) => MessageMetadata;
  /** Null: the app was removed from this workspace. */
  readonly slackFor: (tenant: Tenant) => Promise<SlackAccess | null>;
  /**
   * Where a thread that has not begun begins, and what it says. Default: where the installation says, short in public.
   * `fresh`: as chosen this very moment, wherever it was.
   */
  readonly threadPlace?: (deal: Deal, how?: 'fresh') => Promise<ThreadPlace>;
  /**
   * Notices that the thread of a deal cannot be written to; a channel of null: nobody has chosen one. `quietMs`: how
   * long nobody hears of the same channel again, whatever deals are in it. Default: none.
   */
  readonly noticesOfChannel?: (
    deal: Deal,
    channel: string | null,
  ) => Promise<readonly (Omit<Notice, 'revision'> & { readonly quietMs: number })[]>;
  /** Called before a deal is ticked or rendered, so that names and time zones are known. */
  readonly ensurePeople?: (tenant: Tenant, userIds: readonly UserId[]) => Promise<void>;
  /** Breaks off every call under way: the process is about to stop. */
  readonly abortCalls?: () => void;
  readonly logger: Pick<Logger, 'debug' | 'info' | 'warn' | 'error'>;
  readonly timing?: Partial<Timing>;
  readonly limits?: Partial<LimitSettings>;
  /** Deals worked on at once. */
  readonly concurrency?: number;
  /** Tests stop here, as a process that dies would. */
  readonly crashPoint?: (point: CrashPoint) => Promise<void>;
}
