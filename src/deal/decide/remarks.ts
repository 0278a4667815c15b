/** Replies beneath a deal's messages, by anybody of the workspace. */
import type { CommandOf, DecideContext } from '../model/commands';
import type { Deal, Remark } from '../model/deal';
import { accept, alreadyDone, type Decided, isBlank, refuse } from '../model/refusals';
import { mayDecide } from './permissions';

/** Keeps a reply once, though Slack may deliver it more than once. */
export function remark(deal: Deal, command: CommandOf<'remark'>, { actor }: DecideContext): Decided {
  const { text, channel, ts, editedTs } = command;
  if (find(deal, command)) return alreadyDone;
  if (isBlank(text)) return refuse('words_missing');
  const offersDecision = deal.ask?.status === 'pending' && actor !== null && mayDecide(deal, actor);
  return accept({
    type: 'remarked',
    text,
    channel,
    ts,
    offersDecision,
    ...(editedTs === undefined ? {} : { editedTs }),
  });
}

/** Slack may deliver two edits in reverse order: the newer one holds. */
export function editRemark(deal: Deal, command: CommandOf<'edit_remark'>, { actor }: DecideContext): Decided {
  const found = find(deal, command);
  if (!found) return refuse('remark_unknown');
  if (found.by !== actor?.userId) return refuse('author_only');
  const { text, editedTs } = command;
  if (found.deleted || isKnown(found, command)) return alreadyDone;
  if (isBlank(text)) return refuse('words_missing');
  return accept({
    type: 'remark_edited',
    remark: found.id,
    text,
    ...(editedTs === undefined ? {} : { editedTs }),
  });
}

/** The same edit, an older one, or one without a time that changes nothing. */
function isKnown(found: Remark, { text, editedTs }: CommandOf<'edit_remark'>): boolean {
  if (editedTs === undefined) return found.text === text;
  return found.editedTs !== null && Number(editedTs) <= Number(found.editedTs);
}

export function deleteRemark(
  deal: Deal,
  command: CommandOf<'delete_remark'>,
  { actor }: DecideContext,
): Decided {
  const found = find(deal, command);
  if (!found) return refuse('remark_unknown');
  if (found.by !== actor?.userId && !actor?.isAdmin) return refuse('author_only');
  return found.deleted ? alreadyDone : accept({ type: 'remark_deleted', remark: found.id });
}

function find(deal: Deal, { channel, ts }: { channel: string; ts: string }): Remark | undefined {
  return deal.remarks.find((it) => it.channel === channel && it.ts === ts);
}
