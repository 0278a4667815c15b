/** Words said beneath a deal's messages, kept with the deal; editing and deleting them is followed. */
import { type Acted, act } from './act';
import type { Coach, Who } from './context';

export interface Said {
  readonly channel: string;
  /** `ts` of the message of ours that was replied to. */
  readonly threadTs: string;
  readonly ts: string;
  readonly text: string;
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

export async function editRemark(coach: Coach, who: Who, said: Said): Promise<Acted | null> {
  const ours = await coach.store.work.findByMessage(who.tenant, said.channel, said.threadTs);
  if (ours === null) return null;
  return act(coach, who, ours.dealId, {
    type: 'edit_remark',
    channel: said.channel,
    ts: said.ts,
    text: said.text,
  });
}

export async function deleteRemark(coach: Coach, who: Who, said: Omit<Said, 'text'>): Promise<Acted | null> {
  const ours = await coach.store.work.findByMessage(who.tenant, said.channel, said.threadTs);
  if (ours === null) return null;
  return act(coach, who, ours.dealId, { type: 'delete_remark', channel: said.channel, ts: said.ts });
}
