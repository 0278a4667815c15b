/** The product's own words for the parts of a deal, in one place, so that a screen and a message never disagree. */
import type { Business, Decision, PledgeKept, Stage } from '../../deal/model/deal';
import type { Fact, Reason, Verdict } from '../../playbook/schema';

export const BUSINESS_LABELS: Readonly<Record<Business, string>> = {
  new: "New business we didn't win",
  customer: "A customer who's leaving",
};

export const STAGE_LABELS: Readonly<Record<Stage, string>> = {
  coaching: 'On the call',
  awaiting_decision: 'Waiting for a decision',
  winning_back: 'Going back to them',
  calling_back: 'Call them back',
  closed: 'Closed',
  withdrawn: 'Not a loss',
};

export const VERDICT_LABELS: Readonly<Record<Verdict, string>> = {
  pulse: 'Open to it, OK to ask',
  keep_talking: 'Back in talks',
  signed: 'Signed with them',
  no_pulse: 'Nothing would have changed it',
  declined_to_say: "Wouldn't say",
  no_check: "Open to it, but don't ask",
  postponed: 'No decision',
  not_over: 'Not lost',
  unreached: 'Not reached yet',
};

export const FACT_LABELS: Readonly<Record<Fact, string>> = {
  attraction: 'What attracted them most',
  picture: 'The whole picture',
  hoped_for: 'What they hoped we would bring',
  would_have_kept: 'Had we offered that',
  obstacle: 'What else is in the way',
  would_have_changed: 'What would have changed it',
  signed: 'Have they signed',
  may_check: 'May we check with our manager',
  signing_date: 'When they plan to sign',
  promise: 'Call back promised by',
  contract_end: 'When the other contract ends',
  may_call_again: 'May we call before their next decision',
  look_again: 'When they look again',
  capability: 'Can the rep do it',
  keep_talking: 'Keep talking',
  next_attempt: 'When to try again',
  who_else: 'Who else has to be on board',
  send_by: 'When to send it',
};

export const DECISION_LABELS: Readonly<Record<Decision['kind'], string>> = {
  match: 'Match',
  counter: 'Counter',
  decline: 'Decline',
};

/** Counter-offers of earlier releases moved on these. */
export const EARLIER_LEVERS: readonly Reason[] = [
  { id: 'delivery', label: 'Delivery' },
  { id: 'service', label: 'Service' },
  { id: 'term', label: 'Term' },
  { id: 'features', label: 'Features' },
  { id: 'price', label: 'Price' },
];

const CHOICE_LABELS: Readonly<Record<string, string>> = {
  yes: 'Yes',
  no: 'No',
  unclear: 'Unclear',
  verbal: 'Promised verbally',
  signed: 'Signed',
  wont_say: "Won't say",
  can: 'Can do',
  need_manager: 'Needs the manager',
  cannot: 'Cannot do',
};

/** Words for a choice that the playbook does not name, or not any more. */
export function choiceLabel(choice: string): string {
  return CHOICE_LABELS[choice] ?? choice.replaceAll('_', ' ');
}

/** Of a deal that somebody removed. */
export const NOT_LOST = "This one isn't lost after all.";

/** Ends words that were longer than we keep. */
export const MORE_IN_THREAD = 'More is in the thread.';

/** "2 hours left" for a duration in ms that the event recorded. */
export function timeLeft(ms: number): string {
  return ms <= 0 ? 'no time left' : `${duration(ms)} left`;
}

/** "4 minutes", "2 hours", "3 days"; at least a minute. */
export function duration(ms: number): string {
  const minutes = Math.round(ms / 60_000);
  if (minutes < 60) return count(Math.max(1, minutes), 'minute');
  const hours = Math.round(minutes / 60);
  return hours < 48 ? count(hours, 'hour') : count(Math.round(hours / 24), 'day');
}

function count(n: number, unit: string): string {
  return `${n} ${unit}${n === 1 ? '' : 's'}`;
}

/** What became of a promise, inside a sentence. */
export const KEPT_WORDS: Readonly<Record<PledgeKept, string>> = {
  held: 'held',
  partly: 'partly held',
  broken: 'broken',
  unknown: 'not known',
};
