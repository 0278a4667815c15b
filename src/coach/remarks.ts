/** Replies beneath a deal's messages: kept with the deal, edited and deleted with their message. */
import { type Acted, act } from './act';
import { type Coach, partOf, type Who } from './context';

/** One reply. */
export interface Reply {
  readonly channel: string;
  /** `ts` of our message that was replied to. */
  readonly threadTs: string;
  readonly ts: string;
  readonly text: string;
  /** `ts` of the edit that made these words; absent: never edited. */
  readonly editedTs?: string;
}

/** Keeps a reply. Null: the thread is not one of ours. */
export async function keepRemark(coach: Coach, who: Who, reply: Reply): Promise<Acted | null> {
  const ours = await coach.store.work.findByMessage(who.tenant, reply.channel, reply.threadTs);
  if (ours === null) return null;
  const { text, channel, ts } = reply;
  return act(coach, who, ours.dealId, { type: 'remark', text, channel, ts });
}

/** Follows an edit. Slack may report the edit before the message; then the edited words are kept. */
export async function editRemark(coach: Coach, who: Who, reply: Reply): Promise<Acted | null> {
  const ours = await coach.store.work.findByMessage(who.tenant, reply.channel, reply.threadTs);
  if (ours === null) return null;
  const { threadTs: _, ...words } = reply;
  const edited = await act(coach, who, ours.dealId, { type: 'edit_remark', ...words });
  return isUnknown(edited) ? act(coach, who, ours.dealId, { type: 'remark', ...words }) : edited;
}

/**
 * Follows a deletion. Slack may report the deletion before the message, which must not be kept when it comes; so the
 * reply is recorded and deleted.
 *
 * @param reply with the words that were deleted
 */
export async function deleteRemark(coach: Coach, who: Who, reply: Reply): Promise<Acted | null> {
  const ours = await coach.store.work.findByMessage(who.tenant, reply.channel, reply.threadTs);
  if (ours === null) return null;
  const { text, channel, ts } = reply;
  const deletion = { type: 'delete_remark', channel, ts } as const;
  const deleted = await act(coach, who, ours.dealId, deletion);
  if (!isUnknown(deleted)) return deleted;
  const kept = await act(coach, partOf(who, 'heard'), ours.dealId, { type: 'remark', text, channel, ts });
  return kept.ok ? act(coach, who, ours.dealId, deletion) : kept;
}

/** The reply is not known yet. A refusal records no delivery key, so the same delivery can still have an effect. */
const isUnknown = (acted: Acted): boolean => !acted.ok && acted.code === 'remark_unknown';
