/** What is decided once for every kind of message: its key, where it stands, what it shows and its last words. */
import type { KnownBlock } from '@slack/types';
import type { Deal, UserId } from '../../deal/model/deal';
import { fallbackText, line, type Part, rich } from '../text';
import { dm, type Place, type RenderContext, type Slot, THREAD } from './slot';

/** Of these a deal has one message: the kind is the whole key. */
export type Single = Record<never, never>;

/** One message for each event, or for each moment: `nudge:15`. */
export interface Numbered {
  /** Sequence number of the event, the number of the try, or when it happened, ms UTC. */
  readonly id: number;
}

/** One message for each event and addressee: `ask:12:U024BE7LH`. */
export interface Addressed extends Numbered {
  /** A user, or a channel. */
  readonly to: string;
}

/** How the key goes on behind its kind. Stored keys name messages that stand in Slack, so these forms stay as they are. */
interface KeyForm<K> {
  readonly encode: (key: K) => readonly (string | number)[];
  /** Null: not of this form. */
  readonly parse: (parts: readonly string[]) => K | null;
}

const numberIn = (part: string | undefined): number | null =>
  part !== undefined && /^\d+$/u.test(part) ? Number(part) : null;

export const SINGLE: KeyForm<Single> = {
  encode: () => [],
  parse: (parts) => (parts.length === 0 ? {} : null),
};

export const NUMBERED: KeyForm<Numbered> = {
  encode: ({ id }) => [id],
  parse: ([first, ...rest]) => {
    const id = numberIn(first);
    return id === null || rest.length > 0 ? null : { id };
  },
};

export const ADDRESSED: KeyForm<Addressed> = {
  encode: ({ id, to }) => [id, to],
  parse: ([first, to, ...rest]) => {
    const id = numberIn(first);
    return id === null || to === undefined || to === '' || rest.length > 0 ? null : { id, to };
  },
};

/**
 * `call`: no verdict yet, so there is no thread. `not_a_loss`: the call showed that it goes on, so nothing is followed up.
 * The thread of a deal that somebody removed stays, since it may be brought back.
 */
export type Phase = 'call' | 'thread' | 'not_a_loss';

export function phaseOf({ verdict, stage, removed }: Deal): Phase {
  if (verdict === null) return 'call';
  return stage === 'withdrawn' && removed === null ? 'not_a_loss' : 'thread';
}

/** One message of a kind. */
export interface Message<K> {
  readonly key: K;
  /** What a notification says. */
  readonly fallback: readonly Part[];
  readonly blocks: readonly KnownBlock[];
  /** The channel shows this reply too. Default: no. */
  readonly broadcast?: boolean;
  /** A later one says more. Default: no. */
  readonly overtaken?: boolean;
  /** Whom it alerts where others read too, as no direct message tells them. Default: nobody. */
  readonly mentions?: readonly UserId[];
}

/** Why a message of this kind stays part of the thread once it was. A property test holds it to that. */
export interface NeverLeaves {
  readonly neverLeaves: string;
}

interface Definition<K> {
  /** First part of the key. */
  readonly kind: string;
  readonly key: KeyForm<K>;
  readonly place: (deal: Deal, key: K) => Place;
  /** Whether somebody is to be alerted by it. */
  readonly notifies: boolean;
  /** While the deal is in one of these its messages are part of the thread. */
  readonly phases: readonly Phase[];
  /** In the order of the thread. */
  readonly messages: (deal: Deal, context: RenderContext) => readonly Message<K>[];
  /**
   * What stands in the place of a message that is no longer part of the thread. Without buttons, and in the thread
   * without names: the channel may be public.
   */
  readonly lastWords: ((deal: Deal, key: K, context: RenderContext) => readonly Part[]) | NeverLeaves;
}

export interface MessageKind {
  readonly kind: string;
  readonly neverLeaves: boolean;
  /** What the deal wants to stand, with the number in the key. */
  readonly wanted: (deal: Deal, context: RenderContext) => readonly { id: number; slot: Slot }[];
  /** @param parts of the key, behind the kind. Null: it stays as it is */
  readonly retired: (deal: Deal, parts: readonly string[], context: RenderContext) => Slot | null;
}

/** A kind for the table of `renderThread.ts`. */
export function messageKind<K extends Single | Numbered | Addressed>(definition: Definition<K>): MessageKind {
  const { kind, key: form, place, notifies, phases, lastWords } = definition;
  const slotOf = (
    deal: Deal,
    { key, fallback, blocks, broadcast = false, overtaken = false, mentions = [] }: Message<K>,
  ): Slot => ({
    key: [kind, ...form.encode(key)].join(':'),
    place: place(deal, key),
    text: fallbackText(fallback),
    blocks,
    notifies,
    ...(broadcast ? { broadcast: true } : {}),
    ...(mentions.length > 0 ? { mentions } : {}),
    // Nobody hears anything new of a removed deal.
    overtaken: overtaken || deal.removed !== null,
  });
  return {
    kind,
    neverLeaves: typeof lastWords !== 'function',
    wanted(deal, context) {
      if (!phases.includes(phaseOf(deal))) return [];
      return definition.messages(deal, context).map((message) => ({
        id: 'id' in message.key ? message.key.id : 0,
        slot: slotOf(deal, message),
      }));
    },
    retired(deal, parts, context) {
      const key = form.parse(parts);
      if (key === null || typeof lastWords !== 'function') return null;
      const words = lastWords(deal, key, context);
      const slot = slotOf(deal, { key, fallback: words, blocks: [rich(line(...words))], overtaken: true });
      // Never posted, only edited.
      return { ...slot, notifies: false };
    },
  };
}

export const IN_THREAD = () => THREAD;
export const TO_REP = ({ rep }: Deal): Place => dm(rep);
export const TO_ADDRESSEE = (_deal: Deal, { to }: Addressed): Place => dm(to);
