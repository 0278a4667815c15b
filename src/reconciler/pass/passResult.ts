/** The result of a pass. */
import type { Claim } from '../../store/store';
import { bringUpToDate, type Renderer } from './bringUpToDate';
import { PassEnded } from './lease';
import type { PassContext, Shared } from './passContext';

export type PassResult =
  /** Slack shows this revision. */
  | { readonly kind: 'done'; readonly revision: number }
  /** Slack shows this revision, and the store keeps nothing of the deal. */
  | { readonly kind: 'erase'; readonly revision: number }
  | {
      readonly kind: 'later';
      /** ms UTC */
      readonly at: number;
      /** A code, safe to log. */
      readonly why: string;
      /** True if it waits for a person, false if for a time. */
      readonly forPerson: boolean;
      /** Slack refused a message too often, for a fault of ours. */
      readonly parked: boolean;
      /** It must be marked dirty to be claimed again, since its revision has not changed since Slack last showed it. */
      readonly touch: boolean;
      /** The revision and the channel of the thread that the pass tried. */
      readonly with: { readonly revision: number; readonly channel: string | null };
    };

/** Brings Slack up to date as far as possible now. */
export async function finishPass(pass: PassContext, renderer: Renderer): Promise<PassResult> {
  const { claim, owner, retryState } = pass;
  const later = {
    kind: 'later',
    touch: owner.revision <= claim.renderedRevision,
    with: { revision: owner.revision, channel: pass.slack.channel },
  } as const;
  try {
    const waitUntil = await bringUpToDate(pass, renderer);
    if (waitUntil === null) return { kind: 'done', revision: owner.revision };
    return {
      ...later,
      at: waitUntil,
      why: retryState.parkedFor ?? retryState.reason ?? 'waiting',
      forPerson: retryState.waitsForPerson,
      parked: retryState.parkedFor !== null,
    };
  } catch (error) {
    if (!(error instanceof PassEnded) || error.reason === 'lease_lost') throw error;
    pass.log('debug', { why: error.reason }, 'a claim was given back');
    return { ...later, at: pass.now(), why: error.reason, forPerson: false, parked: false };
  }
}

/** The app was removed from this workspace. */
export const notInstalled = ({ deps, timing }: Shared, claim: Claim, revision: number): PassResult =>
  waitsForPerson(claim, { revision, channel: null }, deps.clock.now() + timing.slowRetryMs, 'not_installed');

interface Unconfirmed {
  readonly revision: number;
  readonly channel: string | null;
  /** Time since the deal was started, ms. */
  readonly age: number;
}

/** Slack has to describe the rep first. It is asked again at each try, and ever less often. */
export function repNotConfirmed(
  { deps, timing }: Shared,
  claim: Claim,
  { age, ...tried }: Unconfirmed,
): PassResult {
  const waitMs = Math.min(timing.slowRetryMs, Math.max(timing.pollMs, age));
  return waitsForPerson(claim, tried, deps.clock.now() + waitMs, 'rep_not_confirmed');
}

const waitsForPerson = (
  claim: Claim,
  tried: { readonly revision: number; readonly channel: string | null },
  at: number,
  why: string,
): PassResult => ({
  kind: 'later',
  at,
  why,
  forPerson: true,
  parked: false,
  touch: tried.revision <= claim.renderedRevision,
  with: tried,
});
