/** Which merge fields are known when, and examples of them. The checker and the app share this table. */
import type { MergeField, WordsKey } from '../schema';

/** When a line is said: on a screen of the call, in an ending, or at a moment after it. */
export type Moment = 'call' | 'ending' | WordsKey;

interface Known {
  /** The caller that renders a line must give these. */
  readonly always: readonly MergeField[];
  /** May be unknown: a line names them only in [ ]. */
  readonly sometimes: readonly MergeField[];
}

const people: readonly MergeField[] = ['prospect', 'competitor', 'rep', 'manager'];
const offer: Known = { always: ['account', 'terms'], sometimes: [...people, 'request', 'expiry'] };

export const KNOWN_FIELDS: Readonly<Record<Moment, Known>> = {
  call: { always: ['account'], sometimes: people },
  ending: { always: ['account'], sometimes: [...people, 'call_back'] },
  voicemail: { always: ['account'], sometimes: people },
  mail: { always: ['account'], sometimes: people },
  holding: { always: ['account'], sometimes: [...people, 'request', 'call_back'] },
  match: offer,
  counter: offer,
  decline: { always: ['account', 'reason'], sometimes: [...people, 'request'] },
  welcome_back: { always: ['account'], sometimes: [...people, 'terms'] },
  re_engage: { always: ['account'], sometimes: people },
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
};

/** Longest name that the intake takes, characters. */
export const LONGEST_NAME = 80;
/** Longest value of every other field, characters. */
export const LONGEST_FIELD = 300;

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
};
