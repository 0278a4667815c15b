/** What a person, or the clock, wants of a deal. `decide` answers with events or a refusal. */
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
  PledgeKept,
  Source,
  Tenant,
  UserId,
} from './deal';
import type { WrittenDown } from './events';
import type { Money } from './money';
import type { Decided } from './refusals';
import type { KeptRemark } from './remark';

/** The person who acts, as the settings and Slack describe them. */
export interface Actor {
  readonly userId: UserId;
  /** Their workspace; a stranger's differs from the deal's. */
  readonly teamId: string;
  readonly isAdmin: boolean;
  /** A guest who may be a rep: works their own deals, and decides about none. Absent: no guest. */
  readonly isGuest?: boolean;
  /** Managers for whom this person stands in now. */
  readonly standsInFor: readonly UserId[];
  /** Reps of the teams that this person manages or stands in for: the person sees their deals. Absent: none. */
  readonly manages?: readonly UserId[];
  /** The team lets reps decide about their own deals. */
  readonly mayDecideOwn: boolean;
}

/** Working hours of one person. Minutes count from midnight in `tz`; weekdays are ISO (1 Monday … 7 Sunday). */
export interface WorkingTime {
  /** IANA zone. */
  readonly tz: string;
  readonly startMinute: number;
  readonly endMinute: number;
  readonly weekdays: readonly number[];
  /** `YYYY-MM-DD` in `tz`. */
  readonly holidays: readonly string[];
  /** Quiet hours in `tz`; they end the next day when the end is not after the start. Null: none. */
  readonly quiet: { readonly startMinute: number; readonly endMinute: number } | null;
  /** False: Slack has not reported the person's zone yet, and `tz` is a guess. */
  readonly tzKnown: boolean;
}

/** The person who stands in for a manager or an approver. */
export interface StandIn {
  readonly userId: UserId;
  readonly work: WorkingTime;
  /** True: the other person is out, and asks go to the stand-in at once. False: they go there when the other is late. */
  readonly away: boolean;
  /** The other person's last day out, `YYYY-MM-DD`; null: not known. */
  readonly until: string | null;
}

/** Where an ask goes last when nobody has answered it. */
export type Fallback =
  | { readonly kind: 'person'; readonly userId: UserId; readonly work: WorkingTime }
  | { readonly kind: 'channel'; readonly channel: string };

/** Somebody who may be asked, and when they work. */
export interface Askable {
  readonly userId: UserId;
  readonly work: WorkingTime;
}

/** How much a person may give alone. A yes above the amount or the percentage needs the approver. */
export interface Limit {
  readonly amount: Money | null;
  /** Percentage of the worth that the ask counts (`worth.ts`). */
  readonly percent: number | null;
  readonly approver: UserId;
  /** The approver's working hours. */
  readonly work: WorkingTime;
  /** The approver's stand-in now; null: none. */
  readonly standIn: StandIn | null;
  /** The limit of everybody who has none of their own. */
  readonly isDefault: boolean;
  /** The people who approve, the first one first, when the approver was ever the rep or made the proposal. */
  readonly substitutes: readonly Askable[];
}

export interface ScheduleSettings {
  readonly manager: WorkingTime;
  readonly rep: WorkingTime;
  /** Working hours of the person whom a pending ask waits for; the manager's when there is none. */
  readonly asked: WorkingTime;
  /** The manager's stand-in now; null: none. */
  readonly standIn: StandIn | null;
  /** The stand-in now of the approver whom a proposal waits for; null: none, or no proposal waits. */
  readonly approverStandIn: StandIn | null;
  readonly fallback: Fallback | null;
  /** The admins, in the order in which they are asked. Empty while somebody else could decide. */
  readonly admins: readonly Askable[];
  /** The limit of the person who decides now; null: they have none, or nobody decides. */
  readonly limit: Limit | null;
  /** Somebody in the team has a limit. */
  readonly hasLimits: boolean;
  /**
   * The manager of the team of the person who names somebody now, else of a rep of the deal, past or present. Null: there is
   * none, they have left, or neither is somebody named now nor does an ask wait for nobody.
   */
  readonly teamManager: UserId | null;
  /** The manager has never had an ask. Only known where an ask may be put to them; else false. */
  readonly isFirstAsk: boolean;
  /** The channel of its thread reads of a deal that is back. */
  readonly tellsWins: boolean;
  /** Reps may be the managers of their own deals. */
  readonly ownManagerAllowed: boolean;
  /** Working minutes that a manager has when nothing else sets the deadline (default 240). */
  readonly responseMinutes: number;
  /** How long an ask waits for the facts that the rep adds, ms (5 min). */
  readonly holdAskMs: number;
  /** Idle time before the resume offer, ms (default 10 min). */
  readonly resumeOfferAfterMs: number;
  /** Idle time before an unfinished call is closed, ms (default 14 days). */
  readonly abandonAfterMs: number;
  /** Silence before an open deal is closed, ms (default 14 days). */
  readonly silenceAfterMs: number;
  /** How long before the end of a contract the reminder comes, ms (default 90 days). */
  readonly reEngageBeforeMs: number;
}

/** A reply beneath a message of the deal. */
interface Reply {
  readonly text: string;
  readonly channel: string;
  readonly ts: string;
  /** Slack's `ts` of the edit that made these words, which orders edits. */
  readonly editedTs?: string;
}

/** All that a deal begins with. */
export interface NewDealFacts {
  readonly id: string;
  readonly tenant: Tenant;
  readonly account: string;
  readonly business: Business;
  readonly manager: UserId | null;
  readonly playbook: { readonly id: string; readonly hash: string };
  readonly firstStep: string;
}

/** An offer that reps may give without asking, because somebody who may decide has said yes to it before. */
export interface PreApproved {
  readonly id: string;
  /** The person who pre-approved it; null limit: they have none. */
  readonly by: UserId;
  readonly limit: (Pick<Limit, 'amount' | 'percent'> & Partial<Pick<Limit, 'approver'>>) | null;
  /** Id of a loss reason. */
  readonly reason: string;
  readonly terms: string;
  readonly inReturn: string | null;
  /** The highest cost to us; null: nobody named one. */
  readonly cost: Money | null;
  /** Only for deals worth at most this; null: for all. */
  readonly worthUpTo: Money | null;
  /** The last day, `YYYY-MM-DD` for the rep; null: none. */
  readonly until: string | null;
  /** How often all reps together may give it in a calendar quarter; null: any number of times. */
  readonly perQuarter: number | null;
}

export type Command =
  | ({ readonly type: 'start' } & NewDealFacts)
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
      /** Where the playbook leads from here (`walk.ts`). */
      readonly next: Target;
      /** The next screen asks for an hour that the rep promises, so hours are worked out for it. Absent: it does not. */
      readonly suggestsTimes?: true;
      /** For an ask that follows at once; else null. */
      readonly ledger: Ledger | null;
    }
  /** Gives what was pre-approved, on the screen of a call. `worth`: typed for a limit that counts it; null: nothing typed. */
  | {
      readonly type: 'offer';
      readonly stepId: string;
      readonly visit: number;
      readonly give: PreApproved;
      readonly worth: Money | null;
    }
  /** The screen shown asks for an hour, and those worked out for it are too near or of another day. Only the clock. */
  | { readonly type: 'suggest_times' }
  /** Also from the screen with the ending; `visit` is then that of the last answer. */
  | { readonly type: 'go_back'; readonly visit: number; readonly draft: AnswerValue | null }
  /** The rep closed the screen: keeps the inputs, and offers at once to resume. */
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
      /** The person whom the rep named to decide; null or absent: nobody. */
      readonly manager?: UserId | null;
      /** A deal that begins with this record; absent: it has begun. */
      readonly begins?: NewDealFacts;
      readonly ledger: Ledger | null;
    }
  | {
      readonly type: 'fill_in';
      readonly details: Partial<Details>;
      readonly manager: UserId | null;
      /** Words for answers that have none. */
      readonly written?: readonly WrittenDown[];
      /** Of the competitor filled in; shown with a pending ask. */
      readonly ledger?: Ledger | null;
      readonly nextTime?: NextTime;
      /** The rep is done for now: sends an ask that waits for these facts, or tells of them. */
      readonly sendsAsk?: true;
    }
  /** Sends an ask that waits for facts, as it is. */
  | { readonly type: 'ask_now' }
  | { readonly type: 'try_again'; readonly firstStep: string }
  /** The rep called or wrote and reached nobody; `reminder` is the event that asked for it. */
  | { readonly type: 'report_try'; readonly reminder: number }
  | { readonly type: 'assign_manager'; readonly manager: UserId }
  | { readonly type: 'assign_rep'; readonly rep: UserId }
  | { readonly type: 'ask_rep'; readonly text: string }
  | { readonly type: 'answer_question'; readonly question: number; readonly text: string }
  /** `ask` is the ask that the person saw; a replaced one is stale. */
  | {
      readonly type: 'decide';
      readonly ask: number;
      readonly decision: DecisionTerms;
      /** The remark that the words come from. */
      readonly remark?: number;
    }
  /** Says yes to a proposal above its maker's limit. */
  | { readonly type: 'approve'; readonly ask: number; readonly approval: number }
  /** The manager or the approver is out: passes the ask or the proposal to their stand-in. */
  | { readonly type: 'pass_to_stand_in' }
  /** Somebody takes an ask in the channel to which it went on. */
  | { readonly type: 'take_over'; readonly ask: number; readonly channel: string }
  | ({ readonly type: 'remark' } & Reply)
  | ({ readonly type: 'edit_remark' } & Reply)
  | { readonly type: 'delete_remark'; readonly channel: string; readonly ts: string }
  /** The rep reminds whoever the ask waits for. */
  | { readonly type: 'nudge' }
  | { readonly type: 'report_signed' }
  | { readonly type: 'remind_me'; readonly at: number }
  | {
      readonly type: 'report_outcome';
      readonly outcome: Outcome;
      readonly nextTime?: NextTime;
    }
  /** Notes what was agreed for the next time; also after closing. */
  | { readonly type: 'note_next_time'; readonly nextTime: NextTime }
  /** What the prospect says, long after, about what the winner promised; null takes it back. */
  | { readonly type: 'report_pledge'; readonly kept: PledgeKept | null }
  /**
   * Somebody left the workspace. A rep's deal goes to `to`, or else to its manager. A manager's goes to `to`, or else
   * waits for a name. Only the clock and admins report it.
   */
  | { readonly type: 'person_left'; readonly userId: UserId; readonly to: UserId | null }
  /** `changed`: what is new since the decision, in the rep's words. */
  | { readonly type: 'ask_again'; readonly changed: string; readonly ledger: Ledger | null }
  /** A manager confirms why a closed deal was lost: ids of loss reasons. */
  | { readonly type: 'confirm_reason'; readonly reasons: readonly string[] }
  /** It is not a lost deal: takes it off every list and figure. */
  | { readonly type: 'withdraw' }
  /** Also brings a removed deal back to where it was. */
  | { readonly type: 'reopen' }
  /** Time has passed: records what is due, and only the latest of it. */
  | { readonly type: 'tick' };

/** The commands of these types. */
export type CommandOf<Type extends Command['type']> = Extract<Command, { type: Type }>;

/** All that `decide` knows besides the deal; it reads no clock, database or Slack. */
export interface DecideContext {
  readonly now: number;
  /** Null: the clock acts. */
  readonly actor: Actor | null;
  readonly settings: ScheduleSettings;
  /** The reply that the command is about; null: it is not known yet. Absent: the command is about none. */
  readonly remark?: KeptRemark | null;
  /** Somebody typed words on a screen of the deal and has not saved them. Absent: no. */
  readonly hasDraft?: boolean;
}

export type Decide = (deal: Deal | null, command: Command, context: DecideContext) => Decided;
