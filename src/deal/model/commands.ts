/** What a person (or the clock) wants of a deal. `decide` answers with events, or says why not. */
import type { AnswerValue } from '../../playbook/answer';
import type { Fact, Target, Verdict } from '../../playbook/schema';
import type {
  Business,
  Deal,
  DecisionTerms,
  Details,
  Ledger,
  NextTime,
  Outcome,
  Source,
  Tenant,
  UserId,
} from './deal';
import type { WrittenDown } from './events';
import type { Money } from './money';
import type { Decided } from './refusals';

/** Who acts. `isAdmin` and `standsInFor` come from settings and the people known to the workspace. */
export interface Actor {
  readonly userId: UserId;
  /** Workspace the person belongs to; a stranger's differs from the deal's. */
  readonly teamId: string;
  readonly isAdmin: boolean;
  /** Managers this person stands in for, now. */
  readonly standsInFor: readonly UserId[];
  /** Reps of the teams this person manages, or stands in for; they see their deals. Absent: none. */
  readonly manages?: readonly UserId[];
  /** The team lets people decide about deals of which they are the rep. */
  readonly mayDecideOwn: boolean;
}

/** Working time of one person. Minutes count from midnight in `tz`; weekdays are ISO (1 Monday … 7 Sunday). */
export interface WorkingTime {
  /** IANA zone. */
  readonly tz: string;
  readonly startMinute: number;
  readonly endMinute: number;
  readonly weekdays: readonly number[];
  /** `YYYY-MM-DD` in `tz`. */
  readonly holidays: readonly string[];
  /** Not to be disturbed, in `tz`; past midnight when the end is not after the start. */
  readonly quiet: { readonly startMinute: number; readonly endMinute: number } | null;
  /** False while Slack has not told us where the person lives: then `tz` is a guess. */
  readonly tzKnown: boolean;
}

/** Who takes over from a manager, or from an approver. */
export interface StandIn {
  readonly userId: UserId;
  readonly work: WorkingTime;
  /** Whoever they stand in for is out: asks go to the stand-in at once. Else they are asked when the other is late. */
  readonly away: boolean;
  /** Last day of that, `YYYY-MM-DD`; null: not said. */
  readonly until: string | null;
}

/** Last in the line of an ask that nobody answers. */
export type Fallback =
  | { readonly kind: 'person'; readonly userId: UserId; readonly work: WorkingTime }
  | { readonly kind: 'channel'; readonly channel: string };

/** A yes that gives more than either of these goes on to the approver. */
export interface Limit {
  readonly amount: Money | null;
  /** Of the deal's amount. */
  readonly percent: number | null;
  readonly approver: UserId;
  /** The approver's. */
  readonly work: WorkingTime;
  /** Of the approver, as of now. */
  readonly standIn: StandIn | null;
}

export interface ScheduleSettings {
  readonly manager: WorkingTime;
  readonly rep: WorkingTime;
  /** Of whom a pending ask waits for now; the manager's when there is none. */
  readonly asked: WorkingTime;
  /** Of the deal's manager, as of now. */
  readonly standIn: StandIn | null;
  /** Of whoever is named to approve what waits for it, as of now; null: nobody, or nothing waits. */
  readonly approverStandIn: StandIn | null;
  readonly fallback: Fallback | null;
  /** Of the person who decides now; null: none, or nobody decides. */
  readonly limit: Limit | null;
  /** A rep may be the manager of their own deal. */
  readonly ownManagerAllowed: boolean;
  /** Time a manager has when nothing else sets the deadline, in working minutes (default 240). */
  readonly responseMinutes: number;
  /** Idle time after which a resume is offered, ms (default 10 min). */
  readonly resumeOfferAfterMs: number;
  /** Unfinished coaching is closed after this, ms (default 14 days). */
  readonly abandonAfterMs: number;
  /** A deal being won back without news is closed after this, ms (default 14 days). */
  readonly silenceAfterMs: number;
  /** A contract's end is preceded by the reminder by this, ms (default 90 days). */
  readonly reEngageBeforeMs: number;
}

/** Words beneath a message of the deal. */
interface Reply {
  readonly text: string;
  readonly channel: string;
  readonly ts: string;
  /** Slack's `ts` of the change the words are of, so that an older one is told from a newer. */
  readonly editedTs?: string;
}

export type Command =
  | {
      readonly type: 'start';
      readonly id: string;
      readonly tenant: Tenant;
      readonly account: string;
      readonly business: Business;
      readonly manager: UserId | null;
      readonly playbook: { readonly id: string; readonly hash: string };
      readonly firstStep: string;
    }
  | {
      readonly type: 'save_draft';
      readonly stepId: string;
      readonly visit: number;
      readonly answer: AnswerValue;
    }
  | {
      readonly type: 'answer';
      readonly stepId: string;
      readonly visit: number;
      readonly answer: AnswerValue;
      readonly fact: Fact | null;
      readonly source: Source;
      /** Where the playbook leads from here (computed by `walk`). */
      readonly next: Target;
      /** Used when `next` is the verdict pulse. */
      readonly ledger: Ledger | null;
    }
  /** Also from the screen that says how the call ended; then `visit` is the one of the last answer. */
  | { readonly type: 'go_back'; readonly visit: number; readonly draft: AnswerValue | null }
  /** The screen was closed: keeps what was typed and offers to resume at once instead of after idle minutes. */
  | { readonly type: 'leave'; readonly visit: number; readonly draft: AnswerValue | null }
  | { readonly type: 'resume' }
  | {
      readonly type: 'record_after';
      readonly verdict: Verdict;
      readonly answers: readonly {
        readonly stepId: string;
        readonly answer: AnswerValue;
        readonly fact: Fact | null;
        readonly source: Source;
      }[];
      readonly details: Partial<Details>;
      readonly ledger: Ledger | null;
    }
  | {
      readonly type: 'fill_in';
      readonly details: Partial<Details>;
      readonly manager: UserId | null;
      /** Words for answers that were *Already told me* on the call. */
      readonly written?: readonly WrittenDown[];
      /** For the competitor as filled in; shown with a pending ask. */
      readonly ledger?: Ledger | null;
      readonly nextTime?: NextTime;
    }
  | { readonly type: 'try_again'; readonly firstStep: string }
  | { readonly type: 'assign_manager'; readonly manager: UserId }
  | { readonly type: 'assign_rep'; readonly rep: UserId }
  | { readonly type: 'ask_rep'; readonly text: string }
  | { readonly type: 'answer_question'; readonly question: number; readonly text: string }
  /** `ask` names the ask the person was looking at; a replaced one is stale. */
  | {
      readonly type: 'decide';
      readonly ask: number;
      readonly decision: DecisionTerms;
      /** The remark whose words these are. */
      readonly remark?: number;
    }
  /** Says yes to terms that were above their maker's limit. */
  | { readonly type: 'approve'; readonly ask: number; readonly approval: number }
  /** The manager is out: a pending ask goes to their stand-in; so does a proposal whose approver is out. */
  | { readonly type: 'pass_to_stand_in' }
  /** In the channel an ask went on to, somebody takes it. */
  | { readonly type: 'take_over'; readonly ask: number; readonly channel: string }
  | ({ readonly type: 'remark' } & Reply)
  | ({ readonly type: 'edit_remark' } & Reply)
  | { readonly type: 'delete_remark'; readonly channel: string; readonly ts: string }
  | { readonly type: 'report_signed' }
  | { readonly type: 'remind_me'; readonly at: number }
  | {
      readonly type: 'report_outcome';
      readonly outcome: Outcome;
      readonly nextTime?: NextTime;
    }
  /** What was agreed for the next time; also after the deal was closed. */
  | { readonly type: 'note_next_time'; readonly nextTime: NextTime }
  /**
   * Somebody left the workspace. A rep's deal goes to `to`, or to its manager; a manager's goes to `to`, or waits for
   * a name. Only the clock and admins say so.
   */
  | { readonly type: 'person_left'; readonly userId: UserId; readonly to: UserId | null }
  | { readonly type: 'ask_again'; readonly ledger: Ledger | null }
  | { readonly type: 'reopen' }
  /** The clock. Yields only the latest thing due. */
  | { readonly type: 'tick' };

/** The commands of these types. */
export type CommandOf<Type extends Command['type']> = Extract<Command, { type: Type }>;

/** Everything `decide` may look at besides the deal: never a clock, a database or Slack. */
export interface DecideContext {
  readonly now: number;
  /** Null: the clock acts (`tick`). */
  readonly actor: Actor | null;
  readonly settings: ScheduleSettings;
}

export type Decide = (deal: Deal | null, command: Command, context: DecideContext) => Decided;
