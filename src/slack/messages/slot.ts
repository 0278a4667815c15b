/** One message of a deal's thread, with a stable key: the unit that the reconciler posts and updates. */
import type { Block, KnownBlock, MessageMetadata } from '@slack/types';
import * as z from 'zod';
import type { UserId } from '../../deal/model/deal';
import type { KeptRemark } from '../../deal/model/remark';
import type { Playbook, Reason } from '../../playbook/schema';
import type { Privacy, SlotOwner } from '../../store/store';

export type Place =
  | { readonly in: 'root' }
  | { readonly in: 'thread' }
  | { readonly in: 'dm'; readonly user: UserId }
  /** On its own in another channel than the thread's: whoever reads there may not know of the deal. */
  | { readonly in: 'channel'; readonly channel: string };

export interface Slot {
  /** Stable and deterministic: one key is one notification. */
  readonly key: string;
  readonly place: Place;
  /** Fallback for notifications and screen readers, safe to be parsed as mrkdwn. */
  readonly text: string;
  /** The first block is always rich text: Slack refuses to turn it into another kind (`block_mismatch`). */
  readonly blocks: readonly KnownBlock[];
  /** The same with blocks that some workspaces refuse; only for messages that are never edited. */
  readonly richer?: readonly (KnownBlock | Block)[];
  /** Somebody is to be alerted by it. */
  readonly notifies: boolean;
  /** Whom a mention alerts where others read too, as no direct message tells them. Absent: nobody. */
  readonly mentions?: readonly UserId[];
  /** The channel shows this reply too. */
  readonly broadcast?: true;
  /** Sent in place of text and blocks, which are never shown then. */
  readonly file?: SlotFile;
  /** A later one says more: if it was never posted it is dropped, if it was it is updated. */
  readonly overtaken: boolean;
}

/** A file, which whoever posts the message makes. */
export interface SlotFile {
  /** No two messages have the same: it finds the message again. */
  readonly name: string;
  readonly title: string;
  /** @param goesOn awaited every second or sooner; it throws when the making has to end */
  make(goesOn: () => Promise<void>): Promise<
    | {
        readonly kind: 'file';
        readonly path: string;
        readonly bytes: number;
        /** The words of its message. */
        readonly blocks: Slot['blocks'];
        discard(): Promise<void>;
      }
    | ({ readonly kind: 'words' } & Pick<Slot, 'text' | 'blocks'>)
  >;
  /** What to say when Slack takes no file. */
  refused(code: string): Pick<Slot, 'text' | 'blocks'>;
  /** Words in place of the file after failed tries; null: it is tried again. */
  givesUp(): Pick<Slot, 'text' | 'blocks'> | null;
}

/** What rendering needs besides the deal. No clock. */
export interface RenderContext {
  readonly privacy: Privacy;
  /** The version the deal started with. */
  readonly playbook: Playbook;
  readonly reasons: readonly Reason[];
  /** Replies that offer to record a decision, by their id. */
  readonly remarks: ReadonlyMap<number, KeptRemark>;
  /** For the signature of a mail; null: not known, or no message of the deal has a mail. */
  readonly repName: string | null;
  /** Full names of the people whom a button names, of those known. Absent: none. */
  readonly names?: ReadonlyMap<UserId, string>;
}

const SLOT_EVENT = 'lostdeal_slot';
const NOTICE_EVENT = 'lostdeal_notice';

/** Metadata of a slot's message: names its owner and slot, and carries no customer's words. */
export function slotMetadata(owner: SlotOwner, key: string): MessageMetadata {
  return owner.kind === 'deal'
    ? { event_type: SLOT_EVENT, event_payload: { deal: owner.id, slot: key } }
    : { event_type: NOTICE_EVENT, event_payload: { notice: owner.id } };
}

const name = z.string().min(1);
const metadataSchema = z.discriminatedUnion('event_type', [
  z.object({ event_type: z.literal(SLOT_EVENT), event_payload: z.object({ deal: name, slot: name }) }),
  z.object({ event_type: z.literal(NOTICE_EVENT), event_payload: z.object({ notice: name }) }),
]);

/** The owner and slot a message says it is, or null when it is not one of ours. */
export function slotOfMetadata(
  metadata: unknown,
): { readonly owner: SlotOwner; readonly key: string } | null {
  const parsed = metadataSchema.safeParse(metadata);
  if (!parsed.success) return null;
  const { event_payload: names } = parsed.data;
  return 'deal' in names
    ? { owner: { kind: 'deal', id: names.deal }, key: names.slot }
    : { owner: { kind: 'notice', id: names.notice }, key: names.notice };
}

export const ROOT: Place = { in: 'root' };
export const THREAD: Place = { in: 'thread' };

/** A direct message. */
export function dm(user: UserId): Place {
  return { in: 'dm', user };
}
