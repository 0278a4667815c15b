/** The dependencies of the reconciler. It knows no configuration, Bolt or database beyond these. */
import type { Block, KnownBlock, MessageMetadata } from '@slack/types';
import type { ConversationsInfoResponse, WebClient } from '@slack/web-api';
import type { Deal, DealId, Tenant, UserId } from '../deal/model/deal';
import type { Logger } from '../log';
import type {
  BucketStore,
  KnownChannel,
  Notice,
  Privacy,
  SlotOwner,
  WorkStore,
  WorkspaceStore,
} from '../store/store';
import type { CrashPoint } from './crashPoints';
import type { LimitSettings } from './slackApi/limits';
import type { LocalFile, Upload } from './slackApi/upload';
import type { Timing } from './timing';

export type Place =
  | { readonly in: 'root' | 'thread' }
  | { readonly in: 'dm'; readonly user: UserId }
  /** Outside the thread, in another channel. */
  | { readonly in: 'channel'; readonly channel: string };

/** True for a message of the thread, which moves with the thread to another channel. */
export const isOfThread = ({ in: where }: Place): boolean => where === 'root' || where === 'thread';

/** One message as Slack should show it; `renderThread` makes it. */
export interface WantedSlot {
  readonly key: string;
  readonly place: Place;
  /** The fallback, which notifications show. */
  readonly text: string;
  readonly blocks: readonly (KnownBlock | Block)[];
  /** The same with blocks that some workspaces refuse (`invalid_blocks`); tried before `blocks` when it is posted. */
  readonly richer?: readonly (KnownBlock | Block)[];
  /** It alerts somebody, so it is posted before the others. */
  readonly notifies: boolean;
  /** A reply that the channel of the thread shows too. Only a post can make it one, never an edit. Absent: no. */
  readonly broadcast?: true;
  /** Sent in place of `text` and `blocks`, which then only stand for its content. Never edited. */
  readonly file?: WantedFile;
  /** A later message says more. An overtaken message that was not posted yet is dropped. */
  readonly overtaken: boolean;
}

/** A message with a file, which is made right before it is sent, by the instance that sends it. */
export interface WantedFile {
  /** Finds the message again, as a file carries no metadata: no two slots have the same name. */
  readonly name: string;
  readonly title: string;
  /** @param goesOn to be awaited every second or sooner; it throws when the making has to end */
  make(goesOn: () => Promise<void>): Promise<MadeFile>;
  /** What to say when Slack takes no file; `code` is Slack's. */
  refused(code: string): Words;
  /** Called after a try that failed or whose process died. @returns words in place of the file; null: try again */
  givesUp(): Words | null;
}

export type MadeFile =
  | (LocalFile & {
      readonly kind: 'file';
      /** The words of its message. */
      readonly blocks: Words['blocks'];
      /** Removes the file. */
      discard(): Promise<void>;
    })
  /** There is nothing to send: this is said in its place. */
  | ({ readonly kind: 'words' } & Words);

export type Words = Pick<WantedSlot, 'text' | 'blocks'>;

/** Access to one workspace. */
export interface SlackAccess {
  /** Made by `createSlackClient`: no retries of its own, a finite timeout. */
  readonly client: WebClient;
  readonly botUserId: string;
  readonly botId: string;
  /** The channel of new threads; null: nobody has chosen one. */
  readonly channel: string | null;
  /** How much the team lets a thread say in a public channel; absent: no names, words, terms or amounts. */
  readonly publicThreads?: Privacy;
}

/** A team's choice for the thread of a deal. */
export interface ThreadPlace {
  /** Null: the channel of the installation. */
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
  /** A monotonic clock in ms, which measures leases. Default: the process's own. */
  readonly monotonic?: () => number;
  /** Names this instance in leases; no two running instances share it. */
  readonly instance: string;
  readonly loadDeal: (tenant: Tenant, id: DealId) => Promise<Deal | null>;
  /** The deal at an earlier revision; null: unknown. */
  readonly loadDealAt: (tenant: Tenant, id: DealId, revision: number) => Promise<Deal | null>;
  /** Appends the events that are due by the clock. */
  readonly tick: (tenant: Tenant, id: DealId) => Promise<unknown>;
  readonly render: (deal: Deal, privacy: Privacy) => Promise<readonly WantedSlot[]>;
  /** The last words of posted messages that have left the thread; a key without any keeps its message as it is. */
  readonly renderRetired: (
    deal: Deal,
    keys: readonly string[],
    privacy: Privacy,
  ) => Promise<readonly WantedSlot[]>;
  /**
   * Mentions in the thread of people to whom Slack refused a direct message, by the keys of these messages. Default:
   * none.
   */
  readonly renderUnreached?: (
    deal: Deal,
    refused: readonly string[],
    privacy: Privacy,
  ) => Promise<readonly WantedSlot[]>;
  /** Null: this release does not know the notice, which is then not posted. */
  readonly renderNotice: (notice: Notice) => WantedSlot | null | Promise<WantedSlot | null>;
  /** Identifies owner and slot of a message that is found in Slack; carries no customer's words. */
  readonly slotMetadata: (owner: SlotOwner, key: string) => MessageMetadata;
  /** What is kept of Slack's answer about a channel. */
  readonly knownChannel: (
    channel: string,
    answer: NonNullable<ConversationsInfoResponse['channel']>,
    now: number,
  ) => KnownChannel;
  /** Null: the app was removed from this workspace. */
  readonly slackFor: (tenant: Tenant) => Promise<SlackAccess | null>;
  /**
   * Where a new thread goes, and how much it says. Default: the installation's channel, and `short` in public.
   * `fresh`: reads the current choice, also one that another instance stored.
   */
  readonly threadPlace?: (deal: Deal, how?: 'fresh') => Promise<ThreadPlace>;
  /**
   * The notices that a deal's thread cannot be written to; `channel` null: nobody has chosen one. `quietMs`: how long
   * the same person gets no further notice of that channel, for any deal. Default: none.
   */
  readonly noticesOfChannel?: (
    deal: Deal,
    channel: string | null,
  ) => Promise<readonly (Omit<Notice, 'revision'> & { readonly quietMs: number })[]>;
  /** True: nothing is posted of this deal yet, as its rep may be none. Default: never. */
  readonly isHeldBack?: (deal: Deal) => Promise<boolean>;
  /** False: Slack has not described this person, so nothing goes to them yet. Asks Slack first. Default: always true. */
  readonly isDescribed?: (tenant: Tenant, user: UserId) => Promise<boolean>;
  /** Loads the names and time zones of people; called before a deal is ticked or rendered. */
  readonly ensurePeople?: (tenant: Tenant, userIds: readonly UserId[]) => Promise<void>;
  /** Sends a file to an upload URL of Slack's. Default: directly. @throws UploadError */
  readonly upload?: Upload;
  /** Aborts every running call when the process is about to stop. */
  readonly abortCalls?: () => void;
  readonly logger: Pick<Logger, 'debug' | 'info' | 'warn' | 'error'>;
  readonly timing?: Partial<Timing>;
  readonly limits?: Partial<LimitSettings>;
  /** How many deals and notices are worked on at once. */
  readonly concurrency?: number;
  /** Tests stop the reconciler here, as a crash would. */
  readonly crashPoint?: (point: CrashPoint) => Promise<void>;
}
