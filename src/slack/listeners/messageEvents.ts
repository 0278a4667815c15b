/** Events in which Slack reports a message, and the fields that we read. */
import type { KnownEventFromType } from '@slack/bolt';

export type MessageEvent = KnownEventFromType<'message'>;

/** The fields that we read of a message; each of Slack's subtypes has some of them. */
export interface Message {
  readonly subtype?: string;
  readonly user?: string;
  readonly bot_id?: string;
  readonly text?: string;
  readonly ts: string;
  readonly thread_ts?: string;
  /** The last edit. */
  readonly edited?: { readonly ts?: string };
  /** Author of the message that the reply answers. */
  readonly parent_user_id?: string;
  readonly user_team?: string;
  readonly team?: string;
  readonly metadata?: { readonly event_type?: string; readonly event_payload?: Record<string, unknown> };
}

export type Of<Subtype> = Extract<MessageEvent, { subtype: Subtype }>;

export interface Deletion {
  readonly channel: string;
  readonly ts: string;
  /** The message that stood there; null where Slack does not say. */
  readonly was: Message | null;
}

/** The message that people deleted. A root with replies changes into a tombstone, which is Slackbot's. */
export function deletionIn(event: MessageEvent): Deletion | null {
  const { channel } = event;
  if (event.subtype === 'message_deleted') {
    return { channel, ts: event.deleted_ts, was: asMessage(event.previous_message) };
  }
  if (event.subtype !== 'message_changed') return null;
  const now = messageIn(event);
  return now.subtype === 'tombstone' ? { channel, ts: now.ts, was: asMessage(event.previous_message) } : null;
}

/** Unfurls and reply counts also arrive as changes; only a changed text matters. */
export const isReworded = ({ message, previous_message }: Of<'message_changed'>): boolean =>
  asMessage(previous_message)?.text !== asMessage(message)?.text;

/** A message to the app itself, beneath none of ours. */
export const isPlainDm = (event: MessageEvent, { thread_ts, ts }: Message): boolean =>
  'channel_type' in event && event.channel_type === 'im' && (thread_ts === undefined || thread_ts === ts);

/** The message itself; `message_changed` nests it. */
export function messageIn(event: MessageEvent): Message {
  const message = event.subtype === 'message_changed' ? event.message : event;
  return asMessage(message) ?? { ts: event.ts };
}

export function asMessage(message: unknown): Message | null {
  return typeof message === 'object' && message !== null && 'ts' in message ? (message as Message) : null;
}
