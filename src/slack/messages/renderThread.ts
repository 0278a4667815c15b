import type { Deal } from '../../deal/model/deal';
import { buttons, detailsButton, fallbackText, line, type Part, rich } from '../text';
import { approvalDm, approvalInThread, approvalRep } from './approval';
import { askChannel, askDm, askInThread } from './ask';
import { tryDm } from './cadence';
import { decisionDm, decisionInThread, decisionProposed } from './decisions';
import { handover } from './handover';
import type { MessageKind } from './kind';
import { NO_LONGER } from './lastWords';
import { askNews } from './news';
import { holdingWords, reminder, reminderDm } from './nudges';
import { closedByClock, outcomeDm, outcomeInThread } from './outcome';
import { answerDm, questionDm, questionInThread } from './questions';
import { recordOffer } from './recordOffer';
import { reEngagement } from './reEngagement';
import { resumeOffer } from './resumeOffer';
import { signed, signedDm } from './signed';
import { type RenderContext, type Slot, THREAD } from './slot';
import { summary } from './summary';
import { transcript } from './transcript';
import { tryReminder, unreached } from './tries';
import { whoDecides } from './whoDecides';

/** Every kind of message that a deal can have in Slack. */
export const MESSAGE_KINDS: readonly MessageKind[] = [
  summary,
  transcript,
  whoDecides,
  askInThread,
  askDm,
  askChannel,
  askNews,
  approvalInThread,
  approvalDm,
  approvalRep,
  questionInThread,
  questionDm,
  answerDm,
  decisionInThread,
  decisionDm,
  decisionProposed,
  handover,
  resumeOffer,
  reminder,
  reminderDm,
  holdingWords,
  recordOffer,
  unreached,
  tryReminder,
  tryDm,
  signed,
  signedDm,
  outcomeInThread,
  outcomeDm,
  closedByClock,
  reEngagement,
];

const byKind = new Map(MESSAGE_KINDS.map((kind) => [kind.kind, kind]));

/**
 * Every message a deal wants to stand in Slack, in the order in which it happened. A pure function of the deal: no
 * clock, no I/O; the same deal gives the same slots.
 */
export function renderThread(deal: Deal, context: RenderContext): Slot[] {
  return MESSAGE_KINDS.flatMap((kind) => kind.wanted(deal, context))
    .sort((a, b) => a.id - b.id)
    .map(({ slot }) => slot);
}

const UNREACHED = 'unreached-dm';

/**
 * A mention in the thread of somebody to whom Slack refused a direct message. Everybody may read it, so it says nothing
 * of the deal.
 * @param key of the direct message. Null: the deal wants it no more, or has no thread
 */
export function unreachedSlot(deal: Deal, key: string, context: RenderContext): Slot | null {
  const all = renderThread(deal, context);
  const direct = all.find((slot) => slot.key === key);
  if (direct?.place.in !== 'dm' || !all.some(({ place }) => place.in === 'root')) return null;
  const { user } = direct.place;
  const words: Part[] = [
    { user },
    key.startsWith('ask-dm:')
      ? ", this one is yours to decide. Slack won't let me write to you directly."
      : ", there's something here for you. Slack won't let me write to you directly.",
  ];
  return {
    key: `${UNREACHED}:${key}`,
    place: THREAD,
    text: fallbackText(words),
    blocks: [rich(line(...words)), buttons(detailsButton(deal))],
    notifies: true,
    mentions: [user],
    overtaken: direct.overtaken,
  };
}

/**
 * The last words of a message that stands in Slack and is no longer part of the thread: an ask that went to somebody
 * else, a resume offer that was taken up, an outcome of a deal that was reopened. Never posted, only edited. Null: it
 * stays as it is.
 */
export function retiredSlot(deal: Deal, key: string, context: RenderContext): Slot | null {
  const [kind = '', ...parts] = key.split(':');
  if (kind === UNREACHED) {
    const blocks = [rich(line(NO_LONGER))];
    return { key, place: THREAD, text: fallbackText([NO_LONGER]), blocks, notifies: false, overtaken: true };
  }
  return byKind.get(kind)?.retired(deal, parts, context) ?? null;
}
