/** What the answers on the trail say about a deal. */
import type { AnswerValue } from '../../playbook/answer';
import { type Fact, traitsOf } from '../../playbook/schema';
import { type Answered, type Deal, NEWS, type NewsFact, type Source } from './deal';
import { deepEqual } from './deepEqual';

/**
 * One fact. `told`: the rep knows it and writes it down later. `unknown`: the prospect does not know it, or the rep
 * could not find out. `missing`: never asked, or skipped.
 */
export type Recorded<T> =
  | { readonly state: 'missing' }
  | { readonly state: 'told' | 'unknown'; readonly source: Source; readonly at: number }
  | { readonly state: 'known'; readonly value: T; readonly source: Source; readonly at: number };

export interface Picture {
  readonly text: string;
  /** Ids of reasons, each once. */
  readonly reasons: readonly string[];
}

export interface Facts {
  readonly attraction: Recorded<string>;
  /** All that was said on the repeated screen. */
  readonly picture: Recorded<Picture>;
  readonly hoped_for: Recorded<string>;
  readonly would_have_kept: Recorded<'yes' | 'no' | 'unclear'>;
  readonly obstacle: Recorded<string>;
  readonly would_have_changed: Recorded<string>;
  readonly signed: Recorded<'no' | 'verbal' | 'signed' | 'wont_say'>;
  readonly may_check: Recorded<'yes' | 'no'>;
  /** `YYYY-MM-DD`, as the prospect said it. */
  readonly signing_date: Recorded<string>;
  /** ms UTC */
  readonly promise: Recorded<number>;
  readonly contract_end: Recorded<string>;
  readonly may_call_again: Recorded<'yes' | 'no'>;
  readonly look_again: Recorded<string>;
  readonly capability: Recorded<'can' | 'need_manager' | 'cannot'>;
  readonly keep_talking: Recorded<'yes' | 'no'>;
  /** ms UTC */
  readonly next_attempt: Recorded<number>;
  readonly who_else: Recorded<string>;
  /** ms UTC */
  readonly send_by: Recorded<number>;
}

/** When the rep, who can do it alone, promised to send an offer, ms UTC; null: at no set time, or somebody was asked. */
export function offerDueAt(deal: Pick<Deal, 'trail' | 'verdict' | 'ask'>): number | null {
  const isAlone = traitsOf(deal.verdict)?.leadsTo === 'win_back' && deal.ask === null;
  return isAlone ? known(factsOf(deal).send_by) : null;
}

/** The value; null: not known. */
export function known<T>(fact: Recorded<T>): T | null {
  return fact.state === 'known' ? fact.value : null;
}

/** Ids of the loss reasons, picked after the call or ticked on it: the kind of offer that won the prospect. */
export function offerKinds({ details, trail }: Pick<Deal, 'trail' | 'details'>): readonly string[] {
  return details.reasons ?? known(pictureOf(trail))?.reasons ?? [];
}

/** What the prospect chose the winner for, in their own words; null: nobody wrote it down, or nobody won. */
export function pledgeOf({ trail, verdict }: Pick<Deal, 'trail' | 'verdict'>): string | null {
  if (traitsOf(verdict)?.looksAgain) return null;
  const { attraction, picture: whole } = factsOf({ trail });
  if (attraction.state === 'known' && attraction.source === 'prospect') return attraction.value.trim();
  const said = whole.state === 'known' && whole.source === 'prospect' ? whole.value.text.trim() : '';
  return said === '' ? null : said;
}

/** Whether somebody typed anything on the screens of the call, or about its answers after it. */
export const hasWords = ({ trail }: Pick<Deal, 'trail'>): boolean =>
  trail.some(({ answer }) => 'text' in answer && (answer.text ?? '').trim() !== '');

/** True while nobody has written down anything by which to decide. */
export function lacksFacts(deal: Pick<Deal, 'trail' | 'details'>): boolean {
  const { prospect: _, reasons: __, ...details } = deal.details;
  return (
    !hasWords(deal) && offerKinds(deal).length === 0 && Object.values(details).every((it) => it === null)
  );
}

/** Facts that can change a decision and that a later state of the deal has anew. */
export function newsIn(before: Deal, after: Deal): readonly NewsFact[] {
  const isFirst = lacksFacts(before) && !lacksFacts(after);
  const changed = NEWS.filter(
    (fact) =>
      fact !== 'words' &&
      after.details[fact] !== null &&
      !deepEqual(after.details[fact], before.details[fact]),
  );
  return changed.length === 0 && isFirst ? ['words'] : changed;
}

/** Cached by trail, which never changes, since a screen asks for facts line by line. */
export function factsOf({ trail }: Pick<Deal, 'trail'>): Facts {
  const read = factsRead.get(trail);
  if (read !== undefined) return read;
  const facts = readFacts(trail);
  factsRead.set(trail, facts);
  return facts;
}

const factsRead = new WeakMap<Deal['trail'], Facts>();

function readFacts(trail: Deal['trail']): Facts {
  return {
    attraction: latest(trail, 'attraction', text),
    picture: pictureOf(trail),
    hoped_for: latest(trail, 'hoped_for', text),
    would_have_kept: latest(trail, 'would_have_kept', oneOf('yes', 'no', 'unclear')),
    obstacle: latest(trail, 'obstacle', text),
    would_have_changed: latest(trail, 'would_have_changed', text),
    signed: latest(trail, 'signed', oneOf('no', 'verbal', 'signed', 'wont_say')),
    may_check: latest(trail, 'may_check', oneOf('yes', 'no')),
    signing_date: latest(trail, 'signing_date', date),
    promise: latest(trail, 'promise', moment),
    contract_end: latest(trail, 'contract_end', date),
    may_call_again: latest(trail, 'may_call_again', oneOf('yes', 'no')),
    look_again: latest(trail, 'look_again', date),
    capability: latest(trail, 'capability', oneOf('can', 'need_manager', 'cannot')),
    keep_talking: latest(trail, 'keep_talking', oneOf('yes', 'no')),
    next_attempt: latest(trail, 'next_attempt', moment),
    who_else: latest(trail, 'who_else', text),
    send_by: latest(trail, 'send_by', moment),
  };
}

/** Reads one kind of answer; null: it says nothing about the fact (a blank input, a way out of the screen). */
type Read<T> = (answer: AnswerValue) => T | null;

const text: Read<string> = (answer) =>
  (answer.kind === 'text' || answer.kind === 'reasons') && answer.text.trim() !== '' ? answer.text : null;
const date: Read<string> = (answer) => (answer.kind === 'date' ? answer.date : null);
const moment: Read<number> = (answer) => (answer.kind === 'datetime' ? answer.at : null);
const picture: Read<Picture> = (answer) => {
  const reasons = answer.kind === 'reasons' ? answer.reasons : [];
  const said = text(answer) ?? '';
  return said === '' && reasons.length === 0 ? null : { text: said, reasons };
};

function oneOf<T extends string>(...choices: readonly T[]): Read<T> {
  return (answer) => (answer.kind === 'choice' ? choices.find((it) => it === answer.choice) : null) ?? null;
}

function recorded<T>(answered: Answered, read: Read<T>): Recorded<T> {
  const { answer, source, at } = answered;
  if (answer.kind === 'told' || answer.kind === 'unknown') return { state: answer.kind, source, at };
  const value = read(answer);
  return value === null ? { state: 'missing' } : { state: 'known', value, source, at };
}

/** The last answer holds, except that a screen left without words keeps earlier ones. */
function latest<T>(trail: readonly Answered[], fact: Fact, read: Read<T>): Recorded<T> {
  let result: Recorded<T> = { state: 'missing' };
  for (const answered of trail) {
    if (answered.fact !== fact) continue;
    const one = recorded(answered, read);
    if (one.state === 'missing' || (one.state === 'told' && result.state === 'known')) continue;
    result = one;
  }
  return result;
}

/** Joins the texts of every showing of the screen. A text that begins with the previous one replaces it. */
function pictureOf(trail: readonly Answered[]): Recorded<Picture> {
  const texts: string[] = [];
  const reasons = new Set<string>();
  for (const { fact, answer } of trail) {
    if (fact !== 'picture') continue;
    const one = picture(answer);
    const previous = texts.at(-1);
    if (one?.text) {
      if (previous !== undefined && one.text.startsWith(previous)) texts.pop();
      if (!texts.includes(one.text)) texts.push(one.text);
    }
    for (const reason of one?.reasons ?? []) reasons.add(reason);
  }
  const last = latest(trail, 'picture', picture);
  if (texts.length === 0 && reasons.size === 0) return last;
  const source = last.state === 'missing' ? 'rep' : last.source;
  const at = last.state === 'missing' ? 0 : last.at;
  return { state: 'known', value: { text: texts.join('\n'), reasons: [...reasons] }, source, at };
}
