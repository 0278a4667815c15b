/** Which merge fields are known when, and examples of them. The checker and the app share this table. */
import type { Fact, MailKey, MergeField, WordsKey } from '../schema';

/**
 * When a line is said: on a screen of the call, on one that asks for an hour, in an ending, or at a moment after it; or by
 * the prospect of a practice call.
 */
export type Moment = 'call' | 'hour' | 'ending' | WordsKey | 'sending' | 'practice';

interface Known {
  /** The caller that renders a line must give these. */
  readonly always: readonly MergeField[];
  /** May be unknown: a line names them only in [ ]. */
  readonly sometimes: readonly MergeField[];
}

const people: readonly MergeField[] = ['prospect', 'competitor', 'rep', 'manager'];
const noMore: Known = { always: ['account'], sometimes: people };
const offer: Known = {
  always: ['account', 'terms'],
  sometimes: [...people, 'request', 'expiry', 'in_return'],
};

export const KNOWN_FIELDS: Readonly<Record<Moment, Known>> = {
  call: noMore,
  hour: { always: ['account', 'by_suggested'], sometimes: people },
  ending: {
    always: ['account'],
    sometimes: [
      ...people,
      'call_back',
      'by_call_back',
      'send_by',
      'by_send_by',
      'look_again',
      'around_look_again',
    ],
  },
  voicemail: noMore,
  mail: noMore,
  holding: { always: ['account'], sometimes: [...people, 'request', 'call_back', 'by_call_back'] },
  match: offer,
  counter: offer,
  decline: { always: ['account', 'reason'], sometimes: [...people, 'request'] },
  welcome_back: { always: ['account'], sometimes: [...people, 'terms'] },
  re_engage: noMore,
  next_try: noMore,
  last_voicemail: noMore,
  offer_now: noMore,
  re_engage_agreed: noMore,
  pledge_held: { always: ['account', 'pledged'], sometimes: people },
  sending: { always: ['account', 'terms'], sometimes: [...people, 'hoped_for', 'send_by', 'by_send_by'] },
  practice: { always: ['account', 'prospect'], sometimes: ['competitor'] },
};

/** The rep names an hour on the screens of these facts, so the app suggests one. */
const HOURS: readonly Fact[] = ['promise', 'send_by'];

/** The moment of a screen of the call. */
export const momentOf = (fact: Fact | undefined): Moment =>
  fact !== undefined && HOURS.includes(fact) ? 'hour' : 'call';

/** What is known when a mail is written. */
export const MAIL_MOMENTS: Readonly<Record<MailKey, Moment>> = {
  thank_you: 'mail',
  offer: 'match',
  decline: 'decline',
  re_engage: 're_engage',
  keep_talking: 'sending',
  last: 'mail',
};

/** Typical values, to check how long a line takes and whether it reads well. */
export const SAMPLE_FIELDS: Readonly<Record<MergeField, string>> = {
  account: 'Northwind',
  prospect: 'Ms Reyes',
  competitor: 'Contoso',
  rep: 'Sam Carter',
  manager: 'Alex Kim',
  call_back: 'Friday at noon',
  request: 'match the delivery time',
  terms: 'delivery in three weeks at the same price',
  expiry: 'Friday at noon',
  reason: 'we cannot build it that fast',
  in_return: 'the order by Friday',
  hoped_for: 'a start within three weeks',
  pledged: "three weeks' delivery",
  look_again: 'March 15',
  send_by: 'Friday at noon',
  by_call_back: 'by noon on Friday',
  by_send_by: 'by noon on Friday',
  by_suggested: 'by noon on Friday',
  around_look_again: 'around March 15',
};

/** Longest name that the intake takes, characters. */
export const LONGEST_NAME = 80;
/** Longest value of every other field, characters. */
export const LONGEST_FIELD = 300;
/** Longest quote of the prospect inside a sentence, characters. */
export const LONGEST_QUOTE = 200;

/** Slack counts `&` as `&amp;`, so text from people can grow this many times. */
const ESCAPED_GROWTH = '&amp;'.length;

/** Most characters of a field on Slack. People write names and free text; the app writes the rest. */
export const LONGEST_ON_SLACK: Readonly<Record<MergeField, number>> = {
  account: LONGEST_NAME * ESCAPED_GROWTH,
  prospect: LONGEST_NAME * ESCAPED_GROWTH,
  competitor: LONGEST_NAME * ESCAPED_GROWTH,
  rep: LONGEST_FIELD,
  manager: LONGEST_FIELD,
  call_back: LONGEST_FIELD,
  request: LONGEST_FIELD * ESCAPED_GROWTH,
  terms: LONGEST_FIELD * ESCAPED_GROWTH,
  expiry: LONGEST_FIELD,
  reason: LONGEST_FIELD * ESCAPED_GROWTH,
  in_return: LONGEST_FIELD * ESCAPED_GROWTH,
  hoped_for: LONGEST_QUOTE * ESCAPED_GROWTH,
  pledged: LONGEST_QUOTE * ESCAPED_GROWTH,
  look_again: LONGEST_FIELD,
  send_by: LONGEST_FIELD,
  by_call_back: LONGEST_FIELD,
  by_send_by: LONGEST_FIELD,
  by_suggested: LONGEST_FIELD,
  around_look_again: LONGEST_FIELD,
};
