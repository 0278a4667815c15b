/** The store's interface for figures: one row a deal, which the insights room makes of the deal alone. */
import type { Business, Deal, DealId, PledgeKept, Tenant, UserId } from '../../deal/model/deal';
import type { Money } from '../../deal/model/money';

/** The time from the ask that was answered last to its first answer: within an hour, a day, or longer. */
export type DecidedIn = 'hour' | 'day' | 'later';

/** One deal as figures count it. Times are ms UTC; null: not known. */
export interface InsightRow {
  readonly dealId: DealId;
  readonly revision: number;
  /** It is a loss. A deal that was withdrawn counts in no figure. */
  readonly counts: boolean;
  readonly rep: UserId;
  readonly manager: UserId | null;
  /** Everybody else whom an ask or a proposal went to, or who decided: they may see the deal. */
  readonly asked: readonly UserId[];
  /** The approver whom the limit names for a proposal that waits: their stand-ins may see the deal. */
  readonly approver: UserId | null;
  readonly account: string;
  readonly business: Business;
  readonly competitor: string | null;
  readonly startedAt: number;
  /** They answered whether they would come back to us. */
  readonly wasReached: boolean;
  readonly wouldHave: boolean | null;
  readonly wasAsked: boolean;
  readonly wasDecided: boolean;
  /** The last answer that a manager gave first came by its deadline. Null: nobody was asked, or nobody answered. */
  readonly wasInTime: boolean | null;
  readonly decidedIn: DecidedIn | null;
  /** We went for it: with a manager, or the rep alone. */
  readonly wasTried: boolean;
  /** A manager's match or counter-offer stands. */
  readonly wasYes: boolean;
  /** We moved: with the manager, or the rep alone. */
  readonly wasGiven: boolean;
  /** They said yes, or signed. */
  readonly isBack: boolean;
  /** It is back, and they signed. */
  readonly isSigned: boolean;
  /** It is closed and did not come back. */
  readonly isLost: boolean;
  /** Whether the rep reported back in time; null: no time was promised, or nothing is reported yet. */
  readonly callBackKept: boolean | null;
  /** Ids of the reasons that count. */
  readonly reasons: readonly string[];
  /** Ids of the reasons that we moved on. */
  readonly given: readonly string[];
  /** The reasons that the rep picked afterwards differ from those ticked on the call; null: one of them is not known. */
  readonly reasonsDiffer: boolean | null;
  /** Ids of the reasons that a manager confirmed; empty: nobody has. */
  readonly confirmed: readonly string[];
  /** The confirmed reasons differ from those ticked while the prospect talked; null: one of them is not known. */
  readonly confirmedDiffers: boolean | null;
  /** When it was closed without coming back; null: it was not, or an earlier release closed it. */
  readonly lostAt: number | null;
  readonly worth: Money | null;
  /** The worth that came back; null also when nothing did, or nobody wrote down the part that did. */
  readonly back: Money | null;
  /** The cost to us of a deal that came back; null also when it did not. */
  readonly cost: Money | null;
  /** The version of the playbook. */
  readonly playbookHash: string | null;
  /** Ids of the steps that the call reached. */
  readonly steps: readonly string[];
  /** The step at which the call ended without an answer: they would rather not say, or the rep never went on. */
  readonly leftAt: string | null;
  /** The prospect said what they chose the winner for. */
  readonly wasPledged: boolean;
  /** A reminder asked whether the winner kept it, or the rep recorded it without one. */
  readonly pledgeAsked: boolean;
  /** Null: not recorded. */
  readonly pledgeKept: PledgeKept | null;
  /** We moved, and the yes names something in return. */
  readonly hasReturn: boolean;
}

/** A deal whose row does not follow from it yet. */
export interface BehindDeal {
  readonly tenant: Tenant;
  readonly dealId: DealId;
  readonly revision: number;
  /** Null: its record cannot be read. */
  readonly deal: Deal | null;
}

/** The people whose deals a person may see in figures, as `maySee` says of one deal. */
export type Sight =
  | 'all'
  | {
      readonly userId: UserId;
      /** Reps of the teams they lead. */
      readonly manages: readonly UserId[];
      readonly standsInFor: readonly UserId[];
    };

/** The deals that figures are over. Null: all. */
export interface FiguresAsked {
  readonly tenant: Tenant;
  readonly sight: Sight;
  /** Deals that began at this moment or later, and before `until`; ms UTC. */
  readonly from: number | null;
  readonly until: number | null;
  readonly reps: readonly UserId[] | null;
  readonly competitor: string | null;
  /** Keys of competitors, null for those that nobody named; absent: any. */
  readonly among?: readonly (string | null)[];
}

export type Dimension =
  | 'rep'
  | 'competitor'
  | 'business'
  | 'reasons'
  | 'given'
  | 'confirmed'
  | 'decidedIn'
  | 'callBackKept'
  | 'playbook'
  | 'steps'
  | 'leftAt'
  | 'pledgeKept';

/** Figures of the deals that agree in the dimensions asked for, and in their currencies. Others are null or empty. */
export interface InsightGroup {
  readonly period: number;
  readonly rep: UserId | null;
  /** As one of the deals spells it; null: not known. */
  readonly competitor: string | null;
  readonly competitorKey: string | null;
  readonly business: Business | null;
  readonly reasons: readonly string[];
  readonly given: readonly string[];
  readonly confirmed: readonly string[];
  readonly decidedIn: DecidedIn | null;
  readonly callBackKept: boolean | null;
  readonly playbookHash: string | null;
  readonly steps: readonly string[];
  readonly leftAt: string | null;
  readonly pledgeKept: PledgeKept | null;

  readonly deals: number;
  readonly reached: number;
  readonly wouldHave: number;
  /** They said yes or no. */
  readonly wouldHaveKnown: number;
  readonly asked: number;
  readonly decided: number;
  readonly inTime: number;
  /** We went for it. */
  readonly tried: number;
  /** A manager's match or counter-offer stands. */
  readonly yes: number;
  /** We moved. */
  readonly gave: number;
  /** They said yes, or signed. */
  readonly back: number;
  readonly signed: number;
  readonly lost: number;
  readonly differ: number;
  readonly differKnown: number;
  readonly confirmedDeals: number;
  readonly confirmedDiffer: number;
  readonly confirmedDifferKnown: number;
  readonly pledged: number;
  readonly pledgeAsked: number;
  /** We moved and got something in return. */
  readonly inReturn: number;
  readonly worth: Money | null;
  readonly backMoney: Money | null;
  readonly signedMoney: Money | null;
  readonly cost: Money | null;
}

/** Which deals behind a figure of promises. `promised`, `asked`: whatever came of it. */
export type PledgeState = 'promised' | 'asked' | PledgeKept;

/** Deals against one company that are alike in what we moved on and in what came of it. */
export interface MoveGroup {
  /** Ids of the reasons that we moved on; empty: we did not move. */
  readonly given: readonly string[];
  readonly hasReturn: boolean;
  readonly isBack: boolean;
  readonly isLost: boolean;
  readonly pledgeKept: PledgeKept | null;
  readonly deals: number;
}

/** Steps from the no to the signature, with a figure each. */
export type FigureStep = 'reached' | 'wouldHave' | 'asked' | 'inTime' | 'tried' | 'yes' | 'back' | 'signed';

/** One figure: a step, a reason that buyers said, one that we moved on, or the winner's promise. Null: all deals. */
export type FigureOf =
  | { readonly kind: 'step'; readonly step: FigureStep }
  | { readonly kind: 'said' | 'given'; readonly reason: string }
  | { readonly kind: 'pledge'; readonly state: PledgeState }
  | null;

/** A deal behind a figure. */
export interface FigureDeal {
  readonly dealId: DealId;
  readonly account: string;
  readonly rep: UserId;
  readonly startedAt: number;
  readonly wasTried: boolean;
  readonly isBack: boolean;
  readonly isSigned: boolean;
  readonly isLost: boolean;
  /** The worth that came back; null also when nothing did. */
  readonly back: Money | null;
}

/** A deal as an export lists it. */
export type ListedDeal = Pick<
  InsightRow,
  | 'dealId'
  | 'rep'
  | 'manager'
  | 'account'
  | 'business'
  | 'competitor'
  | 'startedAt'
  | 'wasReached'
  | 'wouldHave'
  | 'wasAsked'
  | 'wasDecided'
  | 'wasInTime'
  | 'decidedIn'
  | 'wasTried'
  | 'wasYes'
  | 'wasGiven'
  | 'isBack'
  | 'isLost'
  | 'callBackKept'
  | 'reasons'
  | 'given'
  | 'reasonsDiffer'
  | 'confirmed'
  | 'confirmedDiffers'
  | 'worth'
  | 'back'
  | 'cost'
>;

/** A deal that was closed without coming back, by a release that lets a manager confirm its reason. */
export interface Loss {
  readonly dealId: DealId;
  readonly account: string;
  readonly rep: UserId;
  readonly competitor: string;
  /** Ids of the reasons that count: a manager's, else those that the buyer and the rep named. */
  readonly reasons: readonly string[];
  readonly worth: Money | null;
  /** ms UTC */
  readonly lostAt: number;
}

export interface InsightsStore {
  /** The competitors of all workspaces to whom a deal was lost since then, ms UTC. */
  recentLosses(
    since: number,
  ): Promise<readonly { readonly tenant: Tenant; readonly competitorKey: string }[]>;
  /** Deals lost to one competitor since then, ms UTC, the first one first; the newest ones if there are very many. */
  lossesTo(tenant: Tenant, competitorKey: string, since: number): Promise<readonly Loss[]>;
  /**
   * Figures over rows of deals. Reads beside those that people wait for, so no ack waits for it.
   *
   * @param periods first moments of all periods but the first, ms UTC, ascending
   */
  groups(asked: FiguresAsked, by: readonly Dimension[], periods?: readonly number[]): Promise<InsightGroup[]>;
  /** The start of the first deal with this version of a playbook, ms UTC; null: there is none. */
  firstUse(tenant: Tenant, playbookHash: string): Promise<number | null>;
  /** The deals behind one figure, newest first. */
  dealsBehind(
    asked: FiguresAsked,
    which: { readonly of: FigureOf; readonly limit: number; readonly offset: number },
  ): Promise<FigureDeal[]>;
  /** The number of deals. */
  countDeals(asked: FiguresAsked): Promise<number>;
  /**
   * A page of the deals, oldest first.
   *
   * @param after the last deal of the page before; null: the first page
   */
  listDeals(
    asked: FiguresAsked,
    after: Pick<ListedDeal, 'startedAt' | 'dealId'> | null,
    limit: number,
  ): Promise<ListedDeal[]>;
  /**
   * Other deals of the workspace against this company in which we moved, or of which somebody recorded whether the winner
   * kept their word. From an index alone, since an ask waits for it.
   */
  movesAgainst(tenant: Tenant, competitor: string, except: DealId): Promise<MoveGroup[]>;
  /** Deals whose row is missing, older than they are, or of an earlier version of the rows. */
  behind(version: number, limit: number): Promise<BehindDeal[]>;
  /**
   * Stores rows of this version. Keeps a row that is newer, or of a later version: during an upgrade two releases write.
   *
   * @returns the number of rows that it stored
   * @throws when a deal was erased meanwhile; nothing is stored then
   */
  writeRows(version: number, rows: readonly (InsightRow & { readonly tenant: Tenant })[]): Promise<number>;
}
