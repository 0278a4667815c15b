/**
 * The deal: one lost deal worked by one rep. State is what `evolve` makes of the events; nothing here does I/O.
 * Times are ms UTC. People are Slack user ids. Text from people is kept as typed and escaped only when rendered.
 */
import type { AnswerValue } from '../playbook/answer';
import type { Fact, Verdict } from '../playbook/schema';
import type { Money } from './money';

export type UserId = string;
export type DealId = string;

/** The workspace a deal belongs to. */
export interface Tenant {
  /** Empty string outside Enterprise Grid. */
  readonly enterpriseId: string;
  readonly teamId: string;
}

export type Business = 'new' | 'customer';

export const STAGES = [
  'coaching',
  'awaiting_decision',
  'winning_back',
  'calling_back',
  'closed',
  'withdrawn',
] as const;
export type Stage = (typeof STAGES)[number];

/** One showing of a step. `visit` counts screens of the deal, so each showing has its own number. */
export interface Position {
  readonly stepId: string;
  readonly visit: number;
}

export type Source = 'prospect' | 'rep';

export interface Answered extends Position {
  readonly answer: AnswerValue;
  /** Null when the step records no fact. */
  readonly fact: Fact | null;
  readonly source: Source;
  readonly at: number;
}

/** What stood in the inputs when the rep went back or the screen was left. */
export interface Draft extends Position {
  readonly answer: AnswerValue;
}

export interface Details {
  readonly amount: Money | null;
  readonly competitor: string | null;
  readonly prospect: string | null;
  readonly notes: string | null;
  /** The rep's recommendation to the manager. */
  readonly recommendation: string | null;
}

/** How earlier deals lost to the same competitor went; a snapshot taken when asking. */
export interface Ledger {
  readonly lost: number;
  readonly asked: number;
  readonly matched: number;
  readonly wonBack: number;
}

export interface Question {
  /** Sequence number of its event. */
  readonly id: number;
  readonly by: UserId;
  readonly text: string;
  readonly at: number;
  readonly answer: { readonly by: UserId; readonly text: string; readonly at: number } | null;
}

export const LEVERS = ['delivery', 'service', 'term', 'features', 'price'] as const;
export type Lever = (typeof LEVERS)[number];

export type DecisionTerms =
  | {
      readonly kind: 'match';
      /** Exact terms we match. */
      readonly terms: string;
      /** What it costs us. */
      readonly cost: string | null;
      /** What we get in return. */
      readonly inReturn: string | null;
      readonly expiresAt: number | null;
    }
  | {
      readonly kind: 'counter';
      readonly terms: string;
      readonly levers: readonly Lever[];
      readonly value: Money | null;
      readonly expiresAt: number | null;
    }
  | { readonly kind: 'decline' /** Words the rep can repeat. */; readonly reason: string };

export type Decision = DecisionTerms & {
  /** Sequence number of its event. */
  readonly id: number;
  readonly by: UserId;
  readonly at: number;
};

export interface Nudge {
  readonly id: number;
  readonly kind: 'half_time' | 'deadline' | 'name_manager' | 'call_back' | 'expiry' | 'outcome';
  readonly to: UserId;
  readonly at: number;
  /** Fixed when recorded, "2 hours left"; rendering has no clock. Null when no deadline is involved. */
  readonly timeLeftMs: number | null;
}

export interface Ask {
  /** Sequence number of its event; a re-ask is a new ask. */
  readonly id: number;
  readonly at: number;
  /** Null: nobody named yet, the rep is asked who decides. */
  readonly manager: UserId | null;
  /** Sequence number of the event that addressed it to this manager; names the slot. */
  readonly addressedBy: number;
  /** When that was; half time is counted from here. */
  readonly addressedAt: number;
  readonly deadline: number;
  readonly status: 'pending' | 'decided' | 'withdrawn';
  readonly questions: readonly Question[];
  /** Oldest first; the last one counts. */
  readonly decisions: readonly Decision[];
  readonly ledger: Ledger | null;
}

/** Words said beneath the ask, in the thread or in a DM twin. */
export interface Remark {
  readonly id: number;
  readonly by: UserId;
  readonly text: string;
  readonly at: number;
  readonly channel: string;
  readonly ts: string;
  /** By somebody who may decide while the ask was pending: a DM offers to record it as the decision. */
  readonly offersDecision: boolean;
  readonly deleted: boolean;
}

export type Outcome =
  | { readonly kind: 'won_back'; readonly part: 'whole' | 'part'; readonly amount: Money | null }
  | { readonly kind: 'lost'; readonly reason: string | null }
  | { readonly kind: 'no_answer' };

export interface ReEngagement {
  /** When the rep is reminded. */
  readonly at: number;
  readonly why: 'agreed' | 'contract_end' | 'look_again';
  /** Sequence number of the reminder's event once sent. */
  readonly remindedBy: number | null;
}

export type ClosedBecause = 'verdict' | 'outcome' | 'abandoned' | 'three_tries' | 'silence' | 'called_back';

export interface Deal {
  readonly id: DealId;
  readonly tenant: Tenant;
  /** Number of events so far. */
  readonly revision: number;
  readonly startedAt: number;
  readonly rep: UserId;
  readonly manager: UserId | null;
  readonly account: string;
  readonly business: Business;
  readonly playbook: { readonly id: string; readonly hash: string };
  readonly stage: Stage;
  /** When the deal came into this stage. */
  readonly stageSince: number;
  /** Where its playbook begins (the last try, when there were several). */
  readonly firstStep: string;
  /** The screen the rep is on; null once a verdict was reached. */
  readonly position: Position | null;
  /** Answers on the path to `position`, oldest first. Going back takes the last one off (it stays in the events). */
  readonly trail: readonly Answered[];
  readonly draft: Draft | null;
  /** What stood on screens that were left by going back, by step: the draft when the step is shown again. */
  readonly shelf: Readonly<Record<string, AnswerValue>>;
  /** Last visit number given out. */
  readonly visits: number;
  /** When the rep last did something on a coaching screen. */
  readonly lastActiveAt: number;
  /** Sequence number of the last resume offer after which nothing was done; null when none stands. */
  readonly resumeOffer: number | null;
  readonly verdict: Verdict | null;
  readonly verdictAt: number | null;
  readonly details: Details;
  /** Rep has saved *Fill in while it's fresh* at least once. */
  readonly filledIn: boolean;
  /** Unreached: calls tried so far, and when to try next. */
  readonly tries: number;
  readonly nextTryAt: number | null;
  /** Sequence number of the last reminder to try again. */
  readonly tryReminder: number | null;
  readonly ask: Ask | null;
  /** Asks that were replaced by a re-ask or a reopening, oldest first. */
  readonly pastAsks: readonly Ask[];
  readonly nudges: readonly Nudge[];
  /** When each person was last reminded of this deal, by whatever kind of reminder: at most one an hour. */
  readonly lastReminded: Readonly<Record<UserId, number>>;
  /** Silence is counted from here: the last thing a person did, or the reminder the rep had asked for. */
  readonly quietSince: number;
  readonly remarks: readonly Remark[];
  /** The rep went back to the prospect with the decision. */
  readonly outcome: Outcome | null;
  readonly outcomeAt: number | null;
  /** Rep asked to be reminded, or said "no answer yet": when next. */
  readonly remindAt: number | null;
  /** The prospect was reported to have signed with the competitor, after the verdict. */
  readonly signedReportedAt: number | null;
  readonly reEngagement: ReEngagement | null;
  readonly closedAt: number | null;
  readonly closedBecause: ClosedBecause | null;
}
