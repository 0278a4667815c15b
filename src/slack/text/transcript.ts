/** The recorded answers, screen by screen, for the layout of a message or a modal. */
import type { Deal } from '../../deal/model/deal';
import type { AnswerValue } from '../../playbook/answer';
import { answerParts, stepOfAnswer, type Wording } from './answers';
import { cut } from './encode';
import { choiceLabel, FACT_LABELS, SOURCE_LABELS } from './labels';
import type { Part } from './parts';
import { line, quote, type RichPiece } from './rich';
import { plainLine } from './spoken';

export interface Entry {
  readonly title: string;
  /** The source of the words: "prospect said" or "rep's reading"; null where it is obvious. */
  readonly note: string | null;
  readonly parts: readonly Part[];
  /** A tap, a date or a name, which stands beside its title; the prospect's words stand as a quote. */
  readonly brief: boolean;
}

/** Answers in the order of the call, without screens that only have a line to say. */
export function transcript(deal: Deal, { playbook, reasons }: Wording): Entry[] {
  return deal.trail.flatMap((answered): Entry[] => {
    const step = stepOfAnswer(playbook, answered);
    const parts = answerParts(answered.answer, step, reasons);
    if (parts.length === 0) return [];
    const named = answered.fact === null ? choiceLabel(answered.stepId) : FACT_LABELS[answered.fact];
    return [
      {
        // The question reads better beside an answer than the name of its screen.
        title: step === null ? named : plainLine(step.record?.label ?? step.title, deal),
        note: SOURCE_LABELS[answered.source],
        parts,
        brief: isBrief(answered.answer),
      },
    ];
  });
}

function isBrief(answer: AnswerValue): boolean {
  if (answer.kind === 'text') return false;
  return !('text' in answer) || answer.text === undefined || answer.text === '';
}

/** The details of *Fill in while it's fresh* that are words. */
export function detailEntries(deal: Deal): Entry[] {
  const { ourOffer, competitor, prospect, notes, recommendation } = deal.details;
  const all: readonly (readonly [title: string, text: string | null, brief: boolean])[] = [
    ['Competitor', competitor, true],
    ['Prospect', prospect, true],
    ['Our offer', ourOffer, false],
    ["Rep's recommendation", recommendation, false],
    ['Notes', notes, false],
  ];
  return all.flatMap(([title, text, brief]) =>
    text === null ? [] : [{ title, note: null, parts: [text], brief }],
  );
}

/** The record of one screen: a tap beside its title, words as a quote, and the source of the words. */
export function entryPieces(entry: Entry, parts: readonly Part[] = entry.parts): RichPiece[] {
  const note = entry.note === null ? [] : [{ italic: `  ${entry.note}` }];
  const title = cut(entry.title, 150);
  return entry.brief
    ? [line({ bold: title.endsWith('?') ? title : `${title}:` }, ' ', ...parts, ...note)]
    : [line({ bold: title }, ...note), quote(...parts)];
}
