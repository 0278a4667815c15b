import type { Person } from '../../protocol';

/** The person for whom texts are rendered: with names instead of ids, and times in the person's zone. */
export interface Reader {
  /** IANA zone. */
  readonly tz: string;
  /** Epoch ms, for "today" and "3 minutes ago". */
  readonly now: number;
  readonly people: ReadonlyMap<string, Person>;
  /** Names by id, without `#`. */
  readonly channels: ReadonlyMap<string, string>;
}

export function mention(reader: Reader, userId: string): string {
  return `@${reader.people.get(userId)?.name ?? userId}`;
}

export function channelMention(reader: Reader, channelId: string): string {
  return `#${reader.channels.get(channelId) ?? channelId}`;
}
