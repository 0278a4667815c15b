/** What people saw acknowledged. At the end of a run the database must hold all of it. */
import type { ActResult } from 'slack-sandbox';

/** Words on a screen that the app accepted: the deal must hold them once. */
export interface ExpectedWords {
  readonly dealId: string;
  readonly words: string;
  readonly by: string;
  readonly screen: string;
}

/** A step of the call that the app accepted an answer for. */
export interface ExpectedStep {
  readonly dealId: string;
  readonly stepId: string;
  readonly visit: number;
  readonly by: string;
}

/** The action id of *Not a lost deal*: a call without an answer is erased with it. */
export const REMOVES = 'not_lost';

/** A reply beneath a message of the app. Slack's traffic says whether the app acked its event. */
export interface PostedReply {
  readonly channel: string;
  readonly ts: string;
  readonly words: string;
  readonly by: string;
}

/** Buttons of a rescue, which few screens have. */
export const OF_RESCUES: ReadonlySet<string> = new Set([
  'ask_again',
  'nudge',
  'what_can_i_offer',
  'offer_now',
  'not_lost',
  'reopen',
  'match',
  'counter',
  'won_back',
  'approve',
]);

export class Expectations {
  readonly words: ExpectedWords[] = [];
  readonly steps: ExpectedStep[] = [];
  readonly replies: PostedReply[] = [];
  /** Deals that somebody removed, or tried to. */
  readonly removed = new Set<string>();
  /** Violations that a player saw during the run. */
  readonly violations: string[] = [];
  /** How long each ack took, ms. */
  readonly acks: number[] = [];
  readonly outcomes = new Map<string, number>();
  /** Actions that were not acked, which Slack showed to the person. */
  shownAsFailed = 0;
  /** Actions that were acked and opened no screen: the instance died, or a call to Slack failed. */
  withoutScreen = 0;
  /** Screens on which the app says that something could not be done. */
  refused = 0;
  doubleTaps = 0;
  /** Words to the app that are no reply. */
  plainWords = 0;
  /** How often the app acked a tap on each of these buttons: a run that presses none of them shows nothing about them. */
  readonly taps = new Map<string, number>();

  recordTap(actionId: string): void {
    if (OF_RESCUES.has(actionId)) this.taps.set(actionId, (this.taps.get(actionId) ?? 0) + 1);
  }

  recordDelivery(result: ActResult): void {
    if (result.delivery === 'none') return;
    this.outcomes.set(result.delivery, (this.outcomes.get(result.delivery) ?? 0) + 1);
    if (result.delivery === 'acked' && result.ackMs !== undefined) this.acks.push(result.ackMs);
  }

  get actions(): number {
    return [...this.outcomes.values()].reduce((sum, count) => sum + count, 0);
  }
}
