/**
 * What a rep did well on a call, and what to try next time: checks that a person could verify by reading the answers. No
 * score. They read a practice call and a real one alike.
 */
import type { PracticeAnswer } from '../../playbook/practice/answers';
import type { Fact, Playbook, Step } from '../../playbook/schema';
import { FACT_KINDS, traitsOf, VERDICT_TRAITS } from '../../playbook/schema';
import { isEnglish } from '../../playbook/speech';
import { stepOf } from '../../playbook/walk';
import type { Answered, Deal } from '../model/deal';
import type { Misheard } from '../model/practice';

export const CHECKS = [
  /** Took each reply as it was meant. */
  'heard',
  /** Took the blame before asking what they had hoped for, in the words of the script. */
  'owned_miss',
  /** Asked once more what made the difference, after two questions about it. */
  'asked_again',
  /** Asked what else there was once the price was named. */
  'left_money_aside',
  /** Asked whether they have signed before offering or asking anything, as the script has it. */
  'signed_first',
  'asked_obstacle',
  /** Named the hour of the call back. */
  'named_hour',
  /** Named the hour by which the offer comes. */
  'named_send_by',
  /** Found out when they sign. */
  'signing_date',
  /** Found out how long their agreement runs. */
  'contract_end',
  /** Found out when they look at it again. */
  'look_again',
  /** Asked nothing more after a no. */
  'took_no',
] as const;
export type CheckCode = (typeof CHECKS)[number];

export interface Check {
  readonly code: CheckCode;
  readonly passed: boolean;
  /** The words of the playbook that would have done it; null: it passed, or the playbook has none. */
  readonly line: string | null;
}

/** Failed ones come first: all that a rep reads after a call. */
const MOST = 5;

/** What only a practice knows. */
export interface KnownReplies {
  readonly misheard: readonly Misheard[];
  /** What the prospect meant at a showing of a step, from 1. */
  readonly meant: (stepId: string, showing: number) => PracticeAnswer;
  /** The words that they said there. */
  readonly said: (stepId: string, showing: number) => string;
}

type Call = Pick<Deal, 'trail' | 'verdict'>;

/** @param known null: a real call */
export function checksOf(call: Call, playbook: Playbook, known: KnownReplies | null): readonly Check[] {
  if (call.verdict === null || (!VERDICT_TRAITS[call.verdict].isReached && known === null)) return [];
  const read = readingOf(call, playbook, known);
  const all = CHECKS.flatMap((code): Check[] => {
    const found = CHECK[code](read);
    if (found === null) return [];
    return [{ code, passed: found.passed, line: found.passed ? null : found.line }];
  });
  return [...all.filter(({ passed }) => !passed), ...all.filter(({ passed }) => passed)].slice(0, MOST);
}

interface Reading extends Call {
  readonly known: KnownReplies | null;
  /** Answers at the steps that record a fact, oldest first. */
  readonly at: (fact: Fact) => readonly Shown[];
  readonly playbook: Playbook;
  readonly shown: readonly Shown[];
}

interface Shown extends Answered {
  readonly step: Step;
  /** From 1. */
  readonly showing: number;
}

function readingOf({ trail, verdict }: Call, playbook: Playbook, known: KnownReplies | null): Reading {
  const shown = trail.map((answered, index): Shown => {
    const before = trail.slice(0, index).filter(({ stepId }) => stepId === answered.stepId);
    return { ...answered, step: stepOf(playbook, answered.stepId), showing: before.length + 1 };
  });
  const at = (fact: Fact) => shown.filter(({ step }) => step.record?.fact === fact);
  return { trail, verdict, playbook, known, shown, at };
}

/** Null: the call had no occasion for it. */
type Found = { readonly passed: boolean; readonly line: string | null } | null;

const CHECK: Readonly<Record<CheckCode, (read: Reading) => Found>> = {
  heard({ known, playbook }) {
    if (known === null) return null;
    const [first] = known.misheard;
    if (first === undefined) return { passed: true, line: null };
    const { cue, listen_for } = stepOf(playbook, first.stepId);
    return { passed: false, line: cue ?? listen_for?.[0] ?? null };
  },
  owned_miss: ({ at, playbook }) =>
    at('hoped_for').some(({ step }) => step.say.some((words) => isNamed('apology', words, playbook)))
      ? { passed: true, line: null }
      : null,
  asked_again({ shown, known }) {
    const first = shown.find(({ step }) => step.again_label !== undefined);
    if (first === undefined) return null;
    // Nobody has to ask a prospect again who has said everything.
    if (known !== null && !('again' in known.meant(first.stepId, 1))) return null;
    const passed = shown.filter(({ stepId }) => stepId === first.stepId).length > 1;
    return { passed, line: first.step.prompts?.[0] ?? first.step.say.at(-1) ?? null };
  },
  left_money_aside(read) {
    const { known, playbook } = read;
    const picture = read.at('picture');
    const asked = picture.at(-1);
    const named = [...read.at('attraction'), ...picture].find((it) => namesPrice(it, read));
    if (named === undefined || asked === undefined) return null;
    const failed = { passed: false, line: asideOf(playbook) };
    const passed = { passed: true, line: null };
    if (known !== null) {
      // They had more to say than the price, and the rep went on.
      if ('again' in known.meant(asked.stepId, asked.showing)) return failed;
      return asked === named ? null : passed;
    }
    if (picture.length > 1 || hasOther(asked, playbook)) return passed;
    // Nobody knows what they said where nothing was written down.
    return isPriceAlone(asked) ? failed : null;
  },
  signed_first({ at, trail }) {
    const wouldHave = [...at('would_have_kept'), ...at('keep_talking')].find((it) => isChoice(it, 'yes'));
    if (wouldHave === undefined) return null;
    const offered = trail.findIndex(({ fact }) => fact === 'may_check' || fact === 'send_by');
    const asked = trail.findIndex(({ fact }) => fact === 'signed');
    // The script sets the order, so a wrong one is not the rep's fault.
    return asked >= 0 && (offered < 0 || asked < offered) ? { passed: true, line: null } : null;
  },
  asked_obstacle: ({ at }) => (at('obstacle').length === 0 ? null : { passed: true, line: null }),
  named_hour: (read) => moment(read, 'promise'),
  named_send_by: (read) => moment(read, 'send_by'),
  signing_date: (read) => moment(read, 'signing_date'),
  contract_end: (read) => moment(read, 'contract_end'),
  look_again: (read) => moment(read, 'look_again'),
  took_no(read) {
    const { isDodge = false, wouldReconsider = false, isRescue = false } = traitsOf(read.verdict) ?? {};
    // Nobody took a no that the prospect did not say.
    if (tookOtherwise(read)) return null;
    return isDodge || (wouldReconsider && !isRescue) ? { passed: true, line: null } : null;
  },
};

/** On a practice call the rep went on with an answer that the prospect did not give. */
const tookOtherwise = ({ shown, known }: Reading): boolean =>
  known !== null &&
  shown.some((it) => {
    const meant = known.meant(it.stepId, it.showing);
    return 'choice' in meant ? !isChoice(it, meant.choice) : it.answer.kind === 'choice';
  });

/** Whether the rep came away with the day or hour of a fact. Whoever asked somebody who knows none did what they could. */
function moment({ at, known }: Reading, fact: Fact): Found {
  const last = at(fact).at(-1);
  if (last === undefined) return null;
  const passed = last.answer.kind === 'date' || last.answer.kind === 'datetime';
  if (!passed && known !== null && 'unknown' in known.meant(last.stepId, last.showing)) return null;
  // On a real call nobody knows whether they knew the day; the hour is the rep's to name.
  if (!passed && known === null && FACT_KINDS[fact] === 'date') return null;
  return { passed, line: last.step.say.at(-1) ?? null };
}

/** English only. A playbook in another language brings words of its own, or the checks that need them say nothing. */
const ENGLISH_WORDS = {
  price: /\b(?:price[sd]?|pricing|cheap(?:er|est)?|costs?|discount|less money)\b/iu,
  apology: /\b(?:apolog(?:y|i[sz]e)|sorry|my fault|on me)\b/iu,
} as const;

function isNamed(what: keyof typeof ENGLISH_WORDS, words: string, of: Playbook): boolean {
  const own = of.feedback_words?.[what];
  if (own === undefined) return isEnglish(of.language) && ENGLISH_WORDS[what].test(words);
  const lowered = (text: string) => text.normalize('NFC').toLocaleLowerCase(of.language);
  return own.some((word) => lowered(words).includes(lowered(word)));
}

const textOf = ({ answer }: Answered): string => ('text' in answer ? (answer.text ?? '').trim() : '');
const reasonsOf = ({ answer }: Answered): readonly string[] =>
  'reasons' in answer ? (answer.reasons ?? []) : [];

function namesPrice(it: Shown, { known, playbook }: Reading): boolean {
  if (known !== null) return isNamed('price', known.said(it.stepId, it.showing), playbook);
  return reasonsOf(it).includes('price') || isNamed('price', textOf(it), playbook);
}

/** Something besides the price was written down. */
function hasOther(it: Answered, playbook: Playbook): boolean {
  const reasons = reasonsOf(it);
  if (reasons.length > 0) return reasons.some((reason) => reason !== 'price');
  return textOf(it) !== '' && !isNamed('price', textOf(it), playbook);
}

const isPriceAlone = (it: Answered): boolean =>
  textOf(it) === '' && reasonsOf(it).length > 0 && reasonsOf(it).every((reason) => reason === 'price');

/** The words that put the price aside: a reply, else a prompt, of the steps that ask what they liked. */
function asideOf(playbook: Playbook): string | null {
  const { steps } = playbook;
  const asking = steps.filter(({ record }) => record?.fact === 'attraction' || record?.fact === 'picture');
  const replies = asking.flatMap(({ they_say }) => they_say ?? []);
  const prompts = asking.flatMap(({ prompts: all }) => all ?? []);
  return replies.map(({ reply }) => reply).find((it) => isNamed('price', it, playbook)) ?? prompts[0] ?? null;
}

const isChoice = ({ answer }: Answered, choice: string): boolean =>
  answer.kind === 'choice' && answer.choice === choice;
