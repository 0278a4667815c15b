/** What happened to a deal. Appended, never changed: the audit trail. */
import type { AnswerValue } from '../playbook/answer';
import type { Fact, Target, Verdict } from '../playbook/schema';
import type {
  Business,
  ClosedBecause,
  DealId,
  DecisionTerms,
  Details,
  Ledger,
  Nudge,
  Outcome,
  ReEngagement,
  Source,
  Tenant,
  UserId,
} from './deal';

export interface WrittenDown {
  readonly stepId: string;
  readonly visit: number;
  readonly text: string;
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
  | { readonly type: 'went_back'; readonly fromVisit: number }
  | { readonly type: 'resumed' }
  | { readonly type: 'resume_offered' }
  | { readonly type: 'verdict_reached'; readonly verdict: Verdict }
  /** Notes made on one screen after a call: answers by step, without the coaching screens. */
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
      /** Earlier deals against the competitor named here, for a pending ask. */
      readonly ledger?: Ledger;
    }
  /** Words written down after the call for answers that were *Already told me*. */
  | { readonly type: 'written_down'; readonly answers: readonly WrittenDown[] }
  | { readonly type: 'try_scheduled'; readonly tries: number; readonly dueAt: number }
  | { readonly type: 'try_reminded' }
  | { readonly type: 'try_started'; readonly firstStep: string }
  /** Addresses a pending ask to this manager. `deadline` is there when that ask got a new one. */
  | { readonly type: 'manager_assigned'; readonly manager: UserId; readonly deadline?: number }
  | { readonly type: 'rep_assigned'; readonly rep: UserId }
  | {
      readonly type: 'asked';
      readonly manager: UserId | null;
      readonly deadline: number;
      readonly ledger: Ledger | null;
    }
  | {
      readonly type: 'nudged';
      readonly kind: Nudge['kind'];
      readonly to: UserId;
      readonly timeLeftMs: number | null;
    }
  | { readonly type: 'question_asked'; readonly text: string }
  | { readonly type: 'question_answered'; readonly question: number; readonly text: string }
  | { readonly type: 'decided'; readonly decision: DecisionTerms }
  | { readonly type: 'ask_withdrawn'; readonly why: 'signed' | 'reopened' | 'rep' | 'silence' }
  | {
      readonly type: 'remarked';
      readonly text: string;
      readonly channel: string;
      readonly ts: string;
      readonly offersDecision: boolean;
    }
  | { readonly type: 'remark_edited'; readonly remark: number; readonly text: string }
  | { readonly type: 'remark_deleted'; readonly remark: number }
  | { readonly type: 'signed_reported' }
  | { readonly type: 'reminder_set'; readonly dueAt: number }
  | { readonly type: 'outcome_reported'; readonly outcome: Outcome }
  | { readonly type: 're_engagement_set'; readonly dueAt: number; readonly why: ReEngagement['why'] }
  | { readonly type: 're_engaged' }
  | { readonly type: 'closed'; readonly because: ClosedBecause }
  | { readonly type: 'withdrawn' }
  | { readonly type: 'reopened' };

/** `at` is when it was recorded (a moment that is set for later is `dueAt`). `by` is null when the clock did it. `seq` counts from 1 within the deal. */
export type DealEvent = DealEventBody & {
  readonly seq: number;
  readonly at: number;
  readonly by: UserId | null;
};
