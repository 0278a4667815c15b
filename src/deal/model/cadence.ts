/** Trying to reach somebody: three calls, of which two leave a voicemail, and two mails. */

export const TRY_MOVES = ['voicemail', 'thank_you', 'call', 'last_voicemail', 'last_mail'] as const;
/** `thank_you` and `last_mail` are mails. The second call, `call`, leaves no message. */
export type TryMove = (typeof TRY_MOVES)[number];

/** The moves of one direct message: one, or a call and the mail that joins it. */
export interface PlannedTry {
  /** ms UTC */
  readonly at: number;
  readonly moves: readonly TryMove[];
}

/** A direct message that went out. */
export interface RemindedTry {
  /** Sequence number of its event. */
  readonly id: number;
  readonly at: number;
  readonly moves: readonly TryMove[];
  /** `done`: the rep did it, and nobody was reached. `moved`: the rep named another time. Null: neither yet. */
  readonly report: 'done' | 'moved' | null;
}

export interface Cadence {
  /** When the first call reached nobody; the days count from it. */
  readonly since: number;
  /** The tries still to come, the next one first. Empty: the deal closes soon. */
  readonly plan: readonly PlannedTry[];
  /** Oldest first. The first one is the voicemail. */
  readonly reminded: readonly RemindedTry[];
}

/** The calls that the rep still has to make; the first one is made when the cadence begins. */
const CALLS: readonly TryMove[] = ['call', 'last_voicemail'];

export const isCall = (move: TryMove): boolean => CALLS.includes(move);

export const hasCall = ({ moves }: Pick<PlannedTry, 'moves'>): boolean => moves.some(isCall);

/** The call that the rep has a reminder of and has not reported; null: there is none. */
export function openCall({ reminded }: Cadence): RemindedTry | null {
  const last = reminded.at(-1);
  return last !== undefined && last.report === null && hasCall(last) ? last : null;
}

/** ms UTC; null: no call is planned. */
export const nextCallAt = (plan: readonly PlannedTry[]): number | null => plan.find(hasCall)?.at ?? null;
