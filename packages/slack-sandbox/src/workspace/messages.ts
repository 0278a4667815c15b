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

/** Index of the message with this timestamp, by binary search; -1 if there is none. */
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

const SYSTEM_TEXTS = {
  join: 'has joined the',
  archive: 'archived the',
  unarchive: 'un-archived the',
} as const;

/** Slack's own message in a channel when somebody joined, archived or unarchived it. */
export function systemMessageOf(
  { kind }: Channel,
  what: keyof typeof SYSTEM_TEXTS,
  userId: string,
  inviterId?: string,
): MessageDraft {
  const family = kind === 'group' ? 'group' : 'channel';
  return {
    userId,
    subtype: `${family}_${what}`,
    text: `<@${userId}> ${SYSTEM_TEXTS[what]} ${family}`,
    blocks: [],
    ...(inviterId === undefined ? {} : { inviterId }),
  };
}

/** What remains of a deleted root with replies, as on Slack. */
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

/** Ids of all files that a message still refers to. */
export function filesIn(channels: Iterable<Channel>): ReadonlySet<string> {
  return new Set(
    [...channels].flatMap(({ messages }) => messages.flatMap(({ files }) => files.map(({ id }) => id))),
  );
}
