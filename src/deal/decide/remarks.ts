/** Replies beneath a deal's messages, by anybody of the workspace. Their words are in rows (`model/remark.ts`). */
import type { CommandOf, DecideContext } from '../model/commands';
import type { Deal, Question, UserId } from '../model/deal';
import { accept, alreadyDone, type Decided, isBlank, refuse } from '../model/refusals';
import { isCourtesy, type KeptRemark, wordsOf } from '../model/remark';
import { isStranger, mayDecide, maySee } from './permissions';

/** Replies of one deal that are kept; all others are only in Slack. */
const MOST = 200;
/** People without a part in the deal leave room for those who have one. */
const MOST_OF_OTHERS = 100;
/** Each is a direct message to its author. */
const MOST_OFFERS = 10;
/** Edits of one reply, each an event; after them its words are only in Slack. */
const MOST_EDITS = 20;

/** Keeps a reply once, though Slack may deliver it more than once. */
export function remark(deal: Deal, command: CommandOf<'remark'>, context: DecideContext): Decided {
  const { text, channel, ts, editedTs } = command;
  const { actor } = context;
  if (context.remark) return alreadyDone;
  if (isBlank(text)) return refuse('words_missing');
  if (isFull(deal, context)) return refuse('remarks_full');
  const isOffer = actor !== null && deal.remarks.length < MOST_OFFERS && !isCourtesy(text);
  const question = isOffer ? questionFor(deal, actor.userId) : null;
  const offersDecision =
    isOffer && question === null && deal.ask?.status === 'pending' && mayDecide(deal, actor);
  return accept({
    type: 'remarked',
    channel,
    ts,
    offersDecision,
    ...(question === null ? {} : { offersAnswer: question.id }),
    ...(editedTs === undefined ? {} : { editedTs }),
  });
}

/** The newest question about the pending ask that waits for this person's answer; null: none does. */
export function questionFor({ ask, rep }: Deal, user: UserId): Question | null {
  if (ask?.status !== 'pending' || rep !== user) return null;
  return ask.questions.findLast(({ answer }) => answer === null) ?? null;
}

/** Slack may deliver two edits in reverse order: the newer one holds. */
export function editRemark(deal: Deal, command: CommandOf<'edit_remark'>, context: DecideContext): Decided {
  const { actor, remark: found } = context;
  if (!found) return refuse('remark_unknown');
  if (found.by !== actor?.userId) return refuse('author_only');
  const { text, editedTs } = command;
  if (found.text === null || isKnown(found, command)) return alreadyDone;
  // The words before the edit go in any case.
  const cannotKeep = isBlank(text) || found.edits >= MOST_EDITS || isStranger(deal, actor);
  if (cannotKeep) return accept({ type: 'remark_deleted', remark: found.id });
  return accept({
    type: 'remark_edited',
    remark: found.id,
    ...(isSame(found, text) ? { unchanged: true as const } : {}),
    ...(editedTs === undefined ? {} : { editedTs }),
  });
}

/** The same edit, an older one, or one without a time that changes nothing. */
function isKnown(found: KeptRemark, { text, editedTs }: CommandOf<'edit_remark'>): boolean {
  if (editedTs === undefined) return isSame(found, text);
  return found.editedTs !== null && Number(editedTs) <= Number(found.editedTs);
}

function isSame(found: KeptRemark, typed: string): boolean {
  const { text, isCut } = wordsOf(typed);
  return found.text === text && found.isCut === isCut;
}

/**
 * Deletes the words of a reply. Slack may report the deletion before the message, which must not be kept when it comes:
 * so the deletion is noted, without words.
 */
export function deleteRemark(
  deal: Deal,
  { channel, ts }: CommandOf<'delete_remark'>,
  context: DecideContext,
): Decided {
  const { actor, remark: found } = context;
  if (!found) {
    if (actor === null || isStranger(deal, actor)) return refuse('members_only');
    if (isFull(deal, context)) return refuse('remarks_full');
    const noted = { type: 'remarked', channel, ts, offersDecision: false } as const;
    return accept(noted, { type: 'remark_deleted', remark: deal.revision + 1 });
  }
  if (found.by !== actor?.userId && !actor?.isAdmin) return refuse('author_only');
  return found.text === null ? alreadyDone : accept({ type: 'remark_deleted', remark: found.id });
}

function isFull(deal: Deal, { actor }: DecideContext): boolean {
  const hasPart = actor !== null && maySee(deal, actor);
  return deal.remarkCount >= (hasPart ? MOST : MOST_OF_OTHERS);
}
