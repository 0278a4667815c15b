/** Words said beneath a deal's messages, kept with the deal; editing and deleting them is followed. */
import { type Acted, act } from './act';
import type { Coach, Who } from './context';

export interface Said {
  readonly channel: string;
  /** `ts` of the message of ours that was replied to. */
  readonly threadTs: string;
  readonly ts: string;
  readonly text: string;
  /** `ts` of the change the words are of, where they were changed. */
  readonly editedTs?: string;
}

/** Null when the thread is not one of ours. */
export async function keepRemark(coach: Coach, who: Who, said: Said): Promise<Acted | null> {
  const ours = await coach.store.work.findByMessage(who.tenant, said.channel, said.threadTs);
  if (ours === null) return null;
  return act(coach, who, ours.dealId, {
    type: 'remark',
    text: said.text,
    channel: said.channel,
    ts: said.ts,
  });
}

/** Slack may tell of the change before it tells of the message: then the words are kept as they are now. */
export async function editRemark(coach: Coach, who: Who, said: Said): Promise<Acted | null> {
  const ours = await coach.store.work.findByMessage(who.tenant, said.channel, said.threadTs);
  if (ours === null) return null;
  const { threadTs: _, ...words } = said;
  const edited = await act(coach, who, ours.dealId, { type: 'edit_remark', ...words });
  return isUnheard(edited) ? act(coach, who, ours.dealId, { type: 'remark', ...words }) : edited;
}

/**
 * Slack may tell of the deletion before it tells of the message, which must not be kept when it comes then: so it is
 * noted as said and deleted.
 *
 * @param said with the words that were deleted
 */
export async function deleteRemark(coach: Coach, who: Who, said: Said): Promise<Acted | null> {
  const ours = await coach.store.work.findByMessage(who.tenant, said.channel, said.threadTs);
  if (ours === null) return null;
  const { text, channel, ts } = said;
  const gone = { type: 'delete_remark', channel, ts } as const;
  const deleted = await act(coach, who, ours.dealId, gone);
  if (!isUnheard(deleted)) return deleted;
  const heard = await act(coach, part(who, 'heard'), ours.dealId, { type: 'remark', text, channel, ts });
  return heard.ok ? act(coach, who, ours.dealId, gone) : heard;
}

/** What was refused left no trace of its delivery, so the same delivery can still have an effect. */
const isUnheard = (acted: Acted): boolean => !acted.ok && acted.code === 'invalid';

/** A second commit within one delivery needs a key of its own. */
const part = (who: Who, name: string): Who =>
  who.requestOf === undefined ? who : { ...who, requestOf: `${who.requestOf}:${name}` };
