/** Replies beneath a deal's messages: the deal keeps them, and follows the edits and deletions of their messages. */
import type { Deal } from '../deal/model/deal';
import type { KeptRemark } from '../deal/model/remark';
import { type Acted, act } from './act';
import type { Coach, Who } from './context';

/** One reply. */
export interface Reply {
  readonly channel: string;
  /** `ts` of our message that the reply answers. */
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

/** Follows an edit. Slack may report the edit before the message; then the deal keeps the edited words. */
export async function editRemark(coach: Coach, who: Who, reply: Reply): Promise<Acted | null> {
  const ours = await coach.store.work.findByMessage(who.tenant, reply.channel, reply.threadTs);
  if (ours === null) return null;
  const { threadTs: _, ...words } = reply;
  const edited = await act(coach, who, ours.dealId, { type: 'edit_remark', ...words });
  return isUnknown(edited) ? act(coach, who, ours.dealId, { type: 'remark', ...words }) : edited;
}

/** Follows a deletion, which Slack may report before the message. */
export async function deleteRemark(
  coach: Coach,
  who: Who,
  reply: Omit<Reply, 'text'>,
): Promise<Acted | null> {
  const ours = await coach.store.work.findByMessage(who.tenant, reply.channel, reply.threadTs);
  if (ours === null) return null;
  const { channel, ts } = reply;
  return act(coach, who, ours.dealId, { type: 'delete_remark', channel, ts });
}

/**
 * The deal does not have the reply yet. A refusal records no delivery key, so the same delivery can still have an
 * effect.
 */
const isUnknown = (acted: Acted): boolean => !acted.ok && acted.code === 'remark_unknown';

/** The replies, with their words, that offer to record a decision, by their id. */
export async function offersOf(
  { store }: Pick<Coach, 'store'>,
  { tenant, id, remarks }: Deal,
): Promise<ReadonlyMap<number, KeptRemark>> {
  const kept = await store.deals.remarks(
    tenant,
    id,
    remarks.map((remark) => remark.id),
  );
  return new Map(kept.map((remark) => [remark.id, remark]));
}
