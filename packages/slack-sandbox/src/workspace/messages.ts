import { compareTs } from '../ids';
import type { Channel, Message } from './model';

export type MessageDraft = Pick<Message, 'userId' | 'text' | 'blocks'> &
  Partial<
    Pick<
      Message,
      | 'attachments'
      | 'botId'
      | 'subtype'
      | 'threadTs'
      | 'metadata'
      | 'files'
      | 'ephemeralTo'
      | 'clientMsgId'
      | 'inviterId'
    >
  >;

/** Of the message with this timestamp, or -1: messages stand in their order. */
export function indexOf({ messages }: Channel, ts: string): number {
  let [low, high] = [0, messages.length - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    const found = messages[middle]?.ts ?? '';
    if (found === ts) return middle;
    if (compareTs(found, ts) < 0) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}

const NOTICES = {
  join: 'has joined the',
  archive: 'archived the',
  unarchive: 'un-archived the',
} as const;

/** What Slack says in a channel when somebody came into it, archived it, or took that back. */
export function noticeOf(
  { kind }: Channel,
  what: keyof typeof NOTICES,
  userId: string,
  inviterId?: string,
): MessageDraft {
  const family = kind === 'group' ? 'group' : 'channel';
  return {
    userId,
    subtype: `${family}_${what}`,
    text: `<@${userId}> ${NOTICES[what]} ${family}`,
    blocks: [],
    ...(inviterId === undefined ? {} : { inviterId }),
  };
}

/** What stays of a root that was deleted and has replies, as on Slack. */
export function tombstoneOf({ ts }: Message): Message {
  return {
    ts,
    userId: 'USLACKBOT',
    subtype: 'tombstone',
    text: 'This message was deleted.',
    blocks: [],
    reactions: [],
    files: [],
  };
}

/** Ids of all files that some message still has. */
export function filesIn(channels: Iterable<Channel>): ReadonlySet<string> {
  return new Set(
    [...channels].flatMap(({ messages }) => messages.flatMap(({ files }) => files.map(({ id }) => id))),
  );
}
