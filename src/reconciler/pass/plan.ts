/**
 * What is to be done so that Slack shows what a deal wants shown. Pure: the wanted and the stored slots in,
 * operations out, in the order they should happen – first what is unclear is cleared up, then posts in the order of
 * the thread, then edits, as only posts alert anybody.
 *
 * The pass does the first one and plans again, so nothing here needs to foresee how an operation ends.
 */
import type { Ask, Deal } from '../../deal/model/deal';
import type { Privacy, StoredSlot } from '../../store/store';
import type { Timing } from '../timing';
import { isOfThread, type WantedSlot } from '../types';
import { contentHash } from './contentHash';
import { isOlder } from './messageTs';

export type Operation =
  /** A post whose result is not known: does its message stand in Slack? */
  | {
      readonly do: 'look_up';
      readonly key: string;
      readonly stored: StoredSlot;
      readonly wanted: WantedSlot | null;
    }
  /** It was posted again after being looked for in vain: did the first one turn up after all? */
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
      /** Was looked for in vain, so a late duplicate may turn up. */
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

/** Why a slot has to wait, from failed attempts. */
export interface Hold {
  readonly until: number;
  /** What comes after it in the thread need not wait for it: it is refused for what it says. */
  readonly alone: boolean;
  /** Nothing is wrong with it; the rate limits gave it a later turn. */
  readonly turn: boolean;
}

/** What this release makes of the deal as it was when it was last shown. */
export interface LastShown {
  readonly revision: number;
  readonly privacy: Privacy;
  /** Content hashes by key. */
  readonly hashes: ReadonlyMap<string, string>;
}

/** What operations need to know of the owner of their slots. */
export interface Owner {
  readonly revision: number;
  /** Its thread may begin anew. */
  readonly isOpen: boolean;
  /** Null: there is none, or the owner is no deal. */
  readonly ask: Ask | null;
}

export interface PlanInput {
  readonly wanted: readonly WantedSlot[];
  readonly stored: readonly StoredSlot[];
  readonly owner: Pick<Owner, 'isOpen' | 'ask'>;
  readonly now: number;
  readonly timing: Pick<Timing, 'callTimeoutMs' | 'settleMs' | 'duplicateMs' | 'pollMs'>;
  /** Null: not known, so whatever has other content than what stands is edited. */
  readonly lastShown: LastShown | null;
  /** Null: may go. */
  readonly held: (slot: {
    readonly key: string;
    readonly inThread: boolean;
    readonly hash: string | null;
  }) => Hold | null;
}

export interface Plan {
  readonly operations: readonly Operation[];
  /** When something that has to wait can go on, ms UTC; null: nothing waits. */
  readonly waitUntil: number | null;
}

/** Looks in vain after which a message is posted again. */
export const LOOKS_BEFORE_REPOST = 2;

export const isOpen = (deal: Pick<Deal, 'stage'>): boolean =>
  deal.stage !== 'closed' && deal.stage !== 'withdrawn';

/**
 * A closed deal whose thread was finished is never touched again: a new release must not rewrite old threads, nor
 * post beneath them.
 */
export const isFrozen = (deal: Pick<Deal, 'stage' | 'revision'>, renderedRevision: number): boolean =>
  !isOpen(deal) && deal.revision <= renderedRevision;

/** A post whose result is not known. */
export const isUnresolved = (slot: StoredSlot): boolean =>
  slot.state === 'intended' && slot.intentAt !== null;

/** @throws Error when there are replies but no root to put them under; the renderer never means that */
export function plan(input: PlanInput): Plan {
  const { wanted, now } = input;
  // Last words are only edited: they may stand beneath a root that somebody deleted.
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
    // Our own `message` event may answer long before a look would.
    else waits.push(isUnresolved(slot) ? Math.min(at, now + input.timing.pollMs) : at);
  }

  const drops: Operation[] = [];
  const posts: Operation[] = [];
  const edits: Operation[] = [];
  const root = rootOf(wanted, stored, input.owner.isOpen);
  // Replies keep their order: behind one that has to wait, the others wait too.
  let threadStopped = false;
  // Edits never take the place of somebody's alert.
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

/** Not before the call has timed out and Slack had time to show its message; a second look a while after the first. */
function settlesAt(slot: StoredSlot, timing: PlanInput['timing']): number {
  const intentAt = slot.intentAt ?? 0;
  if (slot.state === 'posted') return intentAt + timing.duplicateMs;
  return intentAt + timing.callTimeoutMs + timing.settleMs * (1 + slot.lookups);
}

type Root =
  | { readonly stands: true; readonly ts: string }
  /** `comes`: is posted, or posted again, by this plan or a later one. */
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
      // Wanted again: it was dropped because the rep was back on the call, not because a later one says more.
      if (slot.overtaken) return 'leave';
      if (slot.place.in === 'root') return !root.stands && root.comes ? 'post' : 'leave';
      return threaded && !threadLost && carriesOver(slot, owner) ? 'post' : 'leave';
    case 'gone':
      // Deleted by people or a retention policy: not posted again, but a pending ask must not be lost that way.
      if (threadLost) return 'leave';
      if (slot.place.in === 'root') return root.stands || !root.comes ? 'leave' : 'post';
      if (isPendingAsk(slot, owner)) return 'post';
      return threaded && isOfEarlierThread(known, root) && carriesOver(slot, owner) ? 'post' : 'leave';
    case 'posted': {
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

/** Nothing that it says has changed since it was shown: this release has other words for it. */
function isOnlyReworded(slot: WantedSlot, known: StoredSlot, lastShown: LastShown | null): boolean {
  if (lastShown === null || known.hash === null) return false;
  const { shows } = known;
  // A pass that was broken off has shown a later revision.
  const isOther =
    shows !== null && (shows.revision > lastShown.revision || shows.privacy !== lastShown.privacy);
  return !isOther && lastShown.hashes.get(slot.key) === contentHash(slot);
}

/** A reply is always younger than its root; an older one hangs beneath a root that is gone. */
const isOfEarlierThread = (known: StoredSlot, root: Root): boolean =>
  !root.stands || (known.ts !== null && isOlder(known.ts, root.ts));

/** When the root is gone, the new thread has what is needed to go on; the rest stays in the old one. */
const carriesOver = (slot: WantedSlot, owner: PlanInput['owner']): boolean =>
  slot.key.split(':')[0] === 'transcript' || isPendingAsk(slot, owner);

/**
 * Keys of asks are `ask:<sequence number of the event>:<user>`, of their twins `ask-dm:…`; of what waits for approval
 * `approval:…` and `approval-dm:…`.
 */
export function isPendingAsk(slot: WantedSlot, { ask }: Pick<Owner, 'ask'>): boolean {
  const [kind, event] = slot.key.split(':');
  if (slot.overtaken || ask === null) return false;
  if (kind === 'approval' || kind === 'approval-dm') return event === String(ask.approval?.id);
  if ((kind !== 'ask' && kind !== 'ask-dm') || ask.status !== 'pending') return false;
  return [ask.addressedBy, ask.id, ...ask.escalations.map(({ id }) => id)].some((id) => event === String(id));
}
