/** What is written down about a call, for the layout of a message or a screen. */
import type { Answered, Deal, Source } from '../../deal/model/deal';
import { factsOf, type Recorded } from '../../deal/model/facts';
import type { AnswerValue } from '../../playbook/answer';
import type { Fact } from '../../playbook/schema';
import { answerParts, stepOfAnswer, type Wording } from './answers';
import { cut, encodedLength, shares } from './encode';
import { reasonLine } from './facts';
import { choiceLabel, FACT_LABELS } from './labels';
import { calendarDate, type Part } from './parts';
import { line, quote, type RichPiece } from './rich';
import { plainLine } from './spoken';

export interface Entry {
  readonly title: string;
  readonly parts: readonly Part[];
  /** The rep's reading of what the prospect meant. */
  readonly isGuess: boolean;
  /** A tap or a date, which shares its line with others. */
  readonly brief: boolean;
}

/** Marks the rep's reading of the prospect. The prospect's own words carry no mark. */
export const GUESS = "rep's guess";

/** The mark behind words of this source. */
export const sourceMark = (source: Source): Part[] => (source === 'rep' ? [{ italic: `  ${GUESS}` }] : []);

/** The rep decides these, so there is nothing to guess. */
const OWN_FACTS: readonly Fact[] = ['promise', 'send_by', 'capability', 'next_attempt'];

/** The last answer to each question, as far as somebody answered it. */
export function transcript(deal: Deal, wording: Wording): Entry[] {
  const facts = factsOf(deal);
  const customer = deal.business === 'customer';
  return [
    ...theySaid(deal),
    ...words('Also in the way', facts.obstacle),
    ...words('Who else', facts.who_else),
    ...words('Would have changed it', facts.would_have_changed),
    ...lossReasons(deal, wording),
    ...besideTaps(deal, wording),
    ...tap(customer ? 'Would have kept them' : 'Would have won it', facts.would_have_kept, YES_OR_NO),
    ...tap('Signed', facts.signed, SIGNED),
    ...tap('OK to ask', facts.may_check, YES_OR_NO),
    ...day('They sign', facts.signing_date),
    ...moment('Call back', facts.promise),
    ...moment('Send by', facts.send_by),
    ...tap('Keep talking', facts.keep_talking, YES_OR_NO),
    ...tap('We can do it', facts.capability, CAPABILITY).map((own) => ({ ...own, isGuess: false })),
    ...day('Agreement ends', facts.contract_end),
    ...tap('OK to call again', facts.may_call_again, YES_OR_NO),
    ...day('They look again', facts.look_again),
    ...moment('Next try', facts.next_attempt),
  ];
}

/** Every answer in the order of the call, those that a later one replaced too. */
export function everyAnswer(deal: Deal, { playbook, reasons }: Wording): Entry[] {
  return deal.trail.flatMap((answered): Entry[] => {
    const step = stepOfAnswer(playbook, answered);
    const parts = answerParts(answered.answer, step, reasons);
    if (parts.length === 0) return [];
    const named = answered.fact === null ? choiceLabel(answered.stepId) : FACT_LABELS[answered.fact];
    return [
      {
        // The question reads better beside an answer than the name of its screen.
        title: step === null ? named : plainLine(step.record?.label ?? step.title, deal),
        isGuess: isGuess(answered),
        parts,
        brief: wordsBeside(answered.answer) === null && answered.answer.kind !== 'text',
      },
    ];
  });
}

/** The details of *While it's fresh* that are words. */
export function detailEntries(deal: Deal): Entry[] {
  const { ourOffer, competitor, prospect, notes, recommendation } = deal.details;
  const all: readonly (readonly [title: string, text: string | null])[] = [
    ['Rep recommends', recommendation],
    ['We offered', ourOffer],
    [COMPETITOR, competitor],
    ['Spoke with', prospect],
    ['Notes', notes],
  ];
  return all.flatMap(([title, text]) =>
    text === null ? [] : [{ title, isGuess: false, parts: [text], brief: false }],
  );
}

/** The title of the competitor's name. */
export const COMPETITOR = 'They chose';

/**
 * The entries, in at most `total` characters of people's words: short ones stay whole, long ones share the rest.
 * `cut`: some are shortened.
 */
export function fitted(
  entries: readonly Entry[],
  total: number,
): { readonly entries: Entry[]; readonly cut: boolean } {
  const room = shares(entries.map(lengthOf), total);
  let shortened = false;
  const shown = entries.map((one, index) => ({
    ...one,
    parts: one.parts.map((part) => {
      const kept = typeof part === 'string' ? cut(part, Math.max(room[index] ?? 0, 1)) : part;
      shortened ||= kept !== part;
      return kept;
    }),
  }));
  return { entries: shown, cut: shortened };
}

/** Longest words that stand beside their title; longer ones, and those of several lines, stand as a quote. */
const BESIDE_MAX = 100;

/** Words behind their title or as a quote; taps and dates that follow each other share a line. */
export function entryPieces(entries: readonly Entry[]): RichPiece[] {
  const pieces: RichPiece[] = [];
  let taps: Part[] = [];
  const flush = () => {
    if (taps.length > 0) pieces.push(line(...taps));
    taps = [];
  };
  for (const one of entries) {
    const mark = sourceMark(one.isGuess ? 'rep' : 'prospect');
    const title: Part = { bold: cut(one.title, 150) };
    if (one.brief) {
      taps.push(...(taps.length === 0 ? [] : ['  ·  ']), title, ' ', ...one.parts, ...mark);
      continue;
    }
    flush();
    pieces.push(
      ...(isShort(one.parts)
        ? [line(title, ' ', ...one.parts, ...mark)]
        : [line(title, ...mark), quote(...one.parts)]),
    );
  }
  flush();
  return pieces;
}

/** All that the prospect said about the other offer, or hoped for from ours. */
function theySaid(deal: Deal): Entry[] {
  const facts = factsOf(deal);
  const { picture } = facts;
  const heard = [
    facts.attraction,
    picture.state === 'known' ? { ...picture, value: picture.value.text } : picture,
    facts.hoped_for,
  ].flatMap((fact) => (fact.state === 'known' && fact.value.trim() !== '' ? [fact] : []));
  const isClear = nothingElse(deal.trail);
  if (heard.length === 0) {
    return isClear ? [{ title: 'In the way', parts: ['nothing else'], isGuess: false, brief: true }] : [];
  }
  const texts = heard.map(({ value }) => value.trim());
  return [
    {
      title: 'They said',
      parts: [joined(texts, isClear)],
      isGuess: heard.some(({ source }) => source === 'rep'),
      brief: false,
    },
  ];
}

/** A guess where nobody spoke about the offer: the rep picked them alone. */
function lossReasons(deal: Deal, wording: Wording): Entry[] {
  const reasons = reasonLine(deal, wording);
  const { attraction, picture, hoped_for } = factsOf(deal);
  const heard = [attraction, picture, hoped_for].some(({ state }) => state === 'known' || state === 'told');
  return reasons === '' ? [] : [{ title: 'Reasons', parts: [reasons], isGuess: !heard, brief: false }];
}

/** Phrases on one line; sentences on a line each, so that no two punctuation marks meet. */
function joined(texts: readonly string[], isClear: boolean): string {
  const arePhrases = texts.every(
    (text, index) => !/[.,;:!?…\n]/u.test(text) && !(index > 0 && /^\p{Lu}/u.test(text)),
  );
  const clear = isClear ? [arePhrases ? 'nothing else in the way' : 'Nothing else in the way.'] : [];
  return [...texts, ...clear].join(arePhrases ? ', ' : '\n');
}

/** The prospect said last that nothing else is in the way. Words that the rep typed beside the tap are shown apart. */
function nothingElse(trail: readonly Answered[]): boolean {
  const last = trail.findLast(({ fact, answer }) => fact === 'obstacle' || isNothingElse(answer));
  return last !== undefined && isNothingElse(last.answer) && wordsBeside(last.answer) === null;
}

const isNothingElse = (answer: AnswerValue): boolean =>
  answer.kind === 'choice' && answer.choice === 'nothing_else';

/** Words that the rep typed before they tapped a button, with the button. */
function besideTaps({ trail, ...deal }: Deal, { playbook, reasons }: Wording): Entry[] {
  return trail.flatMap((answered, index): Entry[] => {
    const isLast = trail.findLastIndex(({ stepId }) => stepId === answered.stepId) === index;
    if (!isLast || answered.answer.kind !== 'choice' || wordsBeside(answered.answer) === null) return [];
    const step = stepOfAnswer(playbook, answered);
    const title =
      step === null
        ? choiceLabel(answered.stepId)
        : plainLine(step.record?.label ?? step.title, { ...deal, trail });
    return [
      {
        title,
        parts: answerParts(answered.answer, step, reasons),
        isGuess: isGuess(answered),
        brief: false,
      },
    ];
  });
}

/** The words and reasons that an answer has besides a tap; null: none. */
function wordsBeside(answer: AnswerValue): string | null {
  const text = 'text' in answer ? (answer.text ?? '') : '';
  const reasons = 'reasons' in answer ? (answer.reasons ?? []) : [];
  return text.trim() === '' && reasons.length === 0 ? null : text;
}

function isGuess({ fact, source }: Answered): boolean {
  return source === 'rep' && (fact === null || !OWN_FACTS.includes(fact));
}

function entry(title: string, parts: readonly Part[], fact: Recorded<unknown>, brief = false): Entry {
  return { title, parts, isGuess: fact.state === 'known' && fact.source === 'rep', brief };
}

const words = (title: string, fact: Recorded<string>): Entry[] =>
  fact.state === 'known' ? [entry(title, [fact.value], fact)] : [];

const tap = <T extends string>(
  title: string,
  fact: Recorded<T>,
  labels: Readonly<Record<T, string>>,
): Entry[] => (fact.state === 'known' ? [entry(title, [labels[fact.value]], fact, true)] : []);

const day = (title: string, fact: Recorded<string>): Entry[] =>
  fact.state === 'known' ? [entry(title, [calendarDate(fact.value)], fact, true)] : [];

/** A time that the rep decided: nothing to guess. */
const moment = (title: string, fact: Recorded<number>): Entry[] =>
  fact.state === 'known' ? [{ title, parts: [{ date: fact.value }], isGuess: false, brief: true }] : [];

const YES_OR_NO = { yes: 'yes', no: 'no', unclear: 'not sure' } as const;
const SIGNED = { no: 'not yet', verbal: 'verbal yes', signed: 'yes', wont_say: "won't say" } as const;
const CAPABILITY = { can: 'yes', need_manager: 'with the manager', cannot: 'no' } as const;

const isShort = (parts: readonly Part[]): boolean =>
  lengthOf({ parts }) <= BESIDE_MAX &&
  parts.every((part) => typeof part !== 'string' || !part.trim().includes('\n'));

function lengthOf({ parts }: Pick<Entry, 'parts'>): number {
  return parts.reduce((sum, part) => sum + (typeof part === 'string' ? encodedLength(part) : 30), 0);
}
