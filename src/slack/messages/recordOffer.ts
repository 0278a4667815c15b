import type { Ask, Deal, Remark } from '../../deal/model/deal';
import type { KeptRemark } from '../../deal/model/remark';
import { ACTIONS } from '../ids';
import {
  account,
  buttons,
  cut,
  line,
  MORE_IN_THREAD,
  matchLabel,
  type Part,
  quote,
  type RichPiece,
  rich,
} from '../text';
import { type Message, messageKind, NUMBERED, type Numbered } from './kind';
import { nothingToDecide } from './lastWords';
import { dm, THREAD } from './slot';

/** Somebody who may decide, or whom a question waits for, answered in words: an offer, to them alone, to record these. */
export const recordOffer = messageKind({
  kind: 'offer',
  key: NUMBERED,
  place: ({ remarks }, { id }) => {
    const remark = remarks.find((it) => it.id === id);
    return remark === undefined ? THREAD : dm(remark.by);
  },
  notifies: true,
  phases: ['thread'],
  messages: (deal, { remarks }) =>
    deal.remarks.flatMap((remark) => {
      const kept = remarks.get(remark.id) ?? null;
      if (remark.answers !== null) return [answerOffer(deal, remark, remark.answers, kept)];
      return remark.offersDecision ? [offer(deal, remark, kept)] : [];
    }),
  lastWords: (deal) => [account(deal), ': ', nothingToDecide(deal)],
});

/** Words that were erased are as if they were deleted. */
const asKept = (noted: Remark, kept: KeptRemark | null): Remark =>
  kept?.text === null ? { ...noted, deleted: true } : noted;

/** The rep's words while a question waits for them. */
function answerOffer(deal: Deal, noted: Remark, id: number, kept: KeptRemark | null): Message<Numbered> {
  const remark = asKept(noted, kept);
  const question = deal.ask?.status === 'pending' ? deal.ask.questions.find((it) => it.id === id) : undefined;
  const waits =
    question !== undefined && question.answer === null && !remark.deleted && remark.by === deal.rep;
  const asks: Part[] = waits
    ? ["It's saved with the deal. Is it your answer to ", { user: question.by }, '?']
    : [
        remark.deleted
          ? 'You deleted this message.'
          : "It's settled, and your words are saved with the deal.",
      ];
  const ref = { deal: deal.id, question: id, remark: remark.id };
  return {
    key: { id: remark.id },
    fallback: ['Is this your answer about ', account(deal), '?'],
    overtaken: !waits,
    blocks: [
      rich(line('You wrote about ', account(deal), ':'), ...said(remark, kept), line(...asks)),
      ...(waits ? [buttons({ action: ACTIONS.recordAnswer, label: 'Answer', ref })] : []),
    ],
  };
}

function offer(deal: Deal, noted: Remark, kept: KeptRemark | null): Message<Numbered> {
  const ask = deal.ask;
  const remark = asKept(noted, kept);
  const waits = ask?.status === 'pending' && remark.id > ask.id && !remark.deleted;
  const first: Part[] = ['You wrote about ', account(deal), ':'];
  return {
    key: { id: remark.id },
    fallback: ['Is this your decision about ', account(deal), '?'],
    overtaken: !waits,
    blocks: [
      rich(line(...first), ...said(remark, kept), line(standing(deal, remark, waits))),
      ...(waits ? [recordRow(deal, ask, remark)] : changeRow(deal, remark)),
    ],
  };
}

/** The words. Nothing where they are those of another edit: these were replaced, and are gone. */
function said({ deleted, editedAt }: Remark, kept: KeptRemark | null): RichPiece[] {
  if (deleted || kept === null || kept.text === null || kept.editedAt !== editedAt) return [];
  return [quote(cut(kept.text, 600)), ...(kept.isCut ? [line(MORE_IN_THREAD)] : [])];
}

function standing(deal: Deal, remark: Remark, waits: boolean): string {
  const recorded = recordedFrom(deal, remark);
  if (recorded !== null) {
    if (remark.deleted) return 'You deleted this message. The decision stays as it is.';
    return changedSince(remark, recorded.at)
      ? 'You changed these words since. The decision stays as it is.'
      : 'Recorded as your decision.';
  }
  if (remark.deleted) return 'You deleted this message, and nothing was recorded.';
  return waits
    ? "It's saved with the deal. Record it as …"
    : "It's settled, and your words are saved with the deal.";
}

/** The words stand in the screen that opens. */
function recordRow(deal: Deal, ask: Ask, remark: Remark) {
  const ref = { deal: deal.id, ask: ask.id, remark: remark.id };
  return buttons(
    { action: ACTIONS.recordMatch, label: matchLabel(deal), ref },
    { action: ACTIONS.recordCounter, label: 'Counter', ref },
    { action: ACTIONS.recordDecline, label: 'Decline', ref },
    { action: ACTIONS.recordQuestion, label: 'Question', ref },
  );
}

/** The decision that counts, if it was made of these words. */
function recordedFrom(deal: Deal, remark: Remark) {
  const decision = deal.ask?.decisions.at(-1);
  return decision?.remark === remark.id ? decision : null;
}

const changedSince = ({ editedAt }: Remark, at: number): boolean => editedAt !== null && editedAt > at;

function changeRow(deal: Deal, remark: Remark) {
  const recorded = recordedFrom(deal, remark);
  if (recorded === null || deal.ask === null || remark.deleted) return [];
  const canChange =
    deal.outcome === null &&
    deal.signedReportedAt === null &&
    deal.stage !== 'closed' &&
    deal.removed === null;
  if (!canChange || !changedSince(remark, recorded.at)) return [];
  const ref = { deal: deal.id, ask: deal.ask.id, remark: remark.id };
  return [buttons({ action: ACTIONS.recordOffer, label: 'Change the decision', ref, style: 'primary' })];
}
