/** What happened to a deal. Events are appended and never changed: the audit trail. */
import type { AnswerValue } from '../../playbook/answer';
import type { Fact, Target, Verdict } from '../../playbook/schema';
import type { PlannedTry, TryMove } from './cadence';
import type {
  Approval,
  Business,
  ClosedBecause,
  DealId,
  DecisionTerms,
  Details,
  Escalated,
  Ledger,
  News,
  NextTime,
  NobodyLeft,
  Nudge,
  Outcome,
  PledgeKept,
  Raised,
  ReEngagement,
  Sending,
  Source,
  Tenant,
  Uncosted,
  Urgency,
  UserId,
  YesTerms,
} from './deal';
import type { Money } from './money';

/** Words for one answer, written after the call. */
export interface WrittenDown {
  readonly stepId: string;
  readonly visit: number;
  readonly text: string;
}

/** When somebody is notified; both absent: at once, in their working hours. */
export interface NotifyTiming {
  readonly waitsUntil?: number;
  readonly urgent?: Urgency;
}

/** `until`: the other person's last day out, `YYYY-MM-DD`; null: not known. */
export interface StoodInBy {
  readonly userId: UserId;
  readonly until: string | null;
}

export interface Addressed extends NotifyTiming {
  /** The manager is out, so their stand-in gets it. */
  readonly standIn?: StoodInBy;
  /** The deadline rests on a guessed time zone. */
  readonly provisional?: true;
}

/** The ask says why it came to its person. Absent: an earlier release addressed it. */
interface Told {
  readonly saysWhy?: true;
}

export type DealEventBody =
  | {
      readonly type: 'started';
      readonly id: DealId;
      readonly tenant: Tenant;
      readonly rep: UserId;
      readonly manager: UserId | null;
      readonly account: string;
      readonly business: Business;
      readonly playbook: { readonly id: string; readonly hash: string };
      readonly firstStep: string;
      /** The rep's IANA zone; absent: not known. */
      readonly zone?: string;
    }
  | {
      readonly type: 'drafted';
      readonly stepId: string;
      readonly visit: number;
      readonly answer: AnswerValue;
    }
  | {
      readonly type: 'answered';
      readonly stepId: string;
      readonly visit: number;
      readonly answer: AnswerValue;
      readonly fact: Fact | null;
      readonly source: Source;
      readonly next: Target;
    }
  /** Hours that the rep can promise on the screen just shown, worked out in the rep's zone. */
  | {
      readonly type: 'times_suggested';
      readonly visit: number;
      readonly dueAt: number;
      readonly others: readonly number[];
      readonly zone: string;
    }
  | { readonly type: 'went_back'; readonly fromVisit: number }
  | { readonly type: 'resumed' }
  | { readonly type: 'resume_offered' }
  | {
      readonly type: 'verdict_reached';
      readonly verdict: Verdict;
      /** The rep gets a reminder if nothing is written down. Events of earlier releases lack it. */
      readonly wantsNotes?: true;
    }
  /** The rep recorded a finished call on one screen. */
  | {
      readonly type: 'recorded_after';
      readonly verdict: Verdict;
      readonly answers: readonly {
        readonly stepId: string;
        readonly answer: AnswerValue;
        readonly fact: Fact | null;
        readonly source: Source;
      }[];
    }
  | {
      readonly type: 'details_filled';
      readonly details: Partial<Details>;
      /** Earlier deals lost to the competitor named here; shown with a pending ask. */
      readonly ledger?: Ledger;
    }
  /** The rep wrote down words for answers that had none. */
  | { readonly type: 'written_down'; readonly answers: readonly WrittenDown[] }
  | {
      readonly type: 'try_scheduled';
      readonly tries: number;
      readonly dueAt: number;
      /** All that is still to come, by call and by mail. Absent: by the plan of earlier releases, only a call at `dueAt`. */
      readonly plan?: readonly PlannedTry[];
    }
  /** `moves`: what the reminder is about. Absent: a call, by the plan of earlier releases. */
  | { readonly type: 'try_reminded'; readonly moves?: readonly TryMove[] }
  /** The rep did what this reminder was about, and reached nobody. */
  | { readonly type: 'try_reported'; readonly reminder: number }
  | { readonly type: 'try_started'; readonly firstStep: string }
  /**
   * Addresses a pending ask to this manager, or to their stand-in while they are out. `deadline` is there when the ask
   * gets a new one.
   */
  | ({
      readonly type: 'manager_assigned';
      readonly manager: UserId;
      readonly deadline?: number;
      /** The manager so far, who has left the workspace. Absent: nobody has, or an earlier release assigned. */
      readonly left?: UserId;
      readonly isFirst?: true;
    } & Addressed &
      Told)
  | { readonly type: 'rep_assigned'; readonly rep: UserId }
  /** The rep left the workspace; `to` holds the deal until it is handed on. */
  | { readonly type: 'rep_left'; readonly to: UserId }
  /** The manager left the workspace; a pending ask waits for another name. */
  | ({ readonly type: 'manager_left' } & Told)
  | ({
      readonly type: 'asked';
      readonly manager: UserId | null;
      readonly deadline: number;
      readonly ledger: Ledger | null;
      /** When nobody is left to decide it goes on to the admins. Absent: asked by an earlier release. */
      readonly endsWithAdmins?: true;
      /** The rep's words on what is new since the decision. Absent: it is the first ask, or of an earlier release. */
      readonly changed?: string;
      /** The worth of the deal; null: not known yet. Absent: asked by an earlier release. */
      readonly worth?: Money | null;
      /** Absent: asked by an earlier release. */
      readonly sending?: Sending;
      /** The rep adds the facts until then. Absent: it is sent at once. */
      readonly heldUntil?: number;
      /** The team's time to answer, minutes of work. */
      readonly usualMinutes?: number;
      /** The manager has never had an ask. */
      readonly isFirst?: true;
    } & Addressed)
  /** The rep has added the facts, or the time to add them is over. `addressing`: the event that addressed the ask. */
  | ({ readonly type: 'ask_sent'; readonly addressing: number } & NotifyTiming)
  /**
   * The rep went back to the call and ended it with the same answers, or brought a removed deal back: the ask that they took
   * back waits again.
   */
  | { readonly type: 'ask_resumed' }
  /** Facts that can change the decision came after the ask was sent. */
  | { readonly type: 'news_told'; readonly to: UserId; readonly facts: News['facts'] }
  /** A pending ask went to the manager's stand-in, or to the person who took it in the channel. */
  | ({
      readonly type: 'ask_passed';
      readonly to: UserId;
      readonly why: 'stand_in' | 'taken';
      readonly deadline?: number;
    } & Addressed &
      Told)
  /** Somebody is notified, as their working hours have begun. `addressing`: the event that addressed the ask to them. */
  | { readonly type: 'ask_delivered'; readonly addressing: number; readonly urgent?: Urgency }
  /** The time zone of the person asked is known: the deadline counts anew. */
  | ({ readonly type: 'deadline_moved'; readonly deadline: number } & NotifyTiming)
  | ({
      readonly type: 'escalated';
      readonly to: Escalated;
      readonly answerBy: number;
      /** Absent: nobody decided in time. */
      readonly why?: NobodyLeft;
      /** The person who had it and has left the workspace. */
      readonly left?: UserId;
    } & NotifyTiming)
  | ({
      readonly type: 'approval_requested';
      readonly terms: YesTerms;
      readonly approver: UserId;
      readonly limit: Approval['limit'];
      readonly answerBy: number;
      /** The approver whom the limit names, who made the proposal or was ever the rep. Absent: that is the approver. */
      readonly insteadOf?: UserId;
      /** The approver is out, so their stand-in gets it. */
      readonly standIn?: StoodInBy;
    } & NotifyTiming)
  /** The approver is out: the proposal went to their stand-in. */
  | ({
      readonly type: 'approval_passed';
      readonly standIn: StoodInBy;
      /** The approver has left the workspace. */
      readonly left?: true;
      readonly answerBy: number;
    } & NotifyTiming)
  | {
      readonly type: 'nudged';
      readonly kind: Nudge['kind'];
      readonly to: UserId;
      readonly timeLeftMs: number | null;
    }
  | { readonly type: 'question_asked'; readonly text: string }
  | { readonly type: 'question_answered'; readonly question: number; readonly text: string }
  | {
      readonly type: 'decided';
      readonly decision: DecisionTerms;
      /** The person whose proposal was approved, with or without changes. */
      readonly proposedBy?: UserId;
      /** The remark it was recorded from. */
      readonly remark?: number;
      /** The cost of a yes is empty or zero, in a team with limits. */
      readonly uncosted?: Uncosted;
      /** The worth of the deal went up after the ask, in a team with limits. */
      readonly worthRaised?: Raised;
    }
  /** The rep gave on the call what somebody had pre-approved: an ask that is decided and was put to nobody. */
  | {
      readonly type: 'pre_approved';
      /** Id of the entry in the settings. */
      readonly give: string;
      readonly approvedBy: UserId;
      /** Id of a loss reason. */
      readonly reason: string;
      readonly decision: YesTerms;
      /** As of a yes that somebody decides. */
      readonly uncosted?: Uncosted;
      /** A limit counted the worth of the deal. */
      readonly countsWorth?: true;
    }
  | { readonly type: 'ask_withdrawn'; readonly why: 'signed' | 'reopened' | 'rep' | 'silence' }
  | {
      /** Replies have their words in rows (`remark.ts`). */
      readonly type: 'remarked';
      readonly channel: string;
      readonly ts: string;
      readonly offersDecision: boolean;
      /** The question that waits for its author. Absent: none. */
      readonly offersAnswer?: number;
      /** Slack's `ts` of the edit that made these words, when we received the edit first. */
      readonly editedTs?: string;
    }
  | {
      readonly type: 'remark_edited';
      readonly remark: number;
      readonly editedTs?: string;
      /** A newer edit made the same words. */
      readonly unchanged?: true;
    }
  | { readonly type: 'remark_deleted'; readonly remark: number }
  | { readonly type: 'signed_reported' }
  | { readonly type: 'reminder_set'; readonly dueAt: number }
  | {
      readonly type: 'outcome_reported';
      readonly outcome: Outcome;
      /** The deal is back, and the channel of its thread hears it. Events of earlier releases lack it. */
      readonly told?: true;
    }
  | { readonly type: 're_engagement_set'; readonly dueAt: number; readonly why: ReEngagement['why'] }
  | { readonly type: 're_engagement_dropped' }
  /** `asksPledge`: the reminder asks whether the winner kept their word. Absent: nothing was written down, or an earlier release reminded. */
  | { readonly type: 're_engaged'; readonly asksPledge?: true }
  /** Null: what was recorded is taken back. */
  | { readonly type: 'pledge_reported'; readonly kept: PledgeKept | null; readonly source: 'prospect' }
  | { readonly type: 'next_time_noted'; readonly nextTime: NextTime }
  | {
      readonly type: 'closed';
      readonly because: ClosedBecause;
      /** A manager may confirm the reason. Events of earlier releases lack it. */
      readonly asksReason?: true;
    }
  /** A manager says why the deal was lost: ids of loss reasons. The last one holds. */
  | { readonly type: 'reason_confirmed'; readonly reasons: readonly string[] }
  /** It is not a lost deal. `because`: without it, the verdict says so. `unanswered`: no answer was recorded. */
  | { readonly type: 'withdrawn'; readonly because?: 'removed' | 'unanswered' }
  | { readonly type: 'reopened' };

/**
 * `at`: when it was recorded; a later moment that it sets is `dueAt`. `by`: null for the clock. `seq` counts from 1 within
 * the deal.
 */
export type DealEvent = DealEventBody & {
  readonly seq: number;
  readonly at: number;
  readonly by: UserId | null;
};

/** The events of these types. */
export type EventOf<Type extends DealEvent['type']> = Extract<DealEvent, { type: Type }>;
