/**
 * The deal: one lost deal worked by one rep. State is what `evolve` makes of the events; nothing here does I/O.
 * Times are ms UTC. People are Slack user ids. Text from people is kept as typed and escaped only when rendered.
 */
import type { AnswerValue } from '../../playbook/answer';
import type { Fact, Verdict } from '../../playbook/schema';
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
  /** What a yes would cost us, as far as the rep knows. */
  readonly yesCosts: Money | null;
  /** What we had offered, in the rep's words: a manager weighs it against the other offer. */
  readonly ourOffer: string | null;
}

/** How earlier deals went. */
export interface LedgerCounts {
  /** Deals in which this was claimed to be what won them: all that were lost. */
  readonly lost: number;
  readonly asked: number;
  readonly matched: number;
  /** Won back, whole or in part. */
  readonly wonBack: number;
  /** Matched and ended, and still not ours. */
  readonly matchedLost: number;
  /** What the matched ones gave away, as far as it was said: one amount a currency. */
  readonly cost: readonly Money[];
}

/** How earlier deals lost to the same competitor went; a snapshot taken when asking. */
export interface Ledger extends LedgerCounts {
  /** Those among them with the same kind of offer; null when no kind is known. */
  readonly sameKind: (LedgerCounts & { readonly kinds: readonly string[] }) | null;
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
      /** What it costs us, in words. */
      readonly cost: string | null;
      /** What it costs us: what we give away against our own offer. */
      readonly value: Money | null;
      /** What we get in return. */
      readonly inReturn: string | null;
      readonly expiresAt: number | null;
    }
  | {
      readonly kind: 'counter';
      readonly terms: string;
      readonly levers: readonly Lever[];
      /** What it costs us: what we give away against our own offer. */
      readonly value: Money | null;
      readonly expiresAt: number | null;
    }
  | { readonly kind: 'decline' /** Words the rep can repeat. */; readonly reason: string };

/** A decision that gives something. */
export type YesTerms = Exclude<DecisionTerms, { kind: 'decline' }>;

export type Decision = DecisionTerms & {
  /** Sequence number of its event. */
  readonly id: number;
  readonly by: UserId;
  readonly at: number;
  /** Who proposed it, when somebody else had to approve. */
  readonly proposedBy: UserId | null;
  /** The remark it was recorded from. */
  readonly remark: number | null;
};

export interface Nudge {
  readonly id: number;
  /** `holding`: the deadline has passed, and the rep gets words to hold the line. */
  readonly kind: 'half_time' | 'deadline' | 'holding' | 'name_manager' | 'call_back' | 'expiry' | 'outcome';
  readonly to: UserId;
  readonly at: number;
  /** Fixed when recorded, "2 hours left"; rendering has no clock. Null when no deadline is involved. */
  readonly timeLeftMs: number | null;
}

/** What a prospect does before the person asked is back at work. */
export const URGENCIES = ['promise', 'signing'] as const;
export type Urgency = (typeof URGENCIES)[number];

/** How somebody hears of what waits for them: by direct message, in their working time unless it is urgent. */
export interface Notification {
  /** When they will be told, as far as it is known; null: they have been told. */
  readonly waitsUntil: number | null;
  /** Why they were told outside their working hours; null: they were not. */
  readonly urgent: Urgency | null;
}

export type Escalated =
  | { readonly kind: 'person'; readonly userId: UserId }
  | { readonly kind: 'channel'; readonly channel: string };

/** Nobody had decided in time, so the ask went on. */
export interface Escalation extends Notification {
  /** Sequence number of its event. */
  readonly id: number;
  readonly to: Escalated;
  /** When that was, or when they were told of it. */
  readonly at: number;
  /** When it goes on again, if there is anybody left. */
  readonly answerBy: number;
}

/** A yes that is above its maker's limit waits for somebody else's. */
export interface Approval extends Notification {
  /** Sequence number of its event. */
  readonly id: number;
  readonly by: UserId;
  readonly terms: YesTerms;
  /** Whom it is with. */
  readonly approver: UserId;
  /** The approver who is out, when it went to their stand-in instead. `until` is `YYYY-MM-DD`. */
  readonly standsFor: { readonly manager: UserId; readonly until: string | null } | null;
  readonly limit: { readonly amount: Money | null; readonly percent: number | null };
  readonly at: number;
  readonly answerBy: number;
}

export interface Ask extends Notification {
  /** Sequence number of its event; a re-ask is a new ask. */
  readonly id: number;
  readonly at: number;
  /** Whom it is addressed to. Null: nobody named yet, the rep is asked who decides. */
  readonly manager: UserId | null;
  /** The manager who is out, when the ask went to their stand-in instead. `until` is `YYYY-MM-DD`. */
  readonly standsFor: { readonly manager: UserId; readonly until: string | null } | null;
  /** Sequence number of the event that addressed it to this manager; names the slot. */
  readonly addressedBy: number;
  /** When that was, or when they were told of it; half time is counted from here. */
  readonly addressedAt: number;
  readonly deadline: number;
  /** The deadline rests on a guess of where the manager lives. */
  readonly provisional: boolean;
  /** Oldest first. */
  readonly escalations: readonly Escalation[];
  /** Null: nothing waits for approval. */
  readonly approval: Approval | null;
  /** Everybody who was asked to approve something about it. */
  readonly approvers: readonly UserId[];
  readonly status: 'pending' | 'decided' | 'withdrawn';
  readonly questions: readonly Question[];
  /** Oldest first; the last one counts. */
  readonly decisions: readonly Decision[];
  readonly ledger: Ledger | null;
}

/** Words said beneath the ask, in the thread or in its DM copy. */
export interface Remark {
  readonly id: number;
  readonly by: UserId;
  readonly text: string;
  readonly at: number;
  readonly channel: string;
  readonly ts: string;
  /** By somebody who may decide while the ask was pending: a DM offers to record it as the decision. */
  readonly offersDecision: boolean;
  /** When its words were last changed; null: never. */
  readonly editedAt: number | null;
  /** Slack's `ts` of the change that these words are of; null: not changed, or not known. */
  readonly editedTs: string | null;
  readonly deleted: boolean;
}

export type Outcome =
  | {
      readonly kind: 'won_back';
      readonly part: 'whole' | 'part';
      readonly amount: Money | null;
      /** What it took, in words. */
      readonly took: string | null;
    }
  | { readonly kind: 'lost'; readonly reason: string | null }
  | { readonly kind: 'no_answer' };

export interface ReEngagement {
  /** When the rep is reminded. */
  readonly at: number;
  readonly why: 'agreed' | 'contract_end' | 'look_again';
  /** Sequence number of the reminder's event once sent. */
  readonly remindedBy: number | null;
}

/** What was agreed for the next time, where a deal was not won back. Dates are `YYYY-MM-DD`. */
export interface NextTime {
  /** May we call before their next decision; null: not asked. */
  readonly mayCall: 'yes' | 'no' | null;
  /** When they agreed to be called. */
  readonly callOn: string | null;
  /** End of the competitor's contract, */
  readonly contractEnd: string | null;
  /** or its term in months from signing. */
  readonly contractMonths: number | null;
}

/** The deal came to its rep from somebody else. */
export interface Handover {
  /** Sequence number of its event. */
  readonly id: number;
  readonly from: UserId;
  /** Null: the rep before has left the workspace. */
  readonly by: UserId | null;
  readonly at: number;
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
  /** Null: nothing noted after the call; the answers on the trail may say it too. */
  readonly nextTime: NextTime | null;
  readonly handover: Handover | null;
  /** The rep has left, and their manager holds the deal until it is handed on. */
  readonly heldFor: UserId | null;
  readonly closedAt: number | null;
  readonly closedBecause: ClosedBecause | null;
}
