/**
 * Plans the operations after which Slack shows the wanted slots. Pure: it compares wanted with stored slots. First come
 * the look-ups of unresolved posts, then posts in the order of the thread, then edits, since only posts alert people.
 *
 * A pass performs the first operation and plans again, so that no plan depends on how an operation ends.
 */
import type { Ask, Deal } from '../../deal/model/deal';
import type { Privacy, StoredSlot } from '../../store/store';
import type { Timing } from '../timing';
import { isOfThread, type WantedSlot } from '../types';
import { contentHash } from './contentHash';
import { isOlder } from './messageTs';

export type Operation =
  /** Looks for the message of a post whose result is unknown. */
  | {
      readonly do: 'look_up';
      readonly key: string;
      readonly stored: StoredSlot;
      readonly wanted: WantedSlot | null;
    }
  /** Looks for the first message of a slot that was posted again. */
  | {
      readonly do: 'look_for_duplicate';
      readonly key: string;
      readonly stored: StoredSlot;
      readonly wanted: WantedSlot | null;
    }
  | { readonly do: 'drop'; readonly key: string; readonly why: 'overtaken' | 'no_thread' | 'unwanted' }
  | {
      readonly do: 'post';
      readonly key: string;
      readonly wanted: WantedSlot;
      /** Null for the root, for DMs, and while the root is not posted. */
      readonly threadTs: string | null;
      /** True after look-ups found nothing: a late duplicate may appear. */
      readonly again: boolean;
    }
  | {
      readonly do: 'edit';
      readonly key: string;
      readonly wanted: WantedSlot;
      readonly stored: StoredSlot;
      readonly channel: string;
      readonly ts: string;
    };

/** Why and until when a slot waits, ms UTC. */
export interface Hold {
  readonly until: number;
  /** Slack refuses its content, so later messages of the thread do not wait for it. */
  readonly alone: boolean;
  /** It waits only for its turn at the rate limits. */
  readonly turn: boolean;
}

/** This release's rendering of the revision that Slack last showed. */
export interface LastShown {
  readonly revision: number;
  readonly privacy: Privacy;
  /** Content hashes by key. */
  readonly hashes: ReadonlyMap<string, string>;
}

/** The facts about an owner that operations need. */
export interface Owner {
  readonly revision: number;
  /** A lost thread starts again. */
  readonly isOpen: boolean;
  /** Null: the deal has no ask, or the owner is a notice. */
  readonly ask: Ask | null;
}

export interface PlanInput {
  readonly wanted: readonly WantedSlot[];
  readonly stored: readonly StoredSlot[];
  readonly owner: Pick<Owner, 'isOpen' | 'ask'>;
  readonly now: number;
  readonly timing: Pick<Timing, 'callTimeoutMs' | 'settleMs' | 'duplicateMs' | 'pollMs'>;
  /** Null: unknown, so every message whose content differs is edited. */
  readonly lastShown: LastShown | null;
  /** Null: it need not wait. */
  readonly held: (slot: {
    readonly key: string;
    readonly inThread: boolean;
    readonly hash: string | null;
  }) => Hold | null;
}

export interface Plan {
  readonly operations: readonly Operation[];
  /** When the first waiting operation can go on, ms UTC; null: nothing waits. */
  readonly waitUntil: number | null;
}

/** How many looks without a result precede a repeated post. */
export const LOOKS_BEFORE_REPOST = 2;

export const isOpen = (deal: Pick<Deal, 'stage'>): boolean =>
  deal.stage !== 'closed' && deal.stage !== 'withdrawn';

/**
 * True for a closed deal whose thread is complete. It stays as it is, so that a new release neither edits old threads
 * nor posts beneath them.
 */
export const isFrozen = (deal: Pick<Deal, 'stage' | 'revision'>, renderedRevision: number): boolean =>
  !isOpen(deal) && deal.revision <= renderedRevision;

/** True for a post whose result is unknown. */
export const isUnresolved = (slot: StoredSlot): boolean =>
  slot.state === 'intended' && slot.intentAt !== null;

/** @throws Error for replies without a root, which is a fault of the renderer */
export function plan(input: PlanInput): Plan {
  const { wanted, now } = input;
  // Last words are edits only, so their root may be deleted.
  const needsRoot = wanted.some(({ place, overtaken }) => place.in === 'thread' && !overtaken);
  if (needsRoot && !wanted.some(({ place }) => place.in === 'root')) {
    throw new Error('a thread was rendered without its root');
  }
  const stored = new Map(input.stored.map((slot) => [slot.key, slot]));
  const wantedByKey = new Map(wanted.map((slot) => [slot.key, slot]));
  const waits: number[] = [];

  const settle: Operation[] = [];
  for (const slot of input.stored) {
    const operation = settling(slot, wantedByKey.get(slot.key) ?? null);
    if (operation === null) continue;
    const hold = input.held({
      key: slot.key,
      inThread: inThread(wantedByKey.get(slot.key)),
      hash: slot.hash,
    });
    const at = Math.max(settlesAt(slot, input.timing), hold?.until ?? 0);
    if (at <= now) settle.push(operation);
    // Our own `message` event may resolve it long before a look-up.
    else waits.push(isUnresolved(slot) ? Math.min(at, now + input.timing.pollMs) : at);
  }

  const drops: Operation[] = [];
  const posts: Operation[] = [];
  const edits: Operation[] = [];
  const root = rootOf(wanted, stored, input.owner.isOpen);
  // Replies keep their order, so the later ones wait for one that is held.
  let threadStopped = false;
  // An edit must not use the turn of a post that alerts somebody.
  let alertWaits = false;
  for (const slot of wanted) {
    const known = stored.get(slot.key);
    const threaded = inThread(slot);
    const move = decide(slot, known, root, input);
    if (move === 'leave') continue;
    if (move === 'unresolved') {
      threadStopped ||= threaded;
      continue;
    }
    if (move === 'overtaken' || move === 'no_thread') {
      drops.push({ do: 'drop', key: slot.key, why: move });
      continue;
    }
    if (move === 'post' && threaded && threadStopped) continue;
    const hold = input.held({ key: slot.key, inThread: threaded, hash: contentHash(slot) });
    if (hold !== null && hold.until > now) {
      waits.push(hold.until);
      alertWaits ||= move === 'post' && hold.turn;
      if (move === 'post' && threaded) threadStopped ||= !hold.alone || slot.place.in === 'root';
      continue;
    }
    if (move === 'post') {
      const threadTs = slot.place.in === 'thread' && root.stands ? root.ts : null;
      const again = (known?.lookups ?? 0) >= LOOKS_BEFORE_REPOST;
      posts.push({ do: 'post', key: slot.key, wanted: slot, threadTs, again });
    } else {
      edits.push({ do: 'edit', key: slot.key, wanted: slot, ...move });
    }
  }
  for (const slot of input.stored) {
    const neverPosted = slot.state === 'intended' && slot.intentAt === null;
    if (neverPosted && !wantedByKey.has(slot.key)) drops.push({ do: 'drop', key: slot.key, why: 'unwanted' });
  }
  return {
    operations: [...drops, ...settle, ...posts, ...(alertWaits ? [] : edits)],
    waitUntil: waits.length === 0 ? null : Math.min(...waits),
  };
}

const inThread = (slot: WantedSlot | undefined): boolean => slot !== undefined && isOfThread(slot.place);

function settling(slot: StoredSlot, wanted: WantedSlot | null): Operation | null {
  if (isUnresolved(slot)) return { do: 'look_up', key: slot.key, stored: slot, wanted };
  if (slot.state === 'posted' && slot.intentAt !== null) {
    return { do: 'look_for_duplicate', key: slot.key, stored: slot, wanted };
  }
  return null;
}

/**
 * Time of the next look, ms UTC: after the call's timeout and the time its message may take; later for the second look.
 */
function settlesAt(slot: StoredSlot, timing: PlanInput['timing']): number {
  const intentAt = slot.intentAt ?? 0;
  if (slot.state === 'posted') return intentAt + timing.duplicateMs;
  return intentAt + timing.callTimeoutMs + timing.settleMs * (1 + slot.lookups);
}

type Root =
  | { readonly stands: true; readonly ts: string }
  /** `comes`: this plan or a later one posts it. */
  | { readonly stands: false; readonly comes: boolean };

function rootOf(wanted: readonly WantedSlot[], stored: ReadonlyMap<string, StoredSlot>, open: boolean): Root {
  const slot = wanted.find(({ place }) => place.in === 'root');
  const known = slot && stored.get(slot.key);
  if (known?.state === 'posted' && known.ts !== null) return { stands: true, ts: known.ts };
  return { stands: false, comes: slot !== undefined && (open || known?.state !== 'gone') };
}

type Move =
  | 'leave'
  | 'unresolved'
  | 'overtaken'
  | 'no_thread'
  | 'post'
  | { readonly stored: StoredSlot; readonly channel: string; readonly ts: string };

function decide(
  slot: WantedSlot,
  known: StoredSlot | undefined,
  root: Root,
  { owner, lastShown }: Pick<PlanInput, 'owner' | 'lastShown'>,
): Move {
  const threaded = slot.place.in === 'thread';
  const threadLost = threaded && !root.stands && !root.comes;
  switch (known?.state) {
    case undefined:
      return slot.overtaken ? 'overtaken' : threadLost ? 'no_thread' : 'post';
    case 'intended':
      if (known.intentAt !== null) return 'unresolved';
      return slot.overtaken ? 'overtaken' : threadLost ? 'no_thread' : 'post';
    case 'dropped':
      // Wanted again: it was dropped while the rep was back on the call or the deal removed, and no later one says more.
      if (slot.overtaken) return 'leave';
      if (slot.place.in === 'root') return !root.stands && root.comes ? 'post' : 'leave';
      if (!threaded) return isPendingAsk(slot, owner) ? 'post' : 'leave';
      return !threadLost && carriesOver(slot, owner) ? 'post' : 'leave';
    case 'refused':
      return 'leave';
    case 'gone':
      // People or a retention policy deleted it. It stays gone, except a pending ask, which must not be lost.
      if (threadLost) return 'leave';
      if (slot.place.in === 'root') return root.stands || !root.comes ? 'leave' : 'post';
      if (isPendingAsk(slot, owner)) return 'post';
      return threaded && isOfEarlierThread(known, root) && carriesOver(slot, owner) ? 'post' : 'leave';
    case 'posted': {
      // Slack's answer to a file has no ts, and nothing edits it.
      if (slot.file !== undefined) return 'leave';
      if (known.channel === null || known.ts === null) return 'post';
      if (threaded && !threadLost && isOfEarlierThread(known, root)) {
        return carriesOver(slot, owner) ? 'post' : 'leave';
      }
      return known.hash === contentHash(slot) || isOnlyReworded(slot, known, lastShown)
        ? 'leave'
        : { stored: known, channel: known.channel, ts: known.ts };
    }
  }
}

/** True if only the words of this release differ from what Slack shows, while the deal says the same. */
function isOnlyReworded(slot: WantedSlot, known: StoredSlot, lastShown: LastShown | null): boolean {
  if (lastShown === null || known.hash === null) return false;
  const { shows } = known;
  // An interrupted pass has shown a later revision.
  const isOther =
    shows !== null && (shows.revision > lastShown.revision || shows.privacy !== lastShown.privacy);
  return !isOther && lastShown.hashes.get(slot.key) === contentHash(slot);
}

/** True for a reply that is older than the root: it belongs to a root that is gone. */
const isOfEarlierThread = (known: StoredSlot, root: Root): boolean =>
  !root.stands || (known.ts !== null && isOlder(known.ts, root.ts));

/** True for messages that a new thread repeats once the root is gone; the others stay in the old one. */
const carriesOver = (slot: WantedSlot, owner: PlanInput['owner']): boolean =>
  slot.key.split(':')[0] === 'transcript' || isPendingAsk(slot, owner);

/**
 * The key of an ask is `ask:<sequence number of the event>:<user>`, of its DM copy `ask-dm:…`; of an approval
 * `approval:…` and `approval-dm:…`.
 */
export function isPendingAsk(slot: WantedSlot, { ask }: Pick<Owner, 'ask'>): boolean {
  const [kind, event] = slot.key.split(':');
  if (slot.overtaken || ask === null) return false;
  if (kind === 'approval' || kind === 'approval-dm') return event === String(ask.approval?.id);
  if ((kind !== 'ask' && kind !== 'ask-dm') || ask.status !== 'pending') return false;
  return [ask.addressedBy, ask.id, ...ask.escalations.map(({ id }) => id)].some((id) => event === String(id));
}
