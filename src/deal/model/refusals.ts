/** The answers of `decide`: events, or a refusal. A refusal is a code with facts; `slack/text/refusals.ts` has its sentence. */

import type { UserId } from './deal';
import type { DealEventBody } from './events';
import { isSeen } from './typed';

/** What a refusal means for the person. It selects the place and the title of its sentence. */
export type RefusalKind =
  /** The deal moved on since the screen or button was shown. */
  | 'stale'
  /** The deal says so already; no error. */
  | 'already_done'
  /** This person may not do it. */
  | 'not_allowed'
  /** Somebody else was faster with a decision. */
  | 'already_decided'
  /** Not possible at this stage. */
  | 'wrong_stage'
  /** The person can put the input right. */
  | 'invalid';

export const REFUSALS = {
  stale: 'stale',
  rep_went_back: 'stale',
  already_done: 'already_done',
  persons_only: 'not_allowed',
  persons_start: 'not_allowed',
  members_only: 'not_allowed',
  members_start: 'not_allowed',
  clock_only: 'not_allowed',
  rep_only: 'not_allowed',
  own_call_only: 'not_allowed',
  decider_only: 'not_allowed',
  party_only: 'not_allowed',
  admin_only: 'not_allowed',
  author_only: 'not_allowed',
  approver_only: 'not_allowed',
  confirmer_only: 'not_allowed',
  other_channel: 'not_allowed',
  already_decided: 'already_decided',
  has_signed: 'wrong_stage',
  conversation_ended: 'wrong_stage',
  conversation_open: 'wrong_stage',
  not_reached: 'wrong_stage',
  recorded_already: 'wrong_stage',
  verdict_stands: 'wrong_stage',
  nothing_to_decide: 'wrong_stage',
  nothing_to_ask: 'wrong_stage',
  nobody_to_nudge: 'wrong_stage',
  nudge_waits: 'wrong_stage',
  nothing_to_remind: 'wrong_stage',
  not_decided: 'wrong_stage',
  outcome_stands: 'wrong_stage',
  won_back: 'wrong_stage',
  closed: 'wrong_stage',
  closed_long_ago: 'wrong_stage',
  not_closed: 'wrong_stage',
  nothing_pledged: 'wrong_stage',
  withdrawn: 'wrong_stage',
  deal_exists: 'invalid',
  deal_unknown: 'invalid',
  remark_unknown: 'invalid',
  remarks_full: 'invalid',
  questions_full: 'invalid',
  asks_full: 'wrong_stage',
  decisions_full: 'invalid',
  deal_full: 'invalid',
  first_screen: 'invalid',
  not_pre_approved: 'invalid',
  worth_missing: 'invalid',
  given_out: 'invalid',
  account_missing: 'invalid',
  question_missing: 'invalid',
  answer_missing: 'invalid',
  reason_missing: 'invalid',
  loss_reason_missing: 'invalid',
  change_missing: 'invalid',
  terms_missing: 'invalid',
  words_missing: 'invalid',
  cost_missing: 'invalid',
  amount_unusable: 'invalid',
  term_unusable: 'invalid',
  reminder_unusable: 'invalid',
  after_signing: 'invalid',
  on_holiday: 'invalid',
  expiry_passed: 'invalid',
  proposal_expired: 'invalid',
  part_too_large: 'invalid',
  own_manager: 'invalid',
  team_manager: 'invalid',
  manager_as_rep: 'invalid',
  approver_is_rep: 'invalid',
  approver_proposed: 'invalid',
  no_stand_in: 'invalid',
  no_approver_stand_in: 'invalid',
  no_successor: 'invalid',
} as const satisfies Readonly<Record<string, RefusalKind>>;
export type RefusalCode = keyof typeof REFUSALS;

/** Facts that a sentence names. */
interface FactsOf {
  readonly already_decided: { readonly by: UserId };
  readonly closed_long_ago: { readonly days: number };
  /** The manager of the rep's team, who decides. */
  readonly team_manager: { readonly manager: UserId };
  /** The day of the signing, `YYYY-MM-DD`. */
  readonly after_signing: { readonly date: string; readonly today: string };
  readonly on_holiday: { readonly date: string; readonly today: string };
  /** When the person can be nudged, ms UTC, and why not before. */
  readonly nudge_waits: {
    readonly to: UserId;
    readonly why: 'nudged' | 'not_asked_yet' | 'not_at_work';
    readonly until: number;
  };
}
/** A refusal that needs no facts. */
export type PlainCode = Exclude<RefusalCode, keyof FactsOf>;

export type Refusal =
  | { readonly code: PlainCode }
  | { [Code in keyof FactsOf]: { readonly code: Code } & FactsOf[Code] }[keyof FactsOf];

export type Decided =
  | { readonly ok: true; readonly events: readonly DealEventBody[] }
  | ({ readonly ok: false } & Refusal);

export const accept = (...events: readonly DealEventBody[]): Decided => ({ ok: true, events });

export const refuse = (why: PlainCode | Refusal): Decided => ({
  ok: false,
  ...(typeof why === 'string' ? { code: why } : why),
});

export const alreadyDone = refuse('already_done');
export const stale = refuse('stale');

export const isBlank = (text: string): boolean => !isSeen(text);
