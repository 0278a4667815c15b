/**
 * One lost deal, worked by one rep: the state that `evolve` makes of its events. Times are ms UTC, people are Slack user
 * ids. Text from people is stored as typed; rendering escapes it.
 */
import type { AnswerValue } from '../../playbook/answer';
import type { Fact, Verdict } from '../../playbook/schema';
import type { Cadence } from './cadence';
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

/** One showing of a step. `visit` counts the screens of the deal, so each showing has a number of its own. */
export interface Position {
  readonly stepId: string;
  readonly visit: number;
}

export type Source = 'prospect' | 'rep';

export interface Answered extends Position {
  readonly answer: AnswerValue;
  /** Null: the step records no fact. */
  readonly fact: Fact | null;
  readonly source: Source;
  readonly at: number;
}

/** Inputs of a screen as the rep left them. */
export interface Draft extends Position {
  readonly answer: AnswerValue;
}

/** Hours that the rep can promise at one showing of a step. */
export interface SuggestedTimes {
  readonly visit: number;
  /** The hour in the line to say, ms UTC. */
  readonly at: number;
  /** Other hours, one tap each. */
  readonly others: readonly number[];
  /** When they were worked out. */
  readonly madeAt: number;
}

export interface Details {
  readonly amount: Money | null;
  readonly competitor: string | null;
  readonly prospect: string | null;
  readonly notes: string | null;
  /** What the rep recommends to the manager. */
  readonly recommendation: string | null;
  /** The cost of a yes, as far as the rep knows. */
  readonly yesCosts: Money | null;
  /** Our offer in the rep's words; the manager compares it with the other offer. */
  readonly ourOffer: string | null;
  /** Ids of the loss reasons that the rep picked after the call; null: those ticked on the call count. */
  readonly reasons: readonly string[] | null;
}

/** Figures of earlier deals as releases before *rescues* counted them: stored with their asks, and shown as they were. */
export interface ClaimCounts {
  /** Deals lost to this competitor or kind of offer. */
  readonly lost: number;
  readonly asked: number;
  /** Matched or countered. */
  readonly matched: number;
  /** Won back, in whole or in part. */
  readonly wonBack: number;
  /** Closed after a match and not won back. */
  readonly matchedLost: number;
  /** Known costs of the matches, one sum a currency. */
  readonly cost: readonly Money[];
}

export interface ClaimLedger extends ClaimCounts {
  /** Rescues with the same kind of offer; null: the kind is not known. */
  readonly sameKind: (ClaimCounts & { readonly kinds: readonly string[] }) | null;
}

/** Figures of earlier deals. Each deal counts once in each of them. */
export interface RescueFigures {
  /** Deals lost to this competitor or kind of offer. */
  readonly lost: number;
  /** Their buyers would have chosen us with that offer. */
  readonly pulse: number;
  readonly asked: number;
  readonly inTime: number;
  /** Rescues that we went for; the counts below are of these. */
  readonly tried: number;
  readonly matched: number;
  readonly countered: number;
  readonly given: number;
  readonly wonWhole: number;
  readonly wonPart: number;
  /** Closed, and it did not come back. The rest is still open. */
  readonly stayedLost: number;
  /** The worth that came back, as far as it is known: one sum a currency. */
  readonly won: readonly Money[];
  /** Known costs of the deals that came back: one sum a currency and set of reasons. */
  readonly givenUp: readonly GivenUp[];
}

export interface GivenUp {
  /** Ids of loss reasons; empty: not known. */
  readonly kinds: readonly string[];
  readonly cost: Money;
}

/** What could change the decision: whether the reasons said were true before, and whether this winner keeps its word. */
export interface LedgerLessons {
  /** The reasons said now, most often given first. Each counts deals in which we moved on it. */
  readonly reasons: readonly {
    readonly reason: string;
    readonly given: number;
    /** Those of them in which we got something in return. */
    readonly inReturn: number;
    readonly back: number;
    /** Closed, and it did not come back. The rest is still open. */
    readonly stayedLost: number;
  }[];
  readonly pledges: Readonly<Record<PledgeKept, number>>;
}

export interface RescueLedger {
  readonly rescues: RescueFigures;
  /** Rescues with the same kind of offer; null: the kind is not known. */
  readonly sameKind: (RescueFigures & { readonly kinds: readonly string[] }) | null;
  /** Absent: there is nothing to say, or an earlier release asked. */
  readonly lessons?: LedgerLessons;
}

/** Earlier deals lost to the same competitor, counted when the manager is asked. */
export type Ledger = RescueLedger | ClaimLedger;

export interface Question {
  /** Sequence number of its event. */
  readonly id: number;
  readonly by: UserId;
  readonly text: string;
  readonly at: number;
  readonly answer: { readonly by: UserId; readonly text: string; readonly at: number } | null;
}

/** Counter-offers of earlier releases move on these; those of this release name ids of loss reasons. */
export const LEVERS = ['delivery', 'service', 'term', 'features', 'price'] as const;

export type DecisionTerms =
  | {
      readonly kind: 'match';
      /** The exact terms that we match. */
      readonly terms: string;
      /** The cost in words. */
      readonly cost: string | null;
      /** The same as an amount: what we give up compared with our own offer. */
      readonly value: Money | null;
      /** The return that we get; null: none. */
      readonly inReturn: string | null;
      readonly expiresAt: number | null;
    }
  | {
      readonly kind: 'counter';
      readonly terms: string;
      /** Ids of the loss reasons that we move on, or of `LEVERS`. */
      readonly levers: readonly string[];
      /** The cost: what we give up compared with our own offer. */
      readonly value: Money | null;
      /** The return that we get; null: none. */
      readonly inReturn: string | null;
      readonly expiresAt: number | null;
    }
  | { readonly kind: 'decline' /** Words that the rep can repeat. */; readonly reason: string };

/** Terms of a decision that gives the prospect something. */
export type YesTerms = Exclude<DecisionTerms, { kind: 'decline' }>;

export type Decision = DecisionTerms & {
  /** Sequence number of its event. */
  readonly id: number;
  readonly by: UserId;
  readonly at: number;
  /** The person whose proposal it was; null: it needed no approval. */
  readonly proposedBy: UserId | null;
  /** The remark it was recorded from; null: none. */
  readonly remark: number | null;
  /** Its cost is empty or zero, so it reached no limit of a team that has some; null: it is neither, or there are none. */
  readonly uncosted: Uncosted | null;
  /** The worth of the deal went up after the ask, in a team with limits; null: it did not. */
  readonly worthRaised: Raised | null;
};

/** `approver`: who approves for its maker above a limit; null: its maker has no limit. */
export interface Uncosted {
  readonly approver: UserId | null;
}

export interface Raised {
  readonly from: Money;
  readonly to: Money;
}

/** The worth of a deal as one ask counts it. */
export interface AskedWorth {
  /** The worth first known: when it was asked, or first filled in after that. Null: it is not known yet. */
  readonly first: Money | null;
  /** The same of the first earlier ask that knew it; null: none did. */
  readonly earlier: Money | null;
}

export interface Nudge {
  readonly id: number;
  /**
   * `holding`: the deadline has passed, and the rep gets words that ask the prospect to wait. `from_rep`: the rep reminds
   * whoever the ask waits for; its time left is that until the call the prospect expects.
   */
  readonly kind:
    | 'half_time'
    | 'deadline'
    | 'holding'
    | 'name_manager'
    | 'fill_in'
    | 'call_back'
    | 'expiry'
    | 'outcome'
    | 'from_rep';
  readonly to: UserId;
  /** The rep who sent it, for `from_rep`; null: the clock. */
  readonly by: UserId | null;
  readonly at: number;
  /** Time left when it was recorded, since rendering has no clock. Null: there is no deadline. */
  readonly timeLeftMs: number | null;
}

/** What the prospect does or expects before the person asked is back at work. */
export const URGENCIES = ['promise', 'signing'] as const;
export type Urgency = (typeof URGENCIES)[number];

/** When somebody is notified of an ask: by direct message, in their working hours unless it is urgent. */
export interface Notification {
  /** When they will be notified, as far as it is known; null: they have been. */
  readonly waitsUntil: number | null;
  /** Why they were notified outside their working hours; null: they were not. */
  readonly urgent: Urgency | null;
}

export type Escalated =
  | { readonly kind: 'person'; readonly userId: UserId }
  | { readonly kind: 'channel'; readonly channel: string };

/** Why nobody was left whom the ask could wait for. `own_deal`: it was ever the deal of the person who would decide. */
export type NobodyLeft =
  | { readonly kind: 'own_deal'; readonly userId: UserId }
  | { readonly kind: 'nobody_named' };

/** The ask went on to somebody else, since nobody decided in time or nobody was left to decide. */
export interface Escalation extends Notification {
  /** Sequence number of its event. */
  readonly id: number;
  readonly to: Escalated;
  /** When it went on, or when they were notified of it. */
  readonly at: number;
  /** When it goes on again, if somebody is left. */
  readonly answerBy: number;
  /** Null: nobody decided in time. */
  readonly why: NobodyLeft | null;
  /** The person who had it and has left the workspace. Absent: they have not. */
  readonly left?: UserId;
}

/** A yes above its maker's limit: a proposal that somebody else has to approve. */
export interface Approval extends Notification {
  /** Sequence number of its event. */
  readonly id: number;
  readonly by: UserId;
  readonly terms: YesTerms;
  /** The person who has it now. */
  readonly approver: UserId;
  /** The approver who is out, when their stand-in has it. `until` is their last day out, `YYYY-MM-DD`; null: not known. */
  readonly standsFor: { readonly manager: UserId; readonly until: string | null } | null;
  /** The approver in `standsFor` has left the workspace. Absent: they have not. */
  readonly hasLeft?: true;
  readonly limit: { readonly amount: Money | null; readonly percent: number | null };
  /** The approver whom the limit names, who made the proposal or was ever the rep; null: the limit names this one. */
  readonly insteadOf: UserId | null;
  readonly at: number;
  readonly answerBy: number;
}

/** `held`: the rep adds the facts first. `at_once`: too little time is left to hold it. `complete`: the facts are there. */
export const SENDINGS = ['held', 'at_once', 'complete'] as const;
export type Sending = (typeof SENDINGS)[number];

/** How an ask came to the person it is addressed to. `left`: whoever would have decided has left. */
export type Came =
  | { readonly how: 'named'; readonly by: UserId }
  | { readonly how: 'left'; readonly userId: UserId }
  | { readonly how: 'taken' };

/** Facts that can change a decision; `words`: the first that anybody wrote down. */
export const NEWS = ['words', 'amount', 'competitor', 'yesCosts', 'recommendation'] as const;

/** Facts that came after the ask was sent. The thread notifies whoever decides, once an ask. */
export interface News {
  /** Sequence number of its event. */
  readonly id: number;
  readonly to: UserId;
  readonly facts: readonly (typeof NEWS)[number][];
}

export type NewsFact = News['facts'][number];

export interface Ask extends Notification {
  /** Sequence number of its event; asking again makes a new ask. */
  readonly id: number;
  readonly at: number;
  /** Whom it is addressed to. Null: nobody is named yet, and the rep is asked who decides. */
  readonly manager: UserId | null;
  /** The manager who is out, when their stand-in has the ask. `until` is their last day out, `YYYY-MM-DD`; null: not known. */
  readonly standsFor: { readonly manager: UserId; readonly until: string | null } | null;
  /** Sequence number of the event that addressed it to this person; part of the slot's key. */
  readonly addressedBy: number;
  /** When it was addressed to them, or when they were notified; half time counts from here. */
  readonly addressedAt: number;
  readonly deadline: number;
  /** The deadline rests on a guessed time zone. */
  readonly provisional: boolean;
  /** When nobody is left to decide it goes on at once, and to the admins last. False for asks of earlier releases. */
  readonly endsWithAdmins: boolean;
  /** Null: an earlier release asked, which sent every ask at once. */
  readonly sending: Sending | null;
  /** Until then the rep adds the facts and nobody is notified; null: it has been sent. */
  readonly heldUntil: number | null;
  /** Null: no such facts came. */
  readonly news: News | null;
  /** The team's time to answer when it was asked, minutes of work. Null: an earlier release asked. */
  readonly usualMinutes: number | null;
  /** It is the first ask that this person gets. */
  readonly isFirst: boolean;
  /** Null: it was put to them at once, or an earlier release addressed it. */
  readonly came: Came | null;
  /** The rep's words on what is new since the decision. Null: it is the first ask, or of an earlier release. */
  readonly changed: string | null;
  /** Percentages of limits are of this. Null: asked by an earlier release, so the worth of now counts. */
  readonly worth: AskedWorth | null;
  /** Oldest first. */
  readonly escalations: readonly Escalation[];
  /** Null: nothing waits for approval. */
  readonly approval: Approval | null;
  /** Everybody who was asked to approve a proposal for it. */
  readonly approvers: readonly UserId[];
  readonly status: 'pending' | 'decided' | 'withdrawn';
  readonly questions: readonly Question[];
  /** Oldest first; the last one holds. */
  readonly decisions: readonly Decision[];
  readonly ledger: Ledger | null;
  /** It was put to nobody, since the rep gave what was pre-approved: the entry in the settings. Null: it was put to somebody. */
  readonly preApproved: {
    readonly give: string;
    readonly reason: string;
    /** A limit counted the worth of the deal, so that a later raise is said. */
    readonly countsWorth: boolean;
  } | null;
}

/** A reply beneath a message of the deal, in the thread or in a direct message. Its words are in a row (`remark.ts`). */
export interface Remark {
  readonly id: number;
  readonly by: UserId;
  readonly at: number;
  readonly channel: string;
  readonly ts: string;
  /** Its author could decide the pending ask: a direct message offers to record it as the decision. */
  readonly offersDecision: boolean;
  /** A question that waited for its author: a direct message offers to send it as the answer. Null: none waited. */
  readonly answers: number | null;
  /** When its words last changed; null: never. */
  readonly editedAt: number | null;
  /** Slack's `ts` of the edit that made these words; null: not edited, or not known. */
  readonly editedTs: string | null;
  readonly deleted: boolean;
}

interface CameBack {
  readonly part: 'whole' | 'part';
  readonly amount: Money | null;
  /** The offer that did it, in the rep's words. */
  readonly took: string | null;
}

/** They said yes and have not signed: no end, so the deal stays open and counts as won back once it is signed. */
export interface VerbalYes extends CameBack {
  readonly kind: 'verbal_yes';
  /** The day they want to sign, `YYYY-MM-DD`. */
  readonly signsOn: string;
}

export type Outcome =
  /** Signed. Outcomes of earlier releases count as signed. */
  | ({ readonly kind: 'won_back' } & CameBack)
  | VerbalYes
  | { readonly kind: 'lost'; readonly reason: string | null }
  | { readonly kind: 'no_answer' };

export interface ReEngagement {
  /** When the rep is reminded. */
  readonly at: number;
  readonly why: 'agreed' | 'contract_end' | 'look_again';
  /** Sequence number of the reminder's event; null: not sent yet. */
  readonly remindedBy: number | null;
}

/** What became of what the winner promised. `unknown`: the prospect does not know, or the rep could not find out. */
export const PLEDGE_KEPT = ['held', 'partly', 'broken', 'unknown'] as const;
export type PledgeKept = (typeof PLEDGE_KEPT)[number];

/** The question, long after, whether the winner kept what the prospect had chosen them for (`facts.ts`). */
export interface Pledge {
  /** Sequence number of the last reminder that had the question; null: none had it. */
  readonly reminder: number | null;
  /** Null: not recorded, or taken back. */
  readonly answer: {
    readonly kept: PledgeKept;
    readonly source: Source;
    readonly by: UserId;
    readonly at: number;
  } | null;
}

/** What was agreed for the next time, when a deal was not won back. Dates are `YYYY-MM-DD`. */
export interface NextTime {
  /** Whether we may call before their next decision; null: not asked. */
  readonly mayCall: 'yes' | 'no' | null;
  /** The day on which they agreed to a call. */
  readonly callOn: string | null;
  /** The last day of the competitor's contract. */
  readonly contractEnd: string | null;
  /** Its term in months from signing. */
  readonly contractMonths: number | null;
}

/** A deal that was not lost: it is on no list of lost deals and in no figure. */
export interface Removed {
  /** The stage that it returns to when somebody brings it back. */
  readonly from: Exclude<Stage, 'withdrawn'>;
  /** Null: the clock removed it. */
  readonly by: UserId | null;
  /** Nothing that anybody said is recorded, so it is erased once its messages in Slack have their last words. */
  readonly isErased: boolean;
}

/** How the deal came to its rep from somebody else. */
export interface Handover {
  /** Sequence number of its event. */
  readonly id: number;
  readonly from: UserId;
  /** Null: the former rep has left the workspace. */
  readonly by: UserId | null;
  readonly at: number;
}

/** Why the deal was lost as a manager sees it, beside what the buyer said and the rep picked. */
export interface ConfirmedReason {
  /** Ids of loss reasons, at least one. */
  readonly reasons: readonly string[];
  readonly by: UserId;
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
  /** The rep's IANA zone, for dates that are read out; null: not known. */
  readonly zone: string | null;
  readonly manager: UserId | null;
  readonly account: string;
  readonly business: Business;
  readonly playbook: { readonly id: string; readonly hash: string };
  readonly stage: Stage;
  /** When the deal entered this stage. */
  readonly stageSince: number;
  /** First step of the playbook, as of the last try. */
  readonly firstStep: string;
  /** The screen that the rep is on; null: a verdict was reached. */
  readonly position: Position | null;
  /** Answers on the path to `position`, oldest first. Going back removes the last one; the events keep it. */
  readonly trail: readonly Answered[];
  readonly draft: Draft | null;
  /** Those worked out last; null: none were. */
  readonly suggestedTimes: SuggestedTimes | null;
  /** Inputs of screens that the rep left by going back, by step; they are the draft when the step is shown again. */
  readonly shelf: Readonly<Record<string, AnswerValue>>;
  /** The last visit number. */
  readonly visits: number;
  /** When the rep last acted on a coaching screen. */
  readonly lastActiveAt: number;
  /** Sequence number of the resume offer that the rep has not followed; null: none. */
  readonly resumeOffer: number | null;
  readonly verdict: Verdict | null;
  readonly verdictAt: number | null;
  readonly details: Details;
  /** The rep has saved *Fill in while it's fresh* at least once. */
  readonly filledIn: boolean;
  /** Once nothing is written down, the rep gets a reminder of it. Only releases that have this reminder set it. */
  readonly wantsNotes: boolean;
  /** Calls so far that reached nobody, as far as the rep reported them. */
  readonly tries: number;
  /** When to call next after reaching nobody; null: no call is due. */
  readonly nextTryAt: number | null;
  /** Sequence number of the last reminder to try again, in the plan of earlier releases; null: none. */
  readonly tryReminder: number | null;
  /** Null: no call has reached nobody, or the deal finishes on the plan of earlier releases. */
  readonly cadence: Cadence | null;
  readonly ask: Ask | null;
  /** Asks that asking again, going back or reopening replaced, oldest first. */
  readonly pastAsks: readonly Ask[];
  /** The answers of the last ask that the rep took back by going back to the call; null: there is none. */
  readonly takenBack: readonly Answered[] | null;
  /** Facts that changed since the last ask was sent and that nobody was told of, also while the rep is back on the call. */
  readonly untold: readonly NewsFact[];
  readonly nudges: readonly Nudge[];
  /** When each person was last reminded of this deal, by any kind of reminder: at most one an hour. */
  readonly lastReminded: Readonly<Record<UserId, number>>;
  /** Silence counts from here: a person's last action, or the reminder that the rep asked for. */
  readonly quietSince: number;
  /** Those that offer to record a decision; the others are only in rows. */
  readonly remarks: readonly Remark[];
  /** All replies that were kept, the deleted ones too. */
  readonly remarkCount: number;
  /** How it ended with the prospect; null: not reported yet. */
  readonly outcome: Outcome | null;
  readonly outcomeAt: number | null;
  /** The last verbal yes; its figure is kept beside that of the outcome. Null: there was none. */
  readonly verbalYes: (VerbalYes & { readonly at: number }) | null;
  /** The channel of the thread hears the outcome, not the thread alone. */
  readonly outcomeTold: boolean;
  /** The win that the channel has heard before the deal was opened again; the same one is no news. Null: none. */
  readonly winTold: Pick<CameBack, 'part' | 'amount'> | null;
  /** When the rep wants a reminder, by request or after *No answer yet*; null: at no set time. */
  readonly remindAt: number | null;
  /** When the rep reported that the prospect signed with the competitor; null: not reported. */
  readonly signedReportedAt: number | null;
  readonly reEngagement: ReEngagement | null;
  /** Null: nobody asked, or only releases that did not have the question. */
  readonly pledge: Pledge | null;
  /** Null: nothing was noted after the call. The answers on the trail may say it too. */
  readonly nextTime: NextTime | null;
  readonly handover: Handover | null;
  /** Everybody who was its rep before, oldest first, without those who only held it for a rep who left. */
  readonly formerReps: readonly UserId[];
  /** The rep who has left; whoever is the rep now holds the deal until it is handed on. Null: nobody left. */
  readonly heldFor: UserId | null;
  readonly closedAt: number | null;
  readonly closedBecause: ClosedBecause | null;
  /** A manager may confirm the reason: only a release that has this button closed the deal. */
  readonly asksReason: boolean;
  /** Null: nobody has confirmed a reason. Stays when the deal is opened again. */
  readonly confirmedReason: ConfirmedReason | null;
  /** Null: nobody removed it, or it was brought back. A deal that the call itself showed to go on has none either. */
  readonly removed: Removed | null;
}
